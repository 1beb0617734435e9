//! `undersigned desk add-petition`

use std::{fs, path::PathBuf};

use anyhow::Context;
use serde_json::json;

use super::backup::kept;
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Markdown with front matter
    file: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    let source = fs::read_to_string(&args.file).context("the petition file cannot be read")?;
    let petition = desk.add_petition(&source, now(), &mut rand::rng())?;
    let (sentence, value) = kept(&desk, "The petition is added.", json!({ "petition": petition }))?;
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
