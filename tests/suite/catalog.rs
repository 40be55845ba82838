//! The built-in forms: complete, in order, with nothing dangling.

use std::collections::BTreeSet;
use std::fs;

use prongsai::catalog::{Catalog, Confidence, Item, Requirement, RequirementKind, Scope, built_in, ita};
use prongsai::diagnostic::Lang;

use crate::support::{codes, report, root, sources};

/// The forms, and how many items each has.
const FORMS: [(&str, usize); 6] = [("2564", 43), ("2565", 43), ("2566", 43), ("2567", 35), ("2568", 28), ("2569", 26)];

/// Where a topic stands in the forms of `FORMS`; `-` where it is not an item of its own.
const TOPICS: &str = "
    organisation-structure       O1   O1   O1   O1   O1   O1
    executives                   O2   O2   O2   O2   O2   O2
    powers-and-duties            O3   O3   O3   O3   -    -
    contact                      O5   O5   O5   O4   O3   O3
    question-channel             O8   O8   O8   O6   -    -
    operating-plan               O10  O10  O11  O8   O6   O6
    operating-plan-progress      O11  O11  O12  -    -    -
    annual-report                O12  O12  O13  O9   O7   O7
    service-manual               O14  O14  O15  O11  O9   O9
    spending-plan                O18  O18  -    -    -    -
    procurement-monthly          O23  O23  O21  -    -    O11
    procurement-list             -    -    -    O14  O12  -
    procurement-report           O24  O24  O22  O17  O13  O12
    hr-policy                    O25  O25  O23  O18  O14  O13
    complaint-procedure          O29  O29  O27  O22  O17  O16
    whistleblower-channel        O30  O30  O28  O23  O18  O17
    complaint-statistics         O31  O31  O29  O24  O19  O18
    integrity-declaration        O34  -    -    -    -    -
    no-gift-policy               -    O34  O31  O26  O21  O20
    code-of-ethics               -    -    O39  O20  O16  O15
    corruption-risk              O36  O36  O34  O30  O23  O21
    anti-corruption-plan         O39  O39  O36  O32  O25  O23
    integrity-measures           O42  O42  O42  O34  O27  O25
    integrity-measures-progress  O43  O43  O43  O35  O28  O26
";

/// Every requirement of every form.
fn requirements() -> impl Iterator<Item = (&'static Catalog, &'static Item, &'static Requirement)> {
    let forms = built_in().years().filter_map(|year| built_in().of(year));
    let items = forms.flat_map(|form| form.items.iter().map(move |item| (form, item)));
    items.flat_map(|(form, item)| item.requirements.iter().map(move |requirement| (form, item, requirement)))
}

fn is_thai(text: &str) -> bool {
    text.chars().any(|c| ('\u{e01}'..='\u{e5b}').contains(&c))
}

#[test]
fn every_year_is_there() {
    let years: Vec<_> = built_in().years().map(|year| year.to_string()).collect();
    let mut files: Vec<_> = fs::read_dir(root().join("src/catalog/forms")).expect("the forms").flatten().collect();
    files.sort_by_key(fs::DirEntry::file_name);
    let names: Vec<_> = files.iter().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    let expected: Vec<_> = years.iter().map(|year| format!("fy{year}.toml")).collect();
    assert_eq!(names, expected, "touch src/catalog/mod.rs, for cargo does not see a new file");
    for (year, n_items) in built_in().sizes() {
        let form = built_in().of(year).expect("it is listed");
        assert_eq!((form.fiscal_year, form.items.len()), (year, n_items));
    }
    for (year, n_items) in FORMS {
        let form = built_in().years().find(|known| known.to_string() == year).and_then(|year| built_in().of(year));
        assert_eq!(form.map(|form| form.items.len()), Some(n_items), "{year}");
    }
}

/// What `validate` asks of a site's form holds for the built-in ones, and a site can be built on each.
#[test]
fn forms_pass_as_a_site_s_own() {
    for (year, n_items) in FORMS {
        let form = fs::read_to_string(root().join(format!("src/catalog/forms/fy{year}.toml"))).expect("a built-in form");
        let agency =
            "[agency]\nname = \"เทศบาลตำบลตัวอย่าง\"\nname_en = \"Example Municipality\"\nkind = \"subdistrict-municipality\"\n";
        let settings =
            format!("\n-- content/site.toml --\nbase_url = \"https://example.go.th/\"\nfiscal_year = {year}\n\n{agency}");
        let sources = sources(&format!("{settings}\n-- content/catalog/fy{year}.toml --\n{form}"));
        let build = prongsai::build(&sources);
        let words = report(&sources, &build.diagnostics, Lang::En);
        assert!(codes(&build.diagnostics).iter().all(|code| code.starts_with("P3")), "{year}: only gaps\n{words}");
        let pages = build.output.files.keys().filter(|path| path.as_str().starts_with(&format!("oit/{year}/o"))).count();
        assert_eq!(pages, n_items, "{year}: a page for every item");
    }
}

#[test]
fn topics_follow_an_item_over_the_years() {
    let years: Vec<_> = built_in().years().collect();
    for line in TOPICS.trim().lines() {
        let mut words = line.split_whitespace();
        let topic = words.next().expect("a topic");
        let wanted: Vec<_> = words.collect();
        let at = years.iter().map(|year| {
            let item = built_in().of(*year).and_then(|form| form.topic(topic));
            item.map_or_else(|| "-".to_owned(), |item| item.id.to_string())
        });
        assert_eq!(at.collect::<Vec<_>>(), wanted, "{topic}");
    }
}

