//! How many entries a batch is to have, so that it takes some ten seconds.

use std::time::Duration;

const FIRST: usize = 64;
const MOST: usize = 1024;
/// One that took less than this lets the next be twice as large.
const SHORT: Duration = Duration::from_secs(5);
/// And one that took more than this halves the next.
const LONG: Duration = Duration::from_secs(20);

/// The size of the next batch.
#[derive(Clone, Debug)]
pub(super) struct BatchSize {
    entries: usize,
    /// More were too large; it rises slowly.
    ceiling: usize,
}

impl Default for BatchSize {
    fn default() -> Self {
        Self { entries: FIRST, ceiling: MOST }
    }
}

impl BatchSize {
    /// So many entries at most.
    pub(super) fn entries(&self) -> usize {
        self.entries
    }

    /// A batch of so many entries passed, and took so long.
    pub(super) fn passed(&mut self, entries: usize, took: Duration) {
        if took > LONG {
            self.halve(entries);
        } else if took < SHORT && entries == self.entries {
            if self.entries == self.ceiling {
                self.ceiling = (self.ceiling + self.ceiling / 8 + 1).min(MOST);
            }
            self.entries = (self.entries * 2).min(self.ceiling);
        }
    }

    /// Half of a batch of so many entries is next.
    pub(super) fn halve(&mut self, entries: usize) {
        if entries > 0 {
            self.entries = (entries / 2).max(1);
        }
    }

    /// A batch of so many entries was over the limits of the way.
    pub(super) fn too_large(&mut self, entries: usize) {
        self.halve(entries);
        self.ceiling = self.entries;
    }

    /// What was too large is behind: as many as ever may be next.
    pub(super) fn forget_ceiling(&mut self) {
        self.ceiling = MOST;
    }
}
