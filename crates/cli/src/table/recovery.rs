//! `undersigned table recovery-words` and `recover`

use std::path::PathBuf;

use serde_json::json;
use table::{PinOutcome, Table, TableError};

use super::set_pin::pin_of;
use crate::{
    Ending,
    files::read_text,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct WordsArgs {
    /// A file whose first line is the PIN, where the table has one
    #[arg(long)]
    pin_file: Option<PathBuf>,
}

#[derive(clap::Args)]
pub(crate) struct RecoverArgs {
    /// A file with the 24 words
    #[arg(long)]
    words_file: PathBuf,
}

pub(super) fn words(args: &WordsArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let (mut table, words) = profile.open_table_and_words()?;
    if table.has_pin()? {
        let pin = pin_of(args.pin_file.as_deref().ok_or(TableError::PinNeeded)?)?;
        match table.check_pin(&pin, now())? {
            PinOutcome::Right => {}
            PinOutcome::Wrong { wait_seconds } | PinOutcome::Wait { wait_seconds } => {
                return Err(TableError::PinWrong { wait_seconds }.into());
            }
        }
    }
    let words: Vec<&str> = words.iter().collect();
    let lines: Vec<String> =
        words.iter().zip(1..).map(|(word, place): (&&str, u32)| format!("{place:2}. {word}")).collect();
    output.say(&lines.join("\n"), &json!({ "words": words }))?;
    Ok(Ending::Done)
}

pub(super) fn recover(args: &RecoverArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let words = read_text(&args.words_file, "the file of the words")?;
    let table: Table = profile.recover_table(&words)?;
    let counts = table.counts()?;
    let sentence = format!(
        "The table is back, with {} signatures, of which {} wait to be sent. Its keys are kept again.",
        counts.saved, counts.waiting
    );
    let value = json!({ "saved": counts.saved, "waiting": counts.waiting, "generation": table.generation() });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
