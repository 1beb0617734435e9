//! `cargo xtask torture`: the long form of what the tests do in short.

use std::process::Command;

use crate::{children::run, setup, steps::Steps};

/// 200 kills of the table while it signs, and 200 of the endpoint while it receives.
pub(crate) fn torture() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_building)?;
    steps.step("Build (the command line, the endpoint)", || {
        run(Command::new("cargo").args(["build", "--workspace", "--bins"]))
    })?;
    steps.step("Kills (kill -9)", || {
        run(Command::new("cargo")
            .args(["test", "-p", "system-tests", "--test", "crashes", "--", "--nocapture"])
            .env("UNDERSIGNED_KILLS", "200"))
    })?;
    steps.say_times();
    Ok(())
}
