//! What is found, what is not, and that a mask never says more than it may.

use proptest::prelude::*;

use super::number::is_card;
use super::{Found, Kind, find, mask, values, veil};

fn kinds(text: &str) -> Vec<Kind> {
    find(text).into_iter().map(|found| found.kind).collect()
}

#[track_caller]
fn expect(kind: Kind, text: &str, value: &str) {
    let found = find(text);
    assert_eq!(found.iter().map(|found| (found.kind, found.value.as_str())).collect::<Vec<_>>(), [(kind, value)], "{text}");
}

#[test]
fn numbers_of_cards() {
    let id = "1234567890121";
    for text in [
        "1-2345-67890-12-1",
        "1 2345 67890 12 1",
        "1234567890121",
        "1 - 2345 - 67890 - 12 - 1",
        "1–2345–67890–12–1",
        "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑",
        "๑๒๓๔๕๖๗๘๙๐๑๒๑",
        "เลขประจำตัวประชาชน1234567890121ที่อยู่",
        "1 2 3 4 5 6 7 8 9 0 1 2 1",
        "เลขบัตรประชาชน: 1-234-567-890-121",
        "(1-2345-67890-12-1)",
        "- 1-2345-67890-12-1",
        "1234567890121, 100 บาท",
        "1234567890121.",
        "https://example.go.th/ 1234567890121",
    ] {
        expect(Kind::NationalId, text, id);
    }
    for text in [
        // The checksum is wrong; a company; one digit more, one less.
        "1-2345-67890-12-2",
        "0-2345-67890-12-3",
        "1234567890122",
        "12345678901210",
        "123456789012",
        // An amount, a code, a file, an address.
        "1,234,567,890,121",
        "1234567890121.00",
        "12.1234567890121",
        "A1234567890121",
        "1234567890121.jpg",
        "IMG_1234567890121",
        "https://example.go.th/?id=1234567890121",
        "http://a.th/1234567890121/b",
        "1-2345-67890-12-1-5",
        "9-1-2345-67890-12-1",
        "1-234-567-890-121",
        "66049123456",
        "978-616-123-456-1",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn telephones_that_people_carry() {
    for text in [
        "081-234-5678",
        "0812345678",
        "08 1234 5678",
        "08-1234-5678",
        "081 234 5678",
        "(081) 234 5678",
        "081.234.5678",
        "0-8123-4567-8",
        "+66 81 234 5678",
        "+66812345678",
        "+66-8-1234-5678",
        "๐๘๑-๒๓๔-๕๖๗๘",
        "โทร.0812345678 ในเวลาราชการ",
        "tel:0812345678",
        "08 1234 5678-9",
    ] {
        expect(Kind::Phone, text, "0812345678");
    }
    assert_eq!(kinds("0812345678 0898765432"), [Kind::Phone, Kind::Phone]);
    for text in [
        "0 4212 3456",
        "042-123456",
        "02-123-4567",
        "08-04-2566 12",
        "08 2565 2566",
        "0812345678901",
        "081234567",
        "1.0812345678",
        "0812345678.pdf",
        "https://line.me/ti/p/0812345678",
        "ที่ อด 0023.3/ว 0812345678/2566",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn addresses_where_anybody_has_mail() {
    expect(Kind::Email, "ติดต่อ somchai.j@Gmail.com ครับ", "somchai.j@gmail.com");
    expect(Kind::Email, "<somchai@hotmail.co.th>", "somchai@hotmail.co.th");
    expect(Kind::Email, "อีเมลsomchai@yahoo.com.", "somchai@yahoo.com");
    for text in ["saraban@udon.go.th", "@gmail.com", "a@mygmail.com", "a@gmail.com.example.go.th", "ราคา @ 5 บาท", "@somchai"]
    {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn accounts_of_people() {
    for text in [
        "เลขที่บัญชี 123-4-56789-0 ธนาคารกรุงไทย",
        "โอนเข้าบัญชีธนาคารกรุงไทย ชื่อ นายสมชาย ใจดี เลขที่ 1234567890",
        "ธ.ก.ส. 123-4-56789-0",
        "เลขที่บัญชี: ๑๒๓-๔-๕๖๗๘๙-๐",
        "นายสมชาย ใจดี พนักงานเทศบาล เลขบัญชี 123-4-56789-0",
    ] {
        expect(Kind::BankAccount, text, "1234567890");
    }
    for text in [
        // The agency's own, its books, a telephone of a bank, an amount.
        "เลขที่บัญชี 123-4-56789-0 ชื่อบัญชี เทศบาลตำบลตัวอย่าง",
        "เงินฝากธนาคาร กรุงไทย 123-4-56789-0  1,234,567.89",
        "เลขที่บัญชี 1101010101 เงินสดในมือ",
        "ธนาคารกรุงไทย โทร 1234567890",
        "ธนาคารกรุงไทย 1,234,567,890 บาท",
        "123-4-56789-0",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn houses_of_people() {
    for (text, value) in [
        ("นายสมชาย ใจดี อยู่บ้านเลขที่ 12/3 หมู่ 4 ตำบลบ้านตัวอย่าง", "12/3|4"),
        ("บ้านเลขที่ ๑๒/๓ หมู่ที่ ๔ ตำบลบ้านตัวอย่าง", "12/3|4"),
        ("นางสมหญิง ใจดี บ้านเลขที่ 12/3 ม.4", "12/3|4"),
        ("อาศัยอยู่บ้านเลขที่ 9 ถนนโพศรี", "9|"),
        ("นายสมชาย ใจดี อยู่เลขที่ 9 ซอย 2", "9|"),
    ] {
        expect(Kind::Address, text, value);
    }
    for text in [
        "สำนักงานเทศบาล เลขที่ 12 หมู่ 4 ตำบลบ้านตัวอย่าง",
        "ก่อสร้างถนน จากบ้านเลขที่ 12 หมู่ 4 ตำบลบ้านตัวอย่าง ถึงบ้านเลขที่ 45 หมู่ 4 ต.ตัวอย่าง",
        "วางท่อหน้าบ้านเลขที่ 12 หมู่ 4 ตำบลบ้านตัวอย่าง",
        "บริษัท ตัวอย่าง จำกัด ตั้งอยู่เลขที่ 12 ถนนตัวอย่าง",
        "ขอบ้านเลขที่ใหม่ ยื่นที่งานทะเบียน ชั้น 1",
        "ค่าธรรมเนียมบ้านเลขที่ 20 บาท",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn who_reported() {
    for text in [
        "ผู้ร้องเรียน นายสมชาย ใจดี",
        "ผู้ร้องเรียน: นายสมชาย ใจดี",
        "ผู้แจ้งเบาะแสคือนายสมชาย ใจดี",
        "ผู้กล่าวหา ชื่อ นาย สมชาย ใจดี ยื่นหนังสือ",
        "ลงชื่อ ........ ผู้ร้องเรียน\n(นายสมชาย ใจดี)",
        "นายสมชาย ใจดี (ผู้ร้องเรียน)",
        "นายสมชาย ใจดี ในฐานะผู้แจ้งเบาะแส",
        "นายสมชาย ใจดี ได้ร้องเรียนว่า",
        "ผู้ร้องเรียน ว่าที่ ร.ต. สมชาย ใจดี",
        "| ผู้ร้องเรียน | นายสมชาย ใจดี |",
    ] {
        expect(Kind::Reporter, text, "สมชายใจดี");
    }
    for text in [
        "ผู้รับเรื่องร้องเรียน นายสมชาย ใจดี",
        "ผู้ถูกร้องเรียน นายสมชาย ใจดี",
        "คุ้มครองผู้ร้องเรียน นายสมชาย ใจดี ปลัดเทศบาล กล่าวว่า",
        "การคุ้มครองผู้ร้องเรียน\n\nนายสมชาย ใจดี ปลัดเทศบาล",
        "แจ้งผู้ร้องเรียน นายกเทศมนตรี ลงนาม",
        "ผู้ร้องเรียน นาย/นาง/นางสาว ........",
        "ผู้ร้องเรียน นาย ก",
        "ผู้ร้องเรียนทราบภายใน 15 วัน",
        "ผู้ร้องเรียน นายอำเภอ เมือง",
        "ผู้ร้องเรียนในเขต ต.ตัวอย่าง อ.เมือง",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

/// What programs make of marks above and below letters: lost, unknown, another, before the vowel.
#[test]
fn words_that_lost_their_marks() {
    for (text, kind) in [
        ("ผ้่ร้องเรียน นายสมชาย ใจดี", Kind::Reporter),
        ("ผู้\u{fffd}ร\u{fffd}องเร\u{fffd}ยน นายสมชาย ใจดี", Kind::Reporter),
        ("นายสมชาย ใจดี อยบานเลขท 12/3 หม 4", Kind::Address),
        ("เลขที\u{fffd}บ\u{fffd}ญช\u{fffd} 123-4-56789-0", Kind::BankAccount),
    ] {
        assert_eq!(super::find_worn(text).into_iter().map(|found| found.kind).collect::<Vec<_>>(), [kind], "{text}");
    }
    assert_eq!(super::find_worn("ผู้ถูกร้องเรียน นายสมชาย ใจดี"), []);
}

#[test]
fn names_of_programs_and_agencies_are_nobodys() {
    for name in [
        "Admin",
        "USER",
        "hp",
        "Windows 10",
        "DESKTOP-PC",
        "สำนักปลัดเทศบาล",
        "user-01",
        "",
        "12",
        "Microsoft Office User",
        "กองคลัง อบต.ตัวอย่าง",
    ] {
        assert!(super::is_generic(name), "{name}");
    }
    for name in ["Somchai Jaidee", "นายสมชาย ใจดี", "สมหญิง", "somchai.j"] {
        assert!(!super::is_generic(name), "{name}");
    }
}

#[test]
fn masks_keep_little() {
    for (kind, text, shown) in [
        (Kind::NationalId, "1-2345-67890-12-1", "1-2xxx-xxxxx-xx-x"),
        (Kind::NationalId, "๑๒๓๔๕๖๗๘๙๐๑๒๑", "๑๒xxxxxxxxxxx"),
        (Kind::Phone, "081-234-5678", "081-xxx-xxxx"),
        (Kind::Email, "somchai@gmail.com", "sxxxx@gmail.com"),
        (Kind::BankAccount, "123-4-56789-0", "123-x-xxxxx-x"),
        (Kind::Address, "บ้านเลขที่ 12/3 หมู่ 4", "บ้านเลขที่ xx/x หมู่ x"),
        (Kind::Reporter, "นายสมชาย ใจดี", "นายส…"),
        (Kind::Reporter, "น.ส.เสมอ ใจดี", "น.ส.เส…"),
    ] {
        assert_eq!(mask(kind, text), shown);
    }
    assert_eq!(veil("บัตร ๑๒๓๔๕๖๗๘๙๐๑๒๑ โทร 081-234-5678", None, |_| true), "บัตร ••••••••••••• โทร xxx-xxx-xxxx");
    assert_eq!(
        veil("บัตร ๑๒๓๔๕๖๗๘๙๐๑๒๑ โทร 081-234-5678", None, |kind| kind
            == Kind::NationalId),
        "บัตร ••••••••••••• โทร 081-234-5678"
    );
    assert_eq!(veil("ก@ข", Some((1, 4)), |_| false), "•@ข", "a place inside a letter covers it");
}

#[test]
fn values_of_a_list() {
    for (typed, value) in [
        ("081 234 5678", "0812345678"),
        ("+66 81 234 5678", "0812345678"),
        ("1-2345-67890-12-1", "1234567890121"),
        ("123-4-56789-0", "1234567890"),
        ("Somchai@Gmail.com", "somchai@gmail.com"),
        ("นายสมชาย ใจดี", "สมชายใจดี"),
    ] {
        assert!(values(typed).contains(&value.to_owned()), "{typed}: {:?}", values(typed));
    }
}

/// A number with its checksum.
fn card(first: u32, rest: &[u32]) -> String {
    let digits: String = std::iter::once(first).chain(rest.iter().copied()).map(|digit| digit.to_string()).collect();
    (0..10).map(|last| format!("{digits}{last}")).find(|digits| is_card(digits)).expect("one of ten checksums is right")
}

/// The number in a way that people write it.
fn written(digits: &str, way: usize, is_thai: bool) -> String {
    let parts = [&digits[..1], &digits[1..5], &digits[5..10], &digits[10..12], &digits[12..]];
    let text = match way {
        0 => digits.to_owned(),
        1 => parts.join("-"),
        2 => parts.join(" "),
        _ => parts.join(" - "),
    };
    let thai = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(u32::from('๐') + digit)).unwrap_or(c);
    if is_thai { text.chars().map(thai).collect() } else { text }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_card_is_found_and_masked(
        first in 1_u32..=8,
        rest in proptest::collection::vec(0_u32..10, 11),
        (way, is_thai) in (0_usize..4, any::<bool>()),
        (before, after) in ("[ก-ฮa-zะ-ู ]{0,12}[ก-ฮ: (]", "[ก-ฮ )][ก-ฮa-z\u{e31}่ ]{0,12}"),
    ) {
        let digits = card(first, &rest);
        let number = written(&digits, way, is_thai);
        let text = format!("{before}{number}{after}");
        let found = find(&text);
        let is_it = |found: &&Found| found.kind == Kind::NationalId && found.value == digits && text[found.range.clone()] == number;
        prop_assert_eq!(found.iter().filter(is_it).count(), 1, "{}: {:?}", text, found);
        let shown = mask(Kind::NationalId, &number);
        prop_assert_eq!(shown.chars().filter(|c| c.is_numeric()).count(), 2);
        prop_assert_eq!(shown.chars().count(), number.chars().count());
        let veiled = veil(&text, None, |_| true);
        prop_assert_eq!(veiled.len(), text.len());
        prop_assert!(!veiled.chars().any(char::is_numeric), "{}", veiled);
    }

    #[test]
    fn other_numbers_of_13_digits_are_no_card(digits in "[0-9]{13}") {
        prop_assume!(!is_card(&digits));
        let text = format!("เลข {digits} นะ");
        prop_assert!(!kinds(&text).contains(&Kind::NationalId));
    }

    #[test]
    fn longer_numbers_are_nothing(digits in "[0-9]{14,40}") {
        prop_assert_eq!(kinds(&format!("เลข {digits} นะ")), []);
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,80}") {
        for found in find(&text) {
            let slice = &text[found.range.clone()];
            prop_assert!(!slice.is_empty());
            let _ = mask(found.kind, slice);
        }
        prop_assert_eq!(veil(&text, None, |_| true).len(), text.len());
        let _ = values(&text);
    }

    #[test]
    fn texts_made_of_what_is_looked_for_are_survived(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("ผู้ร้องเรียน"), Just("บ้านเลขที่"), Just("เลขที่บัญชี"), Just("นาย"), Just("นาง"), Just("สมชาย"), Just(" "), Just("\n"), Just("12/3"),
                Just("หมู่ 4"), Just("081"), Just("-"), Just("234"), Just("5678"), Just("๙"), Just("@gmail.com"), Just("ธนาคาร"), Just("+66"), Just("("), Just("่"),
                Just("ได้"), Just("น.ส."), Just("ประจำตัวประชาชน"), Just("."),
            ],
            0..24,
        ),
    ) {
        let text = parts.concat();
        let mut end = 0;
        for found in find(&text) {
            prop_assert!(found.range.start >= end && text.is_char_boundary(found.range.start) && text.is_char_boundary(found.range.end));
            end = found.range.end;
            let shown = mask(found.kind, &text[found.range.clone()]);
            let n_digits = shown.chars().filter(|c| c.is_numeric()).count();
            let most = match found.kind { Kind::NationalId => 2, Kind::Phone | Kind::BankAccount => 3, Kind::Email | Kind::Reporter => usize::MAX, _ => 0 };
            prop_assert!(n_digits <= most, "{}", shown);
        }
        prop_assert_eq!(veil(&text, None, |_| true).len(), text.len());
    }
}
