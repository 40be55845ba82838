//! What executives, settings, channels, measures and the like say of a requirement.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use super::{Coverage, Evidence, Found, Gap};
use crate::catalog::{AgencyField, AnalysisField, ChannelField, ExecutiveField, Field, MeasureField, Scope};
use crate::content::channel::{Channel, ChannelKind};
use crate::content::executive::{Executive, Group};
use crate::content::measure::Measure;
use crate::content::news::News;
use crate::content::progress::Status;
use crate::content::results::Results;
use crate::diagnostic::{Span, Text, text};
use crate::fields::labels;
use crate::parse::Document;
use crate::site::Site;
use crate::site::elsewhere::{self, Place};
use crate::site::url::UrlPath;
use crate::thai::FiscalYear;

pub(super) fn executives(site: &Site, fields: &[ExecutiveField], groups: &[Group], home: &Span) -> Found {
    let executives = site.executives();
    if executives.is_empty() {
        return Found::Silent(Gap::empty(home, text!(th: "ยังไม่มีข้อมูลผู้บริหาร", en: "there are no executives yet")));
    }
    let has = |executive: &Executive, field: &ExecutiveField| match field {
        // A document without name or position is not read at all.
        ExecutiveField::Name | ExecutiveField::Position => true,
        ExecutiveField::Photo => executive.photo.is_some(),
        ExecutiveField::Phone => executive.phone.is_some(),
    };
    let mut gaps = Vec::new();
    for (document, executive) in &executives {
        for field in fields.iter().filter(|field| !has(executive, field)) {
            let name = &executive.name.value;
            let what = match field {
                ExecutiveField::Photo => text!(th: "{name} ไม่มีรูปถ่าย", en: "{name} has no photo"),
                _ => text!(th: "{name} ไม่มีหมายเลขโทรศัพท์", en: "{name} has no telephone number"),
            };
            gaps.push(Gap::part(&document.end, what).typed(field.key()));
        }
    }
    for group in groups.iter().filter(|group| !executives.iter().any(|(_, executive)| executive.group == **group)) {
        let what = match group {
            Group::Political => text!(th: "ไม่มีผู้บริหารฝ่ายการเมือง", en: "no executive of the political side"),
            Group::Permanent => text!(th: "ไม่มีผู้บริหารฝ่ายประจำ", en: "no executive of the permanent side"),
        };
        gaps.push(Gap::part(home, what).typed(&format!("group = \"{}\"", group.word())));
    }
    Found::unless(gaps, || vec![Evidence::at(&UrlPath::of(&["executives"]))])
}

pub(super) fn agency(site: &Site, fields: &[AgencyField]) -> Found {
    let agency = &site.config.agency;
    let lacks = |field: &AgencyField| match field {
        AgencyField::Address => agency.address.is_none(),
        AgencyField::Phone => agency.phone.is_none(),
        AgencyField::Email => agency.email.is_none(),
        AgencyField::Map => agency.map.is_none(),
    };
    let subject = text!(th: "หน่วยงาน", en: "the agency");
    let gaps = fields.iter().filter(|field| lacks(field)).map(|field| {
        let key = field.key();
        Gap::without(&agency.span, &subject, "agency", key).advised(text!(th: "{key} ใน [agency]", en: "{key} in [agency]"))
    });
    Found::unless(gaps.collect(), || vec![Evidence::at(&UrlPath::of(&["contact"]))])
}

pub(super) fn news(site: &Site, home: &Span) -> Found {
    let year = site.fiscal_year();
    let says_more =
        |document: &Document, news: &News| !document.body.is_empty() || !news.attachments.is_empty() || news.summary.is_some();
    let of_year: Vec<_> = site.all::<News>().filter(|(_, news)| year.contains(news.date)).collect();
    if of_year.iter().any(|(document, news)| says_more(document, news)) {
        return Found::Said(Coverage::Verified(vec![Evidence::at(&UrlPath::of(&["news"]))]));
    }
    if let Some((document, _)) = of_year.first() {
        let what = text!(th: "ข่าวมีแต่ชื่อเรื่อง ไม่มีเนื้อความและไฟล์", en: "the news has only a title, no text and no file");
        return Found::Said(Coverage::Missing(vec![Gap::part(&document.end, what)]));
    }
    Found::Silent(Gap::empty(home, text!(th: "ยังไม่มีข่าวในปีงบประมาณ {year}", en: "no news dated in fiscal year {year}")))
}

