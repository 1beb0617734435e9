//! Kits by code: brought to the endpoint, and asked after (`docs/protocol.md` §8.9).

use std::sync::Mutex;

use wire::{Client, Token};

use super::token::sign_in;
use crate::{desk::Desk, error::DeskError, guard::guard, storage};

impl Desk {
    /// Tells the endpoint all that was said ([`Desk::tell`]), asks it which codes were used, and brings it what is sealed for those
    /// that it does not know. The desk is never locked while waiting.
    pub async fn exchange_codes(desk: &Mutex<Self>, client: &Client, now: i64) -> Result<(), DeskError> {
        let endpoint = Self::tell(desk, client).await?;
        if storage::kit_code::list_open(&guard(desk).db, now)?.is_empty() {
            return Ok(());
        }
        let token = sign_in(desk, client, &endpoint, now).await?;
        exchange(desk, client, &token, now).await
    }
}

/// Asks which codes were used, and brings what is not known.
pub(super) async fn exchange(
    desk: &Mutex<Desk>,
    client: &Client,
    token: &Token,
    now: i64,
) -> Result<(), DeskError> {
    let (campaign, open) = {
        let desk = guard(desk);
        storage::kit_code::erase(&desk.db, None, now)?;
        let open = storage::kit_code::list_open(&desk.db, now)?;
        let open = open.into_iter().map(|kit| Ok((kit, desk.kit_code(kit)?.deposit())));
        (desk.about.id, open.collect::<Result<Vec<_>, DeskError>>()?)
    };
    if open.is_empty() {
        return Ok(());
    }
    let known = client.deposits(campaign, token).await?;
    for (kit, deposit) in open {
        let row = known.iter().find(|row| row.deposit == deposit);
        let undeposited = {
            let desk = guard(desk);
            match row.and_then(|row| row.claimed) {
                Some(at) => storage::kit_code::set_claimed(&desk.db, kit, at)?,
                None => storage::kit_code::set_deposited(&desk.db, kit, row.is_some())?,
            }
            storage::kit_code::find_undeposited(&desk.db, kit)?
        };
        if let Some(sealed) = undeposited {
            client.deposit(campaign, sealed.note, &sealed.sealed).await?;
            storage::kit_code::set_deposited(&guard(desk).db, kit, true)?;
        }
    }
    Ok(())
}
