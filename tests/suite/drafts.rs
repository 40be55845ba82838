//! Drafts of the pages that answer items: nobody sees them, they say what the form asks, and their examples are fields that are read.

use prongsai::catalog::{Catalog, Item, built_in};
use prongsai::desk::Manuscript;
use prongsai::desk::drafts::{draft_of_item, is_answered_by_page, title};
use prongsai::diagnostic::{Diagnostics, Lang};
use prongsai::source::{SourcePath, Sources};

use crate::support::{codes, report};

fn forms() -> impl Iterator<Item = &'static Catalog> {
    built_in().years().filter_map(|year| built_in().of(year))
}

fn site(form: &Catalog, item: &Item, page: &str) -> (Sources, Diagnostics, usize) {
    let year = form.fiscal_year;
    let settings = format!(
        "base_url = \"https://example.go.th/\"\nfiscal_year = {year}\n[agency]\nname = \"เทศบาลตำบลตัวอย่าง\"\nname_en = \"Example\"\nkind = \"subdistrict-municipality\"\n"
    );
    let topic = &item.topic;
    let sources =
        Sources::from_fixture(&format!("-- content/site.toml --\n{settings}-- content/disclosures/{year}/{topic}.md --\n{page}"));
    let mut diagnostics = Diagnostics::default();
    let n_drafts = prongsai::analyse(&sources, &mut diagnostics).drafts.len();
    (sources, diagnostics, n_drafts)
}

/// The draft with its examples as if they were typed: `# key = …` and `# [[table]]`.
fn with_examples(draft: &str) -> String {
    let line = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with("[[") => rest.to_owned(),
        Some(rest) => {
            let key = rest.split(" = ").next().unwrap_or_default();
            let is_key =
                !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if is_key && rest.contains(" = ") { rest.to_owned() } else { line.to_owned() }
        }
        None => line.to_owned(),
    };
    draft.lines().map(|text| line(text) + "\n").collect()
}

#[test]
fn every_item_of_every_form_has_a_draft_that_asks_its_requirements() {
    let mut n_items = 0;
    for form in forms() {
        for item in &form.items {
            let draft = String::from_utf8(draft_of_item(item, form.fiscal_year, None)).expect("UTF-8");
            let name = format!("{} {}\n{draft}", form.fiscal_year, item.id);
            for requirement in &item.requirements {
                let question = format!("{} {}", requirement.id, requirement.text.th);
                assert!(draft.contains(&question) && draft.contains(&requirement.kind.how().th), "{question} in {name}");
            }
            let (_, found, n_drafts) = site(form, item, &draft);
            assert_eq!((n_drafts, codes(&found).contains(&"P101")), (1, false), "{name}");
            let bare = draft.replace("\ndraft = true\n", "\n");
            let (sources, found, n_drafts) = site(form, item, &bare);
            let lacks = codes(&found).into_iter().all(|code| code.starts_with("P3") || code == "P602" || code == "P603");
            assert!(n_drafts == 0 && lacks, "{name}\n{}", report(&sources, &found, Lang::En));
            n_items += 1;
        }
    }
    assert!(n_items > 200, "{n_items}");
}

#[test]
fn its_examples_are_fields_that_are_read() {
    for form in forms() {
        for item in &form.items {
            let draft = String::from_utf8(draft_of_item(item, form.fiscal_year, None)).expect("UTF-8");
            let typed = with_examples(&draft.replace("\ndraft = true\n", "\n"))
                .replace("# none = true\n", "")
                .replace("\"…\"", "\"ก\"")
                .replace("#…", "#a");
            let (sources, found, _) = site(form, item, &typed);
            let report = report(&sources, &found, Lang::En);
            for code in ["P101", "P102", "P103", "P104", "P105"] {
                assert!(!codes(&found).contains(&code), "{code} {} {}\n{typed}\n{report}", form.fiscal_year, item.id);
            }
            if is_answered_by_page(item) {
                assert!(typed.contains("\n[[attachment]]\n"), "{typed}");
            }
        }
    }
}

#[test]
fn of_the_page_of_another_year_only_what_is_not_of_its_year_is_kept() {
    let form = forms().last().expect("a form");
    let item = form.topic("hr-policy").expect("an item");
    let (first, second) = (&item.requirements[0].id, &item.requirements[1].id);
    let page = format!(
        "+++\ntitle = \"นโยบาย “ทรัพยากรบุคคล” \\\"ก\\\"\"\nperiod = \"ต.ค. 2565 - ก.ย. 2566\"\nunit = \"สำนักปลัด\"\ndate = \"1 มกราคม 2566\"\n\n[[covers]]\nrequirement = \"{first}\"\nat = \"#policy\"\n\n[[covers]]\nrequirement = \"{second}\"\nat = \"#lost\"\n\n[[attachment]]\nfile = \"a.pdf\"\ntitle = \"ก\"\n+++\n\n## นโยบาย {{#policy}}\n\nของปีก่อน\n\n```\n## ไม่ใช่หัวข้อ\n```\n\n### อื่น ๆ\n"
    );
    let path = SourcePath::new("content/disclosures/2566/hr-policy.md");
    let previous = Manuscript::open(&path, page.as_bytes()).unwrap_or_else(|why| panic!("{}", why.en));
    let draft = String::from_utf8(draft_of_item(item, form.fiscal_year, Some(&previous))).expect("UTF-8");
    let again = Manuscript::open(&path, draft.as_bytes()).unwrap_or_else(|why| panic!("{}\n{draft}", why.en));
    assert!(draft.contains("\nunit = \"สำนักปลัด\"\n") && draft.contains("“ทรัพยากรบุคคล” "), "{draft}");
    assert!(draft.contains(&format!("\n[[covers]]\nrequirement = \"{first}\"\nat = \"#policy\"\n")), "{draft}");
    assert!(!draft.contains("#lost") && !draft.contains("a.pdf") && !draft.contains("1 มกราคม 2566"), "{draft}");
    assert_eq!(again.body(), "\n## นโยบาย {#policy}\n\n### อื่น ๆ\n");
    assert_eq!(title(item, form.fiscal_year), format!("{} ปีงบประมาณ พ.ศ. {}", item.title.th, form.fiscal_year));
}
