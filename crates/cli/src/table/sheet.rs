//! `undersigned table enter-sheet` and `drop-sheet`

use std::{
    io::{BufRead, stdin},
    path::PathBuf,
};

use anyhow::Context;
use jiff::ZonedDateTime;
use serde::Deserialize;
use serde_json::json;
use table::{
    Draft, KeptLine, PICTURE_FILE_MAX_BYTES, SheetClosed, SheetEnd, SheetHeading, SheetLine, Table,
    TableError,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{problem_words::words, sign::malformed};
use crate::{
    Ending,
    files::read_at_most,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which petition, where the table has several
    #[arg(long)]
    petition: Option<Uuid>,
    /// Which version of the petition's text is on the sheet; the last sheet's of this shift, or the newest, where it is not given
    #[arg(long)]
    text_version: Option<u32>,
    /// The language of the text on the sheet, where it is a translation, as `undersigned table petitions` says it
    #[arg(long)]
    text_language: Option<String>,
    /// The number on the sheet; the one after the last sheet's, where it is not given
    #[arg(long)]
    number: Option<u32>,
    /// The day on the sheet, as in 2026-11-27; today's, or the last sheet's of this shift, where it is not given
    #[arg(long)]
    day: Option<String>,
    /// Where it was signed; the shift's place, or the last sheet's, where it is not given
    #[arg(long)]
    place: Option<String>,
    /// Who collected
    #[arg(long)]
    volunteer: Option<String>,
    /// How many signatures the sheet itself says that it has
    #[arg(long)]
    total: Option<u32>,
    /// Why that is another number than was found
    #[arg(long, default_value = "")]
    explanation: String,
    /// Save lines that only have warnings
    #[arg(long)]
    as_on_paper: bool,
    /// A photograph or scan of the sheet, JPEG or PNG, sealed with it; several of front and back. The file itself stays where it is
    #[arg(long, value_name = "FILE")]
    picture: Vec<PathBuf>,
    /// Where this sheet was being typed when the program ended, drop what is there of it and begin it again
    #[arg(long)]
    anew: bool,
}

/// A line that is no signature.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked {
    line: Mark,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mark {
    Blank,
    Struck,
    Illegible,
}

pub(super) fn enter(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    let open = table.sheet()?.filter(|open| args.anew && is_named(args, &open.heading));
    if open.is_some() {
        table.drop_sheet()?;
    }
    let heading = heading(args, &table)?;
    table.open_sheet(&heading, now())?;
    let done = enter_all(&mut table, args, output);
    if !matches!(done, Ok(Some(_))) {
        table.drop_sheet()?;
    }
    let Some(closed) = done.context("nothing of the sheet is saved")? else {
        output.say("Nothing of the sheet is saved.", &json!({ "sheet": null }))?;
        return Ok(Ending::DraftProblems);
    };
    let sentence = format!(
        "Sheet {} is closed: {} entered, {} blank, {} struck, {} illegible.",
        closed.number, closed.entered, closed.blank, closed.struck, closed.illegible
    );
    output.say(&sentence, &json!({ "sheet": closed }))?;
    Ok(Ending::Done)
}

/// Whether a sheet is the one that the arguments name, as far as they name one.
fn is_named(args: &Args, heading: &SheetHeading) -> bool {
    args.number.is_none_or(|number| number == heading.number)
        && args.petition.is_none_or(|petition| petition == heading.petition)
}

/// Keeps every line and closes the sheet; none where a line is to be mended or looked at.
fn enter_all(table: &mut Table, args: &Args, output: &Output) -> anyhow::Result<Option<SheetClosed>> {
    if !enter_lines(table, args, output)? {
        return Ok(None);
    }
    for file in &args.picture {
        table.add_picture(&read_at_most(file, PICTURE_FILE_MAX_BYTES + 1, "the picture")?)?;
    }
    let end = SheetEnd { total: args.total, explanation: args.explanation.clone() };
    Ok(Some(table.close_sheet(&end, now(), &mut rand::rng())?))
}

pub(super) fn drop(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    profile.open_table()?.drop_sheet()?;
    output.say("The sheet is dropped: nothing of it is saved.", &json!({ "dropped": true }))?;
    Ok(Ending::Done)
}

fn heading(args: &Args, table: &Table) -> Result<SheetHeading, TableError> {
    let next = table.next_heading(ZonedDateTime::now().date())?;
    let petition = args.petition.unwrap_or(next.petition);
    Ok(SheetHeading {
        petition,
        version: args.text_version.or(next.version.filter(|_| petition == next.petition)),
        language: args.text_language.clone().or(next.language.filter(|_| petition == next.petition)),
        number: args.number.unwrap_or(next.number),
        day: args.day.clone().unwrap_or(next.day),
        place: args.place.clone().unwrap_or(next.place),
        volunteer: args.volunteer.clone().unwrap_or(next.volunteer),
    })
}

/// Keeps every line, says what is wrong with which, and says whether all can be sealed.
fn enter_lines(table: &mut Table, args: &Args, output: &Output) -> anyhow::Result<bool> {
    let mut is_ready = true;
    let mut input = stdin().lock();
    let mut number = 0;
    loop {
        let mut text = Zeroizing::new(Vec::new());
        if input.read_until(b'\n', &mut text)? == 0 {
            return Ok(is_ready);
        }
        if text.trim_ascii().is_empty() {
            continue;
        }
        number += 1;
        let line = match parse(&text, args.as_on_paper) {
            Ok(line) => line,
            Err(detail) => {
                is_ready = false;
                let sentence = format!("Line {number}: {detail} (draft/malformed)");
                let value = json!({ "line": number, "error": "draft/malformed", "detail": detail });
                output.say(&sentence, &value)?;
                SheetLine::Blank
            }
        };
        let KeptLine { problems, .. } = table.set_line(number, line)?;
        if !problems.is_empty() {
            is_ready = false;
            let mut sentence = format!("Line {number}:");
            problems.iter().for_each(|problem| sentence.push_str(&format!("\n  {}", words(problem))));
            output.say(&sentence, &json!({ "line": number, "problems": problems }))?;
        }
    }
}

fn parse(text: &[u8], as_on_paper: bool) -> Result<SheetLine, String> {
    if let Ok(Marked { line }) = serde_json::from_slice(text) {
        return Ok(match line {
            Mark::Blank => SheetLine::Blank,
            Mark::Struck => SheetLine::Struck,
            Mark::Illegible => SheetLine::Illegible,
        });
    }
    let draft: Draft = serde_json::from_slice(text).map_err(|error| malformed(&error))?;
    Ok(SheetLine::Entered { draft: Box::new(draft), as_on_paper })
}
