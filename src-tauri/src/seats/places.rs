//! Folders and files that a page knows by a token alone.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use uuid::Uuid;

/// What was offered or chosen since the table was last handed to signers.
#[derive(Default)]
pub(super) struct Places(BTreeMap<PathBuf, Uuid>);

impl Places {
    /// The token of a folder or file. The same one gives the same.
    pub(super) fn token_of(&mut self, path: PathBuf) -> Uuid {
        *self.0.entry(path).or_insert_with(Uuid::new_v4)
    }

    /// The folder or file of a token.
    pub(super) fn find(&self, token: Uuid) -> Option<&Path> {
        self.0.iter().find(|(_, other)| **other == token).map(|(path, _)| path.as_path())
    }
}
