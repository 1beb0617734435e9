//! `undersigned desk pull`

use std::sync::{Mutex, atomic::AtomicBool};

use desk::{Desk, EndedEarly, PullReport};
use serde_json::json;

use super::{client::client, merge::say_merged};
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

pub(super) async fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let desk = profile.open_desk()?;
    let client = client(&desk)?;
    match Desk::pull(&Mutex::new(desk), &client, now(), &AtomicBool::new(false), |_| ()).await {
        Ok(report) => say_pulled(output, &report, None),
        Err(EndedEarly { report, error }) => {
            if !report.merged.is_empty() {
                say_pulled(output, &report, Some(error.code()))?;
            }
            Err(error.into())
        }
    }
}

/// Says what a pull brought; `ended` is the code of what ended it early.
fn say_pulled(output: &Output, report: &PullReport, ended: Option<&str>) -> anyhow::Result<Ending> {
    let mut ending = Ending::Done;
    for (name, merged) in &report.merged {
        ending = ending.max(say_merged(output, name, merged)?);
    }
    let PullReport { new_entries, logs, held, .. } = report;
    let brought = match (new_entries, logs, ended) {
        (0, 0, None) => "The endpoint has nothing of this campaign yet.".to_owned(),
        (0, _, None) if report.merged.is_empty() && held == logs => "Nothing new.".to_owned(),
        (0, _, None) if report.merged.is_empty() => "Nothing new: what the endpoint has is here.".to_owned(),
        (_, _, None) => format!("{new_entries} new entries."),
        (_, _, Some(_)) => format!("{new_entries} new entries, then the pull ended early. They are kept."),
    };
    let waiting = match held {
        0 => String::new(),
        1 => " 1 table waits for your word: see `tables` and `confirm`.".to_owned(),
        _ => format!(" {held} tables wait for your word: see `tables` and `confirm`."),
    };
    let mut value = json!({
        "pulled": report.merged.len(), "new_entries": new_entries, "logs": logs, "held": held,
    });
    if let Some(code) = ended {
        value["ended_early"] = json!(code);
    }
    output.say(&format!("{brought}{waiting}"), &value)?;
    Ok(ending)
}
