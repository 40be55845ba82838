"""One HTML skeleton for the four peers; the markers in it become expressions of each template language."""
from text import SITE_DESC, SITE_TITLE

BASE = """<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@TITLE@ | %(site)s</title>
<meta name="description" content="%(desc)s">
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="@FEEDTYPE@" href="/@FEED@" title="%(site)s">
</head>
<body>
<a class="skip" href="#main">ข้ามไปยังเนื้อหาหลัก</a>
<header>
<p class="brand"><a href="/">%(site)s</a></p>
<nav aria-label="เมนูหลัก"><ul>
<li><a href="/">หน้าแรก</a></li>
@YEARNAV@
<li><a href="/oit/">รายการ OIT</a></li>
<li><a href="/oit-status/">สถานะการเปิดเผย</a></li>
<li><a href="/executives/">ผู้บริหาร</a></li>
</ul></nav>
</header>
<main id="main">
@MAIN@
</main>
<footer>
<p>%(site)s</p>
<p>เลขที่ 99 ถนนราชดำเนิน เขตพระนคร กรุงเทพมหานคร 10200 โทร. 0-2123-4567</p>
</footer>
</body>
</html>
""" % {"site": SITE_TITLE, "desc": SITE_DESC}

PAGE = """<article>
<p class="crumb"><a href="/">หน้าแรก</a> / <a href="@YROOT@/@YEAR@/">ปีงบประมาณ @YEAR@</a></p>
<h1>@PTITLE@</h1>
<dl>
<dt>รายการ</dt><dd><a href="/oit/@CODE@/">@ITEM@</a></dd>
<dt>ปีงบประมาณ</dt><dd>@YEAR@</dd>
<dt>หน่วยงาน</dt><dd>@UNIT@</dd>
<dt>วันที่เผยแพร่</dt><dd><time datetime="@DATE@">@DATE@</time></dd>
</dl>
@CONTENT@
</article>"""

ROW = '<tr><td>@DATE@</td><td><a href="@URL@">@PTITLE@</a></td><td>@ITEM@</td><td>@UNIT@</td></tr>'
LIST_HEAD = "<table><thead><tr><th>วันที่</th><th>เรื่อง</th><th>OIT</th><th>หน่วยงาน</th></tr></thead><tbody>"
LIST_TAIL = "</tbody></table>"


def sub(text, **kw):
    for k, v in kw.items():
        text = text.replace(f"@{k}@", v)
    return text


def pager_html(prev, nxt, cur, total, if_prev, if_next, end):
    return (f'<nav class="pager" aria-label="เลือกหน้า">{if_prev}<a rel="prev" href="{prev}">ก่อนหน้า</a>{end} '
            f'หน้า {cur} / {total} {if_next}<a rel="next" href="{nxt}">ถัดไป</a>{end}</nav>')


EXEC_ROW = ("<tr><td>{id}</td><td>{name}</td><td>{position}</td><td>{unit}</td>"
            '<td>{phone}</td><td><a href="mailto:{email}">{email}</a></td></tr>')
EXEC_HEAD = ("<h1>ทำเนียบผู้บริหาร</h1>\n<table><thead><tr><th>ที่</th><th>ชื่อ</th><th>ตำแหน่ง</th>"
             "<th>สังกัด</th><th>โทรศัพท์</th><th>อีเมล</th></tr></thead><tbody>")
