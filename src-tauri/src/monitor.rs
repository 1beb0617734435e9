//! How large the monitor under the window is: what is shown is measured in millimetres of the glass, not in pixels.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};
use tauri::WebviewWindow;
use ts_rs::TS;

/// What a person said of this computer's monitor, in its profile.
const SAID: &str = "monitor.json";

/// In millimetres, corner to corner: from the smallest tablet to a screen on a wall.
const DIAGONALS: std::ops::RangeInclusive<f64> = 200.0..=1100.0;
/// Pixels of the page to a millimetre, of any monitor that can be read.
const DENSITIES: std::ops::RangeInclusive<f64> = 2.0..=9.0;
/// How much wider or narrower, for its height, the glass may be than the picture on it.
const SHAPES: std::ops::RangeInclusive<f64> = 0.85..=1.18;
/// 13.3 inches, of a small laptop. Where a monitor is larger than that, its letters are too.
const ASSUMED_DIAGONAL: f64 = 338.0;

/// How it is known how large a monitor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Known {
    /// A person measured it.
    Measured,
    /// The system says so.
    Told,
    /// It is not: a small one is assumed.
    Assumed,
}

/// A monitor, as the system tells of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Monitor {
    /// Width and height, in pixels of the page.
    pub pixels: (f64, f64),
    /// The same in millimetres, where the system knows or pretends to.
    pub millimetres: Option<(f64, f64)>,
}

/// What a person measured, for a monitor of so many pixels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Said {
    pixels: (f64, f64),
    pixels_per_mm: f64,
}

impl Monitor {
    /// The one that the window is on.
    pub(crate) async fn under(window: &WebviewWindow) -> Self {
        let assumed = Self { pixels: (1280.0, 800.0), millimetres: None };
        let Ok(Some(monitor)) = window.current_monitor() else { return assumed };
        let size = monitor.size().to_logical::<f64>(monitor.scale_factor());
        Self { pixels: (size.width, size.height), millimetres: system::millimetres(window).await }
    }

    /// Pixels of the page to a millimetre of the glass: as a person measured it, or the system says and can be believed, or assumed.
    pub(crate) fn density(&self, profile: &Path) -> (f64, Known) {
        if let Some(said) = said(profile).filter(|said| said.pixels == self.pixels) {
            return (said.pixels_per_mm, Known::Measured);
        }
        let assumed = (diagonal(self.pixels) / ASSUMED_DIAGONAL, Known::Assumed);
        self.told().map_or(assumed, |told| (told, Known::Told))
    }

    /// What the system says, where it can be true: some monitors tell their shape in its place, some nothing, some a size of
    /// another monitor.
    fn told(&self) -> Option<f64> {
        let glass = self.millimetres?;
        let density = diagonal(self.pixels) / diagonal(glass);
        // A monitor that was turned tells its sides as they were.
        let shape = shape(glass) / shape(self.pixels);
        (DIAGONALS.contains(&diagonal(glass)) && DENSITIES.contains(&density) && SHAPES.contains(&shape))
            .then_some(density)
    }

    /// Keeps what a person measured, or forgets it.
    pub(crate) fn say(&self, profile: &Path, pixels_per_mm: Option<f64>) -> io::Result<()> {
        let file = profile.join(SAID);
        match pixels_per_mm.filter(|density| DENSITIES.contains(density)) {
            Some(pixels_per_mm) => {
                fs::write(file, serde_json::to_vec(&Said { pixels: self.pixels, pixels_per_mm })?)
            }
            None => fs::remove_file(file).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            }),
        }
    }
}

/// What a person measured once. A file that cannot be read says nothing.
fn said(profile: &Path) -> Option<Said> {
    let said: Said = serde_json::from_slice(&fs::read(profile.join(SAID)).ok()?).ok()?;
    DENSITIES.contains(&said.pixels_per_mm).then_some(said)
}

fn diagonal((width, height): (f64, f64)) -> f64 {
    width.hypot(height)
}

/// The longer side by the shorter.
fn shape((width, height): (f64, f64)) -> f64 {
    width.max(height) / width.min(height).max(1.0)
}

