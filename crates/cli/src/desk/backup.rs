//! `undersigned desk backup`

use std::path::PathBuf;

use desk::{BackupKey, BackupState, Desk, DeskError};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::telling::with;
use crate::{
    Ending,
    keys::{Profile, now, passphrase},
    output::Output,
};

// Desk and vault may not know each other, and hold a passphrase to one rule.
const _: () = assert!(desk::MIN_PASSPHRASE == vault::MIN_PASSPHRASE);

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write another file of the backup here, and keep it current from now on
    #[arg(long)]
    out: Option<PathBuf>,
    /// Another passphrase: a file whose first line it is. The one that was chosen before need not be given again
    #[arg(long)]
    backup_passphrase_file: Option<PathBuf>,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    if let Some(file) = &args.backup_passphrase_file {
        let key = BackupKey::new(&passphrase(file)?, &mut rand::rng())?;
        desk.set_backup_key(&key, now())?;
    }
    if let Some(out) = &args.out {
        desk.write_backup(out, now())?;
    }
    desk.keep_backup(now());
    let state = desk.backup_state()?;
    for place in &state.places {
        let written = place.written_at.and_then(|at| Timestamp::from_second(at).ok());
        let written_at = written.map(|at| at.to_string());
        let value = json!({
            "path": place.path, "written_at": written_at, "is_current": place.is_current,
            "is_there": place.is_there, "failure": place.failure.map(desk::BackupFailure::code),
        });
        let path = place.path.display();
        let when = written_at.map_or("never written".to_owned(), |at| format!("written {at}"));
        let is = if place.is_current { "current" } else { "NOT current" };
        let there = if place.is_there { "" } else { "; it is not there now" };
        let because = place.failure.map_or_else(String::new, |failure| format!(": {failure}"));
        output.say(&format!("{path}: {when}, {is}{there}{because}"), &value)?;
    }
    if !state.is_current() {
        return Err(state.failure().map_or(DeskError::NoBackup, DeskError::BackupFailed).into());
    }
    Ok(Ending::Done)
}

/// What to say after `done` of the backup, which the desk wrote again with the change; and the members that say the same to
/// a script.
pub(super) fn kept(desk: &Desk, done: &str, value: Value) -> anyhow::Result<(String, Value)> {
    let state: BackupState = desk.backup_state()?;
    let value = with(value, json!({ "backup_is_current": state.is_current() }));
    if state.is_current() {
        return Ok((done.to_owned(), value));
    }
    let because = state.failure().map_or_else(String::new, |failure| format!(": {failure}"));
    let code = state.failure().map_or("desk/no-backup", desk::BackupFailure::code);
    Ok((
        format!(
            "{done} The backup is NOT current{because}. Put that right, then run `desk backup`, or write another with `desk backup --out`."
        ),
        with(value, json!({ "backup_failure": code })),
    ))
}
