//! The way to the campaign's endpoint.

use desk::{Client, Desk};

use crate::output::Refusal;

pub(super) fn client(desk: &Desk) -> anyhow::Result<Client> {
    let client = desk.client()?;
    Ok(client.ok_or_else(|| Refusal::new("desk/no-endpoint", "this campaign has no endpoint"))?)
}
