//! `undersigned desk add-petition`

use std::path::{Path, PathBuf};

use desk::{DeskError, SourceProblem};
use serde_json::json;

use super::backup::kept;
use crate::{
    Ending,
    files::read_text,
    keys::{Profile, now},
    output::{Output, Refusal},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Markdown with its settings before the text
    file: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    let source = read_text(&args.file, "the petition's file")?;
    let before: Vec<_> = desk.petitions()?.iter().map(|row| row.petition.id()).collect();
    let petition = desk.add_petition(&source, now(), &mut rand::rng()).map_err(|error| match error {
        DeskError::Source(problems) => refused(&problems, &args.file).into(),
        error => anyhow::Error::from(error),
    })?;
    let added = !before.contains(&petition);
    let done = if added {
        format!(
            "The petition is added: {petition}. Tables have it with the next kit, or with `undersigned desk publish`."
        )
    } else {
        format!("Nothing is added: this very text is there already, as {petition}.")
    };
    let (sentence, value) = kept(&desk, &done, json!({ "petition": petition, "added": added }))?;
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}

/// All that is wrong with a source, each with its line.
pub(super) fn refused(problems: &[SourceProblem], file: &Path) -> Refusal {
    let mut detail = format!("the petition is not added, for what is in {}:", file.display());
    for problem in problems {
        detail.push_str(&format!("\n  {problem}"));
    }
    let for_scripts: Vec<_> = problems
        .iter()
        .map(|problem| {
            json!({ "line": problem.line, "code": problem.code(), "detail": problem.kind.to_string() })
        })
        .collect();
    Refusal::new("desk/petition-source", detail).with("problems", json!(for_scripts))
}
