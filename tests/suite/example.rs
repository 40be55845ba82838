//! The example site at the top: publishes, twice the same, honest about what it lacks.

use prongsai::diagnostic::{Lang, Severity};
use prongsai::site::coverage::Status;

use crate::support::{codes, report, root, unset};

#[test]
fn it_can_be_published_and_lacks_only_what_the_form_asks() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let build = prongsai::build(&sources);
    assert_eq!(build.diagnostics.count(Severity::Error), 0, "{}", report(&sources, &build.diagnostics, Lang::En));
    // What the memo itself gets wrong is listed, finding by finding, in consistency.rs.
    let memo = ["P402", "P403", "P805", "P806", "P808", "P810", "P811", "P812", "P815"];
    assert_eq!(codes(&build.diagnostics), [&["P301", "P302"][..], &memo].concat());
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    assert!(prongsai::build(&sources).output == prongsai::build(&sources).output);
}

#[test]
fn executives_pass_and_missing_reports_do_not() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let site = prongsai::analyse(&sources, &mut prongsai::diagnostic::Diagnostics::default());
    let status = |number: u16| {
        let coverage = site.audit.iter().find(|coverage| coverage.item.number == number);
        coverage.expect("an item of the form").status()
    };
    assert_eq!(status(2), Status::Complete, "everyone has a name, a position, a photo and a telephone number");
    assert_eq!(status(42), Status::Complete, "the memo is the evidence of O42");
    assert_eq!(status(43), Status::Partial, "the survey is there, the six-month report is not");
    assert_eq!(status(13), Status::Missing, "no invented documents for a real agency");
}

#[test]
fn an_item_leads_to_the_section_that_answers() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    let page = output.text("oit/2566/o42/index.html").expect("the page of O42");
    for place in ["#result", "#urgent", "#developments", "#measure-1"] {
        assert!(page.contains(&format!("href=\"/2566/integrity-measures/{place}\"")), "{place}");
    }
}

#[test]
fn every_link_inside_the_site_leads_somewhere() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    let mut n_links = 0;
    for path in output.files.keys().filter(|path| path.ends_with(".html")) {
        let html = output.text(path).expect("a page");
        for part in html.split("href=\"").skip(1).chain(html.split("src=\"").skip(1)) {
            let target = part.split('"').next().unwrap_or_default();
            let Some(file) = target.split('#').next().and_then(|target| target.strip_prefix('/')) else { continue };
            let file = if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() };
            // The list of checksums is made while the site is published, and linked once it has a history.
            assert!(output.files.contains_key(&file) || file == prongsai::history::sums::FILE, "{path} links to {target}");
            n_links += 1;
            if let Some((_, id)) = target.split_once('#') {
                let page = output.text(&file).unwrap_or_default();
                assert!(page.contains(&format!("id=\"{id}\"")), "{path} links to {target}, which has no such id");
            }
        }
    }
    assert!(n_links > 1000, "{n_links} links were checked");
}

#[test]
fn every_fact_of_the_result_is_on_its_page() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    let page = output.text("2565/results/index.html").expect("the page of the result");
    for fact in [
        "91.81", "84.83", "89.34", "98.89", "90.62", "80.83", "87.21", "81.94", "83.52", "90.66", "88.48", "88.89", "97.78",
        "100.00",
    ] {
        assert!(page.contains(&format!(">{fact}")), "{fact}");
    }
    for fact in [
        "79.84", "74.01", "73.09", "79.71", "77.53", "78.20", "77.67", "78.55", "75.69", "86.97", "86.79", "87.14", "86.38",
        "0.00",
    ] {
        assert!(page.contains(&format!(">{fact}")), "{fact}");
    }
    let measures = unset(output.text("2566/integrity-measures/index.html").expect("the page of the measures"));
    for step in prongsai::site::Site::measures(
        &prongsai::analyse(&sources, &mut prongsai::diagnostic::Diagnostics::default()),
        prongsai::thai::FiscalYear::new(2566).expect("a year"),
    )
    .iter()
    .flat_map(|(_, measure)| &measure.steps)
    {
        let start: String = step.text.value.chars().take(30).collect();
        assert!(measures.contains(&prongsai::thai::digits::to_arabic(&start).into_owned()), "{start}");
    }
}

#[test]
fn the_page_of_measures_and_the_way_from_weakness_to_progress_agree() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    let row = |page: &str, head: &str| {
        let html = unset(output.text(&format!("2566/integrity-measures/{page}index.html")).expect("a page"));
        html.split("<tr>").find(|row| row.contains(head)).unwrap_or_else(|| panic!("{page} has no row {head}")).to_owned()
    };
    for row in [row("", "<th scope=\"row\">I24"), row("traceability/", "<b>I24</b>")] {
        assert!(row.contains("/integrity-measures/assets/") && !row.contains("ยังไม่มีมาตรการ"), "{row}");
    }
    let in_part = row("traceability/", "<b>ประเด็นพัฒนาที่ 1</b>");
    assert!(in_part.contains("/communication/") && in_part.contains("มีมาตรการบางส่วน"), "{in_part}");
}

#[test]
fn what_the_memo_prints_in_the_wrong_place_says_so() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    let page = unset(output.text("2565/results/index.html").expect("the page of the result"));
    let row = page.split("<tr>").find(|row| row.starts_with("<th scope=\"row\">O2<")).expect("the row of O2");
    assert!(row.contains("ตามแบบเป็นข้อของตัวชี้วัดที่ 9)"), "{row}");
    assert!(!page.contains("ตัวชี้วัดที่ 1)"), "only where another one is printed");
    let table = output.text("data/results-items.csv").expect("the table");
    assert!(table.contains("O2,ข้อมูลผู้บริหาร,8,9,"), "{table}");
}

#[test]
fn every_page_leads_to_the_free_pages_unless_they_are_many() {
    let page = |n: usize| -> String {
        let pages = (1..=n).map(|n| format!("-- content/pages/page-{n}.md --\n+++\ntitle = \"หน้าที่ {n}\"\n+++\n\nข้อความ\n"));
        let build = prongsai::build(&crate::support::sources(&pages.collect::<String>()));
        build.output.text("contact/index.html").expect("a page").to_owned()
    };
    assert!(page(2).contains("href=\"/page-1/\"") && page(2).contains("href=\"/page-2/\""));
    assert!(!page(9).contains("href=\"/page-1/\""));
}

#[test]
fn no_description_of_a_page_says_the_same_twice() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    let mut n_telling = 0;
    for path in output.files.keys().filter(|path| path.ends_with(".html")) {
        let html = output.text(path).expect("a page");
        let between =
            |start, end| html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map(|(text, _)| text.to_owned());
        let (Some(about), Some(title)) = (between("name=\"description\" content=\"", "\">"), between("<title>", "</title>"))
        else {
            continue;
        };
        if let Some((what, agency)) = about.split_once(" · ") {
            assert_ne!(what, agency, "{path}");
        }
        n_telling += usize::from(about.split(" · ").next() != title.split(" · ").next());
    }
    assert!(n_telling > 15, "{n_telling} pages tell more than their title");
}
