//! What attachments say of people: PDFs of several programs, Office files, pictures, tables; hostile ones cost little.

use std::io::{Cursor, Write as _};
use std::sync::Arc;
use std::time::Duration;

use prongsai::diagnostic::{Diagnostics, Lang};
use prongsai::source::{Source, SourcePath, Sources};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::support::{codes, folder, report, root, sources};

/// A post that has a file.
fn with(name: &str, bytes: &[u8]) -> (Sources, Diagnostics) {
    let news = format!(
        "-- content/news/a.md --\n+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n[[attachment]]\nfile = \"{name}\"\ntitle = \"ก\"\n+++\n"
    );
    let mut sources = sources(&news);
    sources.insert_bytes(SourcePath::new(&format!("content/news/{name}")), bytes);
    let diagnostics = prongsai::build(&sources).diagnostics;
    (sources, diagnostics)
}

#[track_caller]
fn expect(name: &str, bytes: &[u8], expected: &[&str]) {
    let (sources, diagnostics) = with(name, bytes);
    assert_eq!(codes(&diagnostics), expected, "{name}\n{}", report(&sources, &diagnostics, Lang::En));
}

/// The messages in English, for what they say of the place.
fn messages(name: &str, bytes: &[u8]) -> Vec<String> {
    with(name, bytes).1.iter().map(|problem| problem.message.en.clone()).collect()
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part is written");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A PDF whose pages show these contents, in a font of two bytes with Thai in it, and one of single bytes.
fn pdf(contents: &[&str]) -> Vec<u8> {
    pdf_with(contents, "")
}

/// The same, whose pages have something more in their dictionaries.
fn pdf_with(contents: &[&str], more: &str) -> Vec<u8> {
    let cmap = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0010> <0019> <0030> <0100> <017F> <0E00> endbfrange \
        2 beginbfchar <0001> <002D> <0003> <0020> endbfchar endcmap";
    let stream = |text: &str| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let kids: String = (0..contents.len()).map(|n| format!("{} 0 R ", 6 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /Type /Font /DW 500 >>] >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 0 /Widths [600] /FontDescriptor << /MissingWidth 600 >> >>".to_owned(),
        stream(cmap),
    ];
    for (n, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {more} /Contents {} 0 R /Resources << /Font << /W 3 0 R /S 4 0 R >> >> >>",
            7 + 2 * n
        ));
        objects.push(stream(content));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = String::new();
    for (number, object) in (1..).zip(&objects) {
        table = format!("{table}{:010} 00000 n \n", file.len());
        file = format!("{file}{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    let end = format!(
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    (file + &end).into_bytes()
}

#[test]
fn a_number_that_is_drawn_in_pieces_is_one_number() {
    for (what, content) in [
        ("one string", "BT /S 10 Tf 50 700 Td (ID 1-2345-67890-12-1) Tj ET"),
        ("strings after each other", "BT /S 10 Tf 50 700 Td (1-23) Tj (45-678) Tj <39302D31322D31> Tj ET"),
        ("kerning", "BT /S 10 Tf 50 700 Td [(1-2) -20 (345-6) 15 (7890-12-1)] TJ ET"),
        ("pieces put side by side", "BT /S 10 Tf 50 700 Td (1-2345-) Tj 42 0 Td (67890-12-1) Tj ET"),
        (
            "text objects put side by side",
            "BT /S 10 Tf 1 0 0 1 50 700 Tm (1-2345-) Tj ET BT /S 10 Tf 1 0 0 1 92 700 Tm (67890-12-1) Tj ET",
        ),
        (
            "a picture turned upside down",
            "q 1 0 0 -1 0 842 cm BT /S 10 Tf 1 0 0 -1 50 100 Tm (1-2345-) Tj 1 0 0 -1 92 100 Tm (67890-12-1) Tj ET Q",
        ),
        (
            "boxes of a form",
            "BT /S 10 Tf 50 700 Td (1) Tj 14 0 Td (2) Tj 14 0 Td (3) Tj 14 0 Td (4) Tj 14 0 Td (5) Tj 14 0 Td (6) Tj 14 0 Td (7) Tj 14 0 Td (8) Tj 14 0 Td (9) Tj 14 0 Td (0) Tj 14 0 Td (1) Tj 14 0 Td (2) Tj 14 0 Td (1) Tj ET",
        ),
        (
            "two bytes",
            "BT /W 10 Tf 50 700 Td <001100010012001300140015> Tj <0001001600170018001900100001001100120001> Tj <0011> Tj ET",
        ),
        (
            "digits of Thai",
            "BT /W 10 Tf 50 700 Td <0151000101520153015401550001015601570158015901500001015101520001> Tj <0151> Tj ET",
        ),
        ("octal", "BT /S 10 Tf 50 700 Td (\\061\\0552345-67890-12-1) Tj ET"),
        ("what it reads", "/Span << /ActualText (1-2345-67890-12-1) >> BDC BT /S 10 Tf 50 700 Td (xxxx) Tj ET EMC"),
    ] {
        expect("a.pdf", &pdf(&[content]), &["P907"]);
        let messages = messages("a.pdf", &pdf(&["BT /S 10 Tf 50 700 Td (one) Tj ET", content]));
        assert!(messages[0].contains("a.pdf, page 2"), "{what}: {messages:?}");
    }
    for (what, content) in [
        ("two columns", "BT /S 10 Tf 50 700 Td (1234567) Tj 200 0 Td (890121) Tj ET"),
        ("two lines", "BT /S 10 Tf 50 700 Td (1234567) Tj 42 -12 Td (890121) Tj ET"),
        ("a longer number", "BT /S 10 Tf 50 700 Td (1234567890121) Tj (55) Tj ET"),
        ("a wrong checksum", "BT /S 10 Tf 50 700 Td (1-2345-67890-12-2) Tj ET"),
    ] {
        let (_, diagnostics) = with("a.pdf", &pdf(&[content]));
        assert_eq!(codes(&diagnostics), [] as [&str; 0], "{what}");
    }
}

/// The same page, made by three programs that embed fonts in three ways; who wrote one of them.
#[test]
fn pdfs_as_programs_make_them() {
    for (name, expected) in [
        ("chromium.pdf", &["P907", "P908", "P909", "P910", "P911", "P912"][..]),
        ("libreoffice.pdf", &["P907", "P908", "P909", "P910", "P911", "P912"]),
        ("typst.pdf", &["P907", "P908", "P909", "P910", "P911", "P912", "P914"]),
    ] {
        let bytes = std::fs::read(root().join("tests/files/privacy").join(name)).expect("a file of the tests");
        let (sources, diagnostics) = with(name, &bytes);
        let shown = report(&sources, &diagnostics, Lang::Th);
        assert_eq!(codes(&diagnostics), expected, "{name}\n{shown}");
        for secret in ["67890", "๖๗๘๙๐", "5678", "somchai", "12/3", "Jaidee", "สมชาย"] {
            assert!(!shown.contains(secret), "{name}: {secret}\n{shown}");
        }
        assert_eq!(diagnostics.iter().count(), expected.len(), "one report a kind\n{shown}");
    }
}

#[test]
fn fields_and_notes_of_a_pdf() {
    for note in ["/V (1-2345-67890-12-1)", "/Contents (1-2345-67890-12-1)", "/Parent << /V (1-2345-67890-12-1) >>"] {
        let more = format!("/Annots [<< /Subtype /Widget {note} >>]");
        expect("a.pdf", &pdf_with(&["BT /S 10 Tf 50 700 Td (form) Tj ET"], &more), &["P907"]);
    }
}

#[test]
fn many_of_one_file_are_one_report() {
    let content = "BT /S 10 Tf 50 700 Td (081-234-5678) Tj 0 -20 Td (081-234-5679) Tj 0 -20 Td (081-234-5678) Tj 0 -20 Td (089-999-9999) Tj ET";
    assert_eq!(messages("a.pdf", &pdf(&[content])), ["a.pdf, page 1: a mobile number 081-xxx-xxxx, and 2 more"]);
}

const DOCX: &str = r#"<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>บัตร 1-23</w:t></w:r><w:r><w:t xml:space="preserve">45-67890-</w:t></w:r><w:r><w:t>12-1</w:t></w:r></w:p></w:body></w:document>"#;

#[test]
fn word_files() {
    expect("a.docx", &packed(&[("word/document.xml", DOCX)]), &["P907"]);
    let deleted = DOCX.replace("w:t>", "w:delText>").replace("w:t xml", "w:delText xml");
    expect("a.docx", &packed(&[("word/document.xml", &deleted)]), &["P907"]);
    expect("a.docx", &packed(&[("word/comments.xml", DOCX)]), &["P907"]);
    let cells =
        "<w:tbl><w:tr><w:tc><w:p><w:t>ผู้ร้องเรียน</w:t></w:p></w:tc><w:tc><w:p><w:t>นายสมชาย ใจดี</w:t></w:p></w:tc></w:tr></w:tbl>";
    expect("a.docx", &packed(&[("word/document.xml", cells)]), &["P912"]);
    let escaped = DOCX.replace("1-23", "&#49;&#x2D;23");
    expect("a.docx", &packed(&[("word/document.xml", &escaped)]), &["P907"]);
    let plain = DOCX.replace("12-1", "12-2");
    for (name, xml, expected) in [
        ("docProps/core.xml", "<cp:coreProperties><dc:creator>Somchai Jaidee</dc:creator></cp:coreProperties>", &["P914"][..]),
        (
            "docProps/core.xml",
            "<cp:coreProperties><cp:lastModifiedBy>นายสมชาย ใจดี</cp:lastModifiedBy></cp:coreProperties>",
            &["P914"],
        ),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:creator>Admin</dc:creator><cp:lastModifiedBy>HP</cp:lastModifiedBy></cp:coreProperties>",
            &[],
        ),
        ("docProps/core.xml", "<cp:coreProperties><dc:creator>เทศบาลตำบลตัวอย่าง</dc:creator></cp:coreProperties>", &[]),
        ("docProps/app.xml", "<Properties><Manager>Somchai Jaidee</Manager><Company>A</Company></Properties>", &["P914"]),
        ("word/comments.xml", "<w:comment w:author=\"Somchai Jaidee\"><w:p/></w:comment>", &["P914"]),
        ("word/settings.xml", "<w:t>1-2345-67890-12-1</w:t>", &[]),
    ] {
        expect("a.docx", &packed(&[("word/document.xml", &plain), (name, xml)]), expected);
    }
    // Numbers of places in a drawing are no text.
    expect("a.docx", &packed(&[("word/document.xml", "<w:p><wp:posOffset>1234567890121</wp:posOffset></w:p>")]), &[]);
}

#[test]
fn workbooks_and_slides() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "ว่าง").expect("a cell");
    let sheet = book.add_worksheet();
    sheet.set_name("รายชื่อ & อื่น").expect("a name");
    sheet.write(0, 0, "เลข").expect("a cell");
    sheet.write(1, 0, 1_234_567_890_121.0).expect("a cell");
    let numbers = book.save_to_buffer().expect("a workbook");
    assert_eq!(messages("a.xlsx", &numbers), ["a.xlsx, sheet รายชื่อ & อื่น: the number of a citizen's card 12xxxxxxxxxxx"]);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in ["เลขที่บัญชี", "123-4-56789-0", "ธนาคารกรุงไทย"].into_iter().enumerate()
    {
        sheet.write(0, u16::try_from(column).expect("few"), text).expect("a cell");
    }
    expect("a.xlsx", &book.save_to_buffer().expect("a workbook"), &["P910"]);
    let slide = "<p:sld><a:p><a:r><a:t>1-2345-67890-12-1</a:t></a:r></a:p></p:sld>";
    assert_eq!(
        messages("a.pptx", &packed(&[("ppt/slides/slide3.xml", slide)])),
        ["a.pptx, slide 3: the number of a citizen's card 1-2xxx-xxxxx-xx-x"]
    );
    let open = "<office:document-content xmlns:office=\"o\"><office:body><text:p>1-2345-<text:span>67890-12-1</text:span></text:p></office:body></office:document-content>";
    let meta = "<office:document-meta><dc:creator>Somchai Jaidee</dc:creator></office:document-meta>";
    expect("a.odt", &packed(&[("content.xml", open), ("meta.xml", meta)]), &["P907", "P914"]);
}

