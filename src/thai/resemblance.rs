//! How much two Thai texts resemble each other, by runs of three characters: Thai writes no spaces between words.

use std::collections::BTreeSet;

/// Share of the shorter text's runs of three characters that the other has too, in percent; spaces, marks and `ฯ` do not count.
/// `None` where a text is too short to be judged. Source of the measure: the overlap coefficient (Szymkiewicz–Simpson).
pub fn percent(one: &str, other: &str) -> Option<usize> {
    /// A text of fewer runs is a phrase that many sentences share.
    const LEAST_RUNS: usize = 20;
    let (one, other) = (runs(one), runs(other));
    let shorter = one.len().min(other.len());
    (shorter >= LEAST_RUNS).then(|| one.intersection(&other).count() * 100 / shorter)
}

fn runs(text: &str) -> BTreeSet<[char; 3]> {
    let letters: Vec<char> =
        text.chars().filter(|c| (('\u{e01}'..='\u{e4e}').contains(c) && *c != 'ๆ' || c.is_alphanumeric()) && *c != 'ฯ').collect();
    letters.windows(3).filter_map(|run| <[char; 3]>::try_from(run).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Remedies and steps of a published memo.
    #[test]
    fn the_same_said_otherwise() {
        for (remedy, step) in [
            (
                "กำหนดแนวทาง/เกณฑ์การประเมินผลการปฏิบัติงานรายบุคคลให้ชัดเจน",
                "บันทึกชี้แจงแนวทาง/เกณฑ์การประเมินผลการปฏิบัติงานรายบุคคลในหน่วยงานทราบ",
            ),
            (
                "แจกเวียนประชาสัมพันธ์แนวทางขั้นตอนการขออนุญาตยืมทรัพย์สินฯ ให้หน่วยงานแจ้งบุคลากรในสังกัดรับทราบและถือปฏิบัติ",
                "บันทึกแจ้งเวียนแนวทางขั้นตอนการขออนุญาตยืมทรัพย์สินฯ ให้หน่วยงานแจ้งบุคลากรในสังกัดรับทราบและถือปฏิบัติ",
            ),
            (
                "หน่วยงานมีการจัดทำคอนเทนต์เสนอผลงานและมีการเผยแพร่ให้ประชาชนทราบผ่านทุกช่องทาง",
                "จัดทำคอนเทนต์เสนอผลงานและเผยแพร่ให้ประชาชนทราบผ่านทุกช่องทาง",
            ),
        ] {
            assert!(percent(remedy, step).is_some_and(|percent| percent >= 70), "{remedy}: {:?}", percent(remedy, step));
        }
        for (remedy, step) in [
            (
                "มีการกำกับ ตรวจสอบ สุ่มตรวจ การขอใช้ทรัพย์สินของราชการ",
                "กำหนดแนวทางขั้นตอนการขออนุญาตยืมทรัพย์สินของราชการไปใช้ปฏิบัติงาน เช่น การขอใช้รถยนต์ของราชการ เป็นต้น",
            ),
            ("หน่วยงานในสังกัดเทศบาลนครอุดรธานี แจกเวียนแนวทางให้บุคลากรในสังกัดรับทราบ", "จัดอบรมส่งเสริมคุณธรรมจริยธรรมให้กับบุคลากรในหน่วยงาน"),
        ] {
            assert!(percent(remedy, step).is_some_and(|percent| percent < 60), "{remedy}: {:?}", percent(remedy, step));
        }
        assert_eq!(percent("เพิ่มรูปถ่าย", "ถ่ายรูป"), None);
    }
}
