//! Several tables, sticks, an endpoint and a desk: real processes, databases and files.
#![expect(clippy::unwrap_used, reason = "tests")]

mod the_organizers_word;
mod three_tables;
