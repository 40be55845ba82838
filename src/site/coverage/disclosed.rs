//! What the disclosure of an item's topic says of a requirement: period, months, rows, statements.

use super::{Coverage, Evidence, Found, Gap};
use crate::catalog::{Field, Item, Scope, StatedField, Years};
use crate::content::disclosure::Disclosure;
use crate::content::rows::{Row, RowField, RowKind};
use crate::diagnostic::{Span, Text, text};
use crate::fields::labels;
use crate::parse::Document;
use crate::site::Site;
use crate::site::declared::Declarations;
use crate::thai::fold::same_name;
use crate::thai::{Code, FiscalYear, Period};

/// The disclosure of an item's topic, if there is one.
pub(super) struct Disclosed<'a> {
    site: &'a Site,
    declarations: &'a Declarations<'a>,
    found: Option<(&'a Document, &'a Disclosure)>,
    home: &'a Span,
}

impl<'a> Disclosed<'a> {
    pub(super) fn of(site: &'a Site, item: &Item, declarations: &'a Declarations<'a>, home: &'a Span) -> Disclosed<'a> {
        Disclosed { site, declarations, found: declarations.topic(&item.topic), home }
    }

    /// The period fits the scope.
    pub(super) fn dated(&self, scope: Scope) -> Found {
        let Some((document, disclosure)) = self.found else { return self.nothing() };
        let year = self.site.fiscal_year();
        let wanted = wanted(year, scope);
        let Some(period) = &disclosure.period else {
            return match disclosure.date {
                Some(date) if scope == Scope::Current && year.contains(date) => {
                    Found::Said(Coverage::Verified(vec![Evidence::part(document, "data-date")]))
                }
                _ => self.lacks(text!(th: "ไม่ได้บอกช่วงเวลาของข้อมูล", en: "the time it is about is not given"), "period"),
            };
        };
        let fits = fits(scope, period.value, year);
        let gaps = wanted.filter(|_| !fits).map(|wanted| {
            let (is_th, is_en) = (period.value.shown_th(), period.value.shown_en());
            let (th, en) = (wanted.shown_th(), wanted.shown_en());
            let what = match scope {
                Scope::Current => text!(
                    th: "ช่วงเวลา {is_th} ไม่อยู่ในปีงบประมาณ {year} ({th})",
                    en: "the period {is_en} is not of fiscal year {year} ({en})"
                ),
                _ if period.value.covers(wanted) => {
                    text!(th: "ช่วงเวลา {is_th} ยาวกว่า {th} ที่แบบถาม", en: "the period {is_en} goes on after {en}, which is asked for")
                }
                _ => text!(th: "ช่วงเวลา {is_th} ไม่ครอบคลุม {th}", en: "the period {is_en} does not cover {en}"),
            };
            Gap::part(&period.span, what)
        });
        Found::unless(gaps.into_iter().collect(), || vec![Evidence::part(document, "data-period")])
    }

    /// The period is of one year, or of several.
    pub(super) fn duration(&self, years: Years) -> Found {
        let Some((document, disclosure)) = self.found else { return self.nothing() };
        let Some(period) = &disclosure.period else {
            return self.lacks(text!(th: "ไม่ได้บอกช่วงเวลาของแผน", en: "the time of the plan is not given"), "period");
        };
        let n = period.value.n_years();
        let what = match years {
            Years::One => text!(th: "แผนมีระยะ {n} ปีเต็ม ไม่ใช่ 1 ปี", en: "the plan is for {n} whole years, not for one"),
            Years::Several => {
                text!(th: "แผนมีระยะ {n} ปีเต็ม ไม่เกิน 1 ปี", en: "the plan is for {n} whole years, not for more than one")
            }
        };
        let is_met = if years == Years::One { n == 1 } else { n > 1 };
        let gaps = if is_met { Vec::new() } else { vec![Gap::part(&period.span, what)] };
        Found::unless(gaps, || vec![Evidence::part(document, "data-period")])
    }

    /// Every month of the scope is there.
    pub(super) fn months(&self, scope: Scope, asks_each: bool) -> Found {
        let Some((document, disclosure)) = self.found else { return self.nothing() };
        if disclosure.months.is_empty() {
            return self.no_months();
        }
        let wanted = wanted(self.site.fiscal_year(), scope).into_iter().flat_map(Period::months);
        let is_there = |first: jiff::civil::Date| {
            let month = Period { from: first, to: first.last_of_month() };
            disclosure.months.iter().any(|row| row.month.value == month)
        };
        let gaps = wanted.filter(|month| !is_there(*month)).map(|month| {
            let month = Period { from: month, to: month.last_of_month() };
            let (th, en) = (month.month_th(), month.month_en());
            Gap::part(&document.end, text!(th: "ขาดเดือน {th}", en: "{en} is missing"))
        });
        // A requirement of its own may ask what each month says; a month that says nothing answers neither.
        let unsaid = if asks_each { Vec::new() } else { unsaid(disclosure) };
        Found::unless(gaps.chain(unsaid).collect(), || vec![Evidence::part(document, "data-months")])
    }

    /// Every month has a place, or says that there is nothing.
    pub(super) fn empty_months(&self) -> Found {
        let Some((document, disclosure)) = self.found else { return self.nothing() };
        if disclosure.months.is_empty() {
            return self.no_months();
        }
        Found::unless(unsaid(disclosure), || vec![Evidence::part(document, "data-months")])
    }

    /// There are rows of a kind, every one with all columns; with a plan, all its projects are among them.
    pub(super) fn rows(&self, kind: RowKind, fields: &[RowField], plan: Option<Code>) -> Found {
        let Some((document, disclosure)) = self.found else { return self.nothing() };
        let (rows, key) = (disclosure.rows(kind), kind.key());
        if rows.is_empty() {
            let label = labels::field("disclosures", key).unwrap_or(Text { th: key, en: key });
            let (th, en) = (label.th, label.en);
            return self.lacks(text!(th: "ไม่มี{th}", en: "no {en}"), &format!("[[{key}]]"));
        }
        let mut gaps = Vec::new();
        for row in rows {
            for field in fields.iter().filter(|field| !row.cells.contains_key(field)) {
                let (name, field) = (&row.name.value, field.key());
                let subject = text!(th: "“{name}” ", en: "“{name}”");
                let gap = Gap::without(&row.name.span, &subject, "disclosures", &format!("{key}.{field}"));
                gaps.push(gap.advised(or_none(field)));
            }
        }
        if let Some(code) = plan {
            gaps.extend(self.unreported(code, rows, document));
        }
        Found::unless(gaps, || vec![Evidence::part(document, &format!("data-{key}"))])
    }

    /// It says which plan it reports on, and that plan is on the site.
    pub(super) fn reports_on(&self, plan: Code) -> Found {
        let Some((document, disclosure)) = self.found else { return self.nothing() };
        let Some(topic) = self.site.catalog().and_then(|catalog| catalog.item(plan)).map(|item| item.topic.as_str()) else {
            return self.nothing();
        };
        let Some(said) = &disclosure.reports_on else {
            let what = text!(th: "ไม่ได้บอกว่ารายงานผลของแผนใด (แผนตามข้อ {plan})", en: "the plan it reports on, that of {plan}, is not named");
            return self.lacks(what, &format!("reports_on = \"{topic}\""));
        };
        let gap = if said.value.0 != topic {
            Some(text!(th: "แบบให้รายงานตามแผนของข้อ {plan}", en: "the form asks for a report on the plan of {plan}"))
        } else if self.plan(plan).is_none() {
            Some(text!(th: "แผนของข้อ {plan} ไม่มีบนเว็บไซต์", en: "the plan of {plan} is not on the site"))
        } else {
            None
        };
        let gaps = gap.into_iter().map(|what| Gap::part(&said.span, what).typed(topic));
        Found::unless(gaps.collect(), || vec![Evidence::part(document, "data-plan")])
    }

    /// These are said, if only that there are none.
    pub(super) fn stated(&self, fields: &[StatedField]) -> Found {
        let Some((document, disclosure)) = self.found else { return self.nothing() };
        let is_said = |field: &StatedField| match field {
            StatedField::Problems => !disclosure.problems.is_empty(),
            StatedField::Recommendations => !disclosure.recommendations.is_empty(),
            StatedField::Spending => disclosure.spending.is_some(),
        };
        let lacks: Vec<&str> = fields.iter().filter(|field| !is_said(field)).map(Field::key).collect();
        let label = |key: &&'static str| labels::field("disclosures", key).unwrap_or(Text { th: key, en: key });
        let th = lacks.iter().map(|key| label(key).th).collect::<Vec<_>>().join(", ");
        let en = lacks.iter().map(|key| label(key).en).collect::<Vec<_>>().join(", ");
        let what = text!(th: "ยังไม่ได้ระบุ “{th}”", en: "“{en}” is not given");
        let gap = Gap::part(&document.end, what).advised(or_none(&lacks.join(", ")));
        match lacks.len() {
            0 => Found::unless(Vec::new(), || {
                fields.iter().map(|field| Evidence::part(document, &format!("data-{}", field.key()))).collect()
            }),
            n if n == fields.len() => Found::Silent(gap),
            _ => Found::Said(Coverage::Missing(vec![gap])),
        }
    }

    /// The highest executive signed it.
    pub(super) fn signed(&self) -> Found {
        let Some((document, disclosure)) = self.found else { return self.nothing() };
        let Some(signed_by) = &disclosure.signed_by else {
            return self.lacks(text!(th: "ไม่ได้บอกชื่อผู้ลงนาม", en: "it is not said who signed it"), "signed_by");
        };
        let executives = self.site.executives();
        let head = executives.first().map(|(_, executive)| executive.name.value.as_str());
        let who = &signed_by.value;
        let what = match head {
            Some(head) if same_name(head, who) => None,
            Some(head) => Some(
                text!(th: "{who} ไม่ใช่ผู้บริหารสูงสุดบนเว็บไซต์ ({head})", en: "{who} is not the highest executive on the site ({head})"),
            ),
            None => Some(text!(th: "ไม่มีข้อมูลผู้บริหารให้เทียบกับ {who}", en: "there are no executives to compare {who} with")),
        };
        let gaps = what.into_iter().map(|what| Gap::part(&signed_by.span, what));
        Found::unless(gaps.collect(), || vec![Evidence::part(document, "data-signed")])
    }

    /// Only the author can say where the answer is.
    pub(super) fn unanswered(&self) -> Found {
        if self.found.is_none() {
            return self.nothing();
        }
        self.lacks(text!(th: "มีเอกสารแล้ว แต่ยังไม่ระบุว่าส่วนใดตอบข้อนี้", en: "there is a document, but nothing says which part of it answers this"), "[[covers]]")
    }

    /// Projects of a plan's year that are not among the rows of its report; a plan that names none cannot be reported on.
    fn unreported(&self, plan: Code, rows: &[Row], report: &Document) -> Vec<Gap> {
        let planned = self.plan(plan).map(|(_, disclosure)| disclosure.rows(RowKind::Project)).unwrap_or_default();
        // The plan may be in a file that cannot be read, which is reported.
        if planned.is_empty() && self.site.has_broken("disclosures") {
            return Vec::new();
        }
        if planned.is_empty() {
            let what =
                text!(th: "แผนของข้อ {plan} ไม่มีรายการโครงการให้เทียบ", en: "the plan of {plan} lists no projects to compare with");
            return vec![Gap::part(&report.end, what).typed("[[project]]")];
        }
        let year = Period::of_year(self.site.fiscal_year());
        // A plan of several years has projects of others.
        let is_of_year = |row: &&Row| {
            let period = row.cells.get(&RowField::Period).and_then(|text| Period::parse(text).ok());
            period.is_none_or(|period| period.meets(year))
        };
        let is_there = |project: &Row| rows.iter().any(|row| same_name(&row.name.value, &project.name.value));
        let lost = planned.iter().filter(is_of_year).filter(|project| !is_there(project));
        lost.map(|project| {
            let name = &project.name.value;
            Gap::part(
                &report.end,
                text!(th: "ไม่มี “{name}” ซึ่งอยู่ในแผนของข้อ {plan}", en: "“{name}” of the plan in {plan} is not here"),
            )
        })
        .collect()
    }

    fn plan(&self, code: Code) -> Option<(&'a Document, &'a Disclosure)> {
        let item = self.site.catalog()?.item(code)?;
        self.declarations.topic(&item.topic)
    }

    /// There is no such document.
    fn nothing(&self) -> Found {
        Found::Silent(Gap::empty(self.home, text!(th: "ยังไม่มีข้อมูล", en: "nothing is published yet")))
    }

    /// The document has no months.
    fn no_months(&self) -> Found {
        self.lacks(text!(th: "ไม่มีข้อมูลรายเดือน", en: "there is nothing month by month"), "[[month]]")
    }

    /// There is a document that does not say it; what is typed to do so.
    fn lacks(&self, what: Text, key: &str) -> Found {
        let span = self.found.map_or(self.home, |(document, _)| &document.end);
        Found::Silent(Gap::part(span, what).typed(key))
    }
}

