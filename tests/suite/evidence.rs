//! Rules about evidence and the channel for reports, where one bad and one good example do not show all.

use prongsai::diagnostic::Diagnostics;
use prongsai::source::SourcePath;

use crate::support::{codes, sources};

const NEWS: &str = "-- content/news/a.md --\n+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n";

const REPORT: &str =
    "-- content/channels/report.md --\n+++\ntitle = \"แจ้งเบาะแส\"\nkind = \"whistleblower\"\nprotection = [\"เก็บเป็นความลับ\"]\n";

/// A form with one item, for the topic `topic`.
fn form(topic: &str, kind: &str) -> String {
    format!(
        r#"-- content/catalog/fy2566.toml --
fiscal_year = 2566
item_count = 1
sub = [{{ id = "9.1", indicator = 9, title = {{ th = "ก", en = "A" }}, confidence = "two" }}]
[[item]]
id = "O9"
topic = "{topic}"
title = {{ th = "ก", en = "A" }}
sub = "9.1"
group = "ก"
scope = "undated"
confidence = "two"
requirement = [{{ id = "O9.1", text = {{ th = "ก", en = "A" }}, confidence = "two", {kind} }}]
"#
    )
}

fn found(fixture: &str) -> Diagnostics {
    prongsai::build(&sources(fixture)).diagnostics
}

#[track_caller]
fn expect(fixture: &str, expected: &[&str]) {
    assert_eq!(codes(&found(fixture)), expected, "{fixture}");
}

#[test]
fn one_mistake_of_a_file_is_reported_once() {
    let attached = "[[attachment]]\nfile = \"plan.pdf\"\ntitle = \"ก\"\n+++\n\n[แผน](plan.pdf) [อีกครั้ง](plan.pdf)\n";
    for (note, expected) in [("(scanned pdf)", &["P211"][..]), ("(locked pdf)", &["P210"]), ("(pdf)", &[]), ("(png)", &["P209"])]
    {
        let found = found(&format!("{NEWS}{attached}-- content/news/plan.pdf {note} --\n"));
        assert_eq!(codes(&found), expected, "{note}");
        assert_eq!(found.iter().count(), expected.len(), "{note}");
    }
    expect(&format!("{NEWS}{attached}-- content/news/plan.pdf --\n"), &["P209"]);
    expect(&format!("{NEWS}{attached}"), &["P201", "P202"]);
}

#[test]
fn what_another_rule_says_of_a_picture_is_not_said_again() {
    expect(&format!("{NEWS}+++\n\n![ก](a.jpg)\n-- content/news/a.jpg --\nno picture\n"), &["P201"]);
    expect(&format!("{NEWS}+++\n\n[ก](a.jpg)\n-- content/news/a.jpg --\nno picture\n"), &["P209"]);
}

#[test]
fn office_files_with_a_password() {
    let text = format!("{NEWS}+++\n\n[ก](a.docx)\n");
    let wide = |part: &str| part.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = |part: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &[0; 504][..], &wide(part)].concat();
    for (bytes, expected) in
        [(compound("EncryptedPackage"), &["P210"][..]), (compound("WordDocument"), &["P209"]), (b"PK\x03\x04rest".to_vec(), &[])]
    {
        let mut sources = sources(&text);
        sources.insert_bytes(SourcePath::new("content/news/a.docx"), &bytes);
        assert_eq!(codes(&prongsai::build(&sources).diagnostics), expected);
    }
}

#[test]
fn a_link_into_a_pdf_names_a_page_that_is_there() {
    let pdf = "-- content/news/plan.pdf (pdf 3 pages) --\n";
    for (link, expected) in [
        ("plan.pdf#page=3", &[][..]),
        ("plan.pdf#page=4", &["P212"]),
        ("plan.pdf#zoom=100&page=9", &["P212"]),
        ("plan.pdf#nameddest=a", &[]),
    ] {
        expect(&format!("{NEWS}+++\n\n[แผน]({link})\n{pdf}"), expected);
    }
    let link = "\n[แผน](plan.pdf) [หน้า](/files/news/plan.pdf#page=9)\n";
    expect(&format!("{NEWS}+++\n{link}{pdf}"), &["P212"]);
}

#[test]
fn a_page_beyond_the_end_costs_the_item() {
    let rule = prongsai::rules().into_iter().find(|rule| rule.code == "P212").expect("a rule");
    let found = found(rule.bad);
    assert_eq!(found.iter().next().and_then(|problem| problem.item).map(|item| item.to_string()).as_deref(), Some("O11"));
}

