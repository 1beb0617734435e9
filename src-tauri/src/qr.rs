//! QR codes (ISO/IEC 18004) as a path to be filled.

use fast_qr::{ECL, QRBuilder};

use serde::Serialize;
use ts_rs::TS;

/// A QR code without its quiet zone.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Qr {
    /// Modules on a side.
    pub size: u32,
    /// The dark modules, as an SVG path; a module is one unit.
    pub path: String,
}

/// The code for a text, with a quarter of it restorable; none where the text is too long for one.
pub(crate) fn code(text: &str) -> Option<Qr> {
    use std::fmt::Write;
    let code = QRBuilder::new(text).ecl(ECL::Q).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let run = row.iter().skip(x).take(code.size - x).take_while(|module| module.value()).count();
            if run > 0 {
                // Writing into a string cannot fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Some(Qr { size: u32::try_from(code.size).ok()?, path })
}
