//! `undersigned desk restore`

use std::{fs, path::PathBuf};

use anyhow::Context;
use desk::Desk;
use serde_json::json;

use crate::{
    Ending,
    keys::{Profile, now, passphrase},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The backup file
    backup: PathBuf,
    /// A file whose first line is the backup's passphrase
    #[arg(long)]
    backup_passphrase_file: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut rng = rand::rng();
    if Desk::exists(&profile.desk_folder()) {
        anyhow::bail!("this profile has a campaign already");
    }
    let bytes = fs::read(&args.backup).context("the backup file cannot be read")?;
    let opened = desk::Backup::open(&bytes, &passphrase(&args.backup_passphrase_file)?)?;
    let keys = opened.keys(&mut rng);
    profile.vault()?.put_keys(&keys.named(), &mut rng)?;
    let desk = Desk::restore(&profile.desk_folder(), keys, &opened, now())?;
    output.say("The campaign is back.", &json!({ "campaign": desk.campaign().id }))?;
    Ok(Ending::Done)
}
