//! `undersigned desk publish`

use std::sync::Mutex;

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
    let published = Desk::publish_update(&Mutex::new(desk), &client, now(), &mut rand::rng()).await?;
    let done = match published {
        true => "Published: tables take it with their next answer from the endpoint.",
        false => "There is nothing that tables do not know already.",
    };
    output.say(done, &json!({ "published": published }))?;
    Ok(Ending::Done)
}