/// What to type where there may be nothing to say.
fn or_none(keys: &str) -> Text {
    text!(th: "{keys} ถ้าไม่มี ให้เขียนว่าไม่มี", en: "{keys}; say so where there is none")
}

/// Months that say nothing, or two things.
fn unsaid(disclosure: &Disclosure) -> Vec<Gap> {
    let blank = disclosure.months.iter().filter(|row| !row.none && row.file.is_none() && row.at.is_none());
    let gaps = blank.map(|row| {
        let (th, en) = (row.month.value.month_th(), row.month.value.month_en());
        let what = text!(
            th: "เดือน {th} ว่าง ไม่มีข้อมูล และไม่ได้บอกว่าไม่มี",
            en: "{en} is blank, without a word that there is nothing"
        );
        Gap::part(&row.month.span, what).typed("file / at / none = true")
    });
    let both = disclosure.months.iter().filter(|row| row.none && (row.file.is_some() || row.at.is_some()));
    let both = both.map(|row| {
        let (th, en) = (row.month.value.month_th(), row.month.value.month_en());
        let what = text!(th: "เดือน {th} บอกว่าไม่มี แต่มีข้อมูลด้วย", en: "{en} is said to have nothing, and has something");
        Gap::part(&row.month.span, what).typed("none = true / file / at")
    });
    gaps.chain(both).collect()
}

/// Whether a period is of the time that a scope asks for in a year.
pub(crate) fn fits(scope: Scope, period: Period, year: FiscalYear) -> bool {
    let Some(wanted) = wanted(year, scope) else { return true };
    match scope {
        Scope::Current => wanted.covers(period) || period.covers(wanted),
        // A report does not tell of what is still to come.
        Scope::FirstHalf => period.covers(wanted) && period.to <= Period::of_year(year).to,
        Scope::Previous => period.covers(wanted) && period.to == wanted.to,
        _ => period.covers(wanted),
    }
}

/// The time that a scope asks for.
fn wanted(year: FiscalYear, scope: Scope) -> Option<Period> {
    match scope {
        Scope::Current | Scope::Covers => Some(Period::of_year(year)),
        Scope::FirstHalf => Some(Period::first_half(year)),
        Scope::Previous => Some(Period::of_year(year.previous())),
        Scope::Undated | Scope::Unverified => None,
    }
}
