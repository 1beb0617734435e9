//! `undersigned desk pin-reset-code`

use serde_json::json;
use uuid::Uuid;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The kit of the table, by its id
    #[arg(long)]
    kit: Uuid,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let code = profile.open_desk()?.pin_reset_code(args.kit)?.to_string();
    let sentence = format!(
        "{code}\nRead it out to a volunteer who forgot the PIN. It sets a new PIN at every table of this kit, and can do \
         nothing else."
    );
    output.say(&sentence, &json!({ "kit": args.kit, "code": code }))?;
    Ok(Ending::Done)
}