#[test]
fn tables_and_files_of_old_office() {
    expect("a.csv", "ชื่อ,เลข\nก,1234567890121\n".as_bytes(), &["P907"]);
    let (thai, _, _) = encoding_rs::WINDOWS_874.encode("ผู้ร้องเรียน นายสมชาย ใจดี");
    expect("a.csv", &thai, &["P912"]);
    let wide: Vec<u8> = "เลข 1-2345-67890-12-1 ".encode_utf16().flat_map(u16::to_le_bytes).collect();
    expect("a.txt", &[b"\xFF\xFE", &wide[..]].concat(), &["P907"]);
    let part: Vec<u8> = "WordDocument\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &[0; 504][..], &part, &wide].concat();
    expect("a.doc", &old, &["P907"]);
}

/// A JPEG of which the size can be read, with a place: degrees, minutes, seconds.
fn photo(north: [u32; 3], artist: &str) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    let artist = format!("{artist}\0\0\0\0\0");
    let n_artist = u32::try_from(artist.len()).expect("short");
    // Two tags: Artist (0x013B, ASCII) at 80, GPS (0x8825, LONG) at 38.
    tiff.extend(b"\0\x02\x01\x3B\0\x02");
    tiff.extend(n_artist.to_be_bytes());
    tiff.extend(b"\0\0\0\x50\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    // One tag: latitude (0x0002, three RATIONAL) at 56.
    tiff.extend(b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0");
    tiff.extend(north.iter().flat_map(|part| [part.to_be_bytes(), 1_u32.to_be_bytes()].concat()));
    tiff.extend(artist.as_bytes());
    let length = u16::try_from(2 + 6 + tiff.len()).expect("short").to_be_bytes();
    let size: &[u8] = b"\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0\xFF\xD9";
    [b"\xFF\xD8\xFF\xE1", &length[..], b"Exif\0\0", &tiff, size].concat()
}

#[test]
fn pictures_that_say_where_they_were_taken() {
    expect("a.jpg", &photo([17, 24, 0], "admin"), &["P913"]);
    expect("a.jpg", &photo([0, 0, 0], "admin"), &[]);
    expect("a.jpg", &photo([0, 0, 0], "Somchai Jaidee"), &["P914"]);
    let located = photo([17, 24, 0], "admin");
    // The same notes in PNG and WebP.
    let tiff = &located[12..located.len() - 15];
    let mut webp = webp::Encoder::from_rgb(&[0; 12], 2, 2).encode(50.0).to_vec();
    let chunk = webp.split_off(12);
    let padded = [tiff, &[0][..tiff.len() % 2]].concat();
    let length = u32::try_from(tiff.len()).expect("short").to_le_bytes();
    let body = [b"WEBPVP8X\x0a\0\0\0\x08\0\0\0\x01\0\0\x01\0\0", &chunk[..], b"EXIF", &length, &padded].concat();
    let size = u32::try_from(body.len()).expect("short").to_le_bytes();
    expect("a.webp", &[b"RIFF", &size[..], &body].concat(), &["P913"]);
    let mut png = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1, 1).write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    let mut png = png.into_inner();
    let length = u32::try_from(tiff.len()).expect("short").to_be_bytes();
    let chunk = [&length[..], b"eXIf", tiff, &[0; 4]].concat();
    png.splice(33..33, chunk);
    expect("a.png", &png, &["P913"]);
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='17,24N'/>";
    let app1 = [b"\xFF\xE1".as_slice(), &u16::try_from(xmp.len() + 2).expect("short").to_be_bytes(), xmp].concat();
    let bare = photo([0, 0, 0], "admin");
    expect("a.jpg", &[&bare[..2], &app1, &bare[2..]].concat(), &["P913"]);
}

