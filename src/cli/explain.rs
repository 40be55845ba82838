//! `explain`: a rule, or an item of the form and where this site answers it.

use std::fmt::Write as _;

use serde_json::json;

use super::{Options, USAGE_OR_DISK, report};
use crate::catalog::{Catalog, Catalogs, Confidence, Item, Requirement};
use crate::diagnostic::{Diagnostics, Lang, Rule, Severity, explain, text};
use crate::fields::rules::unknown_field::nearest;
use crate::site::Site;
use crate::site::coverage::Coverage;
use crate::source;
use crate::thai::{Code, FiscalYear};

/// Explains `code`; without one, lists all rules.
pub(super) fn explain(options: &Options, code: Option<&String>, year: Option<&String>) -> u8 {
    let Some(code) = code else {
        list(options);
        return 0;
    };
    let rules = crate::rules();
    if let Some(rule) = rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code) {
        if options.json {
            report::plain(&format!("{}\n", rule_json(rule)));
        } else {
            report::plain(&explain::rule(rule, options.lang));
        }
        return 0;
    }
    // `O42.2`, as diagnostics print it, is a requirement of O42.
    let item_code =
        code.split_once('.').filter(|(_, part)| part.chars().all(char::is_numeric)).map_or(code.as_str(), |(item, _)| item);
    if let Some(id) = Code::item(item_code) {
        return item(options, id, year);
    }
    let known: Vec<&str> = rules.iter().flat_map(|rule| [rule.code, rule.name]).collect();
    let near = nearest(code, &known).map(|near| format!(" ({near}?)")).unwrap_or_default();
    report::failure(&text!(th: "ไม่มีกฎหรือข้อ `{code}`{near}", en: "there is no rule or item `{code}`{near}"), options.lang);
    USAGE_OR_DISK
}

fn list(options: &Options) {
    for rule in crate::rules() {
        let line = if options.json {
            rule_json(rule).to_string()
        } else {
            let severity = match rule.severity {
                Severity::Error => text!(th: "ข้อผิดพลาด", en: "error"),
                Severity::Warning => text!(th: "คำเตือน", en: "warning"),
            };
            format!("{}  {:<22} {}", rule.code, rule.name, severity.get(options.lang))
        };
        report::plain(&format!("{line}\n"));
    }
}

fn rule_json(rule: &Rule) -> serde_json::Value {
    let severity = if rule.severity == Severity::Error { "error" } else { "warning" };
    json!({ "code": rule.code, "name": rule.name, "severity": severity, "explanation": rule.explanation, "bad": rule.bad, "good": rule.good })
}

fn item(options: &Options, id: Code, year: Option<&String>) -> u8 {
    let mut unheard = Diagnostics::default();
    let site = source::discover(&options.root).ok().map(|sources| crate::analyse(&sources, &mut unheard));
    let catalogs: &Catalogs = site.as_ref().map_or(crate::catalog::built_in(), |site| &site.catalogs);
    let known = catalogs.years().map(|year| year.to_string()).collect::<Vec<_>>().join(", ");
    let catalog = match year.map(|year| FiscalYear::parse(year)) {
        None => Ok(site.as_ref().and_then(Site::catalog).unwrap_or(catalogs.latest())),
        Some(Ok(year)) => catalogs.of(year).ok_or(year.to_string()),
        Some(Err(_)) => Err(year.cloned().unwrap_or_default()),
    };
    let catalog = match catalog {
        Ok(catalog) => catalog,
        Err(year) => {
            let words = text!(th: "ไม่มีแบบของปี {year} (ปีที่มี: {known})", en: "there is no form for {year} (known years: {known})");
            report::failure(&words, options.lang);
            return USAGE_OR_DISK;
        }
    };
    let Some(item) = catalog.item(id) else {
        let (year, last) = (catalog.fiscal_year, catalog.items.len());
        let words = text!(th: "แบบปี {year} ไม่มีข้อ {id} มีถึง O{last}", en: "the form of {year} has no {id}; it ends at O{last}");
        report::failure(&words, options.lang);
        return USAGE_OR_DISK;
    };
    let site = site.as_ref().filter(|site| site.fiscal_year() == catalog.fiscal_year);
    if options.json {
        let requirements: Vec<_> = item.requirements.iter().map(|row| requirement_json(site, id, row)).collect();
        let line = json!({ "item": id, "fiscal_year": catalog.fiscal_year, "title": item.title, "topic": item.topic,
            "scope": item.scope, "confidence": item.confidence, "requirements": requirements });
        report::plain(&format!("{line}\n"));
    } else {
        report::plain(&describe(options.lang, site, catalog, item));
    }
    0
}

