//! The code of a kit on a picture: as a screen shows it, and as a telephone takes it.

use std::io::Cursor;

use fast_qr::{ECL, QRBuilder};
use image::{DynamicImage, GrayImage, ImageFormat, Luma, imageops};
use proof::{CampaignId, Seed};
use table::{KitCode, kit_code_in};
use uuid::Uuid;

fn code() -> KitCode {
    let campaign = CampaignId::from_bytes([7; 16]);
    KitCode::of_kit(&Seed::from_bytes([1; 32]), campaign, Uuid::from_u128(2), "https://collect.example.org")
}

/// A QR code as the page draws it, a module of so many pixels.
fn drawn(text: &str, module: u32) -> GrayImage {
    const QUIET: u32 = 4;
    let qr = QRBuilder::new(text).ecl(ECL::Q).build().unwrap();
    let size = qr.size as u32;
    GrayImage::from_fn((size + 2 * QUIET) * module, (size + 2 * QUIET) * module, |x, y| {
        let at = |pixel: u32| (pixel / module).checked_sub(QUIET).filter(|module| *module < size);
        let is_dark = at(x).zip(at(y)).is_some_and(|(x, y)| qr[y as usize][x as usize].value());
        Luma([if is_dark { 0 } else { 255 }])
    })
}

fn file(image: GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(image).write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// On a desk, under a lamp: greyer towards one side, and with things beside it.
fn photographed(code: &GrayImage, width: u32, height: u32) -> GrayImage {
    let mut photograph = GrayImage::from_fn(width, height, |x, y| {
        let stripes = if (x / 90 + y / 70) % 3 == 0 { 40 } else { 0 };
        Luma([(90 + 60 * x / width) as u8 + stripes])
    });
    let dim = GrayImage::from_fn(code.width(), code.height(), |x, y| {
        let Luma([light]) = *code.get_pixel(x, y);
        Luma([(40 + u32::from(light) * 170 / 255 - 20 * y / code.height()) as u8])
    });
    imageops::replace(
        &mut photograph,
        &imageops::blur(&dim, 0.8),
        i64::from(width / 3),
        i64::from(height / 4),
    );
    photograph
}

#[track_caller]
fn check(picture: &[u8]) {
    let found = kit_code_in(picture).unwrap().map(|found| found.to_string());
    assert_eq!(found, Some(code().to_string()));
}

#[test]
fn a_screenshot_is_read_and_a_photograph_whichever_way_up() {
    let text = code().to_string();
    check(&file(drawn(&text, 3), ImageFormat::Png));
    check(&file(drawn(&text, 8), ImageFormat::Jpeg));
    let photograph = photographed(&drawn(&text, 5), 1_280, 960);
    check(&file(photograph.clone(), ImageFormat::Jpeg));
    check(&file(imageops::rotate90(&photograph), ImageFormat::Jpeg));
    check(&file(imageops::rotate180(&photograph), ImageFormat::Png));
    // Small on a large one.
    check(&file(photographed(&drawn(&text, 5), 2_800, 2_100), ImageFormat::Jpeg));
}

#[test]
fn a_picture_without_a_code_has_none_and_one_of_another_says_so() {
    let empty = GrayImage::from_pixel(640, 480, Luma([200]));
    assert!(kit_code_in(&file(empty, ImageFormat::Png)).unwrap().is_none());
    let blurred = imageops::blur(&drawn(&code().to_string(), 3), 9.0);
    assert!(kit_code_in(&file(blurred, ImageFormat::Png)).unwrap().is_none());
    let refused = |picture: &[u8]| kit_code_in(picture).map(|_| ()).unwrap_err().code();
    let other = drawn("https://collect.example.org", 5);
    assert_eq!(refused(&file(other, ImageFormat::Png)), "kit-code/not-a-code");
    let mistyped = code().to_string().replace("EXAMPLE", "EXAMPIE");
    assert_eq!(refused(&file(drawn(&mistyped, 5), ImageFormat::Png)), "kit-code/mistyped");
    assert_eq!(refused(b"a kit"), "picture/format");
    let whole = file(drawn(&code().to_string(), 5), ImageFormat::Png);
    assert_eq!(refused(&whole[..whole.len() / 2]), "picture/damaged");
}
