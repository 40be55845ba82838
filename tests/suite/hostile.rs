//! Content made to hang or crash a build: what is done about it is bounded. Work is counted, not seconds.

use std::fmt::Write as _;
use std::fs;

use prongsai::diagnostic::MAX_SHOWN;

use crate::support::{codes, folder, prongsai, sources, stdout};

/// A form without items, so that nothing is said of it.
const FORM: &str = "\n-- content/catalog/fy2566.toml --\nfiscal_year = 2566\nitem_count = 0\nsub = []\n";

/// Bytes of each text below: enough for a stack that grows with nesting to overflow, and for what is quadratic to be felt.
const LEN: usize = 60_000;

/// Texts that are hard on readers of Markdown, each said again and again.
const MARKDOWN: [&str; 24] = [
    "[",
    "![",
    "[a](",
    "[[a]",
    "> ",
    ">",
    "- ",
    "1. ",
    "*a ",
    "*a_ ",
    "**a ",
    "~~a ",
    "`a``",
    "<a ",
    "<b>",
    "<!-- ",
    "a <?",
    "a <![CDATA[",
    "&#x",
    "\\[",
    "[^1] ",
    "# a\n",
    "a\n=\n",
    "<sup>a",
];

/// The same for readers of TOML.
const TOML: [&str; 8] = ["[", "{a=", "a.", "[[", "\"\"\"", "= \n", "[[x]]\n", "a=1\n"];

fn post(front: &str, body: &str) -> String {
    format!("+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n{front}+++\n\n{body}\n")
}

fn again(unit: &str) -> String {
    unit.repeat(LEN / unit.len())
}

#[test]
fn no_text_overflows_the_stack() {
    let mut fixture = String::new();
    for (at, unit) in MARKDOWN.iter().enumerate() {
        write!(fixture, "\n-- content/news/a{at}.md --\n{}", post("", &again(unit))).expect("text");
    }
    for (at, unit) in TOML.iter().enumerate() {
        write!(fixture, "\n-- content/news/b{at}.md --\n{}", post(&format!("x = {}\n", again(unit)), "")).expect("text");
        write!(fixture, "\n-- content/news/c{at}.md --\n{}", post(&format!("{}\n", again(unit)), "")).expect("text");
    }
    let deep: String = (0..300).map(|depth| format!("{}- a\n", " ".repeat(2 * depth))).collect();
    write!(fixture, "\n-- content/news/d.md --\n{}", post("", &deep)).expect("text");
    let wide = format!("|{}\n|{}\n{}", "a|".repeat(2_000), "-|".repeat(2_000), "|b|\n".repeat(20));
    write!(fixture, "\n-- content/news/e.md --\n{}", post("", &wide)).expect("text");
    let build = prongsai::build(&sources(&fixture));
    assert!(build.diagnostics.has_errors(), "much of it is not TOML, or HTML");
    assert!(codes(&build.diagnostics).contains(&"P121"), "quotations without end");
    assert!(build.output.text("news/e/index.html").is_some(), "the others have their pages");
}

/// A broken line is reported, but a file of nothing else is not reported line by line.
#[test]
fn a_file_of_mistakes_is_reported_in_part() {
    let build = prongsai::build(&sources(&format!("\n-- content/news/a.md --\n{}", post(&"= \n".repeat(20_000), ""))));
    assert_eq!((codes(&build.diagnostics), build.diagnostics.iter().count()), (vec!["P101"], 100));
    let site = folder(FORM);
    fs::create_dir_all(site.path().join("content/news")).expect("made");
    fs::write(site.path().join("content/news/a.md"), post("", &"a <b> c\n\n".repeat(1_000))).expect("written");
    let output = prongsai(site.path(), &["check", "--lang", "en"]);
    let text = stdout(&output);
    assert_eq!(text.matches("error[P117]").count(), MAX_SHOWN, "{}", &text[text.len().saturating_sub(400)..]);
    assert!(
        text.contains("and 700 more") && text.contains("checked: 1000 errors"),
        "{}",
        &text[text.len().saturating_sub(400)..]
    );
}

/// What is shown of a file does not grow with its longest line.
#[test]
fn a_long_line_is_not_shown() {
    let site = folder(FORM);
    fs::create_dir_all(site.path().join("content/news")).expect("made");
    fs::write(site.path().join("content/news/a.md"), post("", &format!("{}<b>", "ก ".repeat(400_000)))).expect("written");
    let output = prongsai(site.path(), &["check", "--lang", "en"]);
    let text = stdout(&output);
    assert!(text.contains("--> content/news/a.md:6:800001"), "{}", text.chars().take(400).collect::<String>());
    assert!(text.len() < 1_000, "{} bytes", text.len());
}

