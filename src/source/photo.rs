//! What is made of a photo of a person: portraits of 3:4 in two sizes, upright, in sRGB, without the camera's notes. Never trusts the file.

use std::io::Cursor;
use std::panic;

use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Largest photo that is read, in bytes.
pub const MAX_PHOTO_BYTES: u64 = 32 * 1024 * 1024;

/// Most pixels that are decoded, and of a picture on a page, which readers' browsers decode; telephones make up to 108 million.
pub const MAX_PIXELS: u64 = 120_000_000;

/// What a decoder may take in memory, in bytes.
pub const MAX_DECODER_BYTES: u64 = 512 * 1024 * 1024;

/// Width and height of the large portrait, in pixels.
const LARGE: (u32, u32) = (480, 640);

/// Width and height of the small portrait, in pixels.
const SMALL: (u32, u32) = (240, 320);

/// What a small portrait may weigh, in bytes.
pub const SMALL_BYTES: usize = 12 * 1024;

/// What a large portrait may weigh, in bytes.
pub const LARGE_BYTES: usize = 36 * 1024;

/// Qualities that are tried until the file is light enough, best first.
const QUALITIES: [u8; 9] = [82, 74, 66, 58, 50, 42, 34, 26, 18];

/// What was made of a photo.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Photo {
    /// It opens: portraits of different widths, the smallest first; at least one.
    Opens(Vec<Portrait>),
    /// It does not open, or a part of it is missing.
    Broken,
    /// It has more than [`MAX_PHOTO_BYTES`] or too many pixels, so it was not opened.
    TooLarge,
}

/// A person's picture, ready to be published.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Portrait {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// As lossy WebP (RFC 9649).
    pub webp: Vec<u8>,
    /// As progressive JPEG, for browsers and telephones that know no WebP.
    pub jpeg: Vec<u8>,
}

/// Whether a file starts as a JPEG, PNG or WebP does.
pub(super) fn is_picture(head: &[u8]) -> bool {
    matches!(image::guess_format(head), Ok(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP))
}

/// Makes the portraits of a whole photo. A decoder that panics is a photo that does not open.
pub(super) fn make(bytes: &[u8]) -> Photo {
    if bytes.len() as u64 > MAX_PHOTO_BYTES {
        return Photo::TooLarge;
    }
    panic::catch_unwind(|| portraits(bytes)).unwrap_or(Err(Photo::Broken)).map_or_else(|why| why, Photo::Opens)
}

fn portraits(bytes: &[u8]) -> Result<Vec<Portrait>, Photo> {
    let picture = decode(bytes)?;
    let sizes = if picture.width() > SMALL.0 {
        vec![(shrink(&DynamicImage::ImageRgb8(picture.clone()), SMALL).into_rgb8(), SMALL_BYTES), (picture, LARGE_BYTES)]
    } else {
        vec![(picture, SMALL_BYTES)]
    };
    sizes.into_iter().map(|(picture, limit)| portrait(&picture, limit)).collect()
}

/// The photo upright, in sRGB, cut to 3:4, as large as it is or as [`LARGE`].
fn decode(bytes: &[u8]) -> Result<RgbImage, Photo> {
    if bytes.starts_with(JPEG) && !has_end(bytes) {
        return Err(Photo::Broken);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Photo::Broken)?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_DECODER_BYTES {
        return Err(Photo::TooLarge);
    }
    let orientation = decoder.orientation().map_err(|error| why(&error))?;
    let profile = decoder.icc_profile().ok().flatten();
    let whole = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    // Small first: turning, colours and transparency then cost nothing.
    let turns = matches!(orientation.to_exif(), 5..=8);
    let (width, height) = if turns { cover(height, width) } else { cover(width, height) };
    let mut picture = shrink(&whole, if turns { (height, width) } else { (width, height) });
    drop(whole);
    picture.apply_orientation(orientation);
    let mut picture = on_white(&picture);
    if let Some(profile) = profile {
        to_srgb(&mut picture, &profile);
    }
    let (x, y, width, height) = cut(picture.width(), picture.height());
    Ok(image::imageops::crop_imm(&picture, x, y, width, height).to_image())
}

fn why(error: &ImageError) -> Photo {
    if matches!(error, ImageError::Limits(_)) { Photo::TooLarge } else { Photo::Broken }
}

/// The size at which a picture just covers [`LARGE`]; its own when it is smaller.
fn cover(width: u32, height: u32) -> (u32, u32) {
    let scaled = |side: u32, by: u32, of: u32| {
        let side = (u64::from(side) * u64::from(by) + u64::from(of) / 2) / u64::from(of.max(1));
        u32::try_from(side).unwrap_or(u32::MAX)
    };
    if width <= LARGE.0 || height <= LARGE.1 {
        (width, height)
    } else if is_wide(width, height) {
        (scaled(width, LARGE.1, height).max(LARGE.0), LARGE.1)
    } else {
        (LARGE.0, scaled(height, LARGE.0, width).max(LARGE.1))
    }
}

/// Whether a picture is wider than 3:4.
fn is_wide(width: u32, height: u32) -> bool {
    u64::from(width) * 4 > u64::from(height) * 3
}

