//! The built-in theme: every component renders its examples, every page has what every page must have.

use prongsai::config::colour::Colour;
use prongsai::render::gallery;
use prongsai::render::theme::{Theme, built_in};
use prongsai::source::Sources;

use crate::support::{codes, expect_file, root, sources, unset};

fn theme(sources: &Sources) -> Theme {
    let mut diagnostics = prongsai::diagnostic::Diagnostics::default();
    let site = prongsai::analyse(sources, &mut diagnostics);
    Theme::load(sources, &site, &mut diagnostics).expect("the built-in theme loads")
}

#[test]
fn components_render_their_examples() {
    let theme = theme(&sources(""));
    let components = gallery::components(&theme).expect("every example renders");
    for component in &components {
        let examples = component.examples.iter().map(|example| format!("<!-- {} -->\n{}\n", example.name, example.html));
        expect_file(&root().join(format!("tests/components/{}.html", component.name)), &examples.collect::<String>());
    }
    assert!(components.len() >= 20);
    for path in built_in().keys().filter(|path| path.starts_with("components/") && path.ends_with(".html")) {
        let example = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/example.toml")).expect("a folder");
        assert!(built_in().contains_key(&example), "{path} has no example.toml");
    }
}

/// What the templates put on a page as it is, how often, and why that is harmless. Everything else is escaped by Tera, which does so
/// for `.html` and `.xml`.
const UNESCAPED: [(&str, usize, &str); 13] = [
    ("base.html", 2, "the policy is made of constants; JSON-LD has no `<` (json_ld.rs)"),
    ("components/mail/mail.html", 1, "escaped just before, then a <wbr> is added"),
    ("components/person-card/person-card.html", 1, "Markdown, of which no tag is kept"),
    ("components/progress-report/progress-report.html", 1, "Markdown"),
    ("pages/contact.html", 2, "Markdown"),
    ("pages/disclosure.html", 1, "Markdown"),
    ("pages/free.html", 1, "Markdown"),
    ("pages/gallery.html", 1, "components with the examples of the theme; served, never published"),
    ("pages/measure.html", 1, "Markdown"),
    ("pages/measures.html", 1, "Markdown"),
    ("pages/news.html", 1, "Markdown"),
    ("pages/report.html", 1, "Markdown"),
    ("atom.xml", 0, "escaped: a reader decodes it to HTML"),
];

#[test]
fn what_is_not_escaped_is_known() {
    let is_template = |path: &String| path.ends_with(".html") || path.ends_with(".xml");
    for (path, bytes) in built_in().into_iter().filter(|(path, _)| is_template(path)) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let n_safe =
            text.split("{{").skip(1).filter(|code| code.split("}}").next().is_some_and(|code| code.contains("safe"))).count();
        let known = UNESCAPED.iter().find(|(known, ..)| *known == path).map_or(0, |(_, n, _)| *n);
        assert_eq!(n_safe, known, "{path}: say in the list why it need not be escaped");
        assert!(!text.contains("autoescape") && !text.contains("{% raw"), "{path}");
        // A value without quotation marks around it could add attributes of its own; arguments of components have none.
        for (at, _) in text.match_indices("={{") {
            let tag = &text[text[..at].rfind('<').expect("a tag")..at];
            assert!(tag.matches('"').count() % 2 == 1 || tag.starts_with("<!"), "{path}: {tag}={{{{ needs quotation marks");
        }
    }
    let hostile = "<script>alert(1)</script>\"'&";
    let news =
        format!("\n-- content/news/a.md --\n+++\ntitle = {}\ndate = \"20 เมษายน 2566\"\n+++\n", serde_json::json!(hostile));
    let build = prongsai::build(&sources(&news));
    for path in ["news/a/index.html", "news/index.html", "atom.xml"] {
        let text = build.output.text(path).expect("a file");
        assert!(!text.contains("<script>alert") && text.contains("&lt;script&gt;alert"), "{path}");
    }
}

/// What opens a data block.
const BLOCK: &str = "<script type=\"application/ld+json\">";

#[test]
fn every_page_has_what_every_page_must_have() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let output = prongsai::build(&sources).output;
    for path in output.files.keys().filter(|path| path.ends_with(".html")) {
        let html = output.text(path).expect("a page");
        assert_eq!(html.matches("<h1").count(), 1, "{path}: one h1");
        let lang = if path.starts_with("en/") { "<html lang=\"en\"" } else { "<html lang=\"th\"" };
        for must in [lang, "<title>", "id=\"main\"", "name=\"viewport\"", "Content-Security-Policy"] {
            assert!(html.contains(must), "{path}: {must}");
        }
        // A data block runs nothing; it holds JSON and no tag.
        for block in html.split(BLOCK).skip(1) {
            let json = block.split("</script>").next().unwrap_or_default();
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{path}: {json}");
        }
        // The search is the only page with a script, a file of the site itself.
        let n_scripts = usize::from(path.ends_with("search/index.html"));
        assert_eq!(html.replace(BLOCK, "").matches("<script").count(), n_scripts, "{path}: scripts");
        let own = html.matches("<script type=\"module\" src=\"/assets/search-").count();
        assert_eq!((own, html.contains("script-src 'self'")), (n_scripts, n_scripts == 1), "{path}: the policy");
        for never in [" style=\"", "javascript:", "=\"http://", "onclick"] {
            assert!(!html.contains(never), "{path}: {never}");
        }
        for part in html.split("<img").skip(1) {
            assert!(part.split('>').next().unwrap_or_default().contains("alt="), "{path}: a picture without alt");
        }
    }
}

