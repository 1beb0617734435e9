//! Folders and files that a page knows by a token alone.

use std::{collections::BTreeMap, path::PathBuf};

use uuid::Uuid;

use super::{Seats, guard};
use crate::failure::Failure;

/// What was offered or chosen since the table was last handed to signers.
#[derive(Default)]
pub(super) struct Places(BTreeMap<PathBuf, Uuid>);

impl Seats {
    /// The token of a folder or file. The same one gives the same.
    pub(crate) fn token_of(&self, path: PathBuf) -> Uuid {
        *guard(&self.0.places).0.entry(path).or_insert_with(Uuid::new_v4)
    }

    /// The folder or file of a token.
    pub(crate) fn place(&self, token: Uuid) -> Result<PathBuf, Failure> {
        let places = guard(&self.0.places);
        let found = places.0.iter().find(|(_, other)| **other == token);
        found
            .map(|(path, _)| path.clone())
            .ok_or_else(|| Failure::new("place/unknown", "no folder or file has this token any more"))
    }
}
