//! `undersigned desk new`

use std::path::PathBuf;

use desk::{Desk, Keys, wire};
use serde_json::json;

use super::telling::{tell, with};
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
    if Desk::exists(&profile.desk_folder()) {
        anyhow::bail!("this profile has a campaign already");
    }
    let passphrase = passphrase(&args.backup_passphrase_file)?;
    let client = args.endpoint.as_deref().map(wire::Client::new).transpose()?;
    let address = match (&client, &args.endpoint) {
        (Some(client), Some(url)) => {
            Some(wire::EndpointAddress { url: url.clone(), key: client.about().await?.endpoint })
        }
        _ => None,
    };
    let mut vault = profile.vault()?;
    let keys = Keys::generate(&mut rng);
    vault.put_keys(&keys.named(), &mut rng)?;
    let desk = Desk::create(&profile.desk_folder(), keys, &args.name, address, now(), &mut rng)?;
    desk::write_private(&args.backup, &desk.backup(&passphrase)?)?;
    let campaign = desk.campaign().id;
    let (sentence, value) = tell(desk, "The campaign is made, and its backup is written.").await;
    output.say(&sentence, &with(json!({ "campaign": campaign }), value))?;
    Ok(Ending::Done)
}
