//! `cargo xtask torture`: the long form of what the tests do in short.

use std::process::Command;

use crate::{children::run, setup, steps::Steps};

/// 200 kills of the table while it signs, 200 of the endpoint while it receives, every call of an endpoint to its disk failed
/// once, and 100,000 exchanges with an endpoint.
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
    steps.step("A disk that fails at every call of an endpoint, one after the other", || {
        run(Command::new("cargo")
            .args(["test", "-p", "system-tests", "--test", "faults", "--", "--nocapture"])
            .env("UNDERSIGNED_FAULTS", "all"))
    })?;
    steps.step("Random exchanges, beside a model of the protocol", || {
        run(Command::new("cargo")
            .args(["test", "-p", "system-tests", "--test", "protocol", "exchanges", "--", "--nocapture"])
            .env("UNDERSIGNED_EXCHANGES", "100000"))
    })?;
    steps.say_times();
    Ok(())
}
