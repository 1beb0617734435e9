//! `undersigned table open-kit`

use std::path::PathBuf;

use serde_json::json;
use table::{SetUp, Table, TableError};

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
    kit: PathBuf,
    /// What the table is called
    #[arg(long, default_value = "Table")]
    label: String,
    /// A file whose first line is the PIN that ends the kiosk
    #[arg(long)]
    pin_file: Option<PathBuf>,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    if Table::exists(&profile.table_folder()) {
        return Err(TableError::Exists.into());
    }
    let text = read_text(&args.kit, "the kit file")?;
    let pin = args.pin_file.as_deref().map(pin_of).transpose()?;
    let set_up = SetUp::new(&text, &args.label, pin.as_ref().map(|pin| pin.as_str()), now())?;
    let folder = profile.table_folder();
    let keep_keys =
        |keys: &[(&str, &[u8; 32])]| profile.keep_keys(|| Table::exists(&folder), TableError::Exists, keys);
    let table = Table::set_up(&folder, set_up, keep_keys, now(), &mut rand::rng())?;
    let next = if pin.is_some() {
        ""
    } else {
        " It has no PIN yet: set one before it is handed to signers (table set-pin)."
    };
    let value = json!({ "table": table.id(), "petitions": table.petitions().len(), "pin": pin.is_some() });
    output.say(&format!("The kit is open: this computer is table {}.{next}", table.id()), &value)?;
    Ok(Ending::Done)
}
