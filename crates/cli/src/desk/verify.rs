//! `undersigned desk verify`

use serde_json::json;

use crate::{
    Ending,
    keys::Profile,
    output::{Output, Refusal},
};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut whole = true;
    for log in profile.open_desk()?.verify()? {
        let good = log.is_whole();
        whole &= good;
        let verdict = if good { "whole" } else { "NOT WHOLE" };
        let value = json!({
            "origin": log.origin.to_string(), "size": log.size, "opened": log.opened,
            "set_aside": log.set_aside, "whole": good, "branch": log.branch, "shared": log.shared,
            "proven": log.is_proven(), "forked": log.forked,
        });
        let branch = log.branch.as_ref().map(|branch| format!(", branch {branch}")).unwrap_or_default();
        let why = match (log.is_proven(), log.forked, log.gaps.is_empty()) {
            (false, ..) => ": what is here is not what its table signed for",
            (true, true, _) => ": forked, see `tables`; every entry that is here is proven",
            (true, false, false) => ": something is missing, see `tables`",
            (true, false, true) => "",
        };
        output.say(
            &format!("{}{branch}: {verdict} to {}, {} opened{why}", log.label, log.size, log.opened),
            &value,
        )?;
    }
    if whole { Ok(Ending::Done) } else { Err(Refusal::new("desk/not-whole", "a log is not whole").into()) }
}
