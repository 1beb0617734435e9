//! `undersigned table report`, and how the report of a shift is said

use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use table::{EventKind, ShiftEvent, ShiftReport, Sum};
use uuid::Uuid;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The shift's id, as `--list` says it; without it, the last one that was closed
    shift: Option<Uuid>,
    /// The shifts that were closed here, newest first
    #[arg(long, conflicts_with = "shift")]
    list: bool,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = profile.open_table()?;
    if !args.list {
        say_report(&table.report(args.shift)?, output)?;
        return Ok(Ending::Done);
    }
    for shift in table.closed_shifts()? {
        let sentence = format!(
            "{} to {}  {} ({})\n  shift {}",
            clock(shift.started_at),
            clock(shift.ended_at),
            shift.place,
            shift.volunteer,
            shift.id
        );
        output.say(&sentence, &json!(shift))?;
    }
    Ok(Ending::Done)
}

/// The report of a shift, for a person or a script.
pub(super) fn say_report(report: &ShiftReport, output: &Output) -> anyhow::Result<()> {
    let value = json!({
        "saved": report.closing.signatures.kiosk + report.closing.signatures.paper,
        "not_received": report.not_received,
        "checkpoint": report.checkpoint,
        "receipt": report.receipt,
        "record": report,
    });
    output.say(&text(report), &value)?;
    Ok(())
}

fn text(report: &ShiftReport) -> String {
    let ShiftReport { shift, closing, .. } = report;
    let mut lines = vec![format!(
        "The shift is closed: {} ({}), {} to {}.",
        shift.place,
        shift.volunteer,
        clock(shift.started_at),
        clock(shift.ended_at)
    )];
    for petition in report.petitions.iter().filter(|petition| petition.kiosk + petition.paper > 0) {
        let (kiosk, paper) = (petition.kiosk, petition.paper);
        lines.push(format!("  {}: {kiosk} at the kiosk, {paper} from paper", petition.title));
    }
    lines.push(match report.not_received {
        0 => "Everything of it is received.".to_owned(),
        waiting => {
            format!("NOT YET RECEIVED: {waiting}. They are safe on this computer: send or carry them.")
        }
    });
    let signed = closing.signatures;
    let log = match signed.growth {
        Some(growth) => format!(" = growth of the log {growth}"),
        None => String::new(),
    };
    let visits = closing.visits;
    let sheets = closing.sheets.unwrap_or_default();
    let all = closing.lines;
    let sums = [
        (
            Sum::Visits,
            format!(
                "visits {} = signed {} + abandoned {} + wiped {}",
                visits.begun, visits.signed, visits.abandoned, visits.wiped
            ),
        ),
        (
            Sum::Signatures,
            format!(
                "signatures {} + {}{log} = received {} + waiting {}",
                signed.kiosk, signed.paper, signed.received, signed.waiting
            ),
        ),
        (
            Sum::Sheets,
            format!(
                "sheets issued {} = returned {} + spoiled {} + blank {}",
                sheets.issued, sheets.returned, sheets.spoiled, sheets.blank
            ),
        ),
        (
            Sum::Lines,
            format!(
                "lines {} = entered {} + struck {} + illegible {} + blank {}",
                all.lines, all.entered, all.struck, all.illegible, all.blank
            ),
        ),
    ];
    for (sum, words) in sums {
        if !report.differing.contains(&sum) {
            lines.push(format!("  agrees   {words}"));
            continue;
        }
        lines.push(format!("  DIFFERS  {words}"));
        let said = closing.explained.as_ref().and_then(|explained| explained.of(sum));
        lines.push(format!("           {}", said.unwrap_or("nobody said why")));
    }
    for event in &report.events {
        lines.push(format!("  {}  {}", clock(event.at), event_words(&event.event)));
    }
    if let Some(opening) = &closing.opening {
        lines.extend(said_with(
            "at the opening",
            [&opening.witness, &opening.laptop_seal, &opening.stick_seal],
        ));
    }
    lines.extend(said_with("at the end", [&closing.witness, &closing.laptop_seal, &closing.stick_seal]));
    lines.push(report.checkpoint.clone());
    lines.push(match (&report.receipt, report.is_received) {
        (Some(receipt), _) => receipt.clone(),
        (None, true) => "A receipt on a later checkpoint covers it.".to_owned(),
        (None, false) => "There is no receipt yet that covers it.".to_owned(),
    });
    lines.join("\n")
}

fn event_words(event: &ShiftEvent) -> String {
    let said = |words: &str, text: &Option<String>| {
        text.as_ref().map_or_else(String::new, |text| format!("{words}{text}"))
    };
    match event.what {
        EventKind::Paused => format!("paused, at {} signatures", event.so_far),
        EventKind::Resumed => format!("went on, at {} signatures", event.so_far),
        EventKind::HandedOver => format!(
            "handed over{}{}, at {} signatures{}{}",
            said(" by ", &event.gives),
            said(" to ", &event.takes),
            event.so_far,
            said("; seal of the laptop ", &event.laptop_seal),
            said("; seal of the stick ", &event.stick_seal)
        ),
    }
}

fn said_with(when: &str, [witness, laptop, stick]: [&Option<String>; 3]) -> Option<String> {
    let parts = [("with ", witness), ("seal of the laptop ", laptop), ("seal of the stick ", stick)];
    let said: Vec<String> =
        parts.iter().filter_map(|(words, text)| text.as_ref().map(|text| format!("{words}{text}"))).collect();
    (!said.is_empty()).then(|| format!("  {when}: {}", said.join(", ")))
}

/// A time where the table stands, to the minute.
fn clock(at: i64) -> String {
    let at = Timestamp::from_second(at).unwrap_or_default().to_zoned_datetime(TimeZone::system());
    at.strftime("%Y-%m-%d %H:%M").to_string()
}
