//! `docs/` is generated from the code and fresh: `UPDATE=1 cargo test` writes it.

use std::fmt::Write as _;

use prongsai::catalog::{Confidence, built_in};
use prongsai::content::{FOLDERS, Layout};
use prongsai::diagnostic::{Lang, explain};
use prongsai::fields::Asked;

use crate::support::{expect_file, root};

const GENERATED: &str = "<!-- ไฟล์นี้สร้างจากโปรแกรม อย่าแก้ด้วยมือ · generated; do not edit -->\n\n";

#[test]
fn rules_are_documented() {
    for (lang, file, title) in [(Lang::Th, "rules.th.md", "# กฎทั้งหมด"), (Lang::En, "rules.md", "# Rules")] {
        let mut out = format!("{GENERATED}{title}\n\n");
        for rule in prongsai::rules() {
            out.push_str(&explain::rule(rule, lang));
        }
        expect_file(&root().join("docs").join(file), &out);
    }
}

#[test]
fn fields_are_documented() {
    let mut out = format!("{GENERATED}# ข้อมูลในแต่ละโฟลเดอร์ · Fields of each folder\n");
    section(&mut out, "content/site.toml", &prongsai::config::asked());
    for folder in FOLDERS {
        let example = match folder.layout {
            Layout::Markdown => "name.md",
            Layout::MarkdownByYear => "2566.md",
            Layout::MarkdownInYear => "2566/name.md",
            Layout::TomlByYear => "2566.toml",
            Layout::Toml => "name.toml",
        };
        section(&mut out, &format!("content/{}/{example}", folder.name), &folder.asked());
    }
    expect_file(&root().join("docs/fields.md"), &out);
}

fn section(out: &mut String, title: &str, fields: &[Asked]) {
    let _ = write!(out, "\n## `{title}`\n\n| | ต้องมี · required | ค่า · value | ตัวอย่าง · example |\n|---|---|---|---|\n");
    rows(out, "", fields);
}

fn rows(out: &mut String, prefix: &str, fields: &[Asked]) {
    for field in fields {
        let required = if field.required { "✓" } else { "" };
        let (th, en) = (field.expects.th.replace('|', "\\|"), field.expects.en.replace('|', "\\|"));
        let example = if field.example.is_empty() { String::new() } else { format!("`{} = {}`", field.key, field.example) };
        let _ = writeln!(out, "| `{prefix}{}` | {required} | {th} · {en} | {example} |", field.key);
        rows(out, &format!("{prefix}{}.", field.key), &field.inner);
    }
}

#[test]
fn forms_are_documented() {
    for year in built_in().years() {
        let catalog = built_in().of(year).expect("a year of the list");
        let mut out = format!("{GENERATED}# แบบ OIT ปีงบประมาณ พ.ศ. {year} · OIT form of fiscal year {year}\n\n");
        out.push_str("† = ยังไม่ยืนยันกับคู่มือทางการ · not yet confirmed against the official manual\n");
        for item in &catalog.items {
            let _ = write!(out, "\n## {} {} · {}\n\n`{}`\n\n", item.id, item.title.th, item.title.en, item.topic);
            for requirement in &item.requirements {
                let mark = if requirement.confidence <= Confidence::One { "" } else { " †" };
                let _ = writeln!(out, "- {} {} · {}{mark}", requirement.id, requirement.text.th, requirement.text.en);
            }
        }
        expect_file(&root().join(format!("docs/oit-{year}.md")), &out);
    }
}