/// Reports of the time an item is about; where that is not known, of this year or the one before.
pub(super) fn progress(site: &Site, scope: Scope, home: &Span) -> Found {
    let year = site.fiscal_year();
    let years = match scope {
        Scope::Previous => vec![year.previous()],
        Scope::Unverified => vec![year, year.previous()],
        _ => vec![year],
    };
    let reports: Vec<_> = years.into_iter().flat_map(|year| site.progress(year)).collect();
    if reports.is_empty() {
        return Found::Silent(Gap::empty(home, text!(th: "ยังไม่มีรายงานความก้าวหน้า", en: "no progress is reported yet")));
    }
    let mut gaps = Vec::new();
    for (document, progress) in &reports {
        if document.body.is_empty() && progress.attachments.is_empty() {
            let what = text!(th: "รายงานนี้ไม่บอกว่าทำอะไร (ไม่มีเนื้อความและไฟล์)", en: "the report does not say what was done (no text, no file)");
            gaps.push(Gap::part(&document.end, what));
        }
    }
    if let Some((document, _)) = reports.first()
        && reports.iter().all(|(_, progress)| progress.status.value == Status::NotStarted)
    {
        gaps.push(Gap::part(
            &document.end,
            text!(th: "ทุกเรื่องยังไม่เริ่ม จึงยังไม่มีผล", en: "nothing is begun, so there is no progress yet"),
        ));
    }
    let places: BTreeSet<_> = reports.iter().map(|(document, progress)| (document.year, progress.measure.value)).collect();
    let place = |(year, measure): (Option<FiscalYear>, NonZeroU32)| {
        let page = UrlPath::of(&[&year.unwrap_or(site.fiscal_year()).to_string(), "integrity-measures-progress"]);
        Evidence { url: format!("{page}#progress-{measure}"), page: None }
    };
    Found::unless(gaps, || places.into_iter().map(place).collect())
}

pub(super) fn survey(site: &Site, home: &Span) -> Found {
    match site.survey() {
        Some((document, _)) => Found::Said(Coverage::Verified(vec![Evidence::of(document)])),
        None => Found::Silent(Gap::empty(home, text!(th: "ยังไม่มีแบบวัด EIT ของปีนี้", en: "there is no EIT survey of the year"))),
    }
}

pub(super) fn channel(site: &Site, kind: ChannelKind, fields: &[ChannelField], home: &Span) -> Found {
    let word = kind.word();
    let channels: Vec<_> = site.channels(kind).collect();
    if channels.is_empty() {
        let label = labels::word(word).unwrap_or(Text { th: word, en: word });
        let (th, en) = (label.th, label.en);
        let what = text!(th: "ยังไม่มีช่องทาง{th}", en: "there is no channel of the kind “{en}”");
        return Found::Silent(Gap::empty(home, what).typed(&format!("kind = \"{word}\"")));
    }
    let lacks = |(document, channel): (&Document, &Channel)| -> Vec<Gap> {
        fields.iter().filter_map(|field| lacking(site, document, channel, *field)).collect()
    };
    let best = channels.iter().map(|found| (found.0, lacks(*found))).min_by_key(|(_, gaps)| gaps.len());
    let (document, gaps) = best.expect("there is a channel");
    Found::unless(gaps, || vec![Evidence::of(document)])
}

/// What a channel lacks of a field.
fn lacking(site: &Site, document: &Document, channel: &Channel, field: ChannelField) -> Option<Gap> {
    // Rules of their own look at the channel for reports.
    let is_reported = channel.kind == ChannelKind::Whistleblower;
    let subject = text!(th: "ช่องทางนี้", en: "the channel");
    let key = match field {
        ChannelField::Url if channel.url.is_none() => "url",
        ChannelField::Url if is_reported && is_others(site, channel) => {
            let what = text!(th: "ไม่ใช่ช่องทางของหน่วยงานเอง", en: "it is not the agency's own");
            return Some(Gap { is_reported, ..Gap::part(&document.end, what) });
        }
        ChannelField::Steps if channel.steps.is_empty() => "step",
        ChannelField::Days if channel.steps.is_empty() || channel.steps.iter().any(|step| step.days.is_none()) => "days",
        ChannelField::Unit if document.common.unit.is_none() => "unit",
        ChannelField::TwoWay if channel.two_way != Some(true) => "two_way",
        ChannelField::Protection if !channel.is_protected() => {
            return Some(Gap { is_reported, ..Gap::without(&document.end, &subject, "channels", "protection") });
        }
        ChannelField::Apart if site.shares(channel) => {
            let what = text!(th: "ใช้ร่วมกับช่องทางเรื่องทั่วไป", en: "it is shared with a channel for other matters");
            return Some(Gap { is_reported, ..Gap::part(&document.end, what) });
        }
        ChannelField::Procedure if !site.agrees_with_procedure(document, channel) => {
            let what = text!(th: "ช่องทางนี้กับหน้าแนวปฏิบัติไม่สอดคล้องกัน", en: "the channel and the page of the procedure do not agree");
            return Some(Gap { is_reported, ..Gap::part(&document.end, what) });
        }
        _ => return None,
    };
    let gap = Gap::without(&document.end, &subject, "channels", key);
    Some(match field {
        ChannelField::Steps => gap.typed("[[step]]"),
        ChannelField::TwoWay => gap.typed("two_way = true"),
        _ => gap,
    })
}

