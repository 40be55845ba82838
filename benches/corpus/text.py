"""The text of the benchmark sites: the same arguments give the same bytes on every machine (no clock, no locale)."""
import os
import random
from datetime import date, timedelta

YEARS = [2562, 2563, 2564, 2565, 2566, 2567, 2568]  # Buddhist-era fiscal years
PER_PAGE = 50
FEED_LIMIT = 20
BASE_URL = "https://oit.example.go.th"
SITE_TITLE = "ศูนย์ข้อมูลการเปิดเผยข้อมูลสาธารณะ (OIT)"
SITE_DESC = "การเปิดเผยข้อมูลสาธารณะตามแบบวัด OIT ของหน่วยงานภาครัฐ"
EDIT_PAGE = 42  # index of the page that incremental tests edit

OIT = """โครงสร้าง
ข้อมูลผู้บริหาร
อำนาจหน้าที่
แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน
ข้อมูลการติดต่อ
กฎหมายที่เกี่ยวข้อง
ข่าวประชาสัมพันธ์
ช่องทางถามตอบ Q&A
เครือข่ายสังคมออนไลน์
แผนดำเนินงานประจำปี
รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน
รายงานผลการดำเนินงานประจำปี
คู่มือหรือมาตรฐานการปฏิบัติงาน
คู่มือหรือมาตรฐานการให้บริการ
ข้อมูลเชิงสถิติการให้บริการ
รายงานผลการสำรวจความพึงพอใจการให้บริการ
บริการอิเล็กทรอนิกส์ E-Service
แผนการใช้จ่ายงบประมาณประจำปี
รายงานการกำกับติดตามการใช้จ่ายงบประมาณประจำปี รอบ 6 เดือน
รายงานผลการใช้จ่ายงบประมาณประจำปี
แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ
ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ
สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน
รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี
นโยบายการบริหารทรัพยากรบุคคล
การดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล
หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล
รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี
แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ
ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ
ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบประจำปี
ช่องทางการรับฟังความคิดเห็น
การเปิดโอกาสให้เกิดการมีส่วนร่วม
เจตจำนงสุจริตของผู้บริหาร
การมีส่วนร่วมของผู้บริหาร
การประเมินความเสี่ยงการทุจริตประจำปี
การดำเนินการเพื่อจัดการความเสี่ยงการทุจริต
การเสริมสร้างวัฒนธรรมองค์กร
แผนปฏิบัติการป้องกันการทุจริต
รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต รอบ 6 เดือน
รายงานผลการดำเนินการป้องกันการทุจริตประจำปี
มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน""".split("\n")
assert len(OIT) == 43

UNITS = """สำนักงานเลขานุการกรม
กองบริหารทรัพยากรบุคคล
กองคลังและพัสดุ
กองยุทธศาสตร์และแผนงาน
กลุ่มตรวจสอบภายใน
กลุ่มพัฒนาระบบบริหาร
ศูนย์เทคโนโลยีสารสนเทศและการสื่อสาร
กองกฎหมายและระเบียบ
ศูนย์ปฏิบัติการต่อต้านการทุจริต
กองตรวจราชการ
สำนักงานประชาสัมพันธ์
กองบริการประชาชน""".split("\n")

SENTENCES = """หน่วยงานได้จัดทำข้อมูลดังกล่าวตามหลักเกณฑ์การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ
ประชาชนสามารถตรวจสอบรายละเอียดและดาวน์โหลดเอกสารประกอบได้จากหน้าเว็บไซต์นี้โดยไม่มีค่าใช้จ่าย
ข้อมูลทั้งหมดได้รับการตรวจทานจากคณะทำงานและผ่านความเห็นชอบจากผู้บริหารสูงสุดของหน่วยงานแล้ว
การเผยแพร่ครั้งนี้มีวัตถุประสงค์เพื่อเสริมสร้างความเชื่อมั่นและการมีส่วนร่วมของผู้มีส่วนได้ส่วนเสียทุกภาคส่วน
หากพบข้อมูลคลาดเคลื่อนสามารถแจ้งผ่านช่องทางรับฟังความคิดเห็นของหน่วยงานได้ตลอดเวลาราชการ
ผลการดำเนินงานในไตรมาสที่ผ่านมาเป็นไปตามเป้าหมายที่กำหนดไว้ในแผนปฏิบัติราชการประจำปี
หน่วยงานยึดหลักธรรมาภิบาลและปฏิบัติตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐ อย่างเคร่งครัด
เจ้าหน้าที่ผู้รับผิดชอบได้ปรับปรุงข้อมูลให้เป็นปัจจุบันและสอดคล้องกับสถานการณ์งบประมาณล่าสุด""".split("\n")

