"""The site for Zola."""
from text import (BASE_URL, FEED_LIMIT, PER_PAGE, SITE_DESC, SITE_TITLE, YEARS, executives_toml, q, static_files, status_toml,
                  write)
from theme import BASE, EXEC_HEAD, EXEC_ROW, LIST_HEAD, LIST_TAIL, PAGE, ROW, pager_html, sub
from tomlpage import toml_page


def generate(root, a, pages):
    tax = "" if a.lean else f'taxonomies = [{{ name = "oit", paginate_by = {PER_PAGE}, feed = false }}]\n'
    write(f"{root}/config.toml", f"""base_url = "{BASE_URL}"
title = {q(SITE_TITLE)}
description = {q(SITE_DESC)}
default_language = "th"
compile_sass = false
build_search_index = {"true" if a.search else "false"}
generate_feeds = true
feed_filenames = ["atom.xml"]
feed_limit = {FEED_LIMIT}
{tax}
[extra]
years = [{", ".join(f'"{y}"' for y in reversed(YEARS))}]
""")
    T = f"{root}/templates"
    write(f"{T}/base.html", sub(
        BASE, TITLE="{% block title %}{% endblock %}", FEEDTYPE="application/atom+xml", FEED="atom.xml",
        YEARNAV='{% for y in config.extra.years %}<li><a href="/{{ y }}/">{{ y }}</a></li>\n{% endfor %}',
        MAIN="{% block main %}{% endblock %}"))
    ext = '{% extends "base.html" %}\n'

    def tpl(title, main):
        return ext + "{% block title %}" + title + "{% endblock %}\n{% block main %}" + main + "{% endblock %}\n"
    row = sub(ROW, DATE="{{ page.date }}", URL="{{ page.path }}", PTITLE="{{ page.title }}",
              ITEM="{{ page.extra.oit_item }}", UNIT="{{ page.extra.unit }}")
    write(f"{T}/page.html", tpl("{{ page.title }}", sub(
        PAGE, YROOT="", YEAR="{{ page.extra.fiscal_year }}", PTITLE="{{ page.title }}",
        CODE="{{ page.extra.oit_item | lower }}", ITEM="{{ page.extra.oit_item }}", UNIT="{{ page.extra.unit }}",
        DATE="{{ page.date }}", CONTENT="{{ page.content | safe }}")))
    pager = pager_html("{{ paginator.previous }}", "{{ paginator.next }}", "{{ paginator.current_index }}",
                       "{{ paginator.number_pagers }}", "{% if paginator.previous %}", "{% if paginator.next %}", "{% endif %}")
    body = LIST_HEAD + "\n{% for page in paginator.pages %}" + row + "\n{% endfor %}" + LIST_TAIL + "\n" + pager
    write(f"{T}/section.html", tpl("{{ section.title }}", "<h1>{{ section.title }}</h1>\n" + body))
    write(f"{T}/oit/single.html", tpl("{{ term.name }}", "<h1>{{ term.name }}</h1>\n" + body))
    write(f"{T}/oit/list.html", tpl("รายการ OIT", "<h1>รายการ OIT 43 ข้อ</h1>\n<ul>\n{% for term in terms %}"
          '<li><a href="{{ term.path }}">{{ term.name }}</a> ({{ term.page_count }})</li>\n{% endfor %}</ul>'))
    latest = ""
    if not a.lean:
        latest = ("<h2>เผยแพร่ล่าสุด</h2>\n" + LIST_HEAD + "\n{% for page in section.pages | slice(end=10) %}" + row +
                  "\n{% endfor %}" + LIST_TAIL)
    write(f"{T}/index.html", tpl("หน้าแรก", "<h1>" + SITE_TITLE + "</h1>\n<ul>\n{% for y in config.extra.years %}"
          '<li><a href="/{{ y }}/">ปีงบประมาณ {{ y }}</a></li>\n{% endfor %}</ul>\n' + latest))
    ex = EXEC_ROW.format(**{k: "{{ e.%s }}" % k for k in ("id", "name", "position", "unit", "phone", "email")})
    write(f"{T}/executives.html", tpl("{{ page.title }}", '{% set d = load_data(path="data/executives.toml") %}' + EXEC_HEAD +
          "\n{% for e in d.executive %}" + ex + "\n{% endfor %}</tbody></table>"))
    write(f"{T}/oit-status.html", tpl("{{ page.title }}", '{% set d = load_data(path="data/status.toml") %}'
          "<h1>สถานะการเปิดเผยข้อมูล</h1>\n<table><thead><tr><th>รายการ</th>"
          "{% for y in config.extra.years %}<th>{{ y }}</th>{% endfor %}</tr></thead><tbody>\n"
          "{% for it in d.item %}<tr><th>O{{ it.no }} {{ it.title }}</th>{% for c in it.year %}"
          '<td><a href="{{ c.file }}">{{ c.status }}</a></td>{% endfor %}</tr>\n{% endfor %}</tbody></table>'))
    write(f"{T}/404.html", tpl("404", "<h1>ไม่พบหน้าที่ต้องการ</h1>"))
    C = f"{root}/content"
    write(f"{C}/_index.md", f"+++\ntitle = {q('หน้าแรก')}\nsort_by = \"date\"\n+++\n")
    write(f"{C}/executives.md", f"+++\ntitle = {q('ผู้บริหาร')}\ndate = 2018-01-01\ntemplate = \"executives.html\"\n+++\n")
    write(f"{C}/oit-status.md", f"+++\ntitle = {q('สถานะการเปิดเผย')}\ndate = 2018-01-01\ntemplate = \"oit-status.html\"\n+++\n")
    tr = "transparent = true\n" if not a.lean else ""
    for y in YEARS:
        write(f"{C}/{y}/_index.md",
              f"+++\ntitle = {q(f'ปีงบประมาณ {y}')}\nsort_by = \"date\"\npaginate_by = {PER_PAGE}\n{tr}+++\n")
    for p in pages:
        write(f"{C}/{p['year']}/{p['slug']}.md", toml_page(p, "extra", a, tax_table=True))
    write(f"{root}/data/executives.toml", executives_toml(a.seed))
    write(f"{root}/data/status.toml", status_toml(a.seed))
    static_files(f"{root}/static")
