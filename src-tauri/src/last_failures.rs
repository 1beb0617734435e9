//! The last failures that a page was given, for the diagnostics.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

/// How many are remembered.
const LAST: usize = 30;

/// When (Unix seconds), and the code.
static FAILURES: Mutex<VecDeque<(i64, String)>> = Mutex::new(VecDeque::new());

/// Keeps a failure's code.
pub(crate) fn remember(code: &str) {
    let mut last = FAILURES.lock().unwrap_or_else(PoisonError::into_inner);
    if last.len() == LAST {
        last.pop_front();
    }
    last.push_back((Timestamp::now().as_second(), code.to_owned()));
}

/// Those remembered, the last one last: when (Unix seconds), and the code.
pub(crate) fn list() -> Vec<(i64, String)> {
    FAILURES.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}
