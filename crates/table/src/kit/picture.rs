//! The code of a kit out of a picture of its QR code: a photograph, a screenshot, or what a camera sees.

use petition::grey_pixels;
use rqrr::PreparedImage;
use wire::{KitCode, KitCodeError};
use zeroize::Zeroizing;

use crate::error::TableError;

/// The longer side of what is looked through, in pixels: nearly always enough; and where a code is small on a large photograph.
const SIDES: [u32; 2] = [1_600, 4_000];

/// The code of a kit in a picture, of its file's bytes; none where there is no QR code.
///
/// Errors: [`TableError::Picture`]; [`TableError::KitCode`] where the QR codes say something else.
pub fn kit_code_in(file: &[u8]) -> Result<Option<KitCode>, TableError> {
    let mut other = None;
    for side in SIDES {
        for text in texts(file, side)? {
            match text.parse() {
                Ok(code) => return Ok(Some(code)),
                Err(error) => other = Some(error),
            }
        }
    }
    other.map_or(Ok(None), |error: KitCodeError| Err(error.into()))
}

fn texts(file: &[u8], side: u32) -> Result<Vec<Zeroizing<String>>, TableError> {
    let grey = grey_pixels(file, side)?;
    let (width, height) = (grey.width as usize, grey.height as usize);
    let mut image = PreparedImage::prepare_from_greyscale(width, height, |x, y| grey.pixels[y * width + x]);
    // A grid that cannot be read is none of ours, or too blurred.
    let read = image.detect_grids().into_iter().filter_map(|grid| grid.decode().ok());
    Ok(read.map(|(_, text)| Zeroizing::new(text)).collect())
}
