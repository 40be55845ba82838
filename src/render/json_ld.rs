//! Facts of a page for search engines: JSON-LD with the words of schema.org, in a data block that runs nothing.

use std::collections::BTreeMap;

use serde::Serialize;

/// Facts about one thing, by name; each is kept as the text of its value, for most pages say the same of their publisher.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts(BTreeMap<&'static str, String>);

impl Facts {
    /// Facts about a thing of a kind of schema.org.
    pub(super) fn about(kind: &str) -> Facts {
        Facts::default().with("@context", "https://schema.org").with("@type", kind)
    }

    /// The same with one fact more.
    pub(super) fn with(mut self, name: &'static str, value: impl Serialize) -> Facts {
        self.set(name, value);
        self
    }

    /// Says a fact; the last word counts.
    pub(super) fn set(&mut self, name: &'static str, value: impl Serialize) {
        self.0.insert(name, text_of(value));
    }

    /// The same of a value that is text already.
    pub(super) fn set_text(&mut self, name: &'static str, value: &str) {
        self.0.insert(name, value.to_owned());
    }

    /// All of them as text.
    pub(super) fn text(&self) -> String {
        let len: usize = self.0.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        let mut text = String::with_capacity(len + 2);
        for (name, value) in &self.0 {
            text.extend([if text.is_empty() { "{\"" } else { ",\"" }, name, "\":", value]);
        }
        text + "}"
    }
}

/// A value as JSON.
pub(super) fn text_of(value: impl Serialize) -> String {
    serde_json::to_string(&value).expect("strings and numbers always serialize")
}

/// Facts about a page as the text of a `<script type="application/ld+json">`: what there is, or a list where there are several;
/// without `<`, so that nothing in it can end the block. `None` without any.
pub(super) fn joined(facts: &[&str]) -> Option<String> {
    let text = match facts {
        [] => return None,
        [one] => (*one).to_owned(),
        several => format!("[{}]", several.join(",")),
    };
    Some(if text.contains('<') { text.replace('<', "\\u003c") } else { text })
}

/// A step of the way from home.
#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item: &'a str,
    name: &'a str,
    position: usize,
}

/// The way from home to a page: names and absolute addresses, home first.
pub(super) fn breadcrumbs(links: &[(&str, String)]) -> String {
    let steps = (1..).zip(links).map(|(position, (name, item))| Step { kind: "ListItem", item, name, position });
    let steps: Vec<Step> = steps.collect();
    Facts::about("BreadcrumbList").with("itemListElement", steps).text()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn nothing_in_it_ends_the_block() {
        let facts = Facts::default().with("name", "</script><script>alert(1)</script><!--").text();
        let text = joined(&[&facts]).expect("there is one");
        assert!(!text.contains('<'));
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(json!({ "name": "</script><script>alert(1)</script><!--" })));
    }

    #[test]
    fn facts_are_put_beside_each_other() {
        assert_eq!(joined(&[]), None);
        assert_eq!(joined(&["1"]).as_deref(), Some("1"));
        let facts = Facts::default().with("b", 1).with("a", "x").text();
        assert_eq!(joined(&[&facts, "2"]).as_deref(), Some("[{\"a\":\"x\",\"b\":1},2]"));
    }
}
