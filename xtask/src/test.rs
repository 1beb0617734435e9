//! `cargo xtask test`: every check and every test, or those of some parts.

use std::process::Command;

use clap::Args;

use crate::{
    check,
    children::{run, run_reading},
    count::Count,
    parts, setup,
    steps::Steps,
};

#[derive(Args)]
pub(crate) struct Options {
    /// Only these: a crate by its name, `ui`, or a system test by its name
    parts: Vec<String>,
    /// What each test program is given, as after `cargo test --`
    #[arg(last = true, requires = "parts")]
    filter: Vec<String>,
}

/// Tests the parts that are asked for, or everything. Ends with a line `N passed, N failed`.
pub(crate) fn test(options: &Options) -> anyhow::Result<()> {
    if options.parts.is_empty() { test_all() } else { parts::test(&options.parts, &options.filter) }
}

/// Sets up, checks, builds and tests.
fn test_all() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_testing)?;
    let mut count = Count::default();
    check::checks(&mut steps, &mut count)?;
    steps.step("Build (the app, the command line, the endpoint, the tests)", build)?;
    let tested = steps.step("Tests (cargo test)", || {
        run_reading(Command::new("cargo").args(["test", "--workspace", "--no-fail-fast"]), |line| {
            count.read(line)
        })
    });
    steps.say_times();
    println!("\n{count}");
    tested
}

/// Builds programs and tests in one go, so that the tests find the programs and nothing compiles twice.
pub(crate) fn build() -> anyhow::Result<()> {
    run(Command::new("cargo").args(["build", "--workspace", "--lib", "--bins", "--tests"]))
}
