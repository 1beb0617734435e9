//! The one window, and the lock that makes it a kiosk.

use std::{env, path::Path};

use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, webview};

use crate::seats::Seats;

/// Set by the WebDriver of the system's web view; a private session cannot be driven.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// A page must not close the window or print it: that is the volunteer's.
const NO_WAY_OUT: &str = "window.close = () => {}; window.print = () => {};";

/// Opens the window; locked at once if the kiosk was open when the app last stopped.
pub(crate) fn open(app: &AppHandle, profile: &Path) -> anyhow::Result<()> {
    let driven = env::var_os(AUTOMATION).is_some();
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
        .title("Undersigned")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 720.0)
        .center()
        .data_directory(profile.join("webview"))
        .incognito(!driven)
        .general_autofill_enabled(false)
        .zoom_hotkeys_enabled(false)
        .devtools(cfg!(debug_assertions) && !driven)
        .disable_drag_drop_handler()
        .initialization_script(NO_WAY_OUT)
        .on_navigation(is_ours)
        .on_new_window(|_, _| webview::NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    let handle = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && handle.state::<Seats>().is_locked()
        {
            api.prevent_close();
        }
    });
    if app.state::<Seats>().is_locked() {
        lock(&window)?;
    }
    Ok(())
}

fn is_ours(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    ) || url.as_str() == "about:blank"
        || (cfg!(dev) && url.host_str() == Some("localhost"))
}

/// Full screen, without a frame, above everything.
pub(crate) fn lock(window: &WebviewWindow) -> tauri::Result<()> {
    window.set_decorations(false)?;
    window.set_always_on_top(true)?;
    window.set_fullscreen(true)
}

/// An ordinary window again.
pub(crate) fn unlock(window: &WebviewWindow) -> tauri::Result<()> {
    window.set_fullscreen(false)?;
    window.set_always_on_top(false)?;
    window.set_decorations(true)
}

/// Starts this program again without the variable that would let another program drive the window.
#[cfg(all(unix, not(debug_assertions)))]
pub(crate) fn without_automation() -> anyhow::Result<()> {
    use std::{os::unix::process::CommandExt, process::Command};
    if env::var_os(AUTOMATION).is_none() {
        return Ok(());
    }
    let error = Command::new(env::current_exe()?).args(env::args_os().skip(1)).env_remove(AUTOMATION).exec();
    Err(error.into())
}