#[cfg(target_os = "linux")]
mod system {
    use gtk::{gdk::prelude::MonitorExt, prelude::WidgetExt};
    use tauri::WebviewWindow;
    use tokio::sync::oneshot;

    /// As GDK has it from the display's server.
    pub(super) async fn millimetres(window: &WebviewWindow) -> Option<(f64, f64)> {
        let (says, said) = oneshot::channel();
        let asked = window.clone();
        let answer = move || {
            // Who asked may be gone.
            let _ = says.send(on_main_thread(&asked));
        };
        window.run_on_main_thread(answer).ok()?;
        said.await.ok().flatten()
    }

    fn on_main_thread(window: &WebviewWindow) -> Option<(f64, f64)> {
        let frame = window.gtk_window().ok()?;
        let monitor = WidgetExt::display(&frame).monitor_at_window(&frame.window()?)?;
        Some((f64::from(monitor.width_mm()), f64::from(monitor.height_mm())))
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use display_info::DisplayInfo;
    use tauri::WebviewWindow;

    /// As the system has it: of the monitor at the window's place, else of the first.
    pub(super) async fn millimetres(window: &WebviewWindow) -> Option<(f64, f64)> {
        let place = window.outer_position().ok()?;
        let all = DisplayInfo::all().ok()?;
        let at = |one: &&DisplayInfo| (one.x, one.y) == (place.x, place.y);
        let one = all.iter().find(at).or_else(|| all.iter().find(|one| one.is_primary))?;
        Some((f64::from(one.width_mm), f64::from(one.height_mm)))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Known, Monitor};

    #[track_caller]
    fn check(pixels: (f64, f64), millimetres: Option<(f64, f64)>, expect: f64, known: Known) {
        let profile = tempfile::tempdir().unwrap();
        let density = Monitor { pixels, millimetres }.density(profile.path());
        assert!((density.0 - expect).abs() < 0.05, "{density:?}");
        assert_eq!(density.1, known);
    }

    #[test]
    fn a_monitor_that_tells_its_size_is_believed() {
        check((1280.0, 800.0), Some((286.0, 179.0)), 4.47, Known::Told);
        check((1920.0, 1080.0), Some((344.0, 194.0)), 5.58, Known::Told);
        check((2560.0, 1440.0), Some((597.0, 336.0)), 4.29, Known::Told);
        // It was turned, and tells its sides as they were.
        check((1080.0, 1920.0), Some((344.0, 194.0)), 5.58, Known::Told);
    }

    #[test]
    fn one_that_tells_nothing_or_what_cannot_be_is_taken_for_a_small_laptop() {
        let assumed = 4.47;
        check((1280.0, 800.0), None, assumed, Known::Assumed);
        check((1280.0, 800.0), Some((0.0, 0.0)), assumed, Known::Assumed);
        // Its shape, in centimetres, as some televisions tell.
        check((1280.0, 720.0), Some((160.0, 90.0)), 4.35, Known::Assumed);
        // The size of a square monitor for a wide picture.
        check((1280.0, 800.0), Some((376.0, 301.0)), assumed, Known::Assumed);
        // A wall.
        check((1920.0, 1080.0), Some((3000.0, 1690.0)), 6.52, Known::Assumed);
    }

    #[test]
    fn what_a_person_measured_holds_for_that_monitor_until_it_is_taken_back() {
        let profile = tempfile::tempdir().unwrap();
        let monitor = Monitor { pixels: (1280.0, 800.0), millimetres: Some((286.0, 179.0)) };
        let other = Monitor { pixels: (1920.0, 1080.0), millimetres: Some((344.0, 194.0)) };
        monitor.say(profile.path(), Some(5.0)).unwrap();
        assert_eq!(monitor.density(profile.path()), (5.0, Known::Measured));
        assert_ne!(other.density(profile.path()).1, Known::Measured);
        monitor.say(profile.path(), None).unwrap();
        assert_ne!(monitor.density(profile.path()), (5.0, Known::Measured));
        // What cannot be is not kept.
        monitor.say(profile.path(), Some(f64::NAN)).unwrap();
        monitor.say(profile.path(), Some(40.0)).unwrap();
        assert_ne!(monitor.density(profile.path()).1, Known::Measured);
    }
}
