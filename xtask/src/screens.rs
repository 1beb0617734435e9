//! `cargo xtask screens`: every screen of the kiosk, a sheet of small pictures for each language, in `docs/screens`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::{self, File},
    io::BufWriter,
    path::Path,
    process::Command,
};

use anyhow::{Context, ensure};
use image::{GenericImage, Rgb, RgbImage, imageops::FilterType};

use crate::{children::run, setup, steps::Steps, test, ui};

const LANGUAGES: [&str; 4] = ["en", "ar", "am", "ko"];

/// The columns of a sheet: theme and display, as the journey names its pictures.
const COLUMNS: [&str; 4] = ["light-1280x800", "light-1920x1080", "dark-1280x800", "dark-1920x1080"];

/// A picture on a sheet, in pixels; one of a flatter display is less high.
const WIDTH: u32 = 400;
const HEIGHT: u32 = 250;

/// Between two pictures.
const GAP: u32 = 10;

/// Neither theme's: a picture ends where it ends.
const GROUND: Rgb<u8> = Rgb([128, 124, 116]);

/// How many colours a sheet has: each of the screens' own, and shades between text and ground.
const COLOURS: u8 = 64;

/// Walks through every screen in the real window, light and dark, on a small and a large display; then makes the sheets.
pub(crate) fn screens() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_testing)?;
    steps.step("Build of the user interface (vite)", ui::build)?;
    steps.step("Build (the app, the command line, the tests)", test::build)?;
    steps.step("Every screen, in the real window", || {
        run(Command::new("cargo")
            // All of them, as they were built: with other features they would be built once more.
            .args(["test", "--workspace", "--test", "journeys", "every_screen_fits"])
            .env("UNDERSIGNED_SCREENS", LANGUAGES.join(",")))
    })?;
    steps.step("Sheets", || LANGUAGES.iter().try_for_each(|language| sheet(language)))?;
    steps.say_times();
    Ok(())
}

/// One language: a row for each screen, in the order of their names.
fn sheet(language: &str) -> anyhow::Result<()> {
    let pictures = Path::new("target/journey");
    let begin = format!("kiosk-{language}-{}-", COLUMNS[0]);
    let mut rows = BTreeSet::new();
    for entry in fs::read_dir(pictures).context("the journey left no pictures")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        rows.extend(name.strip_prefix(&begin).and_then(|rest| rest.strip_suffix(".png")).map(str::to_owned));
    }
    ensure!(!rows.is_empty(), "the journey left no pictures in {language}");
    let (columns, lines) = (u32::try_from(COLUMNS.len())?, u32::try_from(rows.len())?);
    let (width, height) = (GAP + columns * (WIDTH + GAP), GAP + lines * (HEIGHT + GAP));
    let mut sheet = RgbImage::from_pixel(width, height, GROUND);
    for (row, screen) in (0..).zip(&rows) {
        for (column, display) in (0..).zip(COLUMNS) {
            let file = pictures.join(format!("kiosk-{language}-{display}-{screen}.png"));
            let picture = image::open(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let small: RgbImage = picture.resize(WIDTH, HEIGHT, FilterType::Triangle).to_rgb8();
            let down = (HEIGHT - small.height()) / 2;
            sheet.copy_from(&small, GAP + column * (WIDTH + GAP), GAP + row * (HEIGHT + GAP) + down)?;
        }
    }
    let folder = Path::new("docs/screens");
    fs::create_dir_all(folder)?;
    let file = folder.join(format!("{language}.png"));
    let (palette, places) = few_colours(&sheet);
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(&file)?), width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&places)?;
    println!("   {}: {} screens, {} KiB", file.display(), rows.len(), fs::metadata(&file)?.len() / 1024);
    Ok(())
}

/// A few colours for a sheet, each the one that was most missed among those before it, and which of them each pixel is nearest to.
fn few_colours(sheet: &RgbImage) -> (Vec<u8>, Vec<u8>) {
    let mut counted: BTreeMap<[u8; 3], u64> = BTreeMap::new();
    for Rgb(colour) in sheet.pixels() {
        *counted.entry(*colour).or_default() += 1;
    }
    // For each colour how many pixels have it, and how far it is from which of those that are kept.
    let mut all: Vec<_> = counted.into_iter().map(|(colour, count)| (colour, count, u64::MAX, 0)).collect();
    let mut kept = Vec::new();
    for place in 0..COLOURS {
        let missed = all.iter().max_by_key(|(_, count, far, _)| count.saturating_mul(*far));
        let Some(&(missed, ..)) = missed else { break };
        kept.push(missed);
        for (colour, _, far, nearest) in &mut all {
            let distance = distance(*colour, missed);
            if distance < *far {
                (*far, *nearest) = (distance, place);
            }
        }
    }
    let nearest: HashMap<_, _> = all.into_iter().map(|(colour, .., nearest)| (colour, nearest)).collect();
    (kept.concat(), sheet.pixels().map(|Rgb(colour)| nearest[colour]).collect())
}

/// Squared; hues count more than brightness, so that a wash is not taken for paper, nor red letters for black ones.
fn distance(one: [u8; 3], other: [u8; 3]) -> u64 {
    let [red, green, blue] = [0, 1, 2].map(|at| i32::from(one[at]) - i32::from(other[at]));
    [red, green, blue, 2 * (red - green), 2 * (green - blue)]
        .map(|by| u64::from(by.pow(2).unsigned_abs()))
        .iter()
        .sum()
}
