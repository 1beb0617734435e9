//! `undersigned table send`

use std::sync::{Arc, Mutex};

use serde_json::json;
use table::{Nothing, sending};

use super::{client::client, kit_time::kit_time_words};
use crate::{Ending, keys::Profile, output::Output};

pub(super) async fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = profile.open_table()?;
    let client = client(&table)?;
    let report = sending::send_until_done(Arc::new(Mutex::new(table)), client).await?;
    let done = match report.nothing.filter(|_| report.waiting == 0) {
        None => format!("{} received, {} still waiting.", report.received, report.waiting),
        Some(Nothing::NoneSaved) => "Nothing was sent: nothing is saved on this table yet.".to_owned(),
        Some(Nothing::AllReceived) => {
            format!("Nothing was sent: all {} are received already.", report.received)
        }
    };
    let sentence = format!("{done}{}{}", why(report.state), kit_time_words(report.kit_time));
    let value = json!({
        "received": report.received, "waiting": report.waiting, "state": report.state,
        "nothing": report.nothing, "kit_time": report.kit_time,
    });
    output.say(&sentence, &value)?;
    Ok(if report.waiting == 0 { Ending::Done } else { Ending::NotAllReceived })
}

/// Why sending stopped, and what to do, for a person.
fn why(state: sending::State) -> &'static str {
    use sending::State;
    match state {
        State::Done | State::Sending | State::Paused => "",
        State::NoNetwork => " The endpoint cannot be reached: try again later.",
        State::NotTheEndpoint => {
            " Something answered that is not the endpoint: often the login page of a Wi-Fi. Log in, then try again."
        }
        State::OtherEndpoint => {
            " Another endpoint answers: its key is not the one that this table's kit names. Nothing is taken as \
             received; tell the organizer."
        }
        State::UnknownCampaign => {
            " The endpoint does not know this campaign. Tell the organizer: a pull or a tally at the desk makes it \
             known again. Then try again."
        }
        State::Busy => " The endpoint is busy: try again later.",
        State::Failed => " This computer's disk cannot be read or written: look at it, then try again.",
        State::Held => " The organizer must confirm this table: tell the organizer.",
        State::TooLarge => {
            " A signature is too large for the way to the endpoint; all others are sent. Carry it by hand, and tell \
             the organizer."
        }
        State::Revoked => " The organizer has ended this table: call the organizer and delete nothing.",
        State::Refused => " The endpoint refuses these signatures: tell the organizer and delete nothing.",
    }
}
