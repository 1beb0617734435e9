//! Locking what is whole whatever happened to whoever locked it before.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the mutex guards, also after a thread died while it had it: every write is a transaction.
pub(crate) fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
