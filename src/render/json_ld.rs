//! JSON-LD (schema.org): what a page says to search engines, as a block of data inside it.

use serde_json::Value;

/// A value as the text of a `<script type="application/ld+json">`; `<` is written so that no text ends the element.
pub(super) fn json_ld(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::json_ld;

    #[test]
    fn no_text_ends_the_element() {
        let value = serde_json::json!({ "name": "</script><!-- \u{2028}ก" });
        let text = json_ld(&value);
        assert!(!text.contains('<'), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), value);
    }
}
