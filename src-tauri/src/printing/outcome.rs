//! What came of printing.

use crate::failure::Failure;

/// What came of the system's print dialog.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Printed {
    /// It went to a printer.
    Sent,
    /// The dialog was closed, or its answer is not known here.
    NotKnown,
}

/// It cannot be printed, and why, for a person who reports it.
pub(super) fn cannot(detail: &str) -> Failure {
    Failure::new("io/cannot-print", detail)
}
