//! The table, and the sender that works beside it.

use std::sync::{Arc, Mutex, MutexGuard};

use table::{Check, Client, Table, sending};
use tauri::{AppHandle, Emitter, async_runtime};

use super::guard::guard;
use crate::failure::Failure;

/// Says to the window that the table has news.
const TABLE_CHANGED: &str = "table-changed";

/// The table, and the sender that works beside it.
#[derive(Clone)]
pub(crate) struct TableSeat {
    pub(crate) table: Arc<Mutex<Table>>,
    /// None where the kit names no endpoint.
    pub(crate) sender: Option<sending::Handle>,
    looks: Arc<Mutex<Looks>>,
}

/// What was looked at since the program started; none where nobody looked.
#[derive(Clone, Copy, Default)]
pub(crate) struct Looks {
    /// The endpoint, and the way to it.
    pub(crate) endpoint: Option<Check>,
    /// The printer.
    pub(crate) printer: Option<Check>,
}

impl TableSeat {
    /// Seats a table, and starts its sender.
    pub(super) fn take(app: &AppHandle, table: Table) -> Result<Self, Failure> {
        let address = table.kit().endpoint.clone();
        let table = Arc::new(Mutex::new(table));
        let sender = match address {
            None => None,
            Some(address) => {
                let app = app.clone();
                let on_change = move || {
                    // A window that is gone needs no news.
                    let _ = app.emit(TABLE_CHANGED, ());
                };
                let client = Client::of(&address)?;
                let (handle, work) = sending::drive(Arc::clone(&table), client, on_change);
                async_runtime::spawn(work);
                Some(handle)
            }
        };
        Ok(Self { table, sender, looks: Arc::default() })
    }

    /// What was looked at.
    pub(crate) fn looks(&self) -> MutexGuard<'_, Looks> {
        guard(&self.looks)
    }
}
