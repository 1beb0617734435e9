//! `cargo xtask looks`: the long form of what `languages` looks at in short.

use std::process::Command;

use crate::{children::run, setup, steps::Steps, test, ui};

/// Every screen of the kiosk in the real window, by axe-core and by measure: twelve languages, light and dark, letters as they are and
/// the largest, without and with high contrast. Says how many screens were looked at, and how many violations there are.
pub(crate) fn looks() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_testing)?;
    steps.step("Build of the user interface (vite)", ui::build)?;
    steps.step("Build (the app, the command line, the tests)", test::build)?;
    steps.step("Every screen in every look, in the real window", || {
        run(Command::new("cargo")
            // All of them, as they were built: with other features they would be built once more.
            .args([
                "test",
                "--workspace",
                "--test",
                "journeys",
                "largest_letters_and_high",
                "--",
                "--nocapture",
            ])
            .env("UNDERSIGNED_LOOKS", "all"))
    })?;
    steps.say_times();
    Ok(())
}
