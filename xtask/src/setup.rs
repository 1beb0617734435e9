//! What a bare machine misses: system packages, Node, npm packages. Nothing is set up twice.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, bail};

use crate::{
    children::{find_output, run, run_asking},
    stamp::stamp,
};

/// To compile the databases and TLS.
const TO_BUILD_CRATES: [&str; 3] = ["build-essential", "pkg-config", "libssl-dev"];

/// To compile the window.
const TO_BUILD_WINDOW: [&str; 1] = ["libwebkit2gtk-4.1-dev"];

/// To drive the real window where there is no display: screens (one that can be touched), window manager, driver, keys, keyring,
/// and what reads it aloud.
const TO_TEST: [&str; 11] = [
    "xvfb",
    "xserver-xorg-core",
    "xserver-xorg-video-dummy",
    "openbox",
    "webkit2gtk-driver",
    "xdotool",
    "dbus",
    "gnome-keyring",
    "libsecret-tools",
    "at-spi2-core",
    "speech-dispatcher",
];

/// What building the crates takes: all but the window.
pub(crate) fn for_crates() -> anyhow::Result<()> {
    system_packages(&TO_BUILD_CRATES)
}

/// What building the whole takes, without the pages.
pub(crate) fn for_window() -> anyhow::Result<()> {
    system_packages(&[&TO_BUILD_CRATES[..], &TO_BUILD_WINDOW].concat())
}

/// What building takes.
pub(crate) fn for_building() -> anyhow::Result<()> {
    for_window()?;
    npm_packages()
}

/// What building and testing take.
pub(crate) fn for_testing() -> anyhow::Result<()> {
    system_packages(&[&TO_BUILD_CRATES[..], &TO_BUILD_WINDOW, &TO_TEST].concat())?;
    npm_packages()
}

/// What trying a package on a clean system takes.
pub(crate) fn for_trying() -> anyhow::Result<()> {
    system_packages(&["mmdebstrap"])
}

fn system_packages(wanted: &[&str]) -> anyhow::Result<()> {
    let Some(known) = find_output(Command::new("dpkg-query").arg("--version")) else {
        println!("This is neither Debian nor Ubuntu, so no system package is set up here.");
        println!("If the build misses something: it takes what Debian calls {}.", wanted.join(", "));
        return Ok(());
    };
    debug_assert!(!known.is_empty());
    let missing: Vec<&str> = wanted.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        println!("System packages: all there.");
        return Ok(());
    }
    println!("System packages: installing {}.", missing.join(", "));
    if let Err(error) = run_asking(apt_get().arg("update")) {
        println!("The package lists could not be renewed ({error:#}); going on with those that are here.");
    }
    run_asking(apt_get().args(["install", "-y", "--no-install-recommends"]).args(&missing)).with_context(
        || format!("install these system packages by hand, then try again: {}", missing.join(" ")),
    )
}

fn is_installed(package: &str) -> bool {
    let status = find_output(Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}\n", package]));
    // One line for each architecture that the package is known in.
    status.is_some_and(|lines| lines.lines().any(|line| line == "installed"))
}

/// `apt-get`, as root, that waits for another one to finish.
fn apt_get() -> Command {
    let is_root = find_output(Command::new("id").arg("-u")).as_deref() == Some("0");
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        command.arg("env");
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"]);
    command
}

/// What the pages are made of and with.
pub(crate) fn npm_packages() -> anyhow::Result<()> {
    check_node()?;
    let lock = fs::read("ui/package-lock.json").context("ui/package-lock.json is missing")?;
    let stamp = stamp(&[&lock]);
    let stamp_file = Path::new("ui/node_modules/.stamp");
    if fs::read_to_string(stamp_file).is_ok_and(|known| known == stamp) {
        println!("npm packages: all there.");
        return Ok(());
    }
    println!("npm packages: installing what ui/package-lock.json names.");
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir("ui"))?;
    fs::write(stamp_file, stamp).context("cannot mark the npm packages as installed")
}

/// Vite wants 20.19 or later of Node 20, 22.12 or later of Node 22, or anything newer.
fn check_node() -> anyhow::Result<()> {
    let Some(version) = find_output(Command::new("node").arg("--version")) else {
        bail!("Node.js is missing: install version 20.19 or later, with npm (https://nodejs.org)");
    };
    if !is_new_enough(&version) {
        bail!("Node.js {version} is too old: install version 20.19 or later of 20, or 22.12 or later");
    }
    if find_output(Command::new("npm").arg("--version")).is_none() {
        bail!("npm is missing: it comes with Node.js (https://nodejs.org), or as the package npm");
    }
    Ok(())
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), _) => major > 22,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn a_node_that_vite_refuses_is_too_old() {
        for good in ["v20.19.0", "v20.20.2", "v22.12.0", "v24.0.0"] {
            assert!(is_new_enough(good), "{good}");
        }
        for old in ["v18.20.0", "v20.18.9", "v21.7.0", "v22.11.0", "", "v"] {
            assert!(!is_new_enough(old), "{old}");
        }
    }
}
