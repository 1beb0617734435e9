//! How many tests passed and failed, from what the programs say that run them.

use std::fmt;

/// Sums up what `cargo test` says at the end of each test program, and Vitest at the end of all.
#[derive(Default)]
pub(crate) struct Count {
    passed: u64,
    failed: u64,
}

impl Count {
    pub(crate) fn read(&mut self, line: &str) {
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

impl fmt::Display for Count {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} passed, {} failed", self.passed, self.failed)
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
