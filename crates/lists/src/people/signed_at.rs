//! When somebody signed, as exactly as the list says it.

use std::fmt;

use jiff::{
    civil::{Date, Time},
    tz::Offset,
};
use serde::Serialize;
use ts_rs::TS;

/// When somebody signed: a day, or a day and a time, with or without how far from UTC. It is written as ISO 8601 has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(into = "String")]
#[ts(as = "String")]
pub struct SignedAt {
    /// The day.
    pub day: Date,
    /// The time of day, where the list has it.
    pub time: Option<Time>,
    /// How far east of UTC, where the list says it; never without a time.
    pub offset: Option<Offset>,
}

impl SignedAt {
    /// Unix seconds. A day alone is its beginning; `local` is how far from UTC the list is where it does not say it, in seconds to the
    /// east: nobody's zone is made up here.
    #[must_use]
    pub fn unix(&self, local: i32) -> i64 {
        let at = self.day.to_datetime(self.time.unwrap_or(Time::midnight()));
        let offset = self.offset.or_else(|| Offset::from_seconds(local).ok()).unwrap_or(Offset::UTC);
        offset.to_timestamp(at).map_or(0, jiff::Timestamp::as_second)
    }
}

impl fmt::Display for SignedAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        if let Some(time) = self.time {
            write!(f, "T{time}")?;
        }
        match self.offset {
            Some(offset) if offset.is_zero() => write!(f, "Z"),
            Some(offset) => {
                let (sign, minutes) =
                    (if offset.is_negative() { '-' } else { '+' }, offset.seconds().abs() / 60);
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            None => Ok(()),
        }
    }
}

impl From<SignedAt> for String {
    fn from(at: SignedAt) -> Self {
        at.to_string()
    }
}
