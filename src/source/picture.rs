//! What a camera wrote into a picture: where it was taken, and by whom. The picture itself is not decoded.

use std::io::{BufRead, Cursor, Read, Seek, SeekFrom};

use exif::{Context, Exif, In, Tag, Value};

use super::traces::Traces;

/// How much of the start and of the end of a file is looked through for XMP, in bytes.
const XMP_BYTES: u64 = 256 * 1024;

/// Tags with the name of a person: Artist, `XPAuthor` of Windows, `CameraOwnerName`.
const PEOPLE: [Tag; 3] = [Tag::Artist, Tag(Context::Tiff, 0x9C9D), Tag(Context::Exif, 0xA430)];

/// Where XMP has the latitude (Exif in XMP, 3.3).
const XMP_LATITUDE: &[u8] = b"GPSLatitude";

/// What a picture says.
pub(super) fn look(mut file: impl BufRead + Seek) -> Traces {
    let mut traces = Traces::default();
    let exif = exif::Reader::new().read_from_container(&mut file).ok();
    let in_xmp = xmp(&mut file).is_some_and(|bytes| memchr::memmem::find(&bytes, XMP_LATITUDE).is_some());
    if in_xmp || exif.as_ref().is_some_and(has_place) {
        traces.location();
    }
    for tag in PEOPLE {
        if let Some(field) = exif.as_ref().and_then(|exif| exif.get_field(tag, In::PRIMARY)) {
            traces.author(&text(&field.value));
        }
    }
    traces
}

/// Whether a picture, of which the start is enough, says where it was taken.
pub(super) fn is_located(bytes: &[u8]) -> bool {
    let exif = || exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok();
    bytes.starts_with(&[0xFF, 0xD8]) && exif().as_ref().is_some_and(has_place)
}

/// Whether there is a latitude that says something: a telephone that may not tell writes none, or zeros.
fn has_place(exif: &Exif) -> bool {
    let latitude = exif.get_field(Tag::GPSLatitude, In::PRIMARY).map(|field| &field.value);
    matches!(latitude, Some(Value::Rational(parts)) if parts.iter().any(|part| part.num != 0 && part.denom != 0))
}

/// The start and the end of a file, where XMP is.
fn xmp(file: &mut (impl Read + Seek)) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let size = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(XMP_BYTES).read_to_end(&mut bytes).ok()?;
    file.seek(SeekFrom::Start(size.saturating_sub(XMP_BYTES).max(XMP_BYTES.min(size)))).ok()?;
    file.take(XMP_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Words in a tag: in ASCII or UTF-8, or in UTF-16 as Windows writes them.
fn text(value: &Value) -> String {
    match value {
        Value::Ascii(parts) => parts.iter().map(|part| String::from_utf8_lossy(part)).collect::<Vec<_>>().join(" "),
        Value::Byte(bytes) => {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::new(),
    }
}
