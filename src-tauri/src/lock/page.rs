//! A fresh page for the next person: what ran it for the last one is gone, with all of its memory.

use tauri::WebviewWindow;

/// Ends the process that ran the page, and loads the page in a new one. A driver loses a window whose process ends: for it the
/// page alone is a new one.
#[cfg(target_os = "linux")]
pub(crate) fn renew(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    if std::env::var_os(crate::window::AUTOMATION).is_some() {
        return window.reload();
    }
    window.with_webview(|platform| {
        let view = platform.inner();
        view.terminate_web_process();
        view.reload();
    })
}

/// Loads the page again. Its process goes on.
#[cfg(not(target_os = "linux"))]
pub(crate) fn renew(window: &WebviewWindow) -> tauri::Result<()> {
    window.reload()
}
