//! Locks a mutex whose content is whole even when a thread died while it had it.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex whose content is whole even when a thread died while it had it: every write is a transaction.
pub(crate) fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
