//! `undersigned desk set-endpoint`

use serde_json::json;

use super::{
    backup::kept,
    telling::{tell, with},
};
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
#[group(id = "where", required = true, multiple = false, args = ["address", "none"])]
pub(crate) struct Args {
    /// Its address, such as https://collect.example.org; it is asked for its key now
    address: Option<String>,
    /// No endpoint: batches are carried by hand
    #[arg(long)]
    none: bool,
}

pub(super) async fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let endpoint = match &args.address {
        None => None,
        Some(url) => Some(desk::find_endpoint(url).await?),
    };
    let mut desk = profile.open_desk()?;
    desk.set_endpoint(endpoint.clone(), now())?;
    let done = match &endpoint {
        Some(_) => {
            "Kits made from now on send there. Kits that are out go on as they are: make new ones for their tables."
        }
        None => "Kits made from now on name no endpoint. Kits that are out go on as they are.",
    };
    let value = json!({
        "endpoint": endpoint.as_ref().map(|endpoint| &endpoint.url),
        "endpoint_key": endpoint.as_ref().map(|endpoint| endpoint.key.to_string()),
    });
    let (done, value) = kept(&desk, done, value)?;
    let (sentence, told) = tell(desk, &done).await;
    output.say(&sentence, &with(value, told))?;
    Ok(Ending::Done)
}
