//! `undersigned table newest` and `strike`

use clap::ValueEnum;
use jiff::Timestamp;
use serde_json::json;
use table::StrikeReason;

use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Its index in the table's log, as `undersigned table newest` says it
    index: u64,
    /// The generation of the log; the newest, where it is not given
    #[arg(long)]
    generation: Option<u32>,
    /// Why it was plainly no one's
    #[arg(long, value_enum)]
    reason: Reason,
    /// The same in your words
    #[arg(long, default_value = "")]
    words: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Reason {
    /// Somebody joked
    Joke,
    /// Somebody tried it out
    Test,
    /// Another reason: say it with --words
    Other,
}

pub(super) fn newest(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = profile.open_table()?;
    for saved in table.newest()? {
        let at = Timestamp::from_second(saved.saved_at)
            .map_or_else(|_| saved.saved_at.to_string(), |at| at.to_string());
        let title = table.petition(saved.petition).map_or("", |petition| petition.title());
        let struck = if saved.is_struck { " (struck)" } else { "" };
        let sentence =
            format!("{at}  entry {} of generation {}: {title}{struck}", saved.index, saved.generation);
        output.say(&sentence, &json!(saved))?;
    }
    Ok(Ending::Done)
}

pub(super) fn strike(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    let place = (args.generation.unwrap_or(table.generation()), args.index);
    let reason = match args.reason {
        Reason::Joke => StrikeReason::Joke,
        Reason::Test => StrikeReason::Test,
        Reason::Other => StrikeReason::Other,
    };
    table.strike(place, reason, &args.words, now(), &mut rand::rng())?;
    let sentence =
        format!("Entry {} is struck: the organizer is told, and decides. Nothing is removed.", args.index);
    output.say(&sentence, &json!({ "struck": args.index, "generation": place.0 }))?;
    Ok(Ending::Done)
}
