//! Printing what the window shows: by the system's dialog, or as a PDF file. Pages lay themselves out for paper in their styles.

#[cfg(target_os = "linux")]
mod linux;
mod outcome;

use tauri::WebviewWindow;

pub(crate) use outcome::Printed;

use crate::failure::Failure;

/// Opens the system's print dialog, and waits until it is closed and what was printed has gone.
#[cfg(target_os = "linux")]
pub(crate) fn dialog(window: &WebviewWindow) -> Result<Printed, Failure> {
    linux::dialog(window)
}

/// The window as a PDF, on the paper that the system prints on. `folder` is private, and holds it for a moment.
#[cfg(target_os = "linux")]
pub(crate) fn pdf(window: &WebviewWindow, folder: &std::path::Path) -> Result<Vec<u8>, Failure> {
    linux::pdf(window, folder)
}

/// Opens the system's print dialog, which has PDF.
#[cfg(not(target_os = "linux"))]
pub(crate) fn dialog(window: &WebviewWindow) -> Result<Printed, Failure> {
    window.print()?;
    Ok(Printed::NotKnown)
}

/// The system's print dialog has PDF, and nothing else here has.
#[cfg(not(target_os = "linux"))]
pub(crate) fn pdf(_: &WebviewWindow, _: &std::path::Path) -> Result<Vec<u8>, Failure> {
    Err(outcome::cannot("PDF is in the system's print dialog"))
}
