//! The way to the kit's endpoint.

use table::{Client, Table, TableError};

pub(super) fn client(table: &Table) -> anyhow::Result<Client> {
    let kit = table.kit();
    Ok(Client::of(kit.endpoint.as_ref().ok_or(TableError::NoEndpoint)?)?)
}
