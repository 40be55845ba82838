"""The site for Cobalt, which has no layout inheritance."""
from text import (BASE_URL, PER_PAGE, SITE_DESC, SITE_TITLE, YEARS, executives_toml, q, static_files, status_toml,
                  write)
from theme import BASE, EXEC_HEAD, EXEC_ROW, LIST_HEAD, LIST_TAIL, PAGE, ROW, pager_html, sub


def generate(root, a, pages):
    write(f"{root}/_cobalt.yml", f"""site:
  title: {q(SITE_TITLE)}
  description: {q(SITE_DESC)}
  base_url: {BASE_URL}
  sitemap: sitemap.xml
  data:
    years: [{", ".join(f'"{y}"' for y in reversed(YEARS))}]
posts:
  title: {q(SITE_TITLE)}
  description: {q(SITE_DESC)}
  dir: posts
  rss: rss.xml
  default:
    layout: page.liquid
    permalink: "/{{{{categories}}}}/{{{{slug}}}}/"
    excerpt_separator: ""
pages:
  default:
    layout: plain.liquid
syntax_highlight:
  enabled: false
""")
    # cobalt has no layout inheritance: head and foot are includes
    head, foot = BASE.split("@MAIN@")
    write(f"{root}/_includes/head.liquid", sub(
        head, TITLE="{{ page.title }}", FEEDTYPE="application/rss+xml", FEED="rss.xml",
        YEARNAV='{% for y in site.data.years %}<li><a href="/years/{{ y }}/">{{ y }}</a></li>\n{% endfor %}'))
    write(f"{root}/_includes/foot.liquid", foot)
    h, f = '{% include "head.liquid" %}', '{% include "foot.liquid" %}'
    esc = " | escape"
    write(f"{root}/_layouts/page.liquid", h + sub(
        PAGE, YROOT="/years", YEAR="{{ page.data.fiscal_year }}", PTITLE="{{ page.title%s }}" % esc,
        CODE="{{ page.data.oit_item | downcase }}", ITEM="{{ page.data.oit_item }}", UNIT="{{ page.data.unit%s }}" % esc,
        DATE='{{ page.published_date | date: "%Y-%m-%d" }}', CONTENT="{{ page.content }}") + f)
    write(f"{root}/_layouts/plain.liquid", h + "{{ page.content }}" + f)
    row = sub(ROW, DATE='{{ post.published_date | date: "%Y-%m-%d" }}', URL="/{{ post.permalink }}",
              PTITLE="{{ post.title%s }}" % esc, ITEM="{{ post.data.oit_item }}", UNIT="{{ post.data.unit%s }}" % esc)
    pager = pager_html("/{{ paginator.previous_index_permalink }}", "/{{ paginator.next_index_permalink }}",
                       "{{ paginator.index }}", "{{ paginator.total_indexes }}",
                       "{% if paginator.previous_index %}", "{% if paginator.next_index %}", "{% endif %}")
    body = ("{% if paginator.indexes %}<h1>{{ page.title }}</h1>\n<ul>\n{% for x in paginator.indexes %}"
            '<li><a href="/{{ x.index_permalink }}/">{{ x.index_title }}</a> ({{ x.total_pages }})</li>\n{% endfor %}</ul>'
            "{% else %}<h1>{{ paginator.index_title }}</h1>\n" + LIST_HEAD +
            "\n{% for post in paginator.pages %}" + row + "\n{% endfor %}" + LIST_TAIL + "\n" + pager + "{% endif %}\n")

    def listing(name, title, include):
        write(f"{root}/{name}.liquid", f"---\ntitle: {title}\npermalink: /{name}/\npagination:\n  include: {include}\n"
              f"  per_page: {PER_PAGE}\n  permalink_suffix: \"page/{{{{num}}}}/\"\n  order: Desc\n"
              f"  sort_by: [\"published_date\"]\n---\n" + body)
    listing("years", "ปีงบประมาณ", "Categories")
    if not a.lean:
        listing("oit", "รายการ OIT 43 ข้อ", "Tags")
    latest = ""
    if not a.lean:
        latest = ("<h2>เผยแพร่ล่าสุด</h2>\n" + LIST_HEAD + "\n{% for post in collections.posts.pages limit: 10 %}" + row +
                  "\n{% endfor %}" + LIST_TAIL)
    write(f"{root}/index.liquid", "---\ntitle: หน้าแรก\npermalink: /\n---\n<h1>" + SITE_TITLE +
          "</h1>\n<ul>\n{% for y in site.data.years %}"
          '<li><a href="/years/{{ y }}/">ปีงบประมาณ {{ y }}</a></li>\n{% endfor %}</ul>\n' + latest + "\n")
    ex = EXEC_ROW.format(**{k: "{{ e.%s%s }}" % (k, "" if k == "id" else esc)
                            for k in ("id", "name", "position", "unit", "phone", "email")})
    write(f"{root}/executives.liquid", "---\ntitle: ผู้บริหาร\npermalink: /executives/\n---\n" + EXEC_HEAD +
          "\n{% for e in site.data.executives.executive %}" + ex + "\n{% endfor %}</tbody></table>\n")
    write(f"{root}/oit-status.liquid", "---\ntitle: สถานะการเปิดเผย\npermalink: /oit-status/\n---\n"
          "<h1>สถานะการเปิดเผยข้อมูล</h1>\n<table><thead><tr><th>รายการ</th>"
          "{% for y in site.data.years %}<th>{{ y }}</th>{% endfor %}</tr></thead><tbody>\n"
          "{% for it in site.data.status.item %}<tr><th>O{{ it.no }} {{ it.title | escape }}</th>{% for c in it.year %}"
          '<td><a href="{{ c.file }}">{{ c.status }}</a></td>{% endfor %}</tr>\n{% endfor %}</tbody></table>\n')
    write(f"{root}/404.liquid", "---\ntitle: 404\npermalink: /404.html\n---\n<h1>ไม่พบหน้าที่ต้องการ</h1>\n")
    for p in pages:
        tags = "" if a.lean else f"tags: [\"o{p['item']:02d}\"]\n"
        write(f"{root}/posts/{p['year']}/{p['slug']}.md",
              f"---\ntitle: {q(p['title'])}\npublished_date: {p['date']} 00:00:00 +0700\n"
              f"categories: [\"{p['year']}\"]\n{tags}data:\n  oit_item: \"O{p['item']:02d}\"\n"
              f"  fiscal_year: {p['year']}\n  unit: {q(p['unit'])}\n---\n\n" + p["body"])
    write(f"{root}/_data/executives.toml", executives_toml(a.seed))
    write(f"{root}/_data/status.toml", status_toml(a.seed))
    static_files(root)
    write(f"{root}/robots.txt", "User-agent: *\n")
