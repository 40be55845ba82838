//! The survey's QR code: an SVG of one path (level M) and a PNG for print (level Q), each read back before it is published.

use std::iter;

use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Limits};
use qrcode::{Color, EcLevel, QrCode};

use crate::thai::FiscalYear;

/// Quiet zone on each side, in modules (ISO/IEC 18004 asks for 4).
const QUIET: usize = 4;

/// Least width of the PNG, in pixels.
const PNG_WIDTH: usize = 1000;

/// Largest side of a PNG that is read, in pixels: three times what [`Qr::of`] makes.
const MAX_PNG_SIDE: u32 = 4000;

/// A link as QR codes.
#[derive(Debug, Clone)]
pub struct Qr {
    /// A whole SVG file.
    pub svg: String,
    /// The dark modules as one SVG path, in modules, the quiet zone included in its offset.
    pub path: String,
    /// Width and height in modules, with the quiet zone.
    pub size: usize,
    /// A PNG at least 1,000 px wide, with the quiet zone.
    pub png: Vec<u8>,
}

/// Where the SVG is published, below the output folder.
pub fn svg_path(year: FiscalYear) -> String {
    format!("surveys/eit/eit-{year}.svg")
}

/// Where the PNG is published, below the output folder.
pub fn png_path(year: FiscalYear) -> String {
    format!("surveys/eit/eit-{year}.png")
}

/// The text of the QR code in a PNG file.
///
/// # Errors
/// A few words, when it is no PNG or no code is found in it.
pub fn read(png: &[u8]) -> Result<String, String> {
    decode(&open_png(png)?)
}

impl Qr {
    /// The codes of `url`.
    ///
    /// # Errors
    /// A few words, when the link is too long or what was made does not read back as the link.
    pub fn of(url: &str) -> Result<Qr, String> {
        let screen = Modules::of(url, EcLevel::M)?;
        let print = Modules::of(url, EcLevel::Q)?;
        let (path, size) = (screen.path(), screen.size());
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>\n"
        );
        let png = print.png()?;
        // What is published is what was drawn, to the last module and pixel; that is read back.
        if Modules::from_path(&path, size).dark != screen.dark || open_png(&png)? != print.picture(print.scale()) {
            return Err("it is not what was drawn".to_owned());
        }
        screen.read_back(url)?;
        print.read_back(url)?;
        Ok(Qr { svg, path, size, png })
    }
}

/// The modules of a code with its quiet zone, row by row.
struct Modules {
    dark: Vec<bool>,
    width: usize,
}

impl Modules {
    fn of(url: &str, level: EcLevel) -> Result<Modules, String> {
        let code = QrCode::with_error_correction_level(url, level).map_err(|error| error.to_string())?;
        let (inner, width) = (code.width(), code.width() + 2 * QUIET);
        let mut dark = vec![false; width * width];
        for (at, color) in code.into_colors().into_iter().enumerate() {
            dark[(at / inner + QUIET) * width + at % inner + QUIET] = color == Color::Dark;
        }
        Ok(Modules { dark, width })
    }

    /// The modules that an SVG path made by [`Modules::path`] draws.
    fn from_path(path: &str, width: usize) -> Modules {
        let mut dark = vec![false; width * width];
        for run in path.split('M').filter(|run| !run.is_empty()) {
            let numbers: Vec<usize> = run.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
            if let [x, y, length, ..] = numbers[..] {
                dark[y * width + x..y * width + x + length].fill(true);
            }
        }
        Modules { dark, width }
    }

    fn size(&self) -> usize {
        self.width
    }

