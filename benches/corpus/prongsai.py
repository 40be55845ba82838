"""The site for prongsai: disclosures of seven years, news, executives, results, measures and reports on them."""
import random

from text import (BASE_URL, METHODS, OIT, PROJECTS, SITE_TITLE, UNITS, YEARS, executives, pdf_bytes, q, write, write_bytes)

# The topic of each item; those with a content type of their own have None.
TOPICS = """organisation-structure
-
powers-and-duties
development-plan
-
laws
-
-
-
operating-plan
operating-plan-progress
annual-report
work-manual
service-manual
service-statistics
satisfaction-survey
e-service
procurement-plan
procurement-notices
procurement-monthly
procurement-report
hr-policy
hr-policy-progress
hr-rules
hr-report
complaint-procedure
-
complaint-statistics
participation
no-gift-policy
no-gift-culture
no-gift-report
corruption-risk
corruption-risk-actions
anti-corruption-plan
anti-corruption-progress
anti-corruption-report
code-of-ethics
driving-ethics
ethics-evaluation
privacy-policy
-
-""".split("\n")
FORM_YEAR = 2566
N_MEASURES = 5
N_STEPS = 4


def is_disclosure(p):
    """The first page of an item and a year is its disclosure; what comes later is a post about it."""
    return p["i"] < len(OIT) * len(YEARS) and TOPICS[p["item"] - 1] != "-"


def url_of(i, place, slug_of):
    item, year = place(i)
    if i < len(OIT) * len(YEARS) and TOPICS[item - 1] != "-":
        return f"/{year}/{TOPICS[item - 1]}/"
    return f"/news/{year}-{slug_of(i)}/"


def generate(root, a, pages):
    content = f"{root}/content"
    write(f"{content}/site.toml", f"""base_url = "{BASE_URL}/"
fiscal_year = {FORM_YEAR}
theme = "default"
language = "th"
digits = "arabic"

[agency]
name = {q(SITE_TITLE)}
name_en = "Open data centre"
kind = "city-municipality"
address = "เลขที่ 99 ถนนราชดำเนิน เขตพระนคร กรุงเทพมหานคร 10200"
phone = "0 2123 4567"
email = "saraban@example.go.th"
""")
    for p in pages:
        write_page(content, p)
    for k, person in enumerate(executives(a.seed)):
        write(f"{content}/executives/{k + 1:03d}-person-{k + 1}.md",
              f"+++\nname = {q(person['name'])}\nposition = {q(person['position'])}\ngroup = \"permanent\"\norder = {k + 1}\n"
              f"phone = {q(person['phone'])}\nemail = {q(person['email'])}\nsince = {person['since']}\nunit = {q(person['unit'])}\n+++\n")
    for k in range(43):
        for year in YEARS:
            write_bytes(f"{content}/disclosures/{year}/o{k + 1:02d}.pdf", pdf_bytes(f"O{k + 1} {year}"))
    for year in YEARS:
        write_measures(content, year, random.Random(f"{a.seed}/measures/{year}"))


def write_page(content, p):
    if is_disclosure(p):
        head = (f"+++\ntitle = {q(p['title'])}\ndate = {p['date']}\nunit = {q(p['unit'])}\n\n"
                f"[[attachment]]\nfile = \"o{p['item']:02d}.pdf\"\ntitle = {q(OIT[p['item'] - 1])}\n+++\n\n")
        path = f"disclosures/{p['year']}/{TOPICS[p['item'] - 1]}.md"
    else:
        head = f"+++\ntitle = {q(p['title'])}\ndate = {p['date']}\nunit = {q(p['unit'])}\nsummary = {q(OIT[p['item'] - 1])}\n+++\n\n"
        path = f"news/{p['year']}-{p['slug']}.md"
    write(f"{content}/{path}", head + p["body"])


def pdf_of(p_is_disclosure):
    """The link to a file, from a disclosure or a post."""
    def link(item, year, here):
        return f"o{item:02d}.pdf" if p_is_disclosure and year == here else f"../disclosures/{year}/o{item:02d}.pdf"
    return link


def write_measures(content, year, r):
    """Five measures of four steps, and what was done of each, as an agency keeps them."""
    write(f"{content}/analysis/{year}.md",
          f"+++\ntitle = \"การวิเคราะห์ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year - 1}\"\nfiscal_year = {year}\nresult = {year - 1}\n"
          f"unit = {q(r.choice(UNITS))}\n\n[[urgent_issue]]\naddresses = [\"indicator:2\"]\ntext = \"การใช้จ่ายงบประมาณ\"\n+++\n\n"
          "คณะทำงานประชุมเพื่อวิเคราะห์ผลการประเมินและกำหนดมาตรการ\n")
    for m in range(N_MEASURES):
        steps = "".join(f"\n[[step]]\ntext = {q(r.choice(PROJECTS))}\nresponsible = {q(r.choice(UNITS))}\n"
                        f"period = \"ต.ค. {year - 1} - ก.ย. {year}\"\n" for _ in range(N_STEPS))
        write(f"{content}/measures/{year}/{m + 1}-measure-of-area-{m + 1}.md",
              f"+++\ntitle = {q('มาตรการที่ ' + str(m + 1) + ' ' + r.choice(PROJECTS))}\naddresses = [\"indicator:{m + 1}\"]\n"
              f"reporting = [\"รายงานต่อผู้บริหารทุกไตรมาส\"]\nunit = {q(r.choice(UNITS))}\n{steps}+++\n")
        for s in range(N_STEPS):
            write(f"{content}/progress/{year}-h1/{m + 1}-{s + 1}-report-of-step-{m + 1}{s + 1}.md",
                  f"+++\ntitle = {q(r.choice(PROJECTS))}\nmeasure = {m + 1}\nstep = {s + 1}\nstatus = \"done\"\n"
                  f"period = \"ต.ค. {year - 1} - มี.ค. {year}\"\ndate = {year - 543}-04-05\nunit = {q(r.choice(UNITS))}\n+++\n\n"
                  f"ดำเนินการโดยวิธี{r.choice(METHODS)}แล้วเสร็จตามแผน\n")
