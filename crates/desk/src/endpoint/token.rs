//! A token, by which an endpoint tells a desk what it tells nobody else.

use std::sync::Mutex;

use proof::VerifierKey;
use wire::{Client, Pull, Signed, Token};

use crate::{desk::Desk, error::DeskError, guard::guard};

/// Signs the endpoint's challenge and gets a token for it.
pub(super) async fn sign_in(
    desk: &Mutex<Desk>,
    client: &Client,
    endpoint: &VerifierKey,
    now: i64,
) -> Result<Token, DeskError> {
    let campaign = guard(desk).about.id;
    let nonce = client.challenge(campaign).await?.nonce;
    let body = Pull { nonce, endpoint: endpoint.clone() };
    let pull = Signed::sign(campaign, now, body, &[&guard(desk).root])?;
    Ok(client.token(&pull).await?)
}
