//! `undersigned desk tally`

use std::sync::{Mutex, PoisonError};

use desk::Desk;
use serde_json::json;

use super::client::client;
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

pub(super) async fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let desk = profile.open_desk()?;
    let client = client(&desk)?;
    let desk = Mutex::new(desk);
    Desk::publish_tally(&desk, &client, now()).await?;
    let count = desk.into_inner().unwrap_or_else(PoisonError::into_inner).count(None)?;
    let value = json!({ "published": count.deliverable });
    output.say(&format!("Published: {} signatures.", count.deliverable), &value)?;
    Ok(Ending::Done)
}
