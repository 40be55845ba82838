//! `dead-external-link` (P215)

use crate::diagnostic::{Diagnostics, Rule, Severity, Span, Text, text};
use crate::net::fetch::CertificateProblem;
use crate::net::outcome::Outcome;

pub(crate) static RULE: Rule = Rule {
    code: "P215",
    name: "dead-external-link",
    severity: Severity::Warning,
    explanation: Text {
        th: "ลิงก์ไปเว็บไซต์อื่นเปิดไม่ได้ ผู้ประเมินที่ตามลิงก์เสียจะไม่พบข้อมูลและให้ 0 คะแนนในข้อนั้น ตรวจเมื่อสั่ง prongsai check --external เท่านั้น เว็บที่มักกันโปรแกรม (เช่น Facebook) จะไม่นับว่าเสีย เอกสารสำคัญควรเก็บเป็นไฟล์ในเว็บไซต์ของหน่วยงานเอง",
        en: "A link to another host cannot be opened; an assessor who follows it finds nothing and gives the item 0. Asked only by prongsai check --external. Hosts that turn programs away, such as Facebook, are not called dead. What matters is safer as a file on the agency's own site.",
    },
    // No content leads here: it takes another host's answer. `tests/suite/net.rs` plays those.
    bad: "",
    good: "",
};

/// A link to `url` that leads nowhere; a frozen one is an answer that was handed in.
pub(crate) fn report(url: &str, outcome: &Outcome, span: &Span, is_frozen: bool, diagnostics: &mut Diagnostics) {
    let why = why(outcome);
    let (why_th, why_en) = (why.th, why.en);
    let message = text!(th: "ลิงก์ {url} เปิดไม่ได้: {why_th}", en: "the link {url} is dead: {why_en}");
    let help = if is_frozen {
        text!(
            th: "ลิงก์นี้ยื่นไปแล้ว แก้ไม่ได้ ให้ทำให้ที่อยู่เดิมเปิดได้อีก",
            en: "it was handed in and stays as it is; make the address work again"
        )
    } else if matches!(outcome, Outcome::LoginWall { .. }) {
        text!(
            th: "เปิดสิทธิ์ให้ทุกคนดูได้ หรือวางไฟล์นั้นไว้ข้างเอกสารแล้วลิงก์ไปที่ไฟล์",
            en: "let everyone see it, or put the file beside the document and link to that"
        )
    } else {
        text!(
            th: "เปิดดูในเบราว์เซอร์ ถ้าเปิดไม่ได้ ให้แก้เป็นที่อยู่ที่เปิดได้ หรือลบลิงก์นี้",
            en: "open it in a browser; if that fails, type an address that works, or take the link out"
        )
    };
    diagnostics.push(RULE.at(span.clone(), message).help(help));
}

/// What the host did, in a few words.
fn why(outcome: &Outcome) -> Text {
    match outcome {
        Outcome::Gone { status } => status_words(*status),
        Outcome::LoginWall { .. } => text!(th: "ต้องเข้าสู่ระบบก่อน", en: "it asks for a login"),
        Outcome::NoHost => text!(th: "ไม่มีเว็บไซต์ชื่อนี้", en: "there is no host of this name"),
        Outcome::Refused => text!(th: "ปลายทางไม่รับการเชื่อมต่อ", en: "the host refuses connections"),
        Outcome::Timeout => text!(th: "ปลายทางไม่ตอบ", en: "the host does not answer"),
        Outcome::BadCertificate { problem } => certificate_words(*problem),
        Outcome::TooManyRedirects => text!(th: "ปลายทางส่งต่อวนไปมาไม่จบ", en: "the host redirects without end"),
        Outcome::Alive | Outcome::Moved { .. } | Outcome::Unsure | Outcome::Skipped => {
            text!(th: "ไม่แน่ชัด", en: "it is not certain")
        }
    }
}

/// A status in words: `ปลายทางตอบ 404 ไม่พบหน้า`.
pub(crate) fn status_words(status: u16) -> Text {
    match status {
        404 => text!(th: "ปลายทางตอบ {status} ไม่พบหน้า", en: "the host answers {status}, no such page"),
        410 => text!(th: "ปลายทางตอบ {status} หน้านี้ถูกลบแล้ว", en: "the host answers {status}, the page was deleted"),
        401 | 403 => text!(th: "ปลายทางตอบ {status} ไม่ให้เข้าดู", en: "the host answers {status}, no entry"),
        500.. => text!(th: "ปลายทางตอบ {status} เครื่องแม่ข่ายขัดข้อง", en: "the host answers {status}, it is out of order"),
        _ => text!(th: "ปลายทางตอบ {status}", en: "the host answers {status}"),
    }
}

/// What is wrong with a certificate, in words.
pub(crate) fn certificate_words(problem: CertificateProblem) -> Text {
    match problem {
        CertificateProblem::Expired => text!(th: "ใบรับรอง https หมดอายุ", en: "its https certificate has expired"),
        CertificateProblem::OtherName => {
            text!(th: "ใบรับรอง https เป็นของเว็บไซต์อื่น", en: "its https certificate is for another host")
        }
        CertificateProblem::UnknownIssuer => text!(
            th: "ใบรับรอง https ไม่มีผู้ออกที่เชื่อถือได้ หรือส่งมาไม่ครบสาย",
            en: "its https certificate has no trusted issuer, or comes without its chain"
        ),
        CertificateProblem::Other => text!(th: "ใบรับรอง https ใช้ไม่ได้", en: "its https certificate does not hold"),
    }
}
