//! Any text as the body of a post, up to the finished page: no element or attribute of the author is on it, no address that runs.
#![no_main]

use std::cell::OnceCell;

use html5gum::{Token, Tokenizer};
use libfuzzer_sys::fuzz_target;
use prongsai::diagnostic::Diagnostics;
use prongsai::render::preview::Preview;
use prongsai::site::Site;
use prongsai::source::{SourcePath, Sources};

const SETTINGS: &str = "base_url = \"https://example.go.th/\"\nfiscal_year = 2566\n\n[agency]\nname = \"ก\"\nname_en = \"A\"\nkind = \"other\"\n";

thread_local! {
    static PREVIEW: OnceCell<Preview> = const { OnceCell::new() };
}

fn site(body: &str) -> (Site, Sources, Diagnostics) {
    let mut sources = Sources::default();
    sources.insert_bytes(SourcePath::new("content/site.toml"), SETTINGS.as_bytes());
    let post = format!("+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n+++\n{body}");
    sources.insert_bytes(SourcePath::new("content/news/a.md"), post.as_bytes());
    let mut diagnostics = Diagnostics::default();
    let site = prongsai::assemble(&sources, &mut prongsai::Memory::default(), &mut diagnostics);
    (site, sources, diagnostics)
}

fuzz_target!(|body: &str| {
    let (site, _, found) = site(body);
    let page = PREVIEW.with(|preview| {
        let first = || {
            let (site, sources, found) = self::site("");
            Preview::new(site, &sources, &found).expect("the built-in theme")
        };
        preview.get_or_init(first).after(site, &found).page("/news/a/")
    });
    let Some(page) = page else { return };
    for token in Tokenizer::new(&page).flatten() {
        let Token::StartTag(tag) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let is_data = |key: &[u8], value: &[u8]| key == b"type" && value == b"application/ld+json";
        let is_data = tag.attributes.iter().any(|(key, value)| is_data(&key[..], &value[..]));
        assert!(name != "script" || is_data, "a script");
        assert!(!["iframe", "object", "embed", "base", "form", "style", "math"].contains(&name.as_str()), "{name}");
        for (key, value) in &tag.attributes {
            assert!(!key.starts_with(b"on") && &key[..] != b"style", "{name} {}", String::from_utf8_lossy(key));
            if [&b"href"[..], b"src"].contains(&&key[..]) {
                let value = String::from_utf8_lossy(value);
                assert!(prongsai::site::address::is_harmless(&value), "{name} {value}");
            }
        }
    }
});