#[test]
fn pictures_inside_files() {
    let located = photo([17, 24, 0], "admin");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/media/image1.jpeg", SimpleFileOptions::default()).expect("a part");
    zip.write_all(&located).expect("a part is written");
    expect("a.docx", &zip.finish().expect("an archive").into_inner(), &["P913"]);
    let file = pdf(&["BT /S 10 Tf 50 700 Td (photo) Tj ET"]);
    let picture =
        format!("20 0 obj\n<< /Type /XObject /Subtype /Image /Filter /DCTDecode /Length {} >>\nstream\n", located.len());
    // Without its table the file is read object by object.
    let at = file.windows(5).position(|window| window == b"xref\n").expect("a table");
    let whole = [&file[..at], picture.as_bytes(), &located, b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"].concat();
    expect("a.pdf", &whole, &["P913"]);
}

/// Portraits are made anew; a file that no document names stays at home.
#[test]
fn only_what_is_published_counts() {
    let person = "-- content/executives/01-a.md --\n+++\nname = \"นายสมชาย ใจดี\"\nposition = \"ปลัด\"\ngroup = \"permanent\"\nphoto = \"a.jpg\"\n+++\n-- content/executives/a.jpg (located jpg) --\n";
    let found = |fixture: &str| codes(&prongsai::build(&sources(fixture)).diagnostics);
    assert!(!found(person).contains(&"P913"));
    assert_eq!(found("-- content/news/a.jpg (located jpg) --\n"), ["P207"]);
    let news = "-- content/news/a.md --\n+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n+++\n\n";
    assert_eq!(found(&format!("{news}![ก](a.jpg)\n-- content/news/a.jpg (located jpg) --\n")), ["P913"]);
    assert_eq!(found(&format!("{news}[ก](a.jpg)\n-- content/news/a.jpg (located jpg) --\n")), ["P913"]);
}

#[test]
fn a_file_is_allowed_with_a_reason() {
    let (sources, diagnostics) = with("a.docx", &packed(&[("word/document.xml", DOCX)]));
    assert_eq!(codes(&diagnostics), ["P907"]);
    let settings = sources.text(&SourcePath::new("content/site.toml")).expect("settings").to_owned();
    for (entry, expected) in [
        ("file = \"news/a.docx\"", &[][..]),
        ("allow = \"1 2345 67890 12 1\"", &[]),
        ("file = \"news/b.docx\"", &["P707", "P907"]),
    ] {
        let mut sources = sources.clone();
        let settings = format!("{settings}\n[[privacy]]\n{entry}\nreason = \"เลขสมมุติ\"\n");
        sources.insert_bytes(SourcePath::new("content/site.toml"), settings.as_bytes());
        assert_eq!(codes(&prongsai::build(&sources).diagnostics), expected, "{entry}");
    }
}

#[test]
fn what_unpacks_to_much_costs_little() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in [
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "word/document.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/header3.xml",
    ] {
        zip.start_file(part, SimpleFileOptions::default()).expect("a part");
        let start = if part.starts_with("xl") { "<sst><si><t>" } else { "<w:t>" };
        zip.write_all(start.as_bytes()).expect("a part is written");
        for _ in 0..40 {
            zip.write_all(&vec![b'0'; 1024 * 1024]).expect("a part is written");
        }
    }
    let bomb = zip.finish().expect("an archive").into_inner();
    let deep = packed(&[("word/document.xml", &"<w:p>".repeat(200_000))]);
    let wide = packed(&[("word/document.xml", &format!("<w:p {}/>", "a=\"1\" ".repeat(100_000)))]);
    let rude = packed(&[("word/document.xml", "<!DOCTYPE a [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&c;&c;\">]><w:t>&a;</w:t>")]);
    // 240 MB of zeros, 200,000 elements deep, 100,000 attributes, entities.
    for (bytes, expected) in [(bomb, &["P915"][..]), (deep, &[]), (wide, &[]), (rude, &[])] {
        expect("a.docx", &bytes, expected);
    }
}

