//! What reading the ledger and the tables needs: whoever writes and whoever only reads have it.

use rusqlite::Connection;

use crate::petitions::known::KnownPetitions;

/// The ledger and the tables, as one connection sees them.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) petitions: &'a KnownPetitions,
}
