//! `undersigned desk new`

use std::path::PathBuf;

use desk::{BackupKey, Desk, DeskError, Founding, NewBackup};
use serde_json::json;

use super::{
    backup::kept,
    telling::{tell, with},
};
use crate::{
    Ending,
    keys::{Profile, now, passphrase},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The organisation's name for it
    #[arg(long)]
    name: String,
    /// Address of the collection endpoint; without one, batches are carried by hand
    #[arg(long)]
    endpoint: Option<String>,
    /// Where to write the backup file
    #[arg(long)]
    backup: PathBuf,
    /// A file whose first line is the backup's passphrase
    #[arg(long)]
    backup_passphrase_file: PathBuf,
}

pub(super) async fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut rng = rand::rng();
    let endpoint = match &args.endpoint {
        Some(url) => Some(desk::find_endpoint(url).await?),
        None => None,
    };
    let key = BackupKey::new(&passphrase(&args.backup_passphrase_file)?, &mut rng)?;
    let desk = if Desk::exists(&profile.desk_folder()) {
        // Made before, as far as its backup.
        let mut desk = profile.open_desk()?;
        let backup = NewBackup { path: &args.backup, key: &key };
        desk.go_on_founding(&args.name, endpoint, &backup, now())?;
        desk
    } else {
        let folder = profile.desk_folder();
        let keep_keys =
            |keys: &[(&str, &[u8; 32])]| profile.keep_keys(|| Desk::exists(&folder), DeskError::Exists, keys);
        let founding = Founding { name: &args.name, endpoint, backup_key: &key };
        Desk::found(&folder, founding, |_| args.backup.clone(), keep_keys, now(), &mut rng)?
    };
    let made = json!({ "campaign": desk.campaign().id });
    let done = format!("The campaign is made: {}. Next, add a petition.", desk.campaign().id);
    let (done, value) = kept(&desk, &done, made)?;
    let (sentence, told) = tell(desk, &done).await;
    output.say(&sentence, &with(value, told))?;
    Ok(Ending::Done)
}