/// The part of 3:4 that is kept: x, y, width, height. Of a wide picture the middle; of a tall one the full width and more of its top,
/// where the head is.
fn cut(width: u32, height: u32) -> (u32, u32, u32, u32) {
    if is_wide(width, height) {
        let kept = (height.saturating_mul(3) / 4).max(1);
        ((width - kept) / 2, 0, kept, height)
    } else {
        let kept = (width.saturating_mul(4) / 3).clamp(1, height);
        (0, ((height - kept) / 5).min(kept / 8), width, kept)
    }
}

/// A large picture is first brought near its size by averages, which costs a tenth of a good filter over all of it.
fn shrink(picture: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    let twice = (width.saturating_mul(2), height.saturating_mul(2));
    if (picture.width(), picture.height()) == (width, height) {
        picture.clone()
    } else if picture.width() > twice.0 && picture.height() > twice.1 {
        picture.thumbnail_exact(twice.0, twice.1).resize_exact(width, height, FilterType::Lanczos3)
    } else {
        picture.resize_exact(width, height, FilterType::Lanczos3)
    }
}

/// A picture of eight bits a colour; what is transparent becomes white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let picture = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u16::from);
        let over = |colour: u16| u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX);
        image::Rgb([over(red), over(green), over(blue)])
    })
}

/// From the colours of the camera, such as Display P3, to those that browsers suppose. A profile of ink colours (CMYK) says nothing of
/// pixels that the decoder has already made red, green and blue.
fn to_srgb(picture: &mut RgbImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let Ok(transform) = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options) else { return };
    let mut converted = vec![0; picture.as_raw().len()];
    if transform.transform(picture.as_raw(), &mut converted).is_ok() {
        picture.copy_from_slice(&converted);
    }
}

fn portrait(picture: &RgbImage, limit: usize) -> Result<Portrait, Photo> {
    let (width, height) = picture.dimensions();
    let webp = lightest(limit, |quality| Some(webp(picture, quality))).ok_or(Photo::Broken)?;
    let jpeg = lightest(limit, |quality| jpeg(picture, quality)).ok_or(Photo::Broken)?;
    Ok(Portrait { width, height, webp, jpeg })
}

/// The best file that is light enough; the lightest when none is.
fn lightest(limit: usize, encode: impl Fn(u8) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut last = None;
    for quality in QUALITIES {
        let file = encode(quality)?;
        let is_light = file.len() <= limit;
        last = Some(file);
        if is_light {
            break;
        }
    }
    last
}

fn webp(picture: &RgbImage, quality: u8) -> Vec<u8> {
    webp::Encoder::from_rgb(picture.as_raw(), picture.width(), picture.height()).encode(f32::from(quality)).to_vec()
}

fn jpeg(picture: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    let (width, height) = (u16::try_from(picture.width()).ok()?, u16::try_from(picture.height()).ok()?);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).ok()?;
    Some(file)
}

/// First bytes of a JPEG (ISO/IEC 10918-1: start of image, marker).
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];

/// Whether a JPEG has its end. Decoders paint what is missing grey and say nothing. What follows the end, such as the film that some
/// telephones append, does not matter.
fn has_end(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[first, marker]) = bytes.get(at..at + 2) {
        match (first, marker) {
            (0xFF, 0xD9) => return true,
            // Fill bytes before a marker.
            (0xFF, 0xFF) => at += 1,
            // Start of scan: its data goes up to a marker that is no stuffed byte and no restart.
            (0xFF, 0xDA) => {
                let Some(data) = bytes.get(at + 2..) else { return false };
                let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
                let Some(length) = data.windows(2).position(is_marker) else { return false };
                at += 2 + length;
            }
            (0xFF, 0x01 | 0xD0..=0xD7) => at += 2,
            (0xFF, _) => match bytes.get(at + 2..at + 4) {
                Some(&[high, low]) => at += 2 + usize::from(u16::from_be_bytes([high, low])),
                _ => return false,
            },
            // Bytes between segments are skipped, as decoders do.
            _ => at += 1,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{cover, cut};

    #[test]
    fn a_head_stays_in_the_picture() {
        for ((width, height), expected) in [
            ((480, 640), (0, 0, 480, 640)),
            // A telephone held upright: a fifth of what goes is taken from the top.
            ((480, 853), (0, 42, 480, 640)),
            // A strip: little is taken from the top, however long it is.
            ((480, 9000), (0, 80, 480, 640)),
            ((1280, 640), (400, 0, 480, 640)),
            ((100, 100), (12, 0, 75, 100)),
            ((1, 1), (0, 0, 1, 1)),
            ((1, 3), (0, 0, 1, 1)),
        ] {
            assert_eq!(cut(width, height), expected, "{width} × {height}");
        }
    }

    #[test]
    fn a_photo_is_made_smaller_never_larger() {
        for (own, expected) in [
            ((3000, 4000), (480, 640)),
            ((4000, 3000), (853, 640)),
            ((3000, 6000), (480, 960)),
            ((479, 2000), (479, 2000)),
            ((2000, 639), (2000, 639)),
            ((1, 1), (1, 1)),
        ] {
            assert_eq!(cover(own.0, own.1), expected, "{} × {}", own.0, own.1);
        }
    }
}
