//! What a command shows: diagnostics and a last line that says what happened.

use serde_json::json;

use super::Options;
use crate::desk::next;
use crate::diagnostic::{Diagnostics, Lang, MAX_LISTED, MAX_SHOWN, Severity, Text, human, json, sarif, text};
use crate::publish::Published;
use crate::render::audit::Counts;
use crate::site::Site;
use crate::source::Sources;

/// How much of what is next is shown.
const N_NEXT: usize = 5;

/// Shows the diagnostics whose severity is `shown`.
pub(super) fn diagnostics(list: &Diagnostics, sources: &Sources, options: &Options, shown: impl Fn(Severity) -> bool) {
    let mut wanted = list.iter().filter(|diagnostic| shown(diagnostic.severity));
    if options.sarif {
        return plain(&(sarif::render(wanted.take(MAX_LISTED), sources, options.lang) + "\n"));
    }
    if options.json {
        return wanted.take(MAX_LISTED).for_each(|diagnostic| plain(&(json::render(diagnostic, sources) + "\n")));
    }
    for diagnostic in wanted.by_ref().take(MAX_SHOWN) {
        // anstream takes the colours out where the output is not a terminal.
        plain(&(human::render(diagnostic, sources, options.lang, true) + "\n\n"));
    }
    let n_more = wanted.count();
    if n_more > 0 {
        say(options, &text!(th: "และอีก {n_more} ข้อ แก้ข้อข้างบนก่อน\n", en: "and {n_more} more; mend those above first\n"));
    }
}

/// The site was published.
pub(super) fn published(published: Published, n_warnings: usize, form: Option<Counts>, options: &Options) {
    let Published { n_new, n_changed, n_same, n_removed, lost_signature } = published;
    let n_files = n_new + n_changed + n_same;
    if options.json {
        let line = json!({ "published": { "files": n_files, "new": n_new, "changed": n_changed, "same": n_same, "removed": n_removed },
            "errors": 0, "warnings": n_warnings });
        return plain(&format!("{line}\n"));
    }
    let Text { th: form_th, en: form_en } = form.map(form_words).unwrap_or_default();
    say(
        options,
        &text!(
            th: "เผยแพร่แล้วใน public/ {n_files} ไฟล์ (ใหม่ {n_new}, เปลี่ยน {n_changed}, เดิม {n_same}, ลบ {n_removed}){form_th}",
            en: "published {n_files} files to public/ ({n_new} new, {n_changed} changed, {n_same} unchanged, {n_removed} removed){form_en}"
        ),
    );
    if lost_signature {
        say(
            options,
            &text!(
                th: "ลายมือชื่อเดิมใช้กับไฟล์ใหม่ไม่ได้ จึงนำออก ลงใหม่ด้วย prongsai sign",
                en: "the old signature does not fit the new files and was removed; sign anew with prongsai sign"
            ),
        );
    }
    if n_warnings > 0 {
        say(
            options,
            &text!(th: "คำเตือน {n_warnings} ข้อ ดูด้วย prongsai check", en: "{n_warnings} warnings; see them with prongsai check"),
        );
    }
}

/// What the form still lacks, after what was published.
fn form_words(counts: Counts) -> Text {
    let (n_items, n_open) = (counts.items, counts.items - counts.complete);
    match n_open {
        0 => text!(th: " แบบ OIT ครบทั้ง {n_items} ข้อ", en: "; the OIT form is complete, {n_items} items"),
        _ => {
            text!(th: " แบบ OIT ยังไม่ครบ {n_open} จาก {n_items} ข้อ", en: "; {n_open} of {n_items} items of the OIT form are not complete")
        }
    }
}

