//! `undersigned desk export`

use std::path::PathBuf;

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    let rows = desk.write_csv(&desk::LedgerFilter::default(), &args.out)?;
    output.say(&format!("{rows} signatures."), &json!({ "rows": rows }))?;
    Ok(Ending::Done)
}