#[test]
fn what_is_broken_is_survived() {
    let whole = packed(&[("word/document.xml", DOCX)]);
    let mut sources = Sources::default();
    let mut look = |name: &str, bytes: &[u8]| sources.insert_bytes(SourcePath::new(name), bytes);
    for cut in (0..whole.len()).step_by(7) {
        look("content/news/a.docx", &whole[..cut]);
    }
    let photo = photo([17, 24, 0], "admin");
    for at in 0..photo.len() {
        let mut bytes = photo.clone();
        bytes[at] ^= 0xFF;
        look("content/news/a.jpg", &bytes);
    }
}

#[test]
fn what_did_not_change_is_not_opened_again() {
    let folder = folder("-- content/news/a.md --\n+++\ntitle = \"ก\"\ndate = \"20 เมษายน 2566\"\n+++\n\n[ก](a.docx)\n");
    let file = folder.path().join("content/news/a.docx");
    std::fs::write(&file, packed(&[("word/document.xml", DOCX)])).expect("a file is written");
    std::thread::sleep(Duration::from_millis(100));
    let path = SourcePath::new("content/news/a.docx");
    let traces = |sources: &Sources| match sources.get(&path) {
        Some(Source::Asset { traces, .. }) => Arc::clone(traces),
        other => panic!("{other:?}"),
    };
    let mut memory = prongsai::source::Memory::default();
    let mut discover = || traces(prongsai::source::discover_again(folder.path(), None, &mut memory).expect("a site folder"));
    let (first, second) = (discover(), discover());
    assert!(first.found.len() == 1 && Arc::ptr_eq(&first, &second), "what did not change is not opened again");
    std::fs::write(&file, packed(&[("word/document.xml", "<w:t>ไม่มีอะไร</w:t>")])).expect("another file is written");
    assert!(discover().found.is_empty(), "what changed is");
    let kept = memory.to_bytes().expect("something new");
    assert!(!kept.windows(5).any(|window| window == b"67890"), "what is kept has no numbers in it");
}
