//! What the probe says of good, odd and hostile PDFs.

use proptest::prelude::*;

use super::super::sample::{assemble, locked_pdf, scanned_pdf, text_pdf};
use super::{Damage, MAX_PLAIN_BYTES, MAX_STREAM_BYTES, PdfFacts};

fn probe(bytes: Vec<u8>) -> PdfFacts {
    super::probe(bytes).0
}

fn opens(pages: u32, has_text: bool) -> PdfFacts {
    PdfFacts::Opens { pages, has_text: Some(has_text) }
}

#[test]
fn the_samples_are_what_they_are_called() {
    assert_eq!(probe(text_pdf(1)), opens(1, true));
    assert_eq!(probe(text_pdf(3)), opens(3, true));
    assert_eq!(probe(scanned_pdf()), opens(1, false));
    assert_eq!(probe(locked_pdf()), PdfFacts::Locked);
}

#[test]
fn what_does_not_open() {
    let sample = text_pdf(2);
    assert_eq!(probe(Vec::new()), PdfFacts::Broken(Damage::Cut));
    assert_eq!(probe(b"%PDF-1.4\n%sample\n".to_vec()), PdfFacts::Broken(Damage::Cut));
    assert_eq!(probe([b"%PDF-1.4\n", &[0xA7; 5000][..], b"%%EOF"].concat()), PdfFacts::Broken(Damage::Structure));
    assert_eq!(probe(sample[..sample.len() / 2].to_vec()), PdfFacts::Broken(Damage::Cut));
    assert_eq!(probe(text_pdf(0)), PdfFacts::Broken(Damage::NoPages));
}

#[test]
fn small_faults_that_readers_mend_are_no_damage() {
    let text = String::from_utf8(text_pdf(2)).expect("the sample is ASCII");
    assert_eq!(probe(text.replace("startxref\n", "startxref\n9").into_bytes()), opens(2, true), "a wrong place of the table");
    assert_eq!(probe(text.replace("0000000", "0000009").into_bytes()), opens(2, true), "a wrong table");
    assert_eq!(probe(format!("{text}\n\n-- sent by mail --\n").into_bytes()), opens(2, true), "lines after the end");
    assert_eq!(
        probe(text.replace("/Count 2", "/Count 2000000000").into_bytes()),
        opens(2, true),
        "a number of pages that is not true"
    );
}

#[test]
fn loops_end() {
    let tree = |kids: &str| {
        let pages = format!("<< /Type /Pages /Kids [{kids}] /Count 9 >>");
        assemble(
            &["<< /Type /Catalog /Pages 2 0 R >>", &pages, "<< /Type /Pages /Kids [2 0 R 3 0 R 4 0 R] /Parent 2 0 R >>", PAGE],
            "",
        )
    };
    assert_eq!(probe(tree("2 0 R 3 0 R")), opens(1, false));
    assert_eq!(probe(tree("2 0 R 2 0 R")), PdfFacts::Broken(Damage::NoPages));
    let form =
        "<< /Type /XObject /Subtype /Form /Resources << /XObject << /Fm 4 0 R >> >> /Length 6 >>\nstream\n/Fm Do\nendstream";
    let page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /Fm 4 0 R >> >> >>";
    let objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, form];
    assert_eq!(probe(assemble(&objects, "")), opens(1, false), "a form that draws itself");
}

const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>";

#[test]
fn text_in_a_form_counts() {
    let form = "<< /Type /XObject /Subtype /Form /Length 15 >>\nstream\nBT (Text) Tj ET\nendstream";
    let page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /Fm 5 0 R >> >> >>";
    let content = "<< /Length 6 >>\nstream\n/Fm Do\nendstream";
    let objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, form];
    assert_eq!(probe(assemble(&objects, "")), opens(1, true));
}

#[test]
fn deep_nesting_is_survived() {
    for (open, close) in [("[", "]"), ("<< /A ", ">>"), ("(", ")")] {
        let deep = format!("{}{}", open.repeat(200_000), close.repeat(200_000));
        let objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE, &deep];
        assert_eq!(probe(assemble(&objects, "")), opens(1, false), "{open}");
    }
    // A chain of page trees, each inside the one before.
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    objects.extend((3..5000).map(|next| format!("<< /Type /Pages /Kids [{next} 0 R] /Count 1 >>")));
    objects.push(PAGE.to_owned());
    assert_eq!(probe(assemble(&objects, "")), PdfFacts::Broken(Damage::NoPages));
}

#[test]
fn what_unpacks_to_too_much_is_given_up() {
    // Run-length: 2 bytes stand for 128 (ISO 32000-1, 7.4.5).
    let packed: String = std::iter::repeat_n("8141", MAX_STREAM_BYTES / 128 + 1).collect();
    let bomb = format!("<< /Filter [/ASCIIHexDecode /RunLengthDecode] /Length {} >>\nstream\n{packed}\nendstream", packed.len());
    let page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>";
    let objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, &bomb];
    assert_eq!(probe(assemble(&objects, "")), PdfFacts::Opens { pages: 1, has_text: None });
}

#[test]
fn an_object_that_would_fill_the_memory_is_given_up() {
    let array = format!("[{}]", "0 ".repeat(MAX_PLAIN_BYTES / 2));
    let objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE, &array];
    assert_eq!(probe(assemble(&objects, "")), PdfFacts::Unknown);
}

#[test]
fn a_table_that_names_the_same_bytes_again_and_again_is_given_up() {
    let large = format!("<< /Length 1000000 >>\nstream\n{}\nendstream", "x".repeat(1_000_000));
    let file = assemble(&["<< /Type /Catalog /Pages 2 0 R >>", &large], "");
    let text = String::from_utf8(file).expect("the sample is ASCII");
    let place = text.find("2 0 obj").expect("object 2");
    let (body, table) = text.split_once("xref\n").expect("a table");
    let table = table.replacen("0 3\n", "0 100003\n", 1).replacen(
        "trailer",
        &format!("{}trailer", format!("{place:010} 00000 n \n").repeat(100_000)),
        1,
    );
    assert_eq!(probe(format!("{body}xref\n{table}").into_bytes()), PdfFacts::Unknown);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = probe([super::SIGNATURE, &bytes].concat());
    }

    #[test]
    fn changed_samples_are_survived(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), which in 0..3) {
        let mut bytes = match which { 0 => text_pdf(2), 1 => scanned_pdf(), _ => locked_pdf() };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = probe(bytes);
    }

    #[test]
    fn cut_samples_do_not_open(cut in 1..text_pdf(2).len() - 8) {
        let facts = probe(text_pdf(2)[..cut].to_vec());
        prop_assert!(matches!(facts, PdfFacts::Broken(_)), "{facts:?} at {cut}");
    }
}
