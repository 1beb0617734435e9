//! `undersigned desk export`

use std::{fs::File, io::BufWriter, path::PathBuf};

use anyhow::Context;
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let desk = profile.open_desk()?;
    let file = File::create(&args.out).context("the CSV file cannot be written")?;
    let rows = desk.export_csv(BufWriter::new(file))?;
    output.say(&format!("{rows} signatures."), &json!({ "rows": rows }))?;
    Ok(Ending::Done)
}
