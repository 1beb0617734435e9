//! Who is found to be the same person: among people made by hand, in cases of others, and among twenty thousand that nobody is.
#![expect(clippy::unwrap_used, reason = "tests")]

mod field;
mod generated;
mod labelled;
mod signers;
