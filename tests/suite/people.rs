//! Portraits, contact cards and data of executives, made from photos as telephones and offices make them.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage, Rgba};
use prongsai::render::{File, Output};
use prongsai::source::photo::{LARGE_BYTES, SMALL_BYTES};
use prongsai::source::{SourcePath, Sources};

use crate::support::{codes, sources};

const PERSON: &str = r#"
-- content/executives/01-somying.md --
+++
name = "ว่าที่ร้อยตรีหญิง สมหญิง ใจดี"
position = "ปลัดเทศบาล; รักษาการ, ผู้อำนวยการ"
group = "permanent"
photo = "01-somying.jpg"
phone = "0 4212 3456 ต่อ 12"
email = "somying@example.go.th"
+++
"#;

const PHOTO: &str = "content/executives/01-somying.jpg";

fn with_photo(bytes: &[u8]) -> Sources {
    let mut sources = sources(PERSON);
    sources.insert_bytes(SourcePath::new(PHOTO), bytes);
    sources
}

fn built(bytes: &[u8]) -> Output {
    let build = prongsai::build(&with_photo(bytes));
    assert_eq!(codes(&build.diagnostics), [] as [&str; 0]);
    build.output
}

fn bytes<'a>(output: &'a Output, path: &str) -> &'a [u8] {
    match output.files.get(path) {
        Some(File::Bytes(bytes)) => bytes,
        other => panic!("{path}: {other:?}"),
    }
}

