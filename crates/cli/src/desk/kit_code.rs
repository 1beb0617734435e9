//! `undersigned desk kit-code`

use serde_json::json;
use uuid::Uuid;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The kit, by its id
    #[arg(long)]
    kit: Uuid,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let code = profile.open_desk()?.kit_code(args.kit)?.to_string();
    let sentence =
        format!("{code}\nGive it to one volunteer alone: the first table that it is used at has the kit.");
    output.say(&sentence, &json!({ "kit": args.kit, "code": code }))?;
    Ok(Ending::Done)
}
