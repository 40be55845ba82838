//! Codes of items and indicators, however officers write them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prongsai::fields::{FieldValue, RequirementId, Topic};
use prongsai::thai::Code;
use toml::de::DeValue;

fuzz_target!(|text: &str| {
    if let Ok(code) = text.parse::<Code>() {
        assert_eq!(code.to_string().parse::<Code>().ok(), Some(code), "what is shown is read again");
        assert!(code.slug().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{}", code.slug());
    }
    let _ = Code::item(text);
    let value = DeValue::String(text.into());
    if let Ok(id) = RequirementId::read(&value) {
        let again = DeValue::String(id.0.as_str().into());
        assert_eq!(RequirementId::read(&again).ok(), Some(id));
    }
    let _ = Topic::is_topic(text);
});
