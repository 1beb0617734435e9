//! One program for each profile: a second start brings the first one's window forward, and ends.

use std::path::Path;

use tauri::AppHandle;

use crate::window;

/// Ends this process where another one has the profile open. Where that cannot be asked, the profile's own lock says so later.
#[cfg(target_os = "linux")]
pub(crate) fn prefer_the_first(app: &AppHandle, profile: &Path) -> anyhow::Result<()> {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let mut hasher = DefaultHasher::new();
    profile.canonicalize()?.hash(&mut hasher);
    let name = format!("{}.p{:016x}", app.config().identifier, hasher.finish());
    // The one that is asked may have ended meanwhile, a crashed one above all: its name is free the second time.
    for _ in 0..2 {
        let plugin = tauri_plugin_single_instance::Builder::new()
            .callback(|app, _, _| window::bring_forward(app))
            .dbus_id(name.clone())
            .build();
        if app.plugin(plugin).is_ok() {
            break;
        }
    }
    Ok(())
}

/// The same; programs find each other by the app's name alone here, so that it is for the user's own profile.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prefer_the_first(app: &AppHandle, _profile: &Path) -> anyhow::Result<()> {
    if crate::profile::is_chosen() {
        return Ok(());
    }
    Ok(app.plugin(tauri_plugin_single_instance::init(|app, _, _| window::bring_forward(app)))?)
}