/// The portraits that were made: name and picture.
fn portraits(output: &Output) -> Vec<(String, RgbImage)> {
    let is_picture = |path: &&String| path.starts_with("files/executives/") && !path.ends_with(".vcf");
    let paths = output.files.keys().filter(is_picture);
    let open = |path: &String| {
        let picture = image::load_from_memory(bytes(output, path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        (path.trim_start_matches("files/executives/").to_owned(), picture.into_rgb8())
    };
    paths.map(open).collect()
}

fn sizes(output: &Output) -> Vec<(String, (u32, u32))> {
    portraits(output).into_iter().map(|(name, picture)| (name, picture.dimensions())).collect()
}

const BOTH: [(&str, (u32, u32)); 4] =
    [("somying.jpg", (240, 320)), ("somying.webp", (240, 320)), ("somying@2x.jpg", (480, 640)), ("somying@2x.webp", (480, 640))];

fn named(expected: &[(&str, (u32, u32))]) -> Vec<(String, (u32, u32))> {
    expected.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect()
}

/// A picture whose upper half is red, the lower left blue, the lower right green.
fn three_colours(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(if y < height / 2 {
            [220, 20, 20]
        } else if x < width / 2 {
            [20, 20, 220]
        } else {
            [20, 160, 20]
        })
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).expect("a picture is encoded");
    bytes.into_inner()
}

/// A JPEG with what a telephone notes: held upright (orientation 6), and where it was taken.
fn from_a_telephone(picture: RgbImage) -> Vec<u8> {
    let jpeg = encoded(picture, ImageFormat::Jpeg);
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    // Orientation (0x0112, SHORT) = 6; GPS (0x8825, LONG) at 38; no more tables.
    tiff.extend(b"\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    // GPSMapDatum (0x0012, ASCII) = "GPS".
    tiff.extend(b"\0\x01\0\x12\0\x02\0\0\0\x04GPS\0\0\0\0\0");
    let segment = [b"Exif\0\0".as_slice(), &tiff].concat();
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='17,24N'/>";
    let app1 =
        |data: &[u8]| [b"\xFF\xE1".as_slice(), &u16::try_from(data.len() + 2).expect("short").to_be_bytes(), data].concat();
    [&jpeg[..2], &app1(&segment), &app1(xmp), &jpeg[2..]].concat()
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn is_near(colour: Rgb<u8>, expected: [u8; 3]) -> bool {
    colour.0.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 25)
}

#[test]
fn a_photo_of_a_telephone_is_turned_upright_and_says_nothing_of_the_place() {
    // What the camera saw with its right side down: upright the picture has red on top.
    let lying = image::imageops::rotate270(&three_colours(600, 800));
    let photo = from_a_telephone(lying);
    assert!(has(&photo, b"Exif") && has(&photo, b"GPS"), "the test's photo has what must go");
    let output = built(&photo);
    assert_eq!(sizes(&output), named(&BOTH));
    for (name, picture) in portraits(&output) {
        let (width, height) = picture.dimensions();
        let at = |x: u32, y: u32| *picture.get_pixel(width * x / 4, height * y / 4);
        assert!(is_near(at(1, 1), [220, 20, 20]) && is_near(at(3, 1), [220, 20, 20]), "{name}: red on top");
        assert!(is_near(at(1, 3), [20, 20, 220]) && is_near(at(3, 3), [20, 160, 20]), "{name}: blue left, green right");
    }
    for (path, file) in &output.files {
        let File::Bytes(bytes) = file else { panic!("{path} is a copy of a source") };
        for word in [&b"Exif"[..], b"GPS", b"xmpmeta", b"ICC_PROFILE"] {
            assert!(!has(bytes, word), "{path} has {}", String::from_utf8_lossy(word));
        }
    }
}

#[test]
fn a_photo_is_cut_to_three_by_four_and_never_made_larger() {
    for (width, height, expected) in [
        (3000, 4000, &BOTH[..]),
        (
            2400,
            400,
            &[
                ("somying.jpg", (240, 320)),
                ("somying.webp", (240, 320)),
                ("somying@2x.jpg", (300, 400)),
                ("somying@2x.webp", (300, 400)),
            ],
        ),
        (
            300,
            6000,
            &[
                ("somying.jpg", (240, 320)),
                ("somying.webp", (240, 320)),
                ("somying@2x.jpg", (300, 400)),
                ("somying@2x.webp", (300, 400)),
            ],
        ),
        (120, 160, &[("somying.jpg", (120, 160)), ("somying.webp", (120, 160))]),
        (100, 100, &[("somying.jpg", (75, 100)), ("somying.webp", (75, 100))]),
        (1, 1, &[("somying.jpg", (1, 1)), ("somying.webp", (1, 1))]),
    ] {
        let output = built(&encoded(three_colours(width, height), ImageFormat::Jpeg));
        assert_eq!(sizes(&output), named(expected), "{width} × {height}");
    }
}

#[test]
fn the_head_at_the_top_of_a_tall_picture_stays() {
    // A face from a tenth to a third of a picture of 1:2.
    let face = |_, y| Rgb(if (200..660).contains(&y) { [230, 190, 160] } else { [40, 60, 90] });
    let output = built(&encoded(RgbImage::from_fn(1000, 2000, face), ImageFormat::Png));
    for (name, picture) in portraits(&output) {
        let column: Vec<bool> = (0..picture.height()).map(|y| is_near(*picture.get_pixel(0, y), [230, 190, 160])).collect();
        let rows = u32::try_from(column.iter().filter(|is_face| **is_face).count()).expect("few rows");
        let expected = picture.width() * 460 / 1000;
        assert!(rows.abs_diff(expected) <= 3, "{name}: {rows} rows of the face, not {expected}");
    }
}

#[test]
fn other_kinds_of_pixels_become_portraits_too() {
    let deep = ImageBuffer::<Rgb<u16>, _>::from_fn(600, 800, |_, _| Rgb([65_535, 0, 0]));
    let clear = ImageBuffer::<Rgba<u8>, _>::from_fn(600, 800, |_, y| Rgba(if y < 400 { [0, 0, 0, 0] } else { [0, 0, 0, 128] }));
    let mut ink = Vec::new();
    let cyan: Vec<u8> = [255, 0, 0, 0].repeat(600 * 800);
    let encoder = jpeg_encoder::Encoder::new(&mut ink, 90);
    encoder.encode(&cyan, 600, 800, jpeg_encoder::ColorType::Cmyk).expect("a JPEG for print");
    // What a telephone calls (234, 51, 35) in Display P3 is the full red of sRGB.
    let mut wide = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut wide, 95);
    let profile = moxcms::ColorProfile::new_display_p3().encode().expect("a profile");
    encoder.add_icc_profile(&profile).expect("a short profile");
    encoder.encode(&[234, 51, 35].repeat(600 * 800), 600, 800, jpeg_encoder::ColorType::Rgb).expect("a JPEG");
    for (what, photo, top, bottom) in [
        ("16 bits", encoded(deep, ImageFormat::Png), [255, 0, 0], [255, 0, 0]),
        ("transparent", encoded(clear, ImageFormat::Png), [255, 255, 255], [127, 127, 127]),
        ("WebP", encoded(three_colours(600, 800), ImageFormat::WebP), [220, 20, 20], [20, 20, 220]),
        ("grey", encoded(GrayImage::from_pixel(600, 800, Luma([100])), ImageFormat::Jpeg), [100; 3], [100; 3]),
        ("wide colours", wide, [255, 0, 0], [255, 0, 0]),
        ("inks", ink, [0, 255, 255], [0, 255, 255]),
    ] {
        let output = built(&photo);
        assert_eq!(sizes(&output), named(&BOTH), "{what}");
        for (name, picture) in portraits(&output) {
            let colours = [picture.get_pixel(20, 20), picture.get_pixel(20, picture.height() - 20)];
            assert!(is_near(*colours[0], top) && is_near(*colours[1], bottom), "{what}, {name}: {colours:?}");
        }
    }
}

#[test]
fn a_photo_that_does_not_open_is_reported() {
    let jpeg = encoded(three_colours(600, 800), ImageFormat::Jpeg);
    let png = encoded(three_colours(600, 800), ImageFormat::Png);
    let webp = encoded(three_colours(600, 800), ImageFormat::WebP);
    // The header of a PNG says 8000 × 5000 or 60000 × 60000 pixels, and there are none.
    let bomb = |width: u32, height: u32| {
        let mut bytes = png.clone();
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = crc(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&sum.to_be_bytes());
        bytes
    };
    for (what, photo) in [
        ("half a JPEG", jpeg[..jpeg.len() / 2].to_vec()),
        ("a JPEG without its last bytes", jpeg[..jpeg.len() - 2].to_vec()),
        ("half a PNG", png[..png.len() / 2].to_vec()),
        ("half a WebP", webp[..webp.len() / 2].to_vec()),
        ("40 megapixels of nothing", bomb(8000, 5000)),
        ("more pixels than are opened", bomb(60_000, 60_000)),
        ("no picture", b"not a picture".to_vec()),
    ] {
        let build = prongsai::build(&with_photo(&photo));
        assert_eq!(codes(&build.diagnostics), ["P203"], "{what}");
    }
    assert!(portraits(&built(&[jpeg.clone(), b"a film that a telephone appends".to_vec()].concat())).len() == 4);
}

/// CRC-32 of a chunk of PNG (RFC 2083, 15).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// A photo with the noise of a small sensor over soft shapes: as hard to compress as real ones get.
fn noisy(width: u32, height: u32) -> RgbImage {
    let mut seed = 1_u32;
    RgbImage::from_fn(width, height, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = i64::from(seed >> 24) % 31 - 15;
        let wave = i64::from((x / 7 + y / 5) % 60) + i64::from(x * 90 / width + y * 60 / height);
        Rgb([170, 130, 100].map(|base: i64| u8::try_from((base - 60 + wave + noise).clamp(0, 255)).expect("clamped")))
    })
}

