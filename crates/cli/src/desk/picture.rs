//! `undersigned desk picture`

use std::path::PathBuf;

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which, as `undersigned desk notes` says it
    picture: String,
    /// Where to
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    profile.open_desk()?.write_picture(&args.picture, &args.out)?;
    output
        .say("The picture is written: a JPEG that only you can read.", &json!({ "picture": args.picture }))?;
    Ok(Ending::Done)
}
