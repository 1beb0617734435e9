//! `undersigned desk decide`

use desk::{Decided, DecidedVerdict};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which signature
    signature: Uuid,
    /// The petition that it is of
    #[arg(long)]
    petition: Uuid,
    /// What it stands for
    #[arg(long = "as", value_name = "WHAT")]
    verdict: Verdict,
    /// Why
    #[arg(long)]
    reason: String,
    /// Who says it, as they call themselves
    #[arg(long)]
    by: String,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Verdict {
    /// It counts, whatever was in its way
    Counts,
    /// It does not
    Void,
    /// The person took it back
    Withdrawn,
    /// To be looked at before it counts
    InReview,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let verdict = match args.verdict {
        Verdict::Counts => DecidedVerdict::Counts,
        Verdict::Void => DecidedVerdict::Void,
        Verdict::Withdrawn => DecidedVerdict::Withdrawn,
        Verdict::InReview => DecidedVerdict::InReview,
    };
    let what = Decided::Verdict { signature: args.signature, verdict, reason: args.reason.clone() };
    let now = Timestamp::now().as_second();
    let decision = profile.open_desk()?.decide(&args.by, args.petition, what, now, &mut rand::rng())?;
    output.say(&format!("Decided: {decision}."), &json!({ "decision": decision }))?;
    Ok(Ending::Done)
}
