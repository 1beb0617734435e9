//! `undersigned desk backup`

use std::path::PathBuf;

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
    desk::write_private(&args.out, &backup)?;
    output.say("The backup is written.", &json!({ "backup": "written" }))?;
    Ok(Ending::Done)
}
