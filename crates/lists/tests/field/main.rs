//! Cases from the field, each with what is expected of it in a file beside it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod books;
mod open;
mod people;
mod texts;
