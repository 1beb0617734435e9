//! Whether the clock of this computer fits the kit: a wrong one keeps nobody from signing, and is told before the first.

use serde::Serialize;
use ts_rs::TS;

use crate::table::Table;

/// A desk's clock may be ahead of a table's by so many seconds.
const SLACK: i64 = 3600;

/// A clock that differs from the endpoint's by fewer seconds is right.
const RIGHT: u64 = 5 * 60;

/// How the clock stands to the kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KitTime {
    /// Between its making and its end.
    Good,
    /// The clock is before the kit was made, so it is wrong: signatures get a wrong time.
    ClockBehind,
    /// The kit's date is over, or the clock is ahead.
    Expired,
}

impl Table {
    /// How a clock (Unix seconds) stands to the kit.
    pub fn kit_time(&self, now: i64) -> KitTime {
        if now + SLACK < self.about.made_at {
            KitTime::ClockBehind
        } else if now < self.about.until {
            KitTime::Good
        } else {
            KitTime::Expired
        }
    }

    /// Seconds by which this computer's clock is ahead of the endpoint's (behind it, where negative), by the last receipt
    /// since the table was opened; none where the two agree, or where there was no receipt.
    pub fn clock_off(&self) -> Option<i64> {
        self.clock_ahead.filter(|ahead| ahead.unsigned_abs() >= RIGHT)
    }
}
