//! `undersigned table set-pin`

use std::path::{Path, PathBuf};

use serde_json::json;
use table::{PinOutcome, Table};
use zeroize::Zeroizing;

use crate::{
    Ending,
    files::first_line,
    keys::{Profile, now},
    output::{Output, Refusal},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A file whose first line is the new PIN: 6 to 12 digits
    #[arg(long)]
    pin_file: PathBuf,
    /// A file whose first line is the PIN of now, where the table has one
    #[arg(long)]
    old_pin_file: Option<PathBuf>,
    /// Where the PIN of now is forgotten: a file whose first line is the PIN reset code of the table's kit
    #[arg(long, conflicts_with = "old_pin_file")]
    reset_code_file: Option<PathBuf>,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let new = pin_of(&args.pin_file)?;
    let old = args.old_pin_file.as_deref().map(pin_of).transpose()?;
    let code =
        args.reset_code_file.as_deref().map(|file| first_line(file, "the file of the code")).transpose()?;
    let mut table = profile.open_table()?;
    match code {
        Some(code) => reset(&mut table, &code, &new)?,
        None => table.set_pin(old.as_ref().map(|old| old.as_str()), &new, now(), &mut rand::rng())?,
    }
    output.say("The PIN is set.", &json!({ "pin": true }))?;
    Ok(Ending::Done)
}

fn reset(table: &mut Table, code: &str, new: &str) -> anyhow::Result<()> {
    match table.reset_pin(code, new, now(), &mut rand::rng())? {
        PinOutcome::Right => Ok(()),
        PinOutcome::Wrong { wait_seconds } | PinOutcome::Wait { wait_seconds } => {
            let detail = format!(
                "this is not the PIN reset code of the table's kit; the next try counts in {wait_seconds} seconds"
            );
            Err(Refusal::new("table/pin-wrong", detail).into())
        }
    }
}

/// The PIN in the first line of a file.
pub(super) fn pin_of(file: &Path) -> anyhow::Result<Zeroizing<String>> {
    Ok(Zeroizing::new(first_line(file, "the PIN file")?.trim().to_owned()))
}