/// What to do next, most valuable first; the drafts that wait.
pub(super) fn next(site: &Site, options: &Options) {
    let steps = next::steps(site);
    if options.json || options.sarif || steps.is_empty() {
        return;
    }
    let (n_steps, n_drafts) = (steps.len(), site.drafts.len());
    let head = text!(
        th: "ทำต่อไป (คุ้มที่สุดก่อน จาก {n_steps} ข้อที่ยังไม่ครบ, ฉบับร่าง {n_drafts} ไฟล์):",
        en: "What is next (most valuable first, of {n_steps} items not complete; {n_drafts} drafts):"
    );
    say(options, &head);
    for step in steps.into_iter().take(N_NEXT) {
        let (item, path, points) = (step.item, step.path, shown_points(step.points));
        let title = step.title.get(options.lang);
        let lacks = step.lacks.map(|what| what.get(options.lang).clone()).filter(|_| !step.is_draft).unwrap_or_default();
        let how = match (step.is_draft, step.n_lacks) {
            (true, _) => text!(th: "กรอกฉบับร่าง", en: "finish the draft"),
            (false, 0 | 1) => text!(th: "{lacks}", en: "{lacks}"),
            (false, n) => text!(th: "{lacks} และอื่น ๆ รวม {n} อย่าง", en: "{lacks}, {n} things in all"),
        };
        let how = how.get(options.lang);
        let worth = text!(th: "{points} คะแนน OIT", en: "{points} points of OIT");
        plain(&format!("  {item} {title} ({}): {how} → {path}\n", worth.get(options.lang)));
    }
}

/// Points with two decimals, half up as all scores.
fn shown_points(points: f64) -> String {
    format!("{:.2}", (points * 100.0).round() / 100.0)
}

/// Errors stood in the way.
pub(super) fn not_published(list: &Diagnostics, options: &Options) {
    let n_errors = list.count(Severity::Error);
    if options.json {
        return summary(list);
    }
    say(
        options,
        &text!(
            th: "พบข้อผิดพลาด {n_errors} ข้อ จึงไม่ได้เผยแพร่ public/ ยังเป็นของเดิม",
            en: "{n_errors} errors; nothing was published, public/ is as it was"
        ),
    );
}

/// Everything was checked.
pub(super) fn checked(list: &Diagnostics, options: &Options) {
    let (n_errors, n_warnings) = (list.count(Severity::Error), list.count(Severity::Warning));
    if options.json {
        return summary(list);
    }
    say(
        options,
        &match (n_errors, n_warnings) {
            (0, 0) => text!(th: "ตรวจแล้ว ไม่พบปัญหา", en: "checked: no problems"),
            (0, _) => {
                text!(th: "ตรวจแล้ว เผยแพร่ได้ มีคำเตือน {n_warnings} ข้อ", en: "checked: can be published, {n_warnings} warnings")
            }
            _ => text!(
                th: "ตรวจแล้ว พบข้อผิดพลาด {n_errors} ข้อ คำเตือน {n_warnings} ข้อ",
                en: "checked: {n_errors} errors, {n_warnings} warnings"
            ),
        },
    );
}

/// One line of words.
pub(super) fn say(options: &Options, words: &Text) {
    // The log is all that a reader of SARIF understands.
    if options.sarif {
        return;
    }
    plain(&format!("{}\n", words.get(options.lang)));
}

/// Something went wrong outside the content.
pub(super) fn failure(words: &Text, lang: Lang) {
    plain_error(&format!("prongsai: {}\n", words.get(lang)));
}

/// Text to standard output, without colours in a pipe.
pub(super) fn plain(text: &str) {
    write(anstream::stdout(), text);
}

/// Text to standard error, without colours in a pipe.
pub(super) fn plain_error(text: &str) {
    write(anstream::stderr(), text);
}

fn summary(list: &Diagnostics) {
    let line = json!({ "errors": list.count(Severity::Error), "warnings": list.count(Severity::Warning) });
    plain(&format!("{line}\n"));
}

fn write(mut out: impl std::io::Write, text: &str) {
    // A reader who closes the pipe early (`| head`) has seen enough.
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}
