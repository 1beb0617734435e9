//! `undersigned table start-shift`, `pause-shift`, `resume-shift`, `hand-over`, `end-practice` and `end-shift`

use serde_json::json;
use table::{Around, Explained, SheetCounts, ShiftClose, ShiftStart};

use super::{kit_time::kit_time_words, report::say_report};
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct StartArgs {
    /// Where
    #[arg(long)]
    place: String,
    /// Name or initials of the volunteer
    #[arg(long, default_value = "")]
    volunteer: String,
    /// Paper sheets that are handed out
    #[arg(long)]
    sheets: Option<u32>,
    #[command(flatten)]
    present: Present,
}

#[derive(clap::Args)]
struct Present {
    /// The other person who is there
    #[arg(long, default_value = "")]
    witness: String,
    /// The number on the laptop's seal
    #[arg(long, default_value = "")]
    laptop_seal: String,
    /// The number on the stick's seal
    #[arg(long, default_value = "")]
    stick_seal: String,
}

#[derive(clap::Args)]
pub(crate) struct HandOverArgs {
    /// Who gives the table
    #[arg(long)]
    gives: String,
    /// Who takes it
    #[arg(long)]
    takes: String,
    /// The number on the laptop's seal
    #[arg(long, default_value = "")]
    laptop_seal: String,
    /// The number on the stick's seal
    #[arg(long, default_value = "")]
    stick_seal: String,
}

#[derive(clap::Args)]
pub(crate) struct EndArgs {
    /// Paper sheets that were handed out; without it, as many as at the start of the shift
    #[arg(long)]
    issued: Option<u32>,
    /// Paper sheets that came back with lines on them
    #[arg(long)]
    returned: Option<u32>,
    /// Paper sheets that were spoiled
    #[arg(long)]
    spoiled: Option<u32>,
    /// Paper sheets that came back blank
    #[arg(long)]
    blank: Option<u32>,
    /// Why the sum of visits does not agree
    #[arg(long)]
    why_visits: Option<String>,
    /// Why the sum of signatures does not agree
    #[arg(long)]
    why_signatures: Option<String>,
    /// Why the sum of sheets does not agree
    #[arg(long)]
    why_sheets: Option<String>,
    /// Why the sum of lines does not agree
    #[arg(long)]
    why_lines: Option<String>,
    #[command(flatten)]
    present: Present,
}

pub(super) fn start(args: &StartArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    let start = ShiftStart {
        place: args.place.clone(),
        volunteer: args.volunteer.clone(),
        witness: args.present.witness.clone(),
        laptop_seal: args.present.laptop_seal.clone(),
        stick_seal: args.present.stick_seal.clone(),
        issued: args.sheets,
    };
    table.open_shift(&start, Around::default(), now(), &mut rand::rng())?;
    let kit_time = table.kit_time(now());
    let sentence = format!("The shift has started.{}", kit_time_words(kit_time));
    output.say(&sentence, &json!({ "shift": "started", "kit_time": kit_time }))?;
    Ok(Ending::Done)
}

pub(super) fn pause(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    table.pause_shift(now(), &mut rand::rng())?;
    let so_far = table.counts()?.this_shift;
    let sentence = format!("The shift is paused, at {so_far} signatures. Nobody signs until it goes on.");
    output.say(&sentence, &json!({ "shift": "paused", "so_far": so_far }))?;
    Ok(Ending::Done)
}

pub(super) fn resume(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    table.resume_shift(now(), &mut rand::rng())?;
    let so_far = table.counts()?.this_shift;
    let sentence = format!("The shift goes on, at {so_far} signatures.");
    output.say(&sentence, &json!({ "shift": "resumed", "so_far": so_far }))?;
    Ok(Ending::Done)
}

pub(super) fn hand_over(args: &HandOverArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    let seals = (args.laptop_seal.as_str(), args.stick_seal.as_str());
    table.hand_over((&args.gives, &args.takes), seals, now(), &mut rand::rng())?;
    let sentence = format!("The table is {}'s from now on.", args.takes.trim());
    output.say(&sentence, &json!({ "volunteer": args.takes.trim() }))?;
    Ok(Ending::Done)
}

pub(super) fn end_practice(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    profile.open_table()?.end_practice()?;
    output.say("Nobody practises at this table now: a shift can start.", &json!({ "practice": false }))?;
    Ok(Ending::Done)
}

pub(super) fn end(args: &EndArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    let issued = table.shift_sums(None, now())?.sheets.map(|sheets| sheets.issued);
    let counted = [args.issued, args.returned, args.spoiled, args.blank];
    let sheets = counted.iter().any(Option::is_some).then(|| SheetCounts {
        issued: args.issued.or(issued).unwrap_or(0),
        returned: args.returned.unwrap_or(0),
        spoiled: args.spoiled.unwrap_or(0),
        blank: args.blank.unwrap_or(0),
    });
    let close = ShiftClose {
        sheets,
        explained: Explained {
            visits: args.why_visits.clone(),
            signatures: args.why_signatures.clone(),
            sheets: args.why_sheets.clone(),
            lines: args.why_lines.clone(),
        },
        witness: args.present.witness.clone(),
        laptop_seal: args.present.laptop_seal.clone(),
        stick_seal: args.present.stick_seal.clone(),
    };
    let report = table.end_shift(&close, now(), &mut rand::rng())?;
    say_report(&report, output)?;
    Ok(Ending::Done)
}
