//! Practice: a rehearsal of which nothing is saved, sealed or counted. It is kept that it goes on, so that nothing that counts
//! begins beside it.

use crate::{error::TableError, storage::practice, table::Table};

impl Table {
    /// A volunteer rehearses the kiosk from now on: no shift runs, and a PIN ends it.
    ///
    /// Errors: [`TableError::ShiftRuns`], [`TableError::NoPin`].
    pub fn begin_practice(&mut self) -> Result<(), TableError> {
        match (self.shift(), self.has_pin()?) {
            (Some(_), _) => Err(TableError::ShiftRuns),
            (None, false) => Err(TableError::NoPin),
            (None, true) => Ok(practice::set_open(&self.storage.connection, true)?),
        }
    }

    /// The rehearsal is over. Does nothing where there was none.
    pub fn end_practice(&mut self) -> Result<(), TableError> {
        Ok(practice::set_open(&self.storage.connection, false)?)
    }

    /// Whether a rehearsal goes on: no shift begins before it is over.
    pub fn is_practising(&self) -> Result<bool, TableError> {
        Ok(practice::is_open(&self.storage.connection)?)
    }
}
