//! `indicator-name` (P805)

use crate::catalog::{Indicator, ita};
use crate::content::analysis::Analysis;
use crate::content::measure::Measure;
use crate::content::results::{self, Results};
use crate::diagnostic::{Diagnostics, Rule, Severity, Spanned, Text, text};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule {
    code: "P805",
    name: "indicator-name",
    severity: Severity::Warning,
    explanation: Text {
        th: "ชื่อตัวชี้วัดและแบบวัดต้องตรงกับกรอบการประเมินของ ป.ป.ช. และใช้ชื่อเดียวทั้งเว็บไซต์ เพื่อให้ผู้ประเมินและประชาชนรู้ว่าเป็นเรื่องเดียวกัน เช่น ตัวชี้วัดที่ 4 คือ การใช้ทรัพย์สินของราชการ ไม่ใช่ ของทางราชการ",
        en: "Names of indicators and instruments are those of the commission's frame, one name on the whole site, so that everyone sees that it is the same thing: indicator 4 is การใช้ทรัพย์สินของราชการ, not ของทางราชการ.",
    },
    bad: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[indicator]]
number = 4
name = "การใช้ทรัพย์สินของทางราชการ"
instrument = "IIT"
score = "81.94"
"#,
    good: r#"
-- content/results/2565.toml --
fiscal_year = 2565
total = "91.81"
grade = "A"
[[indicator]]
number = 4
name = "การใช้ทรัพย์สินของราชการ"
instrument = "IIT"
score = "81.94"
"#,
};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, results) in site.all::<Results>().filter(|(_, results)| ita().is_frame_of(results.fiscal_year.value)) {
        for row in &results.instruments {
            check_instrument(&row.code, diagnostics);
        }
        for row in &results.indicators {
            check_indicator(row, diagnostics);
        }
    }
    for (_, measure) in site.all::<Measure>() {
        let steps = measure.steps.iter().map(|step| &step.text);
        check_texts(&mut [&measure.title].into_iter().chain(steps).chain(&measure.reporting), diagnostics);
    }
    for (_, analysis) in site.all::<Analysis>() {
        let points = analysis.findings.iter().chain(&analysis.urgent_issues).chain(&analysis.developments);
        let actions = analysis.remedies.iter().flat_map(|remedy| &remedy.actions);
        check_texts(&mut [&analysis.title].into_iter().chain(points.map(|point| &point.text)).chain(actions), diagnostics);
    }
}

/// Whether the code is that of an instrument; reported when not.
fn check_instrument(code: &Spanned<String>, diagnostics: &mut Diagnostics) -> bool {
    let typed = &code.value;
    if ita().instrument(typed).is_some() {
        return true;
    }
    let message = text!(th: "ไม่มีแบบวัด `{typed}`", en: "there is no instrument `{typed}`");
    let help = text!(th: "พิมพ์ \"IIT\", \"EIT\" หรือ \"OIT\"", en: "type \"IIT\", \"EIT\" or \"OIT\"");
    diagnostics.push(RULE.at(code.span.clone(), message).help(help));
    false
}

fn check_indicator(row: &results::Indicator, diagnostics: &mut Diagnostics) {
    let number = row.number.value;
    let is_instrument = check_instrument(&row.instrument, diagnostics);
    let Some(indicator) = ita().indicator(number) else { return };
    let (right, typed) = (&indicator.instrument, &row.instrument.value);
    if is_instrument && typed != right {
        let message = text!(th: "ตัวชี้วัดที่ {number} อยู่ใน {right} ไม่ใช่ {typed}", en: "indicator {number} belongs to {right}, not {typed}");
        let help = text!(th: "พิมพ์ instrument = \"{right}\"", en: "type instrument = \"{right}\"");
        diagnostics.push(RULE.at(row.instrument.span.clone(), message).help(help));
    }
    let (official, typed) = (&indicator.title.th, &row.name.value);
    if [official, &indicator.title.en].into_iter().any(|name| is_same(name, typed)) {
        return;
    }
    let problem = if indicator.also.iter().any(|name| is_same(name, typed)) {
        let message = text!(
            th: "ตัวชี้วัดที่ {number} พิมพ์กันสองชื่อ คือ {typed} และ {official}",
            en: "indicator {number} is printed with two names: {typed} and {official}"
        );
        let help = text!(th: "ใช้ชื่อเดียวทั้งเว็บไซต์ เช่น {official}", en: "use one name on the whole site, such as {official}");
        RULE.at(row.name.span.clone(), message).help(help)
    } else {
        let message = match ita().indicators.iter().find(|other| is_same(&other.title.th, typed)) {
            Some(Indicator { number: other, .. }) => text!(
                th: "{typed} คือตัวชี้วัดที่ {other} ไม่ใช่ {number}",
                en: "{typed} is indicator {other}, not {number}"
            ),
            None => text!(th: "ตัวชี้วัดที่ {number} ไม่ได้ชื่อ {typed}", en: "indicator {number} is not called {typed}"),
        };
        let help = text!(th: "ตัวชี้วัดที่ {number} คือ {official}", en: "indicator {number} is {official}");
        RULE.at(row.name.span.clone(), message).help(help)
    };
    diagnostics.push(problem);
}

/// Spellings that are not official, each once per document.
fn check_texts(texts: &mut dyn Iterator<Item = &Spanned<String>>, diagnostics: &mut Diagnostics) {
    let mut seen: Vec<&str> = Vec::new();
    for text in texts {
        for indicator in &ita().indicators {
            for variant in indicator.variants.iter().filter(|variant| text.value.contains(variant.as_str())) {
                if seen.contains(&variant.as_str()) {
                    continue;
                }
                seen.push(variant);
                let (number, official) = (indicator.number, &indicator.title.th);
                let message = text!(
                    th: "ตัวชี้วัดที่ {number} คือ {official} ไม่ใช่ {variant}",
                    en: "indicator {number} is {official}, not {variant}"
                );
                let help = text!(th: "พิมพ์ {official}", en: "type {official}");
                diagnostics.push(RULE.at(text.span.clone(), message).help(help));
            }
        }
    }
}

/// Whether two names are the same but for spaces.
fn is_same(name: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect::<String>();
    letters(name) == letters(other)
}
