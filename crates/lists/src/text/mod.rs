//! Text tables: in which encoding, what stands between the cells, and their rows.

mod delimiter;
mod encoding;
mod quotes;
mod rows;

pub(crate) use delimiter::{guess_delimiter, guess_headings};
pub(crate) use encoding::{guess_encoding, known_encoding};
pub(crate) use rows::TextRows;
