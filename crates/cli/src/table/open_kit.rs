//! `undersigned table open-kit`

use std::{fs, path::PathBuf};

use anyhow::Context;
use serde_json::json;
use table::{Keys, Table};
use zeroize::Zeroizing;

use crate::{
    Ending,
    keys::{Profile, now, passphrase},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file that ends in .kit
    kit: PathBuf,
    /// What the table is called
    #[arg(long, default_value = "Table")]
    label: String,
    /// A file whose first line is the PIN that ends the kiosk
    #[arg(long)]
    pin_file: Option<PathBuf>,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut rng = rand::rng();
    let text = Zeroizing::new(fs::read_to_string(&args.kit).context("the kit file cannot be read")?);
    let mut vault = profile.vault()?;
    let keys = Keys::generate(&mut rng);
    // Kept before they are used: a crash between the two leaves keys without a table, never the reverse.
    if Table::exists(&profile.table_folder()) {
        anyhow::bail!("this profile has a table already");
    }
    vault.put_keys(&keys.named(), &mut rng)?;
    let mut table = Table::create(&profile.table_folder(), keys, &text, &args.label, now(), &mut rng)?;
    if let Some(file) = &args.pin_file {
        table.set_pin(&passphrase(file)?, &mut rng)?;
    }
    let value = json!({ "table": table.id(), "petitions": table.petitions().len() });
    output.say("The kit is open: this computer is a table.", &value)?;
    Ok(Ending::Done)
}
