//! Journeys in the real window, as people go them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod canaries;
mod look;
mod memory;
mod spine;
mod street;
