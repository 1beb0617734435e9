//! A table on a real disk: what is saved stays, what is sent verifies, and nothing is believed unproven.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod booked;
mod capture;
mod clock;
mod closing;
mod code_picture;
mod endpoint;
mod generations;
mod kit;
mod notes;
mod older_database;
mod once;
mod opened;
mod paper;
mod pictures;
mod pin;
mod pin_reset;
mod recovery;
mod room;
mod sending;
mod shifts;
mod stick;
mod translated;
mod update;