/// Whether the form of a channel lies in an account of a company.
fn is_others(site: &Site, channel: &Channel) -> bool {
    let place = channel.url.as_ref().and_then(|url| elsewhere::place(site, &url.value.0));
    matches!(place, Some(Place::Social | Place::Form | Place::Drive))
}

pub(super) fn analysis(site: &Site, fields: &[AnalysisField], home: &Span) -> Found {
    let year = site.fiscal_year();
    let Some((document, analysis)) = site.analysis(year) else {
        let what = text!(th: "ยังไม่มีบทวิเคราะห์ของปี {year}", en: "there is no analysis for {year}");
        return Found::Silent(Gap::empty(home, what));
    };
    let result = analysis.result.value;
    let has_result = site.all::<Results>().any(|(_, results)| results.fiscal_year.value == result);
    let about = |what| Gap::part(&document.end, what);
    let lacks = fields.iter().filter_map(|field| match field {
        AnalysisField::Result if result != year.previous() => {
            let last = year.previous();
            Some(about(text!(th: "วิเคราะห์ผลปี {result} แบบให้วิเคราะห์ผลปี {last}", en: "it analyses the result of {result}; the form asks for that of {last}")).typed("result"))
        }
        AnalysisField::Result if !has_result => {
            Some(about(text!(th: "ไม่มีผลการประเมินปี {result} บนเว็บไซต์", en: "the result of {result} is not on the site")))
        }
        AnalysisField::UrgentIssues if analysis.urgent_issues.is_empty() && analysis.no_urgent_issue.is_none() => {
            let what = text!(th: "ไม่มีประเด็นเร่งด่วน และไม่ได้บอกเหตุที่ไม่มี", en: "no urgent issue, and no word why there is none");
            let write = text!(
                th: "[[urgent_issue]] ถ้าไม่มีจริง ให้เขียนเหตุผลใน no_urgent_issue",
                en: "[[urgent_issue]]; if there is none, say why in no_urgent_issue"
            );
            Some(about(what).advised(write))
        }
        AnalysisField::Developments if analysis.developments.is_empty() => {
            Some(about(text!(th: "ยังไม่ได้ระบุประเด็นที่ต้องพัฒนา", en: "no points to develop are given")).typed("[[development]]"))
        }
        _ => None,
    });
    let gaps: Vec<_> = lacks.collect();
    let id = |field: &AnalysisField| match field {
        AnalysisField::Result => "result",
        AnalysisField::UrgentIssues => "urgent",
        AnalysisField::Developments => "developments",
    };
    Found::unless(gaps, || fields.iter().map(|field| Evidence::part(document, id(field))).collect())
}

pub(super) fn measures(site: &Site, fields: &[MeasureField], home: &Span) -> Found {
    let year = site.fiscal_year();
    let measures = site.measures(year);
    if measures.is_empty() {
        let what = text!(th: "ยังไม่มีมาตรการของปี {year}", en: "there are no measures for {year}");
        return Found::Silent(Gap::empty(home, what));
    }
    let lacks = |measure: &Measure, field: &MeasureField| match field {
        MeasureField::Responsible => !measure.has_responsible(),
        MeasureField::Steps => measure.steps.is_empty(),
        MeasureField::Reporting => measure.reporting.is_empty(),
        MeasureField::Addresses => measure.addresses.is_empty(),
    };
    let mut gaps = Vec::new();
    for (n, (document, measure)) in (1..).zip(&measures) {
        let subject = text!(th: "มาตรการที่ {n} ", en: "measure {n}");
        gaps.extend(fields.iter().filter(|field| lacks(measure, field)).map(|field| match field {
            MeasureField::Steps => Gap::without(&document.end, &subject, "measures", "step").typed("[[step]]"),
            field => Gap::without(&document.end, &subject, "measures", field.key()),
        }));
    }
    let page = UrlPath::of(&[&year.to_string(), "integrity-measures"]);
    let places = || (1..=measures.len()).map(|n| Evidence { url: format!("{page}#measure-{n}"), page: None });
    Found::unless(gaps, || places().collect())
}
