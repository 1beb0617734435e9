//! `undersigned table open-kit`

use std::{io, path::PathBuf};

use serde_json::json;
use table::{KitCode, SetUp, Table, TableError, fetch_kit, forget_claims};
use zeroize::Zeroizing;

use super::set_pin::pin_of;
use crate::{
    Ending,
    files::read_text,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file that ends in .kit
    #[arg(required_unless_present = "code", conflicts_with = "code")]
    kit: Option<PathBuf>,
    /// In the place of a file: the code of a kit, which is fetched from the endpoint; `-` to read it from stdin
    #[arg(long)]
    code: Option<String>,
    /// What the table is called
    #[arg(long, default_value = "Table")]
    label: String,
    /// A file whose first line is the PIN that ends the kiosk
    #[arg(long)]
    pin_file: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    if Table::exists(&profile.table_folder()) {
        return Err(TableError::Exists.into());
    }
    let pin = args.pin_file.as_deref().map(pin_of).transpose()?;
    let text = match (&args.kit, &args.code) {
        (Some(file), _) => read_text(file, "the kit file")?,
        (None, code) => fetched(code.as_deref().unwrap_or_default(), profile).await?,
    };
    let set_up = SetUp::new(&text, &args.label, pin.as_ref().map(|pin| pin.as_str()), now())?;
    let folder = profile.table_folder();
    let keep_keys =
        |keys: &[(&str, &[u8; 32])]| profile.keep_keys(|| Table::exists(&folder), TableError::Exists, keys);
    let table = Table::set_up(&folder, set_up, keep_keys, now(), &mut rand::rng())?;
    forget_claims(profile.held_folder()?)?;
    let next = if pin.is_some() {
        ""
    } else {
        " It has no PIN yet: set one before it is handed to signers (table set-pin)."
    };
    let value = json!({ "table": table.id(), "petitions": table.petitions().len(), "pin": pin.is_some() });
    output.say(&format!("The kit is open: this computer is table {}.{next}", table.id()), &value)?;
    Ok(Ending::Done)
}

/// The text of the kit file that a code fetches.
async fn fetched(code: &str, profile: &Profile) -> anyhow::Result<Zeroizing<String>> {
    let mut typed = Zeroizing::new(code.to_owned());
    if code == "-" {
        typed.clear();
        io::stdin().read_line(&mut typed)?;
    }
    let code: KitCode = typed.parse().map_err(TableError::KitCode)?;
    Ok(fetch_kit(&code, profile.held_folder()?, now(), &mut rand::rng()).await?)
}
