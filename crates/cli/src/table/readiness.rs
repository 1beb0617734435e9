//! `undersigned table readiness`

use serde_json::json;
use table::{Around, Check, Checks, Client};

use super::kit_time::kit_time_words;
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

pub(super) async fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = profile.open_table()?;
    let endpoint = match &table.kit().endpoint {
        None => None,
        Some(address) => {
            let reached = Client::of(address)?.identify().await;
            Some(if reached.is_ok() { Check::Good } else { Check::Warned })
        }
    };
    let checks = table.checks(Around { endpoint, ..Around::default() }, now())?;
    let (log, practising) = (table.log_state()?, table.is_practising()?);
    let mut lines = told(&checks);
    lines.push(format!(
        "The log of this table: generation {}, {} entries. The counters of a new shift are at zero.",
        log.generation, log.size
    ));
    if log.in_no_shift > 0 {
        lines.push(format!(
            "{} entries came after the last closing record and are in no shift: tell the organizer.",
            log.in_no_shift
        ));
    }
    if practising {
        lines.push(
            "Practice was not ended: no shift starts before it is. Take the table back in its window, or end it \
             here (table end-practice)."
                .to_owned(),
        );
    }
    for petition in table.petitions() {
        for text in petition.texts() {
            let (version, language, hash) = (petition.version(), text.language(), text.hash_hex());
            lines.push(format!("{}\n  version {version}, {language}, text {hash}", text.title()));
        }
    }
    lines.push(log.checkpoint.clone());
    let texts = table.petitions().iter().flat_map(|petition| {
        petition.texts().map(move |text| {
            json!({
                "petition": petition.id(), "title": text.title(), "version": petition.version(),
                "language": text.language(), "text_hash": text.hash_hex(),
            })
        })
    });
    let value = json!({
        "checks": checks, "kit_until": table.kit().until, "practising": practising, "log": log,
        "texts": texts.collect::<Vec<_>>(), "shift": table.shift().is_some(),
    });
    let sentence = format!("{}{}", lines.join("\n"), kit_time_words(table.kit_time(now())));
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}

/// A line for each look. What nobody can look at from here is said as such.
fn told(checks: &Checks) -> Vec<String> {
    let Checks { clock, disk, battery, kit, texts, endpoint, printer, log } = *checks;
    let names = [
        ("clock", clock),
        ("kit", kit),
        ("texts", texts),
        ("log", log),
        ("endpoint", endpoint),
        ("disk", disk),
        ("battery", battery),
        ("printer", printer),
    ];
    let words = |check| match check {
        Some(Check::Good) => "good",
        Some(Check::Warned) => "SEE TO IT",
        Some(Check::NotNeeded) => "not needed",
        None => "not looked at here",
    };
    names.iter().map(|(name, check)| format!("{name:<9} {}", words(*check))).collect()
}
