//! Any text as an SVG: what is let through has no script, no event, and no address but a place in itself, read as XML or as HTML.
#![no_main]

use html5gum::{Token, Tokenizer};
use libfuzzer_sys::fuzz_target;
use prongsai::diagnostic::Diagnostics;
use prongsai::source::{SourcePath, Sources};

fuzz_target!(|text: &str| {
    let mut sources = Sources::default();
    let path = SourcePath::new("content/a.svg");
    sources.insert_bytes(path.clone(), text.as_bytes());
    let parsed = prongsai::parse::parse(&sources, &mut Diagnostics::default());
    if parsed.assets[&path].harm.is_some() {
        return;
    }
    for token in Tokenizer::new(text).flatten() {
        let Token::StartTag(tag) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
        assert!(!["script", "foreignobject", "iframe", "a", "animate", "set", "object", "embed"].contains(&name.as_str()), "{name}");
        for (key, value) in &tag.attributes {
            let (key, value) = (String::from_utf8_lossy(key).to_ascii_lowercase(), String::from_utf8_lossy(value));
            assert!(!key.starts_with("on"), "{key}");
            assert!(key != "href" || value.is_empty() || value.starts_with(['#', 'd']), "{value}");
        }
    }
});
