//! The folder that holds this computer's table and desk.

use std::{env, fs, io, path::PathBuf};

use tauri::{AppHandle, Manager};

/// Names another folder than the user's own.
const VARIABLE: &str = "UNDERSIGNED_PROFILE";

/// Whether it is another folder than the user's own.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_chosen() -> bool {
    env::var_os(VARIABLE).is_some()
}

/// The folder, made when it is missing; readable by nobody else.
pub(crate) fn folder(app: &AppHandle) -> anyhow::Result<PathBuf> {
    let folder = match env::var_os(VARIABLE) {
        Some(folder) => PathBuf::from(folder),
        None => app.path().app_local_data_dir()?,
    };
    make_private(&folder)?;
    Ok(folder)
}

#[cfg(unix)]
fn make_private(folder: &PathBuf) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::create_dir_all(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn make_private(folder: &PathBuf) -> io::Result<()> {
    fs::create_dir_all(folder)
}
