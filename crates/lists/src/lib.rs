//! Lists as platforms export them: a file's bytes to tables of cells, columns recognised, a row to a person.
//!
//! [`look`] says what a file is and how it is guessed to be written ([`Source`]); the organizer may say otherwise
//! ([`Reading`]). [`Table`] then gives its rows, one at a time and in the order of the file, each with what was odd about it
//! ([`Fault`]). The memory it takes does not grow with the file, and no row disappears in silence.
//!
//! Pure: nothing here opens a file, reads a clock or a source of randomness. The caller passes readers, and today's date.

mod book;
mod columns;
mod error;
mod fold;
mod look;
mod people;
mod row;
mod source;
mod table;
mod text;

pub use columns::{Holds, Mapping, Preview, PreviewRow, Proposal, Why, preview, shape_of};
pub use error::{ListError, OtherKind};
pub use look::look;
pub use people::{
    Answers, CountryQuestion, DateOrder, Identities, Incoming, NoteCode, NoteCount, People, Repairs, RowNote,
    SignedAt, Survey, guarded, survey, unguarded,
};
pub use row::{COLUMNS_MAX, Cell, CellKind, Fault, ROW_MAX_BYTES, Row};
pub use source::{
    DelimiterGuess, DelimiterHow, EncodingGuess, EncodingHow, Reading, Sheet, Source, SourceKind,
};
pub use table::Table;
