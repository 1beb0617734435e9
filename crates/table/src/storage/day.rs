//! The day where the table stands.

use jiff::{Timestamp, tz::TimeZone};

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// The day at a time (Unix seconds) by this computer's own zone, counted from 1970.
pub(crate) fn day_at(time: i64) -> i64 {
    let offset =
        Timestamp::from_second(time).map_or(0, |time| TimeZone::system().to_offset(time).seconds().into());
    time.saturating_add(offset).div_euclid(SECONDS_A_DAY)
}
