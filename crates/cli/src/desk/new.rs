//! `undersigned desk new`

use std::path::PathBuf;

use desk::{BackupKey, Client, Desk, DeskError, EndpointAddress, Keys, NewBackup};
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
    let client = args.endpoint.as_deref().map(Client::new).transpose()?;
    let address = match (&client, &args.endpoint) {
        (Some(client), Some(url)) => {
            Some(EndpointAddress { url: url.clone(), key: client.about().await?.endpoint })
        }
        _ => None,
    };
    let key = BackupKey::new(&passphrase(&args.backup_passphrase_file)?, &mut rng)?;
    let backup = NewBackup { path: &args.backup, key: &key };
    let desk = if Desk::exists(&profile.desk_folder()) {
        // Made before, as far as its backup.
        let mut desk = profile.open_desk()?;
        desk.go_on_founding(&args.name, address, &backup, now())?;
        desk
    } else {
        let keys = Keys::generate(&mut rng);
        Desk::check_new(&args.name, &backup)?;
        let folder = profile.desk_folder();
        profile.keep_keys(|| Desk::exists(&folder), DeskError::Exists, &keys.named())?;
        Desk::create(&folder, keys, &args.name, address, &backup, now(), &mut rng)?
    };
    let made = json!({ "campaign": desk.campaign().id });
    let done = format!("The campaign is made: {}. Next, add a petition.", desk.campaign().id);
    let (done, value) = kept(&desk, &done, made)?;
    let (sentence, told) = tell(desk, &done).await;
    output.say(&sentence, &with(value, told))?;
    Ok(Ending::Done)
}