BULLETS = """กำหนดผู้รับผิดชอบและระยะเวลาดำเนินการ**ชัดเจน**ทุกขั้นตอน
รายงานผลต่อผู้บริหาร*ทุกไตรมาส*และเผยแพร่ต่อสาธารณะ
จัดให้มีช่องทางร้องเรียนที่คุ้มครองผู้แจ้งเบาะแส
ติดตามการใช้จ่ายงบประมาณผ่านระบบ `e-GP` อย่างต่อเนื่อง
ประเมินความเสี่ยงและกำหนดมาตรการควบคุมที่เหมาะสม
สื่อสารผลการดำเนินงานให้บุคลากรทุกระดับรับทราบ
เปิดโอกาสให้ภาคประชาชนร่วมตรวจสอบ
ทบทวนแนวปฏิบัติอย่างน้อยปีละหนึ่งครั้ง""".split("\n")

PROJECTS = """จ้างปรับปรุงระบบเครือข่าย
จัดซื้อครุภัณฑ์คอมพิวเตอร์
อบรมเจ้าหน้าที่ด้านวินัย
สำรวจความพึงพอใจ
พัฒนาระบบบริการออนไลน์
ประชุมคณะกรรมการจริยธรรม
จ้างเหมาทำความสะอาดอาคาร
ปรับปรุงภูมิทัศน์สำนักงาน""".split("\n")

METHODS = ["e-bidding", "เฉพาะเจาะจง", "คัดเลือก", "ดำเนินการเอง"]
STATUS = ["เผยแพร่แล้ว", "อยู่ระหว่างปรับปรุง", "ไม่มีข้อมูล"]
HEAD1 = ["สาระสำคัญ", "ความเป็นมา", "หลักการและเหตุผล"]
HEAD2 = ["แนวทางการดำเนินงาน", "มาตรการและขั้นตอน", "ผลการดำเนินงาน"]
HEAD3 = ["ตารางสรุปงบประมาณ", "ตารางสรุปโครงการ", "ข้อมูลตามรายการ"]
FIRST = "สมชาย สมหญิง วิชัย ประเสริฐ กนกวรรณ ธนพล ศิริพร อนุชา พรทิพย์ ณัฐวุฒิ จิราภรณ์ สุรศักดิ์".split()
LAST = "ใจดี รักชาติ ศรีสุข วงศ์สวัสดิ์ บุญมาก ทองคำ แก้วมณี จันทร์เพ็ญ พงษ์ไพบูลย์ สุวรรณรัตน์".split()
POSITION = ["อธิบดี", "รองอธิบดี", "ผู้อำนวยการกอง", "ผู้อำนวยการสำนัก", "เลขานุการกรม", "หัวหน้ากลุ่มงาน"]