/// A gigabyte is copied, not held in memory; as a document it is refused unread. The files are sparse: they take no room.
#[cfg(unix)]
#[test]
fn a_file_of_a_gigabyte() {
    const GIB: u64 = 1024 * 1024 * 1024;
    let site = folder(FORM);
    fs::create_dir_all(site.path().join("content/news")).expect("made");
    let file = fs::File::create(site.path().join("content/news/b.md")).expect("made");
    file.set_len(GIB).expect("sparse");
    let file = fs::File::create(site.path().join("content/news/c.pdf")).expect("made");
    file.set_len(GIB).expect("sparse");
    let sources = prongsai::source::discover(site.path()).expect("a site");
    let held: usize = sources
        .under("content")
        .map(|(_, source)| match source {
            prongsai::source::Source::Text { text, .. } => text.len(),
            prongsai::source::Source::Asset { head, .. } => head.len(),
        })
        .sum();
    assert!(held < 512 * 1024, "{held} bytes are held");
    assert_eq!(codes(&prongsai::build(&sources).diagnostics), ["P111", "P207"]);
}

/// One letter that XML does not know would hide a whole feed from its readers.
#[test]
fn letters_that_xml_does_not_know() {
    let build = prongsai::build(&sources(&format!("\n-- content/news/a.md --\n{}", post("", "ก\u{b}ข\u{1b}[31m\u{ffff}ค"))));
    let feed = build.output.text("atom.xml").expect("a feed");
    assert!(feed.contains("ก") && !feed.contains(['\u{b}', '\u{1b}', '\u{ffff}']), "{feed}");
}

/// A picture of few bytes and many pixels would be decoded by whoever looks at the page.
#[test]
fn a_picture_of_too_many_pixels() {
    // The header says 50,000 × 50,000; nothing of it is decoded here.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([50_000_u32.to_be_bytes(), 50_000_u32.to_be_bytes()].concat());
    png.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    let mut sources = sources(&format!("\n-- content/news/a.md --\n{}", post("", "![ก](a.png)")));
    sources.insert_bytes(prongsai::source::SourcePath::new("content/news/a.png"), &png);
    assert_eq!(codes(&prongsai::build(&sources).diagnostics), ["P222"]);
}

/// Templates that never end are stopped by the engine, not by the stack.
#[test]
fn a_template_that_shows_itself() {
    for (file, text) in [
        ("pages/news.html", "{% include \"pages/news.html\" %}"),
        ("pages/news.html", "{% extends \"pages/news.html\" %}"),
        (
            "components/breadcrumbs/breadcrumbs.html",
            "{% component breadcrumbs(links) %}{{ <breadcrumbs links={links} /> }}{% endcomponent breadcrumbs %}",
        ),
        ("pages/news.html", "{% for i in range(end=100000000) %}{% endfor %}"),
    ] {
        let fixture = format!("\n-- themes/default/{file} --\n{text}\n-- content/news/a.md --\n{}", post("", "ก"));
        let build = prongsai::build(&sources(&fixture));
        assert!(codes(&build.diagnostics).contains(&"P601"), "{text}");
    }
}

/// A page that moved leaves a dead link in every post: each is reported, but only the first hundred addresses and files that are not
/// there are compared with all that are.
#[test]
fn thousands_of_dead_links_are_not_compared_with_all_pages() {
    let mut fixture = format!("{FORM}\n-- content/news/there.pdf (pdf 1) --\n");
    for at in 0..150 {
        let body = format!("[ก](/news/b{at}/) [ข](/news/gone/)");
        // Names with other numbers are not meant at all.
        let letters = [10, 1].map(|tens| char::from(b'a' + u8::try_from(at / tens % 15).expect("a letter")));
        let front = format!("\n[[attachment]]\ntitle = \"ก\"\nfile = \"there{}{}.pdf\"\n", letters[0], letters[1]);
        write!(fixture, "\n-- content/news/a{at}.md --\n{}", post(&front, &body)).expect("text");
    }
    let mut found = prongsai::diagnostic::Diagnostics::default();
    prongsai::analyse(&sources(&fixture), &mut found);
    let of = |code: &'static str| found.iter().filter(move |diagnostic| diagnostic.rule.code == code);
    let meant = |code| of(code).filter(|d| d.help.as_ref().is_some_and(|help| help.en.starts_with("did you mean"))).count();
    // `/news/gone/` is one address of all posts.
    assert_eq!((of("P201").count(), meant("P201")), (300, 99 + 150));
    assert_eq!((of("P202").count(), meant("P202")), (150, 100));
}