#[test]
fn requirements_say_how_they_are_met() {
    for (form, item, requirement) in requirements() {
        let (year, id) = (form.fiscal_year, &requirement.id);
        match &requirement.kind {
            RequirementKind::Declared { because } => assert!(because.is_some(), "{year} {id}: says why a machine cannot tell"),
            RequirementKind::Rows { rows, fields, .. } => {
                assert!(fields.iter().all(|field| rows.fields().contains(field)), "{year} {id}: columns of {rows:?}");
            }
            RequirementKind::Months | RequirementKind::EmptyMonths => {
                let is_a_time = matches!(item.scope, Scope::FirstHalf | Scope::Current | Scope::Previous);
                assert!(is_a_time, "{year} {id}: the months of what?");
            }
            RequirementKind::Stated { fields } => assert!(!fields.is_empty(), "{year} {id}"),
            _ => {}
        }
        if let Some(plan) = requirement.kind.plan() {
            assert!(plan != item.id && form.item(plan).is_some(), "{year} {id}: the plan {plan}");
            assert!(requirement.text.th.contains(&plan.to_string()), "{year} {id}: the text names {plan}");
        }
    }
}

/// Remarks for whoever corrects the form are not asked of a citizen; a title that was not found has no confirmed requirement.
#[test]
fn wordings_are_in_both_languages_and_honest() {
    for (form, item, requirement) in requirements() {
        let (year, id, words) = (form.fiscal_year, &requirement.id, &requirement.text);
        for text in [&words.th, &item.title.th] {
            assert!(!text.trim().is_empty() && text.trim() == text, "{year} {id}");
        }
        assert!(is_thai(&words.th), "{year} {id}: Thai");
        for text in [&words.en, &item.title.en] {
            assert!(!text.trim().is_empty() && !is_thai(text), "{year} {id}: English");
        }
        for remark in ["ยังไม่พบ", "RTRDA", "fy25", "analogue"] {
            assert!(!words.th.contains(remark) && !words.en.contains(remark), "{year} {id}: {remark} belongs in the note");
        }
        let codes = words.th.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| word.strip_prefix('O')?.parse().ok());
        for code in codes {
            assert!((1..=form.items.len()).contains(&code), "{year} {id}: O{code}");
            assert!(words.en.contains(&format!("O{code}")), "{year} {id}: both languages name O{code}");
        }
        if item.confidence == Confidence::Memory {
            assert!(!requirement.confidence.is_confirmed(), "{year} {id}: surer than its title");
        }
    }
}

#[test]
fn forms_are_complete() {
    for year in built_in().years() {
        let catalog = built_in().of(year).expect("a year of the list");
        assert_eq!(catalog.items.len(), catalog.item_count, "{year}: a lost item");
        for (number, item) in (1..).zip(&catalog.items) {
            assert_eq!(item.id.to_string(), format!("O{number}"), "{year}: items in order");
            assert!(catalog.groups.iter().any(|group| group.id == item.sub), "{year} {}: group {}", item.id, item.sub);
            assert!(!item.requirements.is_empty(), "{year} {}: asks for something", item.id);
            for (at, requirement) in (1..).zip(&item.requirements) {
                assert_eq!(requirement.id, format!("{}.{at}", item.id), "{year}");
            }
            for id in &item.sources {
                assert!(catalog.sources.iter().any(|source| source.id == *id), "{year} {}: source {id}", item.id);
            }
        }
        let topics: BTreeSet<_> = catalog.items.iter().map(|item| &item.topic).collect();
        assert_eq!(topics.len(), catalog.items.len(), "{year}: a topic belongs to one item");
        for topic in topics {
            assert!(prongsai::fields::Topic::is_topic(topic), "{year}: topic {topic} is part of a URL");
        }
    }
}

#[test]
fn the_frame_is_complete() {
    let ita = ita();
    assert_eq!(ita.indicators.len(), 10);
    let of_instruments: Vec<u32> = ita.instruments.iter().flat_map(|instrument| instrument.indicators.clone()).collect();
    assert_eq!(of_instruments, (1..=10).collect::<Vec<_>>());
    for indicator in &ita.indicators {
        let instrument = ita.instruments.iter().find(|instrument| instrument.code == indicator.instrument);
        assert!(instrument.is_some_and(|instrument| instrument.indicators.contains(&indicator.number)));
    }
    for year in built_in().years() {
        let weights = ita.instruments.iter().map(|instrument| ita.weight(year, &instrument.code).expect("a weight"));
        assert_eq!(weights.sum::<u32>(), 100, "{year}");
        assert_eq!(ita.pass_line(year).to_string(), "85.00");
    }
    for scheme in &ita.grade_schemes {
        assert!(scheme.bands.windows(2).all(|pair| (pair[0].total, pair[0].instrument) > (pair[1].total, pair[1].instrument)));
    }
}

/// The pages of items show them to citizens: an address, or a Thai text; numbers that nobody can look up stay in comments.
#[test]
fn sources_are_said_to_readers() {
    for form in built_in().years().filter_map(|year| built_in().of(year)) {
        for source in &form.sources {
            let reference = &source.reference;
            assert!(reference.starts_with("http") || is_thai(reference), "{} {}: {reference}", form.fiscal_year, source.id);
            assert!(!reference.contains("source no."), "{} {}: {reference}", form.fiscal_year, source.id);
        }
    }
}
