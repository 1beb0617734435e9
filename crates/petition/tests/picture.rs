//! Pictures of paper sheets: made small and grey, and whatever is no picture has its answer.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use image::{GenericImageView, GrayImage, ImageFormat, Luma, LumaA, RgbImage};
use petition::{PICTURE_FILE_MAX_BYTES, PICTURE_MAX_BYTES, Picture, PictureError};
use proptest::prelude::*;

fn file(image: impl Into<image::DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 7_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb(state.to_be_bytes()[..3].try_into().unwrap())
    })
}

/// A camera's JPEG: the upper half black, on its side, with the place in it.
fn photograph() -> Vec<u8> {
    let upper = |x: u32, _| Luma([if x < 600 { 0 } else { 255 }]);
    let jpeg = file(GrayImage::from_fn(1_200, 1_800, upper), ImageFormat::Jpeg);
    // Orientation 6: to be turned by a quarter, clockwise. Then a text where cameras put the place.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(b"GPS 47.6N 122.3W");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn read(picture: &Picture) -> image::DynamicImage {
    image::load_from_memory_with_format(&picture.jpeg, ImageFormat::Jpeg).unwrap()
}

#[test]
fn a_photograph_becomes_upright_grey_and_small_and_nothing_else_of_its_file_stays() {
    let photograph = photograph();
    assert!(photograph.windows(3).any(|three| three == b"GPS"));
    let picture = Picture::of_file(&photograph).unwrap();
    assert_eq!((picture.width, picture.height), (1_600, 1_066));
    let image = read(&picture);
    assert_eq!((image.dimensions(), image.color()), ((1_600, 1_066), image::ColorType::L8));
    let at = |x, y| image.to_luma8().get_pixel(x, y).0[0];
    assert!(at(800, 100) < 20 && at(800, 1_000) > 235, "it stands upright");
    assert!(!picture.jpeg.windows(3).any(|three| three == b"GPS" || three == b"Exi"));
    assert!(picture.jpeg.len() < 40_000);
}

#[test]
fn whatever_is_on_it_a_picture_has_no_more_bytes_than_can_be_sealed() {
    for image in [noise(1_900, 1_700), noise(60, 4_000)] {
        let picture = Picture::of_file(&file(image, ImageFormat::Png)).unwrap();
        assert!(picture.jpeg.len() <= PICTURE_MAX_BYTES, "{}", picture.jpeg.len());
        assert!(picture.width.max(picture.height) >= 600, "{}×{}", picture.width, picture.height);
    }
    let small = Picture::of_file(&file(noise(1, 1), ImageFormat::Png)).unwrap();
    assert_eq!((small.width, small.height), (1, 1), "nothing is made larger");
}

#[test]
fn what_is_transparent_is_paper() {
    let ink = |x: u32, y: u32| LumaA(if (x + y) % 40 < 4 { [0_u8, 255] } else { [0, 0] });
    let image = image::ImageBuffer::from_fn(400, 400, ink);
    let picture = Picture::of_file(&file(image, ImageFormat::Png)).unwrap();
    let white = read(&picture).to_luma8().pixels().filter(|pixel| pixel.0[0] > 200).count();
    assert!(white > 400 * 400 / 2, "{white}");
}

/// A PNG that says of itself that it is so large.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut png = file(GrayImage::new(1, 1), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[test]
fn what_is_no_picture_is_cut_short_or_claims_to_be_huge_has_its_own_answer() {
    let (jpeg, png) = (photograph(), file(noise(300, 300), ImageFormat::Png));
    let long = vec![0; usize::try_from(PICTURE_FILE_MAX_BYTES).unwrap() + 1];
    for (bytes, expect) in [
        (&b""[..], PictureError::Format),
        (b"Ada Byron, Seattle", PictureError::Format),
        (b"GIF89a\x01\0\x01\0\0\0\0;", PictureError::Format),
        (b"%PDF-1.7\n", PictureError::Format),
        (&jpeg[..3], PictureError::Damaged),
        (&jpeg[..200], PictureError::Damaged),
        (&png[..png.len() / 2], PictureError::Damaged),
        (&png_of(0, 5), PictureError::Damaged),
        (&png_of(50_000, 50_000), PictureError::TooLarge),
        (&png_of(u32::MAX >> 1, 1), PictureError::TooLarge),
        (&png_of(19_000, 19_000), PictureError::TooLarge),
        (&long, PictureError::TooLarge),
    ] {
        let start = bytes.get(..12).unwrap_or(bytes);
        assert_eq!(Picture::of_file(bytes).err(), Some(expect), "{} bytes: {start:?}", bytes.len());
    }
}

#[test]
fn a_picture_of_another_computer_is_read_through_and_drawn_again() {
    let made = Picture::of_file(&photograph()).unwrap();
    let received = Picture::of_received(&made.jpeg).unwrap();
    assert_eq!((received.width, received.height), (made.width, made.height));
    let drawn = received.drawn_again().unwrap();
    assert_eq!((drawn.width, drawn.height), (made.width, made.height));
    assert!(drawn.jpeg != made.jpeg);
    let larger = file(GrayImage::new(1_601, 10), ImageFormat::Jpeg);
    let damaged = &made.jpeg[..made.jpeg.len() / 2];
    let png = file(noise(10, 10), ImageFormat::Png);
    for (bytes, expect) in [
        (&larger[..], PictureError::TooLarge),
        (&vec![0xff; PICTURE_MAX_BYTES + 1], PictureError::TooLarge),
        (damaged, PictureError::Damaged),
        (&png, PictureError::Format),
    ] {
        assert_eq!(Picture::of_received(bytes).err(), Some(expect), "{} bytes", bytes.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_file_with_any_damage_is_a_picture_or_none_and_never_a_panic(
        png in any::<bool>(),
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..20),
    ) {
        let mut file = file(noise(64, 64), if png { ImageFormat::Png } else { ImageFormat::Jpeg });
        let at = at.index(file.len());
        let end = (at + bytes.len()).min(file.len());
        file[at..end].copy_from_slice(&bytes[..end - at]);
        if let Ok(picture) = Picture::of_file(&file) {
            prop_assert!(picture.jpeg.len() <= PICTURE_MAX_BYTES);
        }
        drop(Picture::of_received(&file));
    }
}
