//! `docs/` is generated from the code and fresh: `UPDATE=1 cargo test` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use prongsai::catalog::{Confidence, RequirementKind, built_in};
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

/// What is left to the author's word, and why; and how much of each form is checked by which kind.
#[test]
fn what_is_only_declared_is_documented() {
    let mut out = format!("{GENERATED}# ข้อกำหนดที่ระบบตรวจเองไม่ได้ · Requirements that a machine cannot check\n\n");
    out.push_str("ผู้เขียนชี้ตำแหน่งที่ตอบด้วย `[[covers]]` ระบบตรวจว่าตำแหน่งนั้นมีจริง ไม่ใช่ว่าเนื้อหาตอบถูก · ");
    out.push_str("The author points at the place with `[[covers]]`; that the place is there is checked, that it answers is the author's word.\n");
    let forms: Vec<_> = built_in().years().filter_map(|year| built_in().of(year)).collect();
    let mut kinds: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for form in &forms {
        for requirement in form.items.iter().flat_map(|item| &item.requirements) {
            *kinds.entry(requirement.kind.word()).or_default().entry(form.fiscal_year.to_string()).or_default() += 1;
        }
    }
    let years: Vec<String> = forms.iter().map(|form| form.fiscal_year.to_string()).collect();
    let _ = write!(
        out,
        "\n## จำนวนต่อปี · Numbers per year\n\n| kind | {} |\n|---|{}\n",
        years.join(" | "),
        "---|".repeat(years.len())
    );
    for (kind, counts) in &kinds {
        let cells: Vec<String> = years.iter().map(|year| counts.get(year).copied().unwrap_or(0).to_string()).collect();
        let _ = writeln!(out, "| {kind} | {} |", cells.join(" | "));
    }
    for form in forms.iter().rev() {
        let _ = write!(out, "\n## {}\n\n", form.fiscal_year);
        for requirement in form.items.iter().flat_map(|item| &item.requirements) {
            let RequirementKind::Declared { because } = &requirement.kind else { continue };
            let why = because.expect("tested: every declared requirement of a built-in form has its reason").words();
            let _ =
                writeln!(out, "- {} {} · {}: {} · {}", requirement.id, requirement.text.th, requirement.text.en, why.th, why.en);
        }
    }
    expect_file(&root().join("docs/declared.md"), &out);
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
                let how = requirement.kind.how();
                let _ = writeln!(out, "- {} {} · {}{mark}", requirement.id, requirement.text.th, requirement.text.en);
                let _ = writeln!(out, "  - {} · {}", how.th, how.en);
            }
        }
        expect_file(&root().join(format!("docs/oit-{year}.md")), &out);
    }
}
