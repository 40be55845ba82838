//! Facts of a page for search engines: JSON-LD with the words of schema.org, in a data block that runs nothing.

use serde_json::{Value, json};

/// A value as the text of a `<script type="application/ld+json">`: no `<`, so that nothing in it can end the block.
pub(super) fn json_ld(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// Puts facts about the page beside those it has already.
pub(super) fn joined(own: Option<&str>, more: Value) -> String {
    let own = own.and_then(|text| serde_json::from_str(text).ok());
    match own {
        Some(Value::Array(mut all)) => {
            all.push(more);
            json_ld(&Value::Array(all))
        }
        Some(own) => json_ld(&json!([own, more])),
        None => json_ld(&more),
    }
}

/// The way from home to a page: names and absolute addresses, home first.
pub(super) fn breadcrumbs(links: &[(String, String)]) -> Value {
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
        assert_eq!(joined(None, json!(1)), "1");
        assert_eq!(joined(Some("{\"a\":1}"), json!(2)), "[{\"a\":1},2]");
        assert_eq!(joined(Some("[1,2]"), json!(3)), "[1,2,3]");
    }
}
