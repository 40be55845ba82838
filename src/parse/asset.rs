//! What a photo, PDF or other file is, by its first bytes.

/// A file that lies beside a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Size in bytes.
    pub size: u64,
    /// What its bytes say it is.
    pub kind: AssetKind,
    /// Width and height in pixels, for pictures.
    pub dimensions: Option<(usize, usize)>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetKind {
    /// JPEG, PNG or WebP: pictures every browser shows.
    Picture,
    /// PDF.
    Pdf,
    /// Anything else.
    Other,
}

impl Asset {
    pub(super) fn of(size: u64, head: &[u8]) -> Asset {
        use imagesize::ImageType;
        let shown = matches!(imagesize::image_type(head), Ok(ImageType::Jpeg | ImageType::Png | ImageType::Webp));
        let dimensions = imagesize::blob_size(head).ok().filter(|_| shown).map(|size| (size.width, size.height));
        let kind = match dimensions {
            Some(_) => AssetKind::Picture,
            None if head.starts_with(b"%PDF-") => AssetKind::Pdf,
            None => AssetKind::Other,
        };
        Asset { size, kind, dimensions }
    }
}
