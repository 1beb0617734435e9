//! The lock that makes the window a kiosk: no frame, nothing above it, no way out but the PIN.
//!
//! What no program can block (keys of the system itself) is in `docs/kiosk.md`, by system.

#[cfg(target_os = "linux")]
mod linux;
mod page;
mod screen;
mod surroundings;

use tauri::{AppHandle, Manager, WebviewWindow, WindowEvent};

pub(crate) use page::renew;
pub(crate) use screen::Screen;
pub(crate) use surroundings::Surroundings;

use crate::seats::Seats;

/// A page must not close the window or print it, and asks nobody anything in a dialog of the system's.
pub(crate) const NO_WAY_OUT: &str =
    "for (const name of ['close', 'print', 'alert', 'confirm', 'prompt', 'open']) window[name] = () => null;";

/// Prepares a new window, and locks it at once if the kiosk was open when the app last stopped.
pub(crate) fn prepare(window: &WebviewWindow) -> tauri::Result<()> {
    let app = window.app_handle().clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && is_locked(&app)
        {
            api.prevent_close();
        }
    });
    #[cfg(target_os = "linux")]
    {
        let (app, of_camera) = (window.app_handle().clone(), window.app_handle().clone());
        let may_use_camera = move || of_camera.state::<Seats>().may_use_camera();
        linux::shut(window, move || is_locked(&app), may_use_camera)?;
    }
    if is_locked(window.app_handle()) {
        take_the_screen(window)?;
        // Nobody typed anything yet: there is nothing to overwrite, and the first picture need not wait for it.
        #[cfg(target_os = "linux")]
        window.run_on_main_thread(linux::empty_selections)?;
    }
    Ok(())
}

/// Takes the screen, and leaves nothing of whoever had the window.
pub(crate) fn lock(window: &WebviewWindow) -> tauri::Result<()> {
    take_the_screen(window)?;
    empty_clipboards(window)
}

/// Full screen, without a frame, above everything, and the screen stays on.
fn take_the_screen(window: &WebviewWindow) -> tauri::Result<()> {
    window.set_decorations(false)?;
    window.set_always_on_top(true)?;
    window.set_fullscreen(true)?;
    window.set_focus()?;
    window.state::<Screen>().keep_on(true);
    Ok(())
}

/// An ordinary window again.
pub(crate) fn unlock(window: &WebviewWindow) -> tauri::Result<()> {
    window.state::<Screen>().keep_on(false);
    window.set_fullscreen(false)?;
    window.set_always_on_top(false)?;
    window.set_decorations(true)
}

/// Nobody finds what somebody before selected or copied.
pub(crate) fn empty_clipboards(window: &WebviewWindow) -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    window.run_on_main_thread(|| {
        linux::empty_selections();
        linux::overwrite_freed();
    })?;
    // Elsewhere nothing reaches a clipboard: the kiosk's pages refuse to copy.
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    Ok(())
}

fn is_locked(app: &AppHandle) -> bool {
    app.state::<Seats>().is_locked()
}
