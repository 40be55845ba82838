//! Facts of a page for search engines: JSON-LD with the words of schema.org, in a data block that runs nothing.

use serde_json::{Value, json};

/// A value as the text of a `<script type="application/ld+json">`: no `<`, so that nothing in it can end the block.
fn json_ld(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// Facts about a page as one text: what there is, or a list where there are several. `None` without any.
pub(super) fn joined(facts: &[&Value]) -> Option<String> {
    match facts {
        [] => None,
        [one] => Some(json_ld(one)),
        several => Some(json_ld(&json!(several))),
    }
}

/// The way from home to a page: names and absolute addresses, home first.
pub(super) fn breadcrumbs(links: &[(&str, String)]) -> Value {
    let items: Vec<Value> = (1..)
        .zip(links)
        .map(|(position, (name, url))| json!({ "@type": "ListItem", "position": position, "name": name, "item": url }))
        .collect();
    json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_ends_the_block() {
        let text = json_ld(&json!({ "name": "</script><script>alert(1)</script><!--" }));
        assert!(!text.contains('<'));
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(json!({ "name": "</script><script>alert(1)</script><!--" })));
    }

    #[test]
    fn facts_are_put_beside_each_other() {
        assert_eq!(joined(&[]), None);
        assert_eq!(joined(&[&json!(1)]).as_deref(), Some("1"));
        assert_eq!(joined(&[&json!({ "a": 1 }), &json!(2)]).as_deref(), Some("[{\"a\":1},2]"));
    }
}
