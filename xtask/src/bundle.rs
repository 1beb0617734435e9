//! `cargo xtask bundle`: packages to install.

use std::process::Command;

use crate::{children::run, setup, steps::Steps};

/// Makes a deb and an rpm of the release build.
pub(crate) fn bundle() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_building)?;
    steps.step("Release build and packages (tauri build)", || {
        run(Command::new("ui/node_modules/.bin/tauri").args(["build", "--bundles", "deb,rpm"]))
    })?;
    println!("\nThe packages are in target/release/bundle.");
    Ok(())
}