/// The item in words.
fn describe(lang: Lang, site: Option<&Site>, catalog: &Catalog, item: &Item) -> String {
    let mut out = String::new();
    let year = catalog.fiscal_year;
    let head = text!(th: "แบบ OIT ปีงบประมาณ พ.ศ. {year}", en: "OIT form, fiscal year {year}");
    let _ = writeln!(out, "{} {}\n{}\n", item.id, item.title.get(lang), head.get(lang));
    for requirement in &item.requirements {
        let mark = if requirement.confidence.is_confirmed() { "" } else { unconfirmed(lang) };
        let _ = writeln!(out, "{}  {}{mark}", requirement.id, requirement.text.get(lang));
        let _ = writeln!(out, "      = {}", requirement.kind.how().get(lang));
        if let Some(coverage) = site.and_then(|site| coverage(site, item.id, requirement)) {
            for line in coverage_lines(lang, coverage) {
                let _ = writeln!(out, "      {line}");
            }
        }
    }
    let known = item.sources.iter().filter_map(|id| catalog.sources.iter().find(|source| source.id == *id));
    let sources: Vec<&str> = known.map(|source| source.reference.as_str()).collect();
    if !sources.is_empty() {
        let _ = writeln!(out, "\n{}", text!(th: "ที่มาของถ้อยคำ:", en: "Sources of the wording:").get(lang));
        for source in sources {
            let _ = writeln!(out, "  {source}");
        }
    }
    out
}

fn unconfirmed(lang: Lang) -> &'static str {
    match lang {
        Lang::Th => " (ยังไม่ยืนยันกับคู่มือทางการ)",
        Lang::En => " (not yet confirmed against the manual)",
    }
}

fn coverage<'a>(site: &'a Site, item: Code, requirement: &Requirement) -> Option<&'a Coverage> {
    let of_item = site.audit.iter().find(|coverage| coverage.item == item && !coverage.is_unsure)?;
    of_item.requirements.iter().find(|row| row.id == requirement.id).map(|row| &row.coverage)
}

fn coverage_lines(lang: Lang, coverage: &Coverage) -> Vec<String> {
    let word = coverage.title();
    let word = word.get(lang);
    match coverage {
        Coverage::Verified(places) | Coverage::Declared(places) => {
            places.iter().map(|place| format!("{word}: {}", place.url)).collect()
        }
        Coverage::Missing(gaps) => {
            gaps.iter().map(|gap| format!("{word}: {} → {}", gap.for_webmaster().get(lang), gap.span.path)).collect()
        }
        Coverage::NotApplicable(reason, _) => vec![format!("{word}: {}", reason.get(lang))],
    }
}

fn requirement_json(site: Option<&Site>, item: Code, requirement: &Requirement) -> serde_json::Value {
    let coverage = site.and_then(|site| coverage(site, item, requirement));
    let status = coverage.map(Coverage::word);
    let places: Vec<&str> = match coverage {
        Some(Coverage::Verified(places) | Coverage::Declared(places)) => places.iter().map(|place| place.url.as_str()).collect(),
        _ => Vec::new(),
    };
    let confidence: Confidence = requirement.confidence;
    json!({ "id": requirement.id, "text": requirement.text, "confidence": confidence, "kind": requirement.kind.word(), "how": requirement.kind.how(), "coverage": status, "places": places })
}