#[test]
fn links_elsewhere_are_a_risk_where_they_answer_the_form() {
    let drive = "+++\n\n[แผน](https://drive.google.com/file/d/1)\n";
    expect(&format!("{NEWS}{drive}"), &[]);
    let answer = |topic: &str, kind: &str, link: &str| {
        let (form, covers) = (form(topic, kind), "[[covers]]\nrequirement = \"O9.1\"\n");
        format!("{form}-- content/disclosures/2566/{topic}.md --\n+++\n{covers}+++\n\n[ก]({link})\n")
    };
    expect(&answer("operating-plan", "kind = \"declared\"", "https://drive.google.com/file/d/1"), &["P213"]);
    expect(&answer("operating-plan", "kind = \"declared\"", "https://www.youtube.com/watch?v=1"), &[]);
    expect(&answer("operating-plan", "kind = \"declared\"", "https://facebook.com/agency"), &["P213"]);
    let social = "kind = \"channel\", channel = \"social\", fields = [\"url\"]";
    expect(&answer("social-networks", social, "https://facebook.com/agency"), &[]);
    for link in ["http://localhost:8080/a", "http://192.168.1.5/a", "https://test.example.go.th/a", "http://server/a"] {
        expect(&format!("{NEWS}+++\n\n[ก]({link})\n"), &["P213"]);
    }
}

#[test]
fn social_channels_lead_to_social_networks() {
    let channel =
        |url: &str| format!("-- content/channels/s.md --\n+++\ntitle = \"ก\"\nkind = \"social\"\nurl = \"{url}\"\n+++\n");
    expect(&channel("https://www.facebook.com/agency"), &[]);
    expect(&channel("https://bit.ly/agency"), &["P213"]);
}

#[test]
fn what_channels_may_share() {
    let settings = "-- content/site.toml --\nbase_url = \"https://example.go.th/\"\nfiscal_year = 2566\n[agency]\nname = \"ก\"\nname_en = \"A\"\nkind = \"other\"\nphone = \"0 4212 3456\"\n";
    let other =
        |kind: &str, fields: &str| format!("-- content/channels/o.md --\n+++\ntitle = \"ก\"\nkind = \"{kind}\"\n{fields}\n+++\n");
    for (kind, fields, expected) in [
        ("complaint", "phone = \"0 4212 3456\"", &[][..]),
        ("complaint", "phone = \"0 4299 9999\"", &["P901"]),
        ("contact", "phone = \"0 4299 9999\"", &[]),
        ("complaint", "email = \"A@example.go.th\"", &["P901"]),
        ("contact", "email = \"a@example.go.th\"", &[]),
        ("question", "url = \"https://example.go.th/form/\"", &["P901"]),
        ("social", "url = \"https://example.go.th/form/\"", &[]),
    ] {
        let key = fields.split(' ').next().expect("a key");
        let own = if key == "email" { "email = \"a@example.go.th\"".to_owned() } else { fields.replace("form/", "form") };
        let report = format!("{REPORT}{own}\n+++\n");
        expect(&format!("{settings}{report}{}", other(kind, fields)), expected);
    }
}

#[test]
fn a_gap_with_a_rule_of_its_own_is_reported_by_it_alone() {
    let bare = "-- content/channels/report.md --\n+++\ntitle = \"ก\"\nkind = \"whistleblower\"\n+++\n";
    expect(bare, &["P904"]);
    let kind = "kind = \"channel\", channel = \"whistleblower\", fields = [\"protection\"]";
    expect(&format!("{}{bare}", form("whistleblower-channel", kind)), &["P904"]);
    let group = format!("{}{REPORT}url = \"https://line.me/R/ti/g/a\"\n+++\n", form("whistleblower-channel", kind));
    let found = found(&group);
    assert_eq!(found.iter().map(|problem| (problem.rule.code, problem.item.is_some())).collect::<Vec<_>>(), [("P902", true)]);
}

#[test]
fn procedure_and_channel_agree() {
    let procedure = |unit: &str, body: &str| {
        let form = form("complaint-procedure", "kind = \"declared\"");
        let fields = format!("unit = \"{unit}\"\n[[covers]]\nrequirement = \"O9.1\"\n");
        format!("{form}-- content/disclosures/2566/complaint-procedure.md --\n+++\n{fields}+++\n{body}\n")
    };
    let report = |body: &str| format!("{REPORT}unit = \"ศูนย์\"\nurl = \"https://e.example.go.th/r\"\n+++\n{body}\n");
    for (unit, body, channel, expected) in [
        ("ศูนย์", "", "", &["P302"][..]),
        ("ศูนย์", "\nข้อความ", "", &["P906"]),
        ("ศูนย์", "\n[ก](/report-corruption)", "", &[]),
        ("ศูนย์", "\n[ก](https://example.go.th/report-corruption/#form)", "", &[]),
        ("ศูนย์", "\n[ก](../../channels/report.md)", "", &[]),
        ("ศูนย์", "\n[ก](https://e.example.go.th/r)", "", &[]),
        ("ศูนย์", "\nข้อความ", "\n[ก](/2566/complaint-procedure/)", &[]),
        ("กองคลัง", "\n[ก](/report-corruption/)", "", &["P906"]),
    ] {
        expect(&format!("{}{}", procedure(unit, body), report(channel)), expected);
    }
}
