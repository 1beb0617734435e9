//! A picture of a paper sheet: a photograph or a scan, made small and grey. Nothing else of its file is kept: neither where
//! nor with what it was taken.

use std::io::Cursor;

use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Luma,
    codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};
use zeroize::Zeroizing;

/// The most bytes of a file that a picture is made of.
pub const PICTURE_FILE_MAX_BYTES: u64 = 32 << 20;
/// The most bytes of a picture.
pub const PICTURE_MAX_BYTES: usize = 40 * 7_680;

/// The longer side of a picture, in pixels: a sheet of A4 is legible then, with small handwriting on it.
const SIDE: u32 = 1_600;
/// The longer side of what a picture is made of, and its pixels: a scan of A3 at 600 dots an inch has some.
const FILE_SIDE: u32 = 20_000;
const FILE_PIXELS: u64 = 70_000_000;
/// Bytes that reading one may take.
const FILE_MEMORY: u64 = 512 << 20;
/// From good to still legible.
const QUALITIES: [u8; 6] = [82, 75, 68, 60, 50, 40];

/// A picture of a sheet: a grey JPEG.
#[derive(Clone)]
pub struct Picture {
    /// The JPEG.
    pub jpeg: Zeroizing<Vec<u8>>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Why there is no picture. It never holds what is on one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Neither JPEG nor PNG.
    #[error("this is no picture in JPEG or PNG: save it as one, then try again")]
    Format,
    /// It begins as one, and cannot be read.
    #[error("this picture is damaged: copy or take it again")]
    Damaged,
    /// More bytes or pixels than anybody needs of a sheet.
    #[error("this picture is too large: at most 32 MB and 70 million pixels; take or scan it smaller")]
    TooLarge,
}

impl PictureError {
    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Format => "picture/format",
            Self::Damaged => "picture/damaged",
            Self::TooLarge => "picture/too-large",
        }
    }
}

impl From<ImageError> for PictureError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooLarge,
            ImageError::Unsupported(_) => Self::Format,
            _ => Self::Damaged,
        }
    }
}

impl Picture {
    /// The picture in a file of a camera or a scanner: upright, grey, and so small that it can be sealed.
    ///
    /// # Errors
    /// [`PictureError`].
    pub fn of_file(bytes: &[u8]) -> Result<Self, PictureError> {
        let (image, orientation) = read_file(bytes)?;
        let mut small = shrunk(grey(image), SIDE);
        small.apply_orientation(orientation);
        loop {
            for quality in QUALITIES {
                let picture = encoded(&small, quality)?;
                if picture.jpeg.len() <= PICTURE_MAX_BYTES {
                    return Ok(picture);
                }
            }
            // Noise: fewer pixels of it.
            let side = small.width().max(small.height());
            small = shrunk(small, side / 4 * 3);
        }
    }

    /// A picture that came from another computer, read through.
    ///
    /// # Errors
    /// [`PictureError`] for anything that [`Picture::of_file`] would not have made.
    pub fn of_received(jpeg: &[u8]) -> Result<Self, PictureError> {
        if jpeg.len() > PICTURE_MAX_BYTES {
            return Err(PictureError::TooLarge);
        }
        if image::guess_format(jpeg).ok() != Some(ImageFormat::Jpeg) {
            return Err(PictureError::Format);
        }
        let (image, _) = read(jpeg, ImageFormat::Jpeg, SIDE, u64::from(SIDE) * u64::from(SIDE))?;
        Ok(Self { jpeg: Zeroizing::new(jpeg.to_vec()), width: image.width(), height: image.height() })
    }

    /// The same pixels in a file of our own: what reads it has nothing of another computer's before it.
    ///
    /// # Errors
    /// [`PictureError`] where it cannot be read.
    pub fn drawn_again(&self) -> Result<Self, PictureError> {
        let side = u64::from(SIDE);
        let (image, _) = read(&self.jpeg, ImageFormat::Jpeg, SIDE, side * side)?;
        encoded(&grey(image), 90)
    }
}

/// The grey pixels of a picture, row by row.
pub struct GreyPixels {
    /// In a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// From black to white.
    pub pixels: Zeroizing<Vec<u8>>,
}

/// The pixels in a file of a camera, no longer than a side, as they lie in it.
///
/// # Errors
/// [`PictureError`].
pub fn grey_pixels(file: &[u8], side: u32) -> Result<GreyPixels, PictureError> {
    let (image, _) = read_file(file)?;
    let small = shrunk(grey(image), side).into_luma8();
    Ok(GreyPixels { width: small.width(), height: small.height(), pixels: Zeroizing::new(small.into_raw()) })
}

/// Reads what a camera or a scanner wrote.
fn read_file(bytes: &[u8]) -> Result<(DynamicImage, Orientation), PictureError> {
    if bytes.len() as u64 > PICTURE_FILE_MAX_BYTES {
        return Err(PictureError::TooLarge);
    }
    let format = image::guess_format(bytes).map_err(|_| PictureError::Format)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        return Err(PictureError::Format);
    }
    read(bytes, format, FILE_SIDE, FILE_PIXELS)
}

/// Reads no more than a side and so many pixels, and says which way is up.
fn read(
    bytes: &[u8],
    format: ImageFormat,
    side: u32,
    pixels: u64,
) -> Result<(DynamicImage, Orientation), PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(side), Some(side));
    limits.max_alloc = Some(FILE_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > side || u64::from(width) * u64::from(height) > pixels {
        return Err(PictureError::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    if format == ImageFormat::Jpeg && !has_its_end(bytes) {
        return Err(PictureError::Damaged);
    }
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

/// Whether a JPEG has its end: a decoder fills up what was cut off.
fn has_its_end(jpeg: &[u8]) -> bool {
    let mut at = 2;
    // Segments up to the picture itself: a small one for a preview may be in one of them, with an end of its own.
    while let Some(&[0xff, kind, high, low]) = jpeg.get(at..at + 4) {
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
        if kind == 0xda {
            break;
        }
    }
    jpeg.get(at..).is_some_and(|rest| rest.windows(2).any(|two| two == [0xff, 0xd9]))
}

/// Grey, on white where it is transparent.
fn grey(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return DynamicImage::ImageLuma8(image.into_luma8());
    }
    let on_white = |luma: u8, alpha: u8| {
        let alpha = u32::from(alpha);
        ((u32::from(luma) * alpha + 255 * (255 - alpha)) / 255) as u8
    };
    let image = image.into_luma_alpha8();
    DynamicImage::ImageLuma8(GrayImage::from_fn(image.width(), image.height(), |x, y| {
        let [luma, alpha] = image.get_pixel(x, y).0;
        Luma([on_white(luma, alpha)])
    }))
}

/// No longer than a side.
fn shrunk(image: DynamicImage, side: u32) -> DynamicImage {
    let longer = image.width().max(image.height());
    if longer <= side {
        return image;
    }
    let part = |length: u32| (u64::from(length) * u64::from(side) / u64::from(longer)).max(1) as u32;
    image.resize_exact(part(image.width()), part(image.height()), FilterType::Lanczos3)
}

fn encoded(image: &DynamicImage, quality: u8) -> Result<Picture, PictureError> {
    let mut jpeg = Zeroizing::new(Vec::with_capacity(2 * PICTURE_MAX_BYTES));
    JpegEncoder::new_with_quality(&mut *jpeg, quality).encode_image(&image.to_luma8())?;
    Ok(Picture { jpeg, width: image.width(), height: image.height() })
}