#[test]
fn both_languages_render() {
    let text = std::fs::read_to_string(root().join("content/site.toml")).expect("the settings");
    let mut sources = prongsai::source::discover(&root()).expect("the example site");
    let english = text.replace("language = \"th\"", "language = \"en\"").replace("digits = \"arabic\"", "digits = \"thai\"");
    sources.insert_bytes(prongsai::source::SourcePath::new("content/site.toml"), english.as_bytes());
    let output = prongsai::build(&sources).output;
    let home = output.text("index.html").expect("home");
    assert!(home.contains("<html lang=\"en\"") && home.contains("Udon Thani City Municipality"));
    assert!(output.text("2565/results/index.html").expect("the result").contains("๙๑.๘๑"), "Thai digits on a page");
}

#[test]
fn a_site_below_a_folder_of_its_host_links_there() {
    let text = std::fs::read_to_string(root().join("content/site.toml")).expect("the settings");
    let mut sources = prongsai::source::discover(&root()).expect("the example site");
    let below = text.replace("https://udonthani.example/", "https://udonthani.example/ita/");
    sources.insert_bytes(prongsai::source::SourcePath::new("content/site.toml"), below.as_bytes());
    let output = prongsai::build(&sources).output;
    for path in output.files.keys().filter(|path| path.ends_with(".html")) {
        let html = output.text(path).expect("a page");
        for part in html.split("href=\"/").skip(1).chain(html.split("src=\"/").skip(1)) {
            assert!(part.starts_with("ita/"), "{path}: /{}", part.split('"').next().unwrap_or_default());
        }
    }
    assert!(output.text("sitemap.xml").expect("a sitemap").contains("https://udonthani.example/ita/executives/"));
}

#[test]
fn the_gallery_shows_every_component() {
    let sources = sources("");
    let site = prongsai::analyse(&sources, &mut prongsai::diagnostic::Diagnostics::default());
    let html = gallery::page(&site, &sources).expect("the built-in theme has a gallery");
    for name in built_in().keys().filter_map(|path| path.strip_prefix("components/")?.strip_suffix("/example.toml")) {
        assert!(html.contains(&format!("id=\"component-{name}\"")), "{name}");
    }
}

#[test]
fn seal_and_colour_are_the_agencys() {
    let settings = |seal: &str| {
        format!(
            "-- content/site.toml --\nbase_url = \"https://example.go.th/\"\nfiscal_year = 2566\ncolour = \"#ffcc00\"\n[agency]\nname = \"เทศบาลตัวอย่าง\"\nname_en = \"Sample\"\nkind = \"other\"\nseal = \"seal.svg\"\n{seal}"
        )
    };
    let build = prongsai::build(&sources(&settings("-- content/seal.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n")));
    assert!(codes(&build.diagnostics).is_empty());
    assert!(build.output.text("contact/index.html").expect("a page").contains("src=\"/files/seal.svg\""));
    let style = build.output.files.keys().find(|path| path.starts_with("assets/site-")).expect("the style");
    let style = build.output.text(style).expect("text");
    // A yellow that nobody could read on paper is darkened until its contrast is 7.
    let primary =
        style.rsplit("@media screen{:root{--primary:").next().and_then(|rest| Colour::parse(&rest[..7])).expect("a colour");
    assert!(primary != Colour([0xff, 0xcc, 0]) && primary.contrast(Colour([0xfa, 0xf6, 0xed])) >= 7.0, "{primary:?}");
    assert_eq!(codes(&prongsai::build(&sources(&settings(""))).diagnostics), ["P202"]);
}

#[test]
fn the_report_page_leads_by_what_the_reporter_needs() {
    let channel = "-- content/channels/report.md --\n+++\ntitle = \"แจ้งเบาะแส\"\nkind = \"whistleblower\"\nanonymous = true\nphone = \"0 4212 3456\"\npost = \"ตู้ ปณ. 1\"\nprotection = [\"เก็บเป็นความลับ\"]\nfollow_up = [\"ถามด้วยรหัส\"]\n[[law]]\ntitle = \"กฎหมายคุ้มครอง\"\ntext = \"ผู้แจ้งโดยสุจริตไม่ต้องรับผิด\"\ndate = \"5 มิถุนายน 2568\"\n+++\n";
    let output = prongsai::build(&sources(channel)).output;
    let page = unset(output.text("report-corruption/index.html").expect("the page"));
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is on the page"));
    let order = ["เก็บเป็นความลับ", "ไม่อยากให้ใครรู้ว่าเป็นท่าน", "ถามด้วยรหัส", "1205", "5 มิถุนายน 2568"].map(place);
    assert!(order.is_sorted(), "{order:?}");
    // A telephone shows its number: it is no way for those who stay anonymous, and takes no papers.
    let ways = |need: &str| page[place(need)..].split("</dd>").next().map(|row| row.matches("href").count());
    assert_eq!(ways("ไม่อยากให้ใครรู้ว่าเป็นท่าน"), Some(1));
    assert!(page[place("ยังไม่มีหลักฐาน")..].split("</dd>").next().is_some_and(|row| row.contains("#way-phone")));
}
