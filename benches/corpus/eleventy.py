"""The site for Eleventy."""
from text import (BASE_URL, FEED_LIMIT, PER_PAGE, SITE_DESC, SITE_TITLE, YEARS, executives_toml, q, static_files, status_toml,
                  write)
from theme import BASE, EXEC_HEAD, EXEC_ROW, LIST_HEAD, LIST_TAIL, PAGE, ROW, pager_html, sub


def generate(root, a, pages):
    write(f"{root}/package.json", '{"name":"oit-bench","private":true,"type":"module"}\n')
    write(f"{root}/eleventy.config.js", """import { parse } from "smol-toml";
const PER = %d;
const chunk = (root, key, items) => {
  const total = Math.max(1, Math.ceil(items.length / PER)), out = [];
  for (let k = 0; k < total; k++) {
    const at = (j) => (j === 0 ? `${root}${key}/` : `${root}${key}/page/${j + 1}/`);
    out.push({ key, no: k + 1, total, url: at(k), prev: k > 0 ? at(k - 1) : "", next: k + 1 < total ? at(k + 1) : "",
               items: items.slice(k * PER, (k + 1) * PER) });
  }
  return out;
};
export default function (cfg) {
  cfg.setQuietMode(true);
  cfg.addPassthroughCopy({ static: "/" });
  cfg.addDataExtension("toml", (s) => parse(s));
  cfg.addFilter("isoDate", (d) => d.toISOString().slice(0, 10));
  const docs = (api) => api.getFilteredByGlob("content/2*/*.md").sort((x, y) => y.date - x.date);
  cfg.addCollection("docs", docs);
  cfg.addCollection("yearPages", (api) => {
    const by = new Map();
    for (const d of docs(api)) { const k = String(d.data.fiscal_year); if (!by.has(k)) by.set(k, []); by.get(k).push(d); }
    return [...by.keys()].sort().flatMap((k) => chunk("/", k, by.get(k)));
  });
  cfg.addCollection("oitPages", (api) => {
    const by = new Map();
    for (const d of docs(api)) { const k = d.data.oit_item.toLowerCase(); if (!by.has(k)) by.set(k, []); by.get(k).push(d); }
    return [...by.keys()].sort().flatMap((k) => chunk("/oit/", k, by.get(k)));
  });
  return { dir: { input: "content", includes: "../_includes", data: "../_data", output: "_site" },
           markdownTemplateEngine: false, htmlTemplateEngine: "njk", templateFormats: ["md", "njk"] };
}
""" % PER_PAGE)
    I = f"{root}/_includes"
    write(f"{I}/base.njk", sub(
        BASE, TITLE="{{ title }}", FEEDTYPE="application/atom+xml", FEED="atom.xml",
        YEARNAV='{% for y in site.years %}<li><a href="/{{ y }}/">{{ y }}</a></li>\n{% endfor %}',
        MAIN="{{ content | safe }}"))
    write(f"{I}/page.njk", "---\nlayout: base.njk\n---\n" + sub(
        PAGE, YROOT="", YEAR="{{ fiscal_year }}", PTITLE="{{ title }}", CODE="{{ oit_item | lower }}",
        ITEM="{{ oit_item }}", UNIT="{{ unit }}", DATE="{{ page.date | isoDate }}", CONTENT="{{ content | safe }}"))
    row = sub(ROW, DATE="{{ d.date | isoDate }}", URL="{{ d.url }}", PTITLE="{{ d.data.title }}",
              ITEM="{{ d.data.oit_item }}", UNIT="{{ d.data.unit }}")
    pager = pager_html("{{ chunk.prev }}", "{{ chunk.next }}", "{{ chunk.no }}", "{{ chunk.total }}",
                       "{% if chunk.prev %}", "{% if chunk.next %}", "{% endif %}")
    C = f"{root}/content"
    for name, coll, pre in (("years", "yearPages", "ปีงบประมาณ "), ("oit", "oitPages", "")):
        if name == "oit" and a.lean:
            continue
        write(f"{C}/{name}-pages.njk",
              f"---\nlayout: base.njk\npagination:\n  data: collections.{coll}\n  size: 1\n  alias: chunk\n"
              'permalink: "{{ chunk.url }}"\neleventyComputed:\n  title: "' + pre + '{{ chunk.key }}"\n---\n'
              "<h1>" + pre + "{{ chunk.key }}</h1>\n" + LIST_HEAD + "\n{% for d in chunk.items %}" + row + "\n{% endfor %}" +
              LIST_TAIL + "\n" + pager + "\n")
    if not a.lean:
        write(f"{C}/oit.njk", "---\nlayout: base.njk\ntitle: รายการ OIT\npermalink: /oit/\n---\n<h1>รายการ OIT 43 ข้อ</h1>\n<ul>\n"
              "{% for c in collections.oitPages %}{% if c.no == 1 %}"
              '<li><a href="{{ c.url }}">{{ c.key }}</a> ({{ c.total }})</li>\n{% endif %}{% endfor %}</ul>\n')
    latest = ""
    if not a.lean:
        latest = ("<h2>เผยแพร่ล่าสุด</h2>\n" + LIST_HEAD + "\n{% for d in collections.docs.slice(0, 10) %}" + row +
                  "\n{% endfor %}" + LIST_TAIL)
    write(f"{C}/index.njk", "---\nlayout: base.njk\ntitle: หน้าแรก\n---\n<h1>" + SITE_TITLE +
          "</h1>\n<ul>\n{% for y in site.years %}"
          '<li><a href="/{{ y }}/">ปีงบประมาณ {{ y }}</a></li>\n{% endfor %}</ul>\n' + latest + "\n")
    ex = EXEC_ROW.format(**{k: "{{ e.%s }}" % k for k in ("id", "name", "position", "unit", "phone", "email")})
    write(f"{C}/executives.njk", "---\nlayout: base.njk\ntitle: ผู้บริหาร\n---\n" + EXEC_HEAD +
          "\n{% for e in executives.executive %}" + ex + "\n{% endfor %}</tbody></table>\n")
    write(f"{C}/oit-status.njk", "---\nlayout: base.njk\ntitle: สถานะการเปิดเผย\n---\n"
          "<h1>สถานะการเปิดเผยข้อมูล</h1>\n<table><thead><tr><th>รายการ</th>"
          "{% for y in site.years %}<th>{{ y }}</th>{% endfor %}</tr></thead><tbody>\n"
          "{% for it in status.item %}<tr><th>O{{ it.no }} {{ it.title }}</th>{% for c in it.year %}"
          '<td><a href="{{ c.file }}">{{ c.status }}</a></td>{% endfor %}</tr>\n{% endfor %}</tbody></table>\n')
    write(f"{C}/404.njk", "---\nlayout: base.njk\ntitle: \"404\"\npermalink: /404.html\n---\n<h1>ไม่พบหน้าที่ต้องการ</h1>\n")
    write(f"{C}/sitemap.njk", "---\npermalink: /sitemap.xml\neleventyExcludeFromCollections: true\n---\n"
          '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
          "{% for p in collections.all %}<url><loc>" + BASE_URL + "{{ p.url }}</loc><lastmod>{{ p.date | isoDate }}</lastmod></url>\n"
          "{% endfor %}</urlset>\n")
    write(f"{C}/feed.njk", "---\npermalink: /atom.xml\neleventyExcludeFromCollections: true\n---\n"
          '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="th"><title>' + SITE_TITLE +
          f"</title><id>{BASE_URL}/</id>\n" + "{% for p in collections.docs.slice(0, " + str(FEED_LIMIT) + ") %}"
          "<entry><title>{{ p.data.title }}</title><id>" + BASE_URL + "{{ p.url }}</id><updated>{{ p.date | isoDate }}T00:00:00Z</updated>"
          '<content type="html">{{ p.content }}</content></entry>\n{% endfor %}</feed>\n')
    for y in YEARS:
        write(f"{C}/{y}/{y}.json", '{"layout":"page.njk"}\n')
    for p in pages:
        write(f"{C}/{p['year']}/{p['slug']}.md",
              f"---\ntitle: {q(p['title'])}\ndate: {p['date']}\noit_item: \"O{p['item']:02d}\"\n"
              f"fiscal_year: {p['year']}\nunit: {q(p['unit'])}\n---\n\n" + p["body"])
    write(f"{root}/_data/site.json", '{"years":[%s]}\n' % ",".join(f'"{y}"' for y in reversed(YEARS)))
    write(f"{root}/_data/executives.toml", executives_toml(a.seed))
    write(f"{root}/_data/status.toml", status_toml(a.seed))
    static_files(f"{root}/static")
    write(f"{root}/static/robots.txt", "User-agent: *\n")