def place(i):
    """(item 1..43, fiscal year) of page i: items vary fastest."""
    return i % 43 + 1, YEARS[(i // 43) % len(YEARS)]


def slug_of(i):
    item, _ = place(i)
    return f"o{item:02d}-{i:05d}"


def rel_of(i):
    return f"{place(i)[1]}/{slug_of(i)}"


def money(r):
    return f"{r.randrange(50, 99999):,},{r.randrange(1000):03d}.00"


def page(i, n, seed, link, pdf):
    """One page as a dict; `link(j)` gives the target of page j, `pdf(item, year)` that of a file."""
    r = random.Random(f"{seed}/{i}")
    item, year = place(i)
    unit = r.choice(UNITS)
    d = date(year - 543 - 1, 10, 1) + timedelta(days=r.randrange(360))
    title = f"O{item} {OIT[item - 1]} ประจำปีงบประมาณ {year} ฉบับที่ {i + 1}"
    j = [r.randrange(n) for _ in range(3)]
    bl = r.sample(BULLETS, 4)
    out = [
        r.choice(SENTENCES) + " " + r.choice(SENTENCES),
        "",
        f"## {r.choice(HEAD1)}",
        "",
        f"- {bl[0]}",
        f"- {bl[1]}",
        f"  - {bl[2]}",
        f"- {bl[3]}",
        "",
        f"## {r.choice(HEAD2)}",
        "",
        r.choice(SENTENCES) + f" ดูเพิ่มเติมที่ [เอกสารฉบับที่ {j[0] + 1}]({link(j[0])})",
        "",
        f"1. [ฉบับที่ {j[1] + 1}]({link(j[1])})",
        f"2. [ฉบับที่ {j[2] + 1}]({link(j[2])})",
        f"3. [เอกสารแนบ (PDF)]({pdf(item, year)})",
        "",
        f"### {r.choice(HEAD3)}",
        "",
        "| ลำดับ | รายการ | วงเงิน (บาท) | วิธี |",
        "|---:|---|---:|---|",
    ]
    for k in range(4):
        out.append(f"| {k + 1} | {r.choice(PROJECTS)} | {money(r)} | {r.choice(METHODS)} |")
    out += ["", f"> จัดทำโดย {unit} [ดาวน์โหลดแบบรายงาน]({pdf(r.randrange(43) + 1, year)})", ""]
    return {"i": i, "item": item, "year": year, "unit": unit, "date": d.isoformat(),
            "title": title, "slug": slug_of(i), "body": "\n".join(out)}


def q(s):
    """A string for TOML and YAML alike (JSON-style escapes)."""
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def executives(seed):
    """200 people."""
    r = random.Random(f"{seed}/exec")
    for k in range(200):
        yield {"name": r.choice(["นาย", "นาง", "นางสาว"]) + r.choice(FIRST) + " " + r.choice(LAST),
               "position": r.choice(POSITION), "unit": r.choice(UNITS),
               "phone": f"0-2{r.randrange(100, 1000)}-{r.randrange(10000):04d}", "email": f"exec{k + 1:03d}@example.go.th",
               "since": date(2015 + r.randrange(9), r.randrange(12) + 1, r.randrange(28) + 1).isoformat()}


def executives_toml(seed):
    out = []
    for k, person in enumerate(executives(seed)):
        out.append(f"[[executive]]\nid = {k + 1}\n" + "".join(
            f"{key} = {value if key == 'since' else q(value)}\n" for key, value in person.items()))
    return "\n".join(out)


def status_toml(seed):
    """43 items, each with one cell per fiscal year."""
    r = random.Random(f"{seed}/status")
    out = []
    for k, name in enumerate(OIT):
        out.append(f"[[item]]\ncode = \"o{k + 1:02d}\"\nno = {k + 1}\ntitle = {q(name)}\n")
        for y in YEARS:
            out.append(f"[[item.year]]\nyear = {y}\nstatus = {q(r.choice(STATUS))}\n"
                       f"file = \"/files/o{k + 1:02d}-{y}.pdf\"\n")
    return "\n".join(out)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


CSS = "\n".join(
    [":root{--ink:#1b1b1b;--accent:#0b4f8a;--line:#d0d7de}",
     "*{box-sizing:border-box}",
     "body{font:1rem/1.7 Sarabun,'Noto Sans Thai',sans-serif;color:var(--ink);margin:0}",
     ".skip{position:absolute;left:-999px}.skip:focus{left:0}",
     "header,footer{background:#f2f5f8;padding:1rem}",
     "nav ul{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0}",
     "main{max-width:60rem;margin:auto;padding:1rem}",
     "table{border-collapse:collapse;width:100%}",
     "th,td{border:1px solid var(--line);padding:.25rem .5rem}"]) + "\n"


def pdf_bytes(text):
    """A PDF of one page with a line of text and a filler, 4 KiB: what a reader opens, and a checker can read."""
    def build(filler):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET\n% {filler}\n".encode()
        objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                   b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
                   b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
                   b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
        out, places = b"%PDF-1.4\n", []
        for k, body in enumerate(objects):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (k + 1, body)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))
    return build("x" * (4096 - len(build("")) - 4))


def write_bytes(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)


def static_files(dst):
    write(f"{dst}/style.css", CSS)
    for k in range(43):
        for y in YEARS:
            write_bytes(f"{dst}/files/o{k + 1:02d}-{y}.pdf", pdf_bytes(f"O{k + 1} {y}"))