#[test]
fn portraits_are_light_and_the_same_every_time() {
    // Noise at the size of the portrait itself, so that scaling does not smooth it.
    let photo = encoded(noisy(480, 640), ImageFormat::Png);
    let (first, second) = (built(&photo), built(&photo));
    assert!(first == second);
    for (path, limit) in [("", SMALL_BYTES), ("@2x", LARGE_BYTES)] {
        for extension in ["webp", "jpg"] {
            let size = bytes(&first, &format!("files/executives/somying{path}.{extension}")).len();
            assert!(size <= limit, "somying{path}.{extension} has {size} bytes");
        }
    }
}

#[test]
fn a_photo_on_disk_is_found_and_made_again_only_when_it_changed() {
    let folder = crate::support::folder(&PERSON.replace("01-somying.jpg", "../photos/somying.jpg"));
    let photo = folder.path().join("content/photos/somying.jpg");
    std::fs::create_dir_all(photo.parent().expect("a folder")).expect("a folder is made");
    std::fs::write(&photo, encoded(three_colours(600, 800), ImageFormat::Jpeg)).expect("a photo is written");
    let mut memory = prongsai::source::Memory::default();
    let mut discover = || prongsai::source::discover_again(folder.path(), None, &mut memory).expect("a site folder").clone();
    let first = discover();
    let output = prongsai::build(&first).output;
    assert_eq!(sizes(&output), named(&BOTH));
    assert!(!output.files.keys().any(|path| path.contains("photos/")), "the photo itself stays at home");
    let path = SourcePath::new("content/photos/somying.jpg");
    let made = |sources: &Sources| std::sync::Arc::clone(sources.photo(&path).expect("it is named"));
    assert!(std::sync::Arc::ptr_eq(&made(&first), &made(&discover())), "what did not change is not made again");
    std::fs::write(&photo, encoded(three_colours(300, 400), ImageFormat::Jpeg)).expect("another photo is written");
    assert_ne!(made(&first), made(&discover()), "what changed is");
}

