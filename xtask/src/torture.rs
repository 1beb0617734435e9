//! `cargo xtask torture`: the long form of what the tests do in short.

use std::process::Command;

use crate::{children::run, setup, steps::Steps};

/// 4,096 ways of merging; 200 kills of the table while it signs, of the endpoint while it receives and of each set-up; the disk full at every write
/// of a set-up; every call of an endpoint to its disk failed once; 2,000 faults of the network between a table and an endpoint; 100,000
/// exchanges with an endpoint.
pub(crate) fn torture() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_building)?;
    steps.step("Build (the command line, the endpoint)", || {
        run(Command::new("cargo").args(["build", "--workspace", "--bins"]))
    })?;
    steps.step("Every way of merging gives one ledger: 4,096 ways", || {
        run(Command::new("cargo")
            .args(["test", "-p", "desk", "--test", "desk", "convergence", "--", "--nocapture"])
            .env("UNDERSIGNED_WAYS", "4096"))
    })?;
    steps.step("Kills (kill -9)", || {
        run(Command::new("cargo")
            .args(["test", "-p", "system-tests", "--test", "crashes", "--", "--nocapture"])
            .env("UNDERSIGNED_KILLS", "200"))
    })?;
    steps.step("Set-ups: the disk full at every write, and kills", || {
        run(Command::new("cargo")
            .args(["test", "-p", "system-tests", "--test", "set_ups", "--", "--nocapture"])
            .envs([("UNDERSIGNED_FAULTS", "all"), ("UNDERSIGNED_KILLS", "200")]))
    })?;
    steps.step("Kills while keys go into the system's keyring", || {
        run(Command::new("cargo")
            .args(["test", "-p", "system-tests", "--test", "keyrings", "kills", "--", "--nocapture"])
            .env("UNDERSIGNED_KILLS", "200"))
    })?;
    steps.step(
        "A disk that fails at every call of an endpoint, one after the other; 2,000 faults of a network",
        || {
            run(Command::new("cargo")
                .args(["test", "-p", "system-tests", "--test", "faults", "--", "--nocapture"])
                .env("UNDERSIGNED_FAULTS", "all"))
        },
    )?;
    steps.step("Random exchanges, beside a model of the protocol", || {
        run(Command::new("cargo")
            .args(["test", "-p", "system-tests", "--test", "protocol", "exchanges", "--", "--nocapture"])
            .env("UNDERSIGNED_EXCHANGES", "100000"))
    })?;
    steps.say_times();
    Ok(())
}
