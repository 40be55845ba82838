#!/usr/bin/env python3
"""Writes content/pages/rules.md and rules.en.md, a page of all rules, from what `prongsai explain` says of them.

Without an argument it writes both files; with --check it writes nothing and exits with 1 when they are stale.
PROGRAM names the program (default: target/release/prongsai of this repository)."""
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = os.environ.get("PROGRAM", str(HERE.parent.parent / "target/release/prongsai"))
PAGES = HERE / "content/pages"

FAMILIES = {
    "P1": ("ไฟล์และช่องข้อมูล", "Files and fields"),
    "P2": ("ลิงก์ ไฟล์แนบ และการอ้างถึง", "Links, attachments, references"),
    "P3": ("ความครบถ้วนตามแบบ OIT", "Completeness against the form"),
    "P4": ("ปีงบประมาณและช่วงเวลา", "Fiscal year and time"),
    "P5": ("การอ่านได้", "Readability"),
    "P6": ("ชุดหน้าตา", "Theme"),
    "P7": ("การตั้งค่า", "Settings"),
    "P8": ("ตัวเลขและความเชื่อมโยงที่ไม่ตรงกัน", "Figures and links between documents that do not agree"),
    "P9": ("ข้อมูลส่วนบุคคลและผู้แจ้งเบาะแส", "People's data and those who report"),
}

WORDS = {
    "th": {
        "title": "กฎทุกข้อ",
        "lead": [
            "หน้านี้สร้างจากคำสั่ง `prongsai explain` ด้วย `generate.py` จึงตรงกับโปรแกรมเสมอ อย่าแก้ด้วยมือ",
            "รหัสอยู่ในวงเล็บของทุกข้อความ เช่น `ข้อผิดพลาด[P107]` สั่ง `prongsai explain P107` จะเห็นคำอธิบายเดียวกัน",
            "**ข้อผิดพลาด** ทำให้เผยแพร่ไม่ได้ ต้องแก้ก่อน **คำเตือน** เผยแพร่ได้ แต่ควรอ่าน "
            "ปรับระดับของคำเตือนได้ใน `[rules]` ของ `content/site.toml` ส่วนข้อผิดพลาดลดระดับไม่ได้",
            "ในตัวอย่าง บรรทัด `-- ชื่อไฟล์ --` บอกว่าข้อความต่อจากนั้นอยู่ในไฟล์ใด บุคคลและตัวเลขในตัวอย่างเป็นเรื่องสมมุติ",
        ],
        "hidden": "ตัวอย่างไม่แสดงที่นี่ เพราะโปรแกรมจะตรวจพบในหน้านี้เอง ดูได้ด้วย `prongsai explain {code}`",
        "error": "ข้อผิดพลาด", "warning": "คำเตือน", "bad": "ผิด:", "good": "แก้แล้ว:", "count": "มี {n} ข้อ: ข้อผิดพลาด {errors} คำเตือน {warnings}",
    },
    "en": {
        "title": "Every rule",
        "lead": [
            "This page is made of what `prongsai explain` says, by `generate.py`, so it always fits the program. Do not edit it by hand.",
            "The code stands in the brackets of every message, as in `error[P107]`; `prongsai explain P107` gives the same text.",
            "An **error** keeps the site from being published. A **warning** does not, but read it. The level of a warning can be changed "
            "under `[rules]` in `content/site.toml`; that of an error cannot be lowered.",
            "In the examples a line `-- name --` says which file the text below it belongs to. People and figures are made up.",
        ],
        "hidden": "The example is not shown: the program would find it on this very page. See `prongsai explain {code}`.",
        "error": "error", "warning": "warning", "bad": "Wrong:", "good": "Mended:", "count": "{n} rules: {errors} errors, {warnings} warnings",
    },
}


# The program finds these in the guide as it does anywhere, and no setting allows them.
HIDDEN = {"P121", "P501", "P706"}


def rules():
    """All rules, as the program lists them."""
    said = subprocess.run([PROGRAM, "--format", "json", "explain"], capture_output=True, text=True, check=True, cwd=HERE)
    return [json.loads(line) for line in said.stdout.splitlines() if line.strip()]


def block(text):
    """Text as a block of code, fenced longer than any fence inside it."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.strip(chr(10))}\n{fence}"


def plain(text):
    """Text whose signs mean nothing to Markdown."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def page(lang, all_rules):
    """The page of all rules in a language."""
    words, which = WORDS[lang], 0 if lang == "th" else 1
    count = {level: sum(rule["severity"] == level for rule in all_rules) for level in ("error", "warning")}
    parts = [f'+++\n# {"สร้างด้วย generate.py อย่าแก้ด้วยมือ" if lang == "th" else "made by generate.py; do not edit"}\ntitle = "{words["title"]}"\n+++']
    parts += words["lead"]
    parts.append(words["count"].format(n=len(all_rules), errors=count["error"], warnings=count["warning"]))
    parts.append("\n".join(f"- [{family}xx {titles[which]}](#{family.lower()})" for family, titles in FAMILIES.items()))
    family = None
    for rule in all_rules:
        if rule["code"][:2] != family:
            family = rule["code"][:2]
            parts.append(f"## {family}xx {FAMILIES[family][which]} {{#{family.lower()}}}")
        parts.append(f'### {rule["code"]} {rule["name"]} {{#{rule["code"].lower()}}}')
        parts.append(f'**{words[rule["severity"]]}** {plain(rule["explanation"][lang])}')
        if rule["code"] in HIDDEN:
            parts.append(words["hidden"].format(code=rule["code"]))
            continue
        parts += [words["bad"], block(rule["bad"]), words["good"], block(rule["good"])]
    return "\n\n".join(parts) + "\n"


def main():
    all_rules = rules()
    stale = []
    for lang, name in (("th", "rules.md"), ("en", "rules.en.md")):
        text, path = page(lang, all_rules), PAGES / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
    if "--check" not in sys.argv:
        print(f"{len(all_rules)} rules; wrote: {', '.join(stale) or 'nothing, all fits'}")
    elif stale:
        sys.exit(f"stale: {', '.join(stale)}; run examples/guide/generate.py")


if __name__ == "__main__":
    main()
