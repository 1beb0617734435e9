//! The one window.

use std::{env, path::Path};

use tauri::{AppHandle, Url, WebviewUrl, WebviewWindowBuilder, webview};

use crate::lock;

/// Set by the WebDriver of the system's web view; a private session cannot be driven.
pub(crate) const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Opens the window.
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
        .initialization_script(lock::NO_WAY_OUT)
        .on_navigation(is_ours)
        .on_new_window(|_, _| webview::NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    lock::prepare(&window)?;
    Ok(())
}

fn is_ours(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    ) || url.as_str() == "about:blank"
        || (cfg!(dev) && url.host_str() == Some("localhost"))
}
