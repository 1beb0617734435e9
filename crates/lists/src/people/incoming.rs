//! What comes in of a list: a person a row, with where the row stands and what is noted of it.

use std::io::{Read, Seek};

use petition::Draft;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::answers::{Answers, RowNote};
use super::identity::Identities;
use super::reader::PersonReader;
use super::signed_at::SignedAt;
use crate::columns::Mapping;
use crate::error::ListError;
use crate::row::{Fault, Row};
use crate::table::Table;

/// A row as a person. It has no `Debug`: it is what somebody wrote.
#[derive(Clone, Serialize, TS)]
pub struct Incoming {
    /// Its own id ([`Identities`]).
    pub id: Uuid,
    /// Where it begins in the file, or its row of the sheet, counted from 1.
    #[ts(type = "number")]
    pub line: u64,
    /// What it says of the person, with the petition's id and without one of its own. `country` is a code of ISO 3166-1, or empty.
    pub draft: Draft,
    /// When it was signed, where the list says it and it is understood.
    #[ts(type = "string | null")]
    pub signed_at: Option<SignedAt>,
    /// The platform's own id.
    pub own_id: Option<String>,
    /// What is not as it should be in its cells.
    pub notes: Vec<RowNote>,
    /// What is odd about the row itself.
    pub faults: Vec<Fault>,
}

impl Incoming {
    /// Whether it is set aside until somebody has looked: cells may be in the wrong columns, or nobody is named.
    #[must_use]
    pub fn is_set_aside(&self) -> bool {
        self.draft.full_name.trim().is_empty() || self.faults.iter().any(|fault| fault.is_grave())
    }
}

/// The people of a list, one after the other. After an error there are no more.
pub struct People<R: Read> {
    table: Table<R>,
    reader: PersonReader,
    identities: Identities,
    petition: Uuid,
    row: Row,
    is_over: bool,
}

impl<R: Read + Seek> People<R> {
    /// Reads a table that stands at its beginning. `now` in Unix seconds: nobody signed later.
    pub fn new(table: Table<R>, mapping: &Mapping, answers: &Answers, petition: Uuid, now: u64) -> Self {
        let reader = PersonReader::new(mapping.clone(), answers.clone(), table.is_1904(), now);
        let identities = Identities::new(petition, table.headings());
        Self { table, reader, identities, petition, row: Row::default(), is_over: false }
    }

    fn read(&mut self) -> Result<Option<Incoming>, ListError> {
        // A row of blanks alone is nobody's.
        loop {
            if !self.table.next(&mut self.row)? {
                return Ok(None);
            }
            if self.row.cells().any(|cell| !cell.text.trim().is_empty()) {
                break;
            }
        }
        let mut read = self.reader.read(&self.row);
        read.draft.petition = self.petition;
        Ok(Some(Incoming {
            id: self.identities.next(&self.row),
            line: self.row.line(),
            draft: read.draft,
            signed_at: read.signed_at,
            own_id: read.own_id,
            notes: read.notes,
            faults: self.row.faults().to_vec(),
        }))
    }
}

impl<R: Read + Seek> Iterator for People<R> {
    type Item = Result<Incoming, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = self.read();
        self.is_over = !matches!(next, Ok(Some(_)));
        next.transpose()
    }
}
