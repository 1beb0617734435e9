//! `undersigned desk read-page`

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};

use desk::{Doubt, FoundPage, PagePart, PageRead, WriteProblem, write_page};
use serde_json::json;

use crate::{
    Ending,
    files::read_at_most,
    output::{Output, Refusal},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The page: its text as a browser copies it, HTML, Markdown, or a document of Word (.docx)
    file: PathBuf,
    /// Write the petition to this file, to be looked at and added then
    #[arg(long)]
    out: Option<PathBuf>,
    /// The title, in the place of what was found
    #[arg(long)]
    title: Option<String>,
    /// Who started it, in the place of what was found
    #[arg(long)]
    started_by: Option<String>,
    /// To whom it is addressed, in the place of what was found
    #[arg(long)]
    addressed_to: Option<String>,
    /// The language, in the place of what was found: en, es, zh-Hans …
    #[arg(long)]
    language: Option<String>,
}

pub(super) fn run(args: &Args, output: &Output) -> anyhow::Result<Ending> {
    let bytes = read_at_most(&args.file, desk::PAGE_MAX_BYTES as u64 + 1, "the page")?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let read =
        desk::read_page(&name, &bytes).map_err(|error| Refusal::new(error.code(), error.to_string()))?;
    let found = match read {
        PageRead::Source { source } => {
            let wrote = write(args.out.as_deref(), &source)?;
            output.say(&format!("It is a petition's file already.{wrote}"), &json!({ "source": source }))?;
            return Ok(Ending::Done);
        }
        PageRead::Page { found } => found,
    };
    let mut parts = found.parts();
    for (given, part) in [
        (&args.title, &mut parts.title),
        (&args.started_by, &mut parts.started_by),
        (&args.addressed_to, &mut parts.addressed_to),
        (&args.language, &mut parts.language),
    ] {
        if let Some(given) = given {
            part.clone_from(given);
        }
    }
    let written = write_page(&parts);
    let wrote = write(args.out.as_deref(), &written.source)?;
    let mended: String = written.problems.iter().map(in_words).collect();
    let mended =
        if mended.is_empty() { mended } else { format!("\nTo be mended before it is a petition:{mended}") };
    output
        .say(&format!("{}{mended}{wrote}", told(&found)), &json!({ "found": found, "written": written }))?;
    Ok(Ending::Done)
}

/// Writes the source where nothing is yet.
fn write(out: Option<&Path>, source: &str) -> anyhow::Result<String> {
    let Some(out) = out else { return Ok(String::new()) };
    File::create_new(out).and_then(|mut file| file.write_all(source.as_bytes())).map_err(|error| {
        Refusal::new("io/cannot-write", format!("the petition cannot be written: {error}"))
    })?;
    let path = out.display();
    Ok(format!("\nWritten to {path}. Look at it, then: undersigned desk add-petition {path}"))
}

/// What was found, part by part with its lines, and what was left over.
fn told(found: &FoundPage) -> String {
    let mut said = Vec::new();
    let mut say = |what: &str, part: Option<(&str, &[u32])>| {
        said.push(part.map_or(format!("{what}: not found"), |(value, lines)| {
            format!("{what}: {value} ({})", at(lines))
        }));
    };
    for (what, part) in [
        ("Title", &found.title),
        ("Started by", &found.started_by),
        ("Addressed to", &found.addressed_to),
        ("Language", &found.language),
    ] {
        say(what, part.as_ref().map(|PagePart { value, lines, .. }| (value.as_str(), lines.as_slice())));
    }
    for (what, part) in [("Goal", &found.goal), ("Signed when it was copied", &found.signed)] {
        if let Some(part) = part {
            say(what, Some((&part.value.to_string(), &part.lines)));
        }
    }
    for part in &found.milestones {
        say(&format!("At {}", part.value.at), Some((&part.value.note, &part.lines)));
    }
    say("Text", found.body.as_ref().map(|part| ("found", part.lines.as_slice())));
    for part in &found.references {
        say(&format!("Reference {}", part.value.number), Some((&part.value.text, &part.lines)));
    }
    said.extend(found.doubts.iter().map(doubt));
    said.extend(found.left_over.iter().map(|left| format!("Left over, line {}: {}", left.line, left.text)));
    said.join("\n")
}

fn at(lines: &[u32]) -> String {
    match *lines {
        [] => "no line says it".to_owned(),
        [line] => format!("line {line}"),
        [first, .., last] if (last - first) as usize + 1 == lines.len() => format!("lines {first} to {last}"),
        ref lines => {
            let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
            format!("lines {}", lines.join(", "))
        }
    }
}

fn doubt(doubt: &Doubt) -> String {
    let look = |what: &str, lines: &[u32]| format!("Look at {}: {what}", at(lines));
    match doubt {
        Doubt::MarkWithoutReference { number, lines } => {
            look(&format!("the text has a mark ({number}), and no reference has that number"), lines)
        }
        Doubt::ReferenceWithoutMark { number, lines } => {
            look(&format!("no mark in the text leads to reference {number}"), lines)
        }
        Doubt::ReferenceTwice { number, lines } => {
            look(&format!("several references have the number {number}"), lines)
        }
        Doubt::EmptyReference { number, lines } => look(&format!("reference {number} says nothing"), lines),
        Doubt::RoundNumber { number, lines } => {
            look(&format!("({number}) will lead to reference {number}, and may be none"), lines)
        }
        Doubt::Differs { part, lines } => {
            let part = json!(part).as_str().unwrap_or_default().replace('_', " ");
            look(&format!("the page says something else there about this part: {part}"), lines)
        }
    }
}

fn in_words(problem: &WriteProblem) -> String {
    let line = problem.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let about = problem.about.as_ref().map(|about| format!(" ({about})")).unwrap_or_default();
    format!("\n  {line}{}{about}", problem.code)
}
