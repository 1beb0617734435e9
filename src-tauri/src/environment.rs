//! The environment that the app must be started in.

use std::{env, ffi::OsString, fs, os::unix::process::CommandExt, process::Command, thread};

use crate::window::AUTOMATION;

/// Says to the web view that it is to allocate as the rest of the process does (WebKit's bmalloc).
const ONE_ALLOCATOR: &str = "Malloc";

const TUNABLES: &str = "GLIBC_TUNABLES";
/// Of the C library (glibc manual, 39.1): what is freed is overwritten at once, and no cache keeps it from that.
const OVERWRITE: &str = "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0";

/// Says to the web view that it is to draw on the processor (WebKit's Skia back end).
const DRAW_ON_PROCESSOR: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";
/// By how many threads at once. By itself it takes one for two cores, and half of a small computer waits for each frame.
const DRAWING_THREADS: &str = "WEBKIT_SKIA_CPU_PAINTING_THREADS";
/// It takes no more.
const DRAWING_THREADS_MAX: usize = 8;

/// Starts this program again in the same process, where the environment is not the one that is needed. What the packages put into a
/// system's menu (`src-tauri/entry.desktop`) starts it in that one: all that it is linked to is loaded once then, not twice.
///
/// What a person types passes through memory of the web view and of GTK too. It is theirs to free, and only their
/// allocator can see to it that nothing is left. In a release, no other program may drive the window.
pub(crate) fn ensure() -> anyhow::Result<()> {
    let driven = !cfg!(debug_assertions) && env::var_os(AUTOMATION).is_some();
    let mut tunables = env::var_os(TUNABLES).unwrap_or_default();
    let is_ready = env::var_os(ONE_ALLOCATOR).is_some() && tunables.to_string_lossy().contains(OVERWRITE);
    if is_ready && !driven {
        // They hold for this process. The web view's own has an allocator that is made for it, and pages stop where
        // what it has freed is overwritten.
        gtk::glib::unsetenv(ONE_ALLOCATOR);
        gtk::glib::unsetenv(TUNABLES);
        if !has_graphics_card() {
            gtk::glib::setenv(DRAW_ON_PROCESSOR, "1", false)?;
            let threads = thread::available_parallelism().map_or(1, usize::from).min(DRAWING_THREADS_MAX);
            gtk::glib::setenv(DRAWING_THREADS, threads.to_string(), false)?;
        }
        return Ok(());
    }
    if !tunables.is_empty() {
        tunables.push(":");
    }
    tunables.push(OVERWRITE);
    let mut again = Command::new(env::current_exe()?);
    again.args(env::args_os().skip(1).collect::<Vec<OsString>>());
    again.env(ONE_ALLOCATOR, "1").env(TUNABLES, tunables);
    if driven {
        again.env_remove(AUTOMATION);
    }
    // It returns only where it failed.
    Err(again.exec().into())
}

/// Whether the system has a device that draws: a render node of drm(7). Without one a library would stand for a graphics card, on the
/// processor, and take half as long again for each frame as the web view does by itself.
fn has_graphics_card() -> bool {
    let mut devices = fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    devices.any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(test)]
mod tests {
    use super::{ONE_ALLOCATOR, OVERWRITE, TUNABLES};

    #[test]
    fn a_start_from_the_menu_is_in_the_environment_that_is_needed() {
        let entry = include_str!("../entry.desktop");
        let line = format!("Exec=env {ONE_ALLOCATOR}=1 {TUNABLES}={OVERWRITE} {{{{exec}}}}");
        assert!(entry.lines().any(|said| said == line), "{entry}");
    }
}