#[test]
fn a_contact_card_has_what_a_telephone_reads() {
    let output = built(&encoded(three_colours(600, 800), ImageFormat::Jpeg));
    let card = output.text("files/executives/somying.vcf").expect("a card");
    assert!(card.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{card}");
    let unfolded = card.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.split("\r\n").collect();
    for line in [
        "VERSION:3.0",
        "N:ใจดี;สมหญิง;;ว่าที่ร้อยตรีหญิง;",
        "FN:ว่าที่ร้อยตรีหญิง สมหญิง ใจดี",
        "ORG:เทศบาลตำบลตัวอย่าง",
        "TITLE:ปลัดเทศบาล\\; รักษาการ\\, ผู้อำนวยการ",
        "TEL;TYPE=WORK,VOICE:+6642123456",
        "NOTE:0 4212 3456 ต่อ 12",
        "EMAIL;TYPE=INTERNET:somying@example.go.th",
        "URL:https://example.go.th/executives/#person-somying",
    ] {
        assert!(lines.contains(&line), "{line}\n{unfolded}");
    }
    assert!(lines.iter().any(|line| line.starts_with("PHOTO;ENCODING=b;TYPE=JPEG:/9j/")), "the portrait is inside");
    let all = output.text("files/executives.vcf").expect("the cards of everybody");
    assert!(all.contains("END:VCARD\r\n") && !all.contains("PHOTO"));
    let page = output.text("executives/index.html").expect("the page");
    assert!(page.contains("href=\"/files/executives/somying.vcf\"") && page.contains("href=\"/files/executives.vcf\""));
    assert!(page.contains("href=\"tel:+6642123456;ext=12\""));
}

#[test]
fn search_engines_learn_who_works_for_whom() {
    let fixture = PERSON.replace("สมหญิง ใจดี", "สมหญิง </script><b>ใจดี");
    let mut sources = sources(&fixture);
    sources.insert_bytes(SourcePath::new(PHOTO), &encoded(three_colours(600, 800), ImageFormat::Jpeg));
    let output = prongsai::build(&sources).output;
    let page = output.text("executives/index.html").expect("the page");
    let data = page.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: serde_json::Value = serde_json::from_str(data.expect("the data")).expect("JSON, whole");
    // The way from home follows.
    let person = &data[0]["@graph"][0];
    assert_eq!(person["@type"], "Person");
    assert_eq!(person["name"], "ว่าที่ร้อยตรีหญิง สมหญิง </script><b>ใจดี");
    assert_eq!(person["worksFor"]["name"], "เทศบาลตำบลตัวอย่าง");
    assert_eq!(person["worksFor"]["@type"], "GovernmentOrganization");
    assert_eq!(person["telephone"], "+6642123456;ext=12");
    assert_eq!(person["email"], "somying@example.go.th");
    assert_eq!(person["image"], "https://example.go.th/files/executives/somying@2x.jpg");
}

#[test]
fn a_file_that_takes_the_place_of_a_card_is_reported() {
    let fixture =
        PERSON.replace("photo = \"01-somying.jpg\"\n", "").replace("go.th\"\n+++\n", "go.th\"\n+++\n\n[ก](somying.vcf)\n");
    let build = prongsai::build(&sources(&format!("{fixture}-- content/executives/somying.vcf --\nx\n")));
    assert_eq!(codes(&build.diagnostics), ["P204"]);
}

#[test]
fn without_a_photo_there_is_a_silhouette() {
    let build = prongsai::build(&sources(&PERSON.replace("photo = \"01-somying.jpg\"\n", "")));
    assert_eq!(codes(&build.diagnostics), [] as [&str; 0]);
    let page = build.output.text("executives/index.html").expect("the page");
    assert!(page.contains("person-card__photo--none") && !page.contains("<picture"));
    assert!(!build.output.text("files/executives/somying.vcf").expect("a card").contains("PHOTO"));
}

#[test]
fn portraits_load_at_once_but_of_very_many() {
    let fixture = |n: usize| -> String {
        let person = |n| {
            format!(
                "-- content/executives/{n:02}-person.md --\n+++\nname = \"คนที่ {n}\"\nposition = \"ปลัดเทศบาล\"\ngroup = \"permanent\"\nphoto = \"{n:02}-person.png\"\n+++\n-- content/executives/{n:02}-person.png (png) --\n"
            )
        };
        (1..=n).map(person).collect()
    };
    for (n, n_late) in [(24, 0), (26, 2)] {
        let output = prongsai::build(&sources(&fixture(n))).output;
        let late = |page: &str| output.text(page).expect("a page").matches("loading=\"lazy\"").count();
        assert_eq!((late("executives/index.html"), late("index.html")), (n_late, 0), "{n} people");
    }
}
