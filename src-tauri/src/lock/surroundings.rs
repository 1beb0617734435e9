//! What this computer's system grants to a lock. A program cannot hold the rest, and says so before it locks.

use std::{env, fs};

use serde::Serialize;
use ts_rs::TS;

/// What stands around the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Surroundings {
    /// A session of this program alone: no other window, panel or launcher.
    OneProgram,
    /// A Wayland desktop: it decides by itself what lies above what.
    Wayland,
    /// An X11 desktop: its window manager and other programs may hear keys first.
    X11,
    /// Windows without Assigned Access that we know of.
    Windows,
    /// macOS without a single-app profile that we know of.
    MacOs,
}

impl Surroundings {
    /// Those of this program, now.
    pub(crate) fn now() -> Self {
        let wayland = env::var_os("WAYLAND_DISPLAY").is_some_and(|value| !value.is_empty());
        Self::of(env::consts::OS, starter().as_deref(), wayland)
    }

    fn of(system: &str, starter: Option<&str>, wayland: bool) -> Self {
        match (system, starter, wayland) {
            ("windows", ..) => Self::Windows,
            ("macos", ..) => Self::MacOs,
            (_, Some(ONE_PROGRAM), _) => Self::OneProgram,
            (.., true) => Self::Wayland,
            (.., false) => Self::X11,
        }
    }
}

/// A compositor that shows the one program which it starts, and nothing else.
const ONE_PROGRAM: &str = "cage";

/// The name of the program that started this one, where the system tells it.
fn starter() -> Option<String> {
    #[cfg(unix)]
    let told = fs::read_to_string(format!("/proc/{}/comm", std::os::unix::process::parent_id()));
    #[cfg(not(unix))]
    let told = Err::<String, _>(std::io::ErrorKind::Unsupported);
    Some(told.ok()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_one_program_is_known_by_what_started_it() {
        let linux = |starter, wayland| Surroundings::of("linux", starter, wayland);
        assert_eq!(linux(Some("cage"), true), Surroundings::OneProgram);
        assert_eq!(linux(Some("gnome-shell"), true), Surroundings::Wayland);
        assert_eq!(linux(Some("cagey"), false), Surroundings::X11);
        assert_eq!(linux(None, false), Surroundings::X11);
        assert_eq!(Surroundings::of("windows", Some("cage"), true), Surroundings::Windows);
    }
}
