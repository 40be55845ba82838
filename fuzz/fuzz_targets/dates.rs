//! Dates, years, periods, digits, telephone numbers, names, and everything else that reads Thai text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prongsai::thai::date::{self, FiscalYear};
use prongsai::thai::digits::{Digits, show, to_arabic};
use prongsai::thai::{fold, name, period, phone, repair, resemblance, search, sort, words};

fuzz_target!(|text: &str| {
    if let Ok(date) = date::parse(text) {
        assert_eq!(date::parse(&date::long_th(date)).ok(), Some(date), "what is shown is read again");
        assert!(FiscalYear::of(date).contains(date));
    }
    let _ = FiscalYear::parse(text);
    if let Ok(period) = period::Period::parse(text) {
        assert!(period.covers(period) && period.meets(period));
        let _ = (period.shown_th(), period.shown_en(), period.n_years(), period.months().take(100).count());
    }
    let arabic = to_arabic(text).into_owned();
    assert_eq!(to_arabic(&show(&arabic, Digits::Thai)), arabic);
    if let Some(tel) = phone::dialled(&arabic) {
        assert!(tel.bytes().all(|byte| byte.is_ascii_digit() || b"+;=ext".contains(&byte)), "{tel}");
    }
    let repaired = repair::repaired(text).into_owned();
    assert_eq!(repair::repaired(&repaired), repaired, "once is enough");
    for found in repair::faults(text) {
        assert!(text.get(found.range.clone()).is_some());
    }
    let _ = (fold::name(text), fold::is_blank(text), name::split(text), search::key(text), sort::key(text), sort::initial(text));
    let _ = resemblance::percent(text, &arabic);
    let pieces: String = words::split(text).into_iter().map(|piece| piece.text).collect();
    assert_eq!(pieces, text, "words are the text");
    let max = text.len() / 2;
    assert!(text.is_char_boundary(words::boundary(text, max)));
});
