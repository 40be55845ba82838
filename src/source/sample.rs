//! Small files that fixtures stand for: pictures of one pixel, PDFs with text, without, with a password, with an author, a ZIP.

use std::io::Write as _;

/// A picture of one pixel (PNG, RFC 2083).
pub(super) const TINY_PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
\0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";

/// The start and the end of an archive that says it has 65,535 files (PKWARE APPNOTE, 4.3.16).
pub(super) const LONG_ZIP: &[u8] = b"PK\x03\x04PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\0\0\0\0\0\0\0\0\0\0";

const SHOWS_TEXT: &str = "BT /F1 24 Tf 72 720 Td (Sample) Tj ET";
const SHOWS_PICTURE: &str = "q 500 0 0 700 50 50 cm /Im1 Do Q";

/// A PDF of so many pages of text.
pub(super) fn text_pdf(n_pages: usize) -> Vec<u8> {
    pdf(n_pages, SHOWS_TEXT, "")
}

/// A PDF of one page that is a picture, as a scanner makes it.
pub(super) fn scanned_pdf() -> Vec<u8> {
    pdf(1, SHOWS_PICTURE, "")
}

/// A PDF whose user password is not the empty one (ISO 32000-1, 7.6.3: revision 2, RC4 of 40 bits).
pub(super) fn locked_pdf() -> Vec<u8> {
    let (owner, user, id) = ("11".repeat(32), "22".repeat(32), "33".repeat(16));
    let encrypt = format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner}> /U <{user}> >>");
    pdf(1, SHOWS_TEXT, &format!("{encrypt}\n/ID [<{id}> <{id}>]"))
}

/// A PDF that names who wrote it.
pub(super) fn signed_pdf() -> Vec<u8> {
    let file = String::from_utf8_lossy(&text_pdf(1)).replace("/Root 1 0 R", "/Root 1 0 R /Info << /Author (Somchai Jaidee) >>");
    file.into_bytes()
}

/// A picture of one pixel, of which only the size can be read, with the place where it was taken: 17° north (Exif 2.32, 4.6.6).
pub(super) fn located_jpeg() -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    // GPS (0x8825, LONG) at 26; there a latitude (0x0002, three RATIONAL) at 44.
    tiff.extend(b"\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0");
    tiff.extend(b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\x2C\0\0\0\0");
    tiff.extend(b"\0\0\0\x11\0\0\0\x01\0\0\0\x18\0\0\0\x01\0\0\0\0\0\0\0\x01");
    let length = u16::try_from(2 + 6 + tiff.len()).unwrap_or_default().to_be_bytes();
    let size: &[u8] = b"\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0\xFF\xD9";
    [b"\xFF\xD8\xFF\xE1", &length[..], b"Exif\0\0", &tiff, size].concat()
}

/// A whole file. `encrypt`, when there is one, is its dictionary, then what else the trailer has after a line end.
fn pdf(n_pages: usize, content: &str, encrypt: &str) -> Vec<u8> {
    let kids: String = (0..n_pages).map(|page| format!("{} 0 R ", 6 + page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x"),
        stream("", content),
    ];
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R \
        /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> >>";
    objects.extend((0..n_pages).map(|_| page.to_owned()));
    let trailer = match encrypt.split_once('\n') {
        Some((dictionary, rest)) => {
            objects.push(dictionary.to_owned());
            format!("/Encrypt {} 0 R {rest}", objects.len())
        }
        None => String::new(),
    };
    assemble(&objects, &trailer)
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// Objects numbered from 1, the first being the catalog, with their table.
pub(super) fn assemble(objects: &[impl AsRef<[u8]>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(file.len());
        let _ = writeln!(file, "{number} 0 obj");
        file.extend_from_slice(object.as_ref());
        file.extend_from_slice(b"\nendobj\n");
    }
    let (table, size) = (file.len(), objects.len() + 1);
    let _ = write!(file, "xref\n0 {size}\n0000000000 65535 f \n");
    for offset in offsets {
        let _ = writeln!(file, "{offset:010} 00000 n ");
    }
    let _ = write!(file, "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
    file
}
