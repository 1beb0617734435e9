//! `undersigned table set-pin`

use std::path::{Path, PathBuf};

use serde_json::json;
use zeroize::Zeroizing;

use crate::{
    Ending,
    files::first_line,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A file whose first line is the new PIN: 6 to 12 digits
    #[arg(long)]
    pin_file: PathBuf,
    /// A file whose first line is the PIN of now, where the table has one
    #[arg(long)]
    old_pin_file: Option<PathBuf>,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let new = pin_of(&args.pin_file)?;
    let old = args.old_pin_file.as_deref().map(pin_of).transpose()?;
    let mut table = profile.open_table()?;
    table.set_pin(old.as_ref().map(|old| old.as_str()), &new, now(), &mut rand::rng())?;
    output.say("The PIN is set.", &json!({ "pin": true }))?;
    Ok(Ending::Done)
}

/// The PIN in the first line of a file.
pub(super) fn pin_of(file: &Path) -> anyhow::Result<Zeroizing<String>> {
    Ok(Zeroizing::new(first_line(file, "the PIN file")?.trim().to_owned()))
}
