//! `undersigned desk make-kit`

use std::{path::PathBuf, sync::Mutex};

use desk::{Desk, DeskError, KitCode, NewKit, kit_until};
use serde_json::json;
use uuid::Uuid;

use super::client::client;
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What the kit is called
    #[arg(long)]
    label: String,
    /// How many tables it admits
    #[arg(long, default_value_t = 20, conflicts_with = "code")]
    max_tables: u32,
    /// For how many days
    #[arg(long, default_value_t = 30)]
    days: i64,
    /// Where to write the file that ends in .kit
    #[arg(long, required_unless_present = "code", conflicts_with = "code")]
    out: Option<PathBuf>,
    /// In the place of a file: a code, by which one table fetches the kit from the endpoint, once
    #[arg(long)]
    code: bool,
}

pub(super) async fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    if let Some(out) = &args.out {
        let new = NewKit { label: &args.label, max_tables: args.max_tables, days: args.days };
        let (kit, _) = desk.write_kit(new, |_| out.clone(), now(), &mut rand::rng())?;
        let sentence = format!("The kit is written: {kit}. Whoever has the file can set up a table.");
        output.say(&sentence, &json!({ "kit": kit }))?;
        return Ok(Ending::Done);
    }
    let until = kit_until(now(), args.days)?;
    let (kit, code) = desk.make_kit_with_code(&args.label, until, now(), &mut rand::rng())?;
    let client = client(&desk)?;
    let brought = Desk::exchange_codes(&Mutex::new(desk), &client, now()).await;
    say(kit, &code, brought, output)?;
    Ok(Ending::Done)
}

/// Says the code of a kit, and whether the endpoint has what it fetches.
fn say(kit: Uuid, code: &KitCode, brought: Result<(), DeskError>, output: &Output) -> anyhow::Result<()> {
    let mut sentence = format!(
        "{code}\nGive it to one volunteer alone: the first table that it is used at has the kit {kit}."
    );
    let mut value = json!({ "kit": kit, "code": code.to_string(), "deposited": brought.is_ok() });
    if let Err(error) = brought {
        sentence += &format!(
            "\nThe endpoint does not have the kit yet: {error}. It gets it with the next pull; until then the code is not \
             known there."
        );
        value["undeposited"] = json!(error.code());
    }
    Ok(output.say(&sentence, &value)?)
}
