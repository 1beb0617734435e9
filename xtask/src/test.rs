//! `cargo xtask test`: every check and every test.

use std::process::Command;

use crate::{
    check,
    children::{run, run_reading},
    setup,
    steps::Steps,
};

/// Sets up, checks, builds and tests. Ends with a line `N passed, N failed`.
pub(crate) fn test() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_testing)?;
    check::checks(&mut steps)?;
    steps.step("Build (the app, the command line, the endpoint, the tests)", build)?;
    let mut count = Count::default();
    let of_ui = steps.step("Tests of the user interface (vitest)", || {
        let mut vitest = Command::new("npm");
        vitest.args(["run", "test"]).current_dir("ui").env("NO_COLOR", "1");
        run_reading(&mut vitest, |line| count.read(line))
    });
    let tested = steps.step("Tests (cargo test)", || {
        run_reading(Command::new("cargo").args(["test", "--workspace", "--no-fail-fast"]), |line| {
            count.read(line)
        })
    });
    steps.say_times();
    println!("\n{} passed, {} failed", count.passed, count.failed);
    of_ui.and(tested)
}

/// Builds programs and tests in one go, so that the tests find the programs and nothing compiles twice.
pub(crate) fn build() -> anyhow::Result<()> {
    run(Command::new("cargo").args(["build", "--workspace", "--lib", "--bins", "--tests"]))
}

/// Sums up what `cargo test` says at the end of each test program, and Vitest at the end of all.
#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
}

impl Count {
    fn read(&mut self, line: &str) {
        let Some(result) =
            ["test result: ", "Tests "].iter().find_map(|start| line.trim_start().strip_prefix(start))
        else {
            return;
        };
        let number_before = |word: &str| {
            let words: Vec<&str> =
                result.split([' ', ';', '.', '|']).filter(|part| !part.is_empty()).collect();
            let at = words.iter().position(|part| *part == word)?;
            words.get(at.checked_sub(1)?)?.parse::<u64>().ok()
        };
        self.passed += number_before("passed").unwrap_or(0);
        self.failed += number_before("failed").unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn results_of_all_test_programs_are_summed_up() {
        let mut count = Count::default();
        for line in [
            "running 3 tests",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.01s",
            " Test Files  1 failed | 4 passed (5)",
            "      Tests  1 failed | 5 passed (6)",
        ] {
            count.read(line);
        }
        assert_eq!((count.passed, count.failed), (20, 3));
    }
}
