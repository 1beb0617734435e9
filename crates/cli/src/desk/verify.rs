//! `undersigned desk verify`

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut whole = true;
    for log in profile.open_desk()?.verify()? {
        let good = log.is_whole();
        whole &= good;
        let verdict = if good { "whole" } else { "NOT WHOLE" };
        let value = json!({
            "origin": log.origin.to_string(), "size": log.size, "opened": log.opened,
            "set_aside": log.set_aside, "whole": good,
        });
        output.say(&format!("{}: {verdict} to {}, {} opened", log.label, log.size, log.opened), &value)?;
    }
    if whole { Ok(Ending::Done) } else { anyhow::bail!("a log is not whole") }
}
