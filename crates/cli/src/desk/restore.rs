//! `undersigned desk restore`

use std::path::PathBuf;

use desk::{Desk, DeskError};
use serde_json::json;

use super::backup::kept;
use crate::{
    Ending,
    files::read,
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
    if Desk::exists(&profile.desk_folder()) {
        return Err(DeskError::Exists.into());
    }
    let bytes = read(&args.backup, "the backup file")?;
    let passphrase = passphrase(&args.backup_passphrase_file)?;
    let folder = profile.desk_folder();
    let keep_keys =
        |keys: &[(&str, &[u8; 32])]| profile.keep_keys(|| Desk::exists(&folder), DeskError::Exists, keys);
    let backup = (args.backup.as_path(), bytes.as_slice());
    let desk = Desk::bring_back(&folder, backup, &passphrase, keep_keys, now(), &mut rand::rng())?;
    let campaign = desk.campaign().id;
    let done = format!("The campaign is back: {campaign}.");
    let (sentence, value) = kept(&desk, &done, json!({ "campaign": campaign }))?;
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