    /// One rectangle per run of dark modules: `M4 4h7v1h-7z`.
    fn path(&self) -> String {
        use std::fmt::Write as _;
        let mut path = String::new();
        for (y, row) in self.dark.chunks(self.width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] {
                    let length = run.len();
                    let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
                }
                x += run.len();
            }
        }
        path
    }

    fn png(&self) -> Result<Vec<u8>, String> {
        let mut png = std::io::Cursor::new(Vec::new());
        DynamicImage::ImageLuma8(self.picture(self.scale()))
            .write_to(&mut png, ImageFormat::Png)
            .map_err(|error| error.to_string())?;
        Ok(png.into_inner())
    }

    /// Pixels of a module in the PNG.
    fn scale(&self) -> usize {
        PNG_WIDTH.div_ceil(self.width)
    }

    /// The code with `scale` pixels a module.
    fn picture(&self, scale: usize) -> GrayImage {
        let side = u32::try_from(self.width * scale).expect("a QR code has at most 185 modules a side");
        let mut pixels = Vec::with_capacity(self.width * self.width * scale * scale);
        for row in self.dark.chunks(self.width) {
            let line: Vec<u8> = row.iter().flat_map(|dark| iter::repeat_n(if *dark { 0 } else { 255 }, scale)).collect();
            pixels.extend(line.repeat(scale));
        }
        GrayImage::from_raw(side, side, pixels).expect("as many pixels as asked for")
    }

    /// Reads the code with another library than made it. The finder patterns, which a camera looks for, are not asked for here: they
    /// are the same in every code, and tests find them in pictures.
    fn read_back(&self, url: &str) -> Result<(), String> {
        let is_dark = |x, y| self.dark[(y + QUIET) * self.width + x + QUIET];
        let grid = rqrr::Grid::new(rqrr::SimpleGrid::from_func(self.width - 2 * QUIET, is_dark));
        let (_, text) = grid.decode().map_err(|error| error.to_string())?;
        if text == url { Ok(()) } else { Err(format!("it reads `{text}`")) }
    }
}

fn open_png(png: &[u8]) -> Result<GrayImage, String> {
    let mut reader = ImageReader::with_format(std::io::Cursor::new(png), ImageFormat::Png);
    let mut limits = Limits::default();
    // Another host's file may say that it is huge.
    limits.max_image_width = Some(MAX_PNG_SIDE);
    limits.max_image_height = Some(MAX_PNG_SIDE);
    reader.limits(limits);
    reader.decode().map(DynamicImage::into_luma8).map_err(|error| error.to_string())
}

/// The text of the code in a picture.
fn decode(picture: &GrayImage) -> Result<String, String> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = picture.as_raw();
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    let grids = prepared.detect_grids();
    let grid = grids.first().ok_or("no code is found in the picture")?;
    grid.decode().map(|(_, text)| text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_code_is_noticed() {
        let url = "https://itas.nacc.go.th/go/eit/sample";
        let modules = Modules::of(url, EcLevel::M).expect("a short link fits");
        assert_eq!(Modules::from_path(&modules.path(), modules.width).dark, modules.dark);
        assert_eq!(modules.read_back(url), Ok(()));
        assert!(modules.read_back("https://itas.nacc.go.th/go/eit/simple").is_err());
        let mut dark = modules.dark.clone();
        dark[..modules.width * 15].fill(true);
        assert!(Modules { dark, ..modules }.read_back(url).is_err());
    }

    #[test]
    fn links_of_all_lengths_are_found_in_their_pictures() {
        for length in [1, 20, 80, 200, 500, 1000, 1600] {
            let url = format!("https://itas.nacc.go.th/go/eit/{}", "x7".repeat(length / 2));
            let qr = Qr::of(&url).expect("it fits");
            assert_eq!(read(&qr.png).as_ref(), Ok(&url), "{length} letters");
            assert_eq!(decode(&Modules::from_path(&qr.path, qr.size).picture(8)), Ok(url), "{length} letters");
        }
    }

    #[test]
    fn png_is_large_and_reads_back() {
        let qr = Qr::of("https://itas.nacc.go.th/go/eit/sample").expect("a short link fits");
        let png = image::load_from_memory(&qr.png).expect("a PNG");
        assert!(png.width() >= 1000 && png.width() == png.height());
        assert!(qr.svg.matches("<path").count() == 1);
    }
}
