//! `undersigned desk restore`

use std::path::PathBuf;

use desk::{Backup, BackupKey, Desk, DeskError, NewBackup};
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
    let mut rng = rand::rng();
    if Desk::exists(&profile.desk_folder()) {
        return Err(DeskError::Exists.into());
    }
    let bytes = read(&args.backup, "the backup file")?;
    let passphrase = passphrase(&args.backup_passphrase_file)?;
    let opened = Backup::open(&bytes, &passphrase)?;
    let key = BackupKey::new(&passphrase, &mut rng)?;
    let backup = NewBackup { path: &args.backup, key: &key };
    let keys = opened.keys(&mut rng);
    let folder = profile.desk_folder();
    profile.keep_keys(|| Desk::exists(&folder), DeskError::Exists, &keys.named())?;
    let desk = Desk::restore(&folder, keys, &opened, &backup, now())?;
    let campaign = desk.campaign().id;
    let done = format!("The campaign is back: {campaign}.");
    let (sentence, value) = kept(&desk, &done, json!({ "campaign": campaign }))?;
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
