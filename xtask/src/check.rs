//! `cargo xtask check`: what can be said without running anything.

use std::process::Command;

use crate::{children::run, count::Count, deny, setup, steps::Steps, ui};

/// Sets up, then checks.
pub(crate) fn check() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_building)?;
    checks(&mut steps, &mut Count::default())?;
    steps.say_times();
    Ok(())
}

/// The checks, cheapest first; the tests of the pages are among them, and counted. The window's build embeds the pages, so they are built before it.
pub(crate) fn checks(steps: &mut Steps, count: &mut Count) -> anyhow::Result<()> {
    steps.step("Format (cargo fmt --check)", || {
        run(Command::new("cargo").args(["fmt", "--all", "--check"]))
    })?;
    steps.step("The user interface: format, lints, types, tests (npm run check)", || ui::check(count))?;
    steps.step("Build of the user interface (vite)", ui::build)?;
    steps.step("Dependencies (cargo deny)", deny::check)?;
    steps.step("Lints (cargo clippy)", || {
        run(Command::new("cargo").args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    })
}
