//! The clock of the sender: the one place of this crate that reads one.

use jiff::Timestamp;

/// Now, Unix seconds.
pub(super) fn now() -> i64 {
    Timestamp::now().as_second()
}
