//! `undersigned desk correct-petition`

use std::path::PathBuf;

use desk::DeskError;
use serde_json::json;
use uuid::Uuid;

use super::{add_petition::refused, backup::kept};
use crate::{
    Ending,
    files::read_text,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The petition, by its id
    petition: Uuid,
    /// Markdown with its settings before the text
    file: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    let source = read_text(&args.file, "the petition's file")?;
    let corrected = desk.correct_petition(args.petition, &source, now());
    let version = corrected.map_err(|error| match error {
        DeskError::Source(problems) => refused(&problems, &args.file).into(),
        error => anyhow::Error::from(error),
    })?;
    let done = format!(
        "The petition has this text as version {version}. What was signed stands for the text that was signed. Tables get \
         it with `undersigned desk publish`."
    );
    let (sentence, value) = kept(&desk, &done, json!({ "petition": args.petition, "version": version }))?;
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
