"""The site for Hugo."""
from text import (BASE_URL, FEED_LIMIT, PER_PAGE, SITE_DESC, SITE_TITLE, YEARS, executives_toml, q, static_files, status_toml,
                  write)
from theme import BASE, EXEC_HEAD, EXEC_ROW, LIST_HEAD, LIST_TAIL, PAGE, ROW, pager_html, sub
from tomlpage import toml_page


def generate(root, a, pages):
    write(f"{root}/hugo.toml", f"""baseURL = "{BASE_URL}/"
title = {q(SITE_TITLE)}
locale = "th"
defaultContentLanguage = "th"
enableRobotsTXT = true
disableKinds = []
timeout = "600s"

[params]
description = {q(SITE_DESC)}
years = [{", ".join(f'"{y}"' for y in reversed(YEARS))}]

[taxonomies]
{"" if a.lean else 'oit = "oit"'}

[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]

[pagination]
pagerSize = {PER_PAGE}

[services.rss]
limit = {FEED_LIMIT}

[markup.goldmark.renderer]
unsafe = false
""")
    L = f"{root}/layouts"
    write(f"{L}/baseof.html", sub(
        BASE, TITLE="{{ .Title }}", FEEDTYPE="application/rss+xml", FEED="index.xml",
        YEARNAV='{{ range site.Params.years }}<li><a href="/{{ . }}/">{{ . }}</a></li>\n{{ end }}',
        MAIN='{{ block "main" . }}{{ end }}'))
    row = sub(ROW, DATE='{{ .Date.Format "2006-01-02" }}', URL="{{ .RelPermalink }}", PTITLE="{{ .Title }}",
              ITEM="{{ .Params.oit_item }}", UNIT="{{ .Params.unit }}")
    write(f"{L}/page.html", '{{ define "main" }}' + sub(
        PAGE, YROOT="", YEAR="{{ .Params.fiscal_year }}", PTITLE="{{ .Title }}", CODE="{{ .Params.oit_item | lower }}",
        ITEM="{{ .Params.oit_item }}", UNIT="{{ .Params.unit }}", DATE='{{ .Date.Format "2006-01-02" }}',
        CONTENT="{{ .Content }}") + "{{ end }}\n")
    pager = pager_html("{{ .Prev.URL }}", "{{ .Next.URL }}", "{{ .PageNumber }}", "{{ .TotalPages }}",
                       "{{ if .HasPrev }}", "{{ if .HasNext }}", "{{ end }}")
    listing = ('{{ define "main" }}<h1>{{ .Title }}</h1>\n{{ $p := .Paginate .Pages.ByDate.Reverse }}\n' + LIST_HEAD +
               "\n{{ range $p.Pages }}" + row + "\n{{ end }}" + LIST_TAIL + "\n{{ with $p }}" + pager + "{{ end }}\n{{ end }}\n")
    write(f"{L}/section.html", listing)
    write(f"{L}/term.html", listing)
    write(f"{L}/taxonomy.html",
          '{{ define "main" }}<h1>รายการ OIT 43 ข้อ</h1>\n<ul>\n{{ range .Data.Terms.Alphabetical }}'
          '<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> ({{ .Count }})</li>\n{{ end }}</ul>{{ end }}\n')
    latest = ""
    if not a.lean:
        latest = ("<h2>เผยแพร่ล่าสุด</h2>\n" + LIST_HEAD +
                  '\n{{ range first 10 (where site.RegularPages "Params.oit_item" "!=" nil).ByDate.Reverse }}' + row + "\n{{ end }}" + LIST_TAIL)
    write(f"{L}/home.html",
          '{{ define "main" }}<h1>' + SITE_TITLE + "</h1>\n<ul>\n{{ range site.Params.years }}"
          '<li><a href="/{{ . }}/">ปีงบประมาณ {{ . }}</a></li>\n{{ end }}</ul>\n' + latest + "{{ end }}\n")
    ex = EXEC_ROW.format(**{k: "{{ .%s }}" % k for k in ("id", "name", "position", "unit", "phone", "email")})
    write(f"{L}/executives.html", '{{ define "main" }}' + EXEC_HEAD +
          "\n{{ range hugo.Data.executives.executive }}" + ex + "\n{{ end }}</tbody></table>{{ end }}\n")
    write(f"{L}/oit-status.html",
          '{{ define "main" }}<h1>สถานะการเปิดเผยข้อมูล</h1>\n<table><thead><tr><th>รายการ</th>'
          '{{ range site.Params.years }}<th>{{ . }}</th>{{ end }}</tr></thead><tbody>\n'
          '{{ range hugo.Data.status.item }}<tr><th>O{{ .no }} {{ .title }}</th>{{ range .year }}'
          '<td><a href="{{ .file }}">{{ .status }}</a></td>{{ end }}</tr>\n{{ end }}</tbody></table>{{ end }}\n')
    write(f"{L}/404.html", '{{ define "main" }}<h1>ไม่พบหน้าที่ต้องการ</h1>{{ end }}\n')
    C = f"{root}/content"
    write(f"{C}/_index.md", f"+++\ntitle = {q('หน้าแรก')}\n+++\n")
    write(f"{C}/executives.md", f"+++\ntitle = {q('ผู้บริหาร')}\ndate = 2018-01-01\nlayout = \"executives\"\n+++\n")
    write(f"{C}/oit-status.md", f"+++\ntitle = {q('สถานะการเปิดเผย')}\ndate = 2018-01-01\nlayout = \"oit-status\"\n+++\n")
    for y in YEARS:
        write(f"{C}/{y}/_index.md", f"+++\ntitle = {q(f'ปีงบประมาณ {y}')}\n+++\n")
    if not a.lean:
        write(f"{C}/oit/_index.md", f"+++\ntitle = {q('รายการ OIT')}\n+++\n")
    for p in pages:
        write(f"{C}/{p['year']}/{p['slug']}.md", toml_page(p, "params", a))
    write(f"{root}/data/executives.toml", executives_toml(a.seed))
    write(f"{root}/data/status.toml", status_toml(a.seed))
    static_files(f"{root}/static")
