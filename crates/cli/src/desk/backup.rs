//! `undersigned desk backup`

use std::{fs, path::PathBuf};

use anyhow::Context;
use serde_json::json;

use crate::{
    Ending,
    keys::{Profile, passphrase},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to write it
    #[arg(long)]
    out: PathBuf,
    /// A file whose first line is the backup's passphrase
    #[arg(long)]
    backup_passphrase_file: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let backup = profile.open_desk()?.backup(&passphrase(&args.backup_passphrase_file)?)?;
    fs::write(&args.out, backup).context("the backup file cannot be written")?;
    output.say("The backup is written.", &json!({ "backup": "written" }))?;
    Ok(Ending::Done)
}
