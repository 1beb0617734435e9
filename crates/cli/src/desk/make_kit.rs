//! `undersigned desk make-kit`

use std::path::PathBuf;

use desk::NewKit;
use serde_json::json;

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
    #[arg(long, default_value_t = 20)]
    max_tables: u32,
    /// For how many days
    #[arg(long, default_value_t = 30)]
    days: i64,
    /// Where to write the file that ends in .kit
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let new = NewKit { label: &args.label, max_tables: args.max_tables, days: args.days };
    let mut desk = profile.open_desk()?;
    let (kit, _) = desk.write_kit(new, |_| args.out.clone(), now(), &mut rand::rng())?;
    let sentence = format!("The kit is written: {kit}. Whoever has the file can set up a table.");
    output.say(&sentence, &json!({ "kit": kit }))?;
    Ok(Ending::Done)
}
