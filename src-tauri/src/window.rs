//! The one window.

use std::{env, path::Path};

use anyhow::Context;
use tauri::{AppHandle, Manager, Theme, Url, WebviewUrl, WebviewWindowBuilder, webview, window::Color};
use tauri_plugin_window_state::StateFlags;

use crate::lock;

/// Set by the WebDriver of the system's web view; a private session cannot be driven.
pub(crate) const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// The window's name among windows.
const MAIN: &str = "main";

/// Opens the window, where and as large as it was last. The kiosk takes the whole screen after that; it cannot be closed, so
/// that its size is not what is remembered.
pub(crate) fn open(app: &AppHandle, profile: &Path) -> anyhow::Result<()> {
    let driven = env::var_os(AUTOMATION).is_some();
    let file = profile.join("window.json").into_os_string().into_string().ok();
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    app.plugin(
        tauri_plugin_window_state::Builder::new()
            .with_state_flags(remembered)
            .with_filename(file.context("the profile's path is not text")?)
            .build(),
    )?;
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
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
        .initialization_script(lock::NO_WAY_OUT)
        .on_navigation(is_ours)
        .on_new_window(|_, _| webview::NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    // What is seen while a page is loaded: the paper of ui/src/shared/tokens.css.
    let paper = if matches!(window.theme(), Ok(Theme::Dark)) {
        Color(21, 23, 27, 255)
    } else {
        Color(247, 244, 236, 255)
    };
    window.set_background_color(Some(paper))?;
    lock::prepare(&window)?;
    Ok(())
}

/// Brings the window before all others.
pub(crate) fn bring_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // A window manager may refuse each of these; there is nothing to be done then.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

fn is_ours(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    ) || (cfg!(dev) && url.host_str() == Some("localhost"))
}
