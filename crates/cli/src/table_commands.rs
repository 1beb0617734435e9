//! `undersigned table …`

use std::{
    fs,
    io::{BufRead, stdin},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use anyhow::Context;
use clap::Subcommand;
use serde_json::json;
use table::{Keys, SignOutcome, Table, petition::Draft, sending, wire};
use zeroize::Zeroizing;

use crate::{
    Ending,
    keys::{Profile, now, passphrase},
    output::Output,
};

#[derive(Subcommand)]
pub(crate) enum TableCommand {
    /// Set this computer up as a table, from a kit file; no network is needed
    OpenKit {
        /// The file that ends in .kit
        kit: PathBuf,
        /// What the table is called
        #[arg(long, default_value = "Table")]
        label: String,
        /// A file whose first line is the PIN that ends the kiosk
        #[arg(long)]
        pin_file: Option<PathBuf>,
    },
    /// Start a shift
    StartShift {
        /// Where
        #[arg(long)]
        place: String,
        /// Name or initials of the volunteer
        #[arg(long, default_value = "")]
        volunteer: String,
    },
    /// End the shift: counts, checkpoint, receipt
    EndShift,
    /// Sign: drafts as JSON on stdin, one a line; each is answered by one line once it is durable
    Sign {
        /// Save drafts that only have warnings
        #[arg(long)]
        pass_warnings: bool,
    },
    /// What is saved, received and waiting
    Status,
    /// Send everything to the endpoint
    Send,
    /// Write batch files of what is not received yet, for carrying by hand
    Carry {
        /// A folder, for one on a USB stick
        folder: PathBuf,
        /// Write everything, also what is received
        #[arg(long)]
        all: bool,
    },
    /// Send batch files of any table to the endpoint of this table's kit
    Upload {
        /// Files that end in .batch
        files: Vec<PathBuf>,
    },
}

pub(crate) async fn run(command: TableCommand, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    match command {
        TableCommand::OpenKit { kit, label, pin_file } => open_kit(profile, output, &kit, &label, pin_file),
        TableCommand::StartShift { place, volunteer } => {
            profile.open_table()?.start_shift(&place, &volunteer, now(), &mut rand::rng())?;
            output.say("The shift has started.", &json!({ "shift": "started" }))?;
            Ok(Ending::Done)
        }
        TableCommand::EndShift => end_shift(&mut profile.open_table()?, output),
        TableCommand::Sign { pass_warnings } => sign(&mut profile.open_table()?, output, pass_warnings),
        TableCommand::Status => status(&profile.open_table()?, output),
        TableCommand::Send => send(profile.open_table()?, output).await,
        TableCommand::Carry { folder, all } => carry(&mut profile.open_table()?, output, &folder, all),
        TableCommand::Upload { files } => upload(&profile.open_table()?, output, &files).await,
    }
}

fn open_kit(
    profile: &Profile,
    output: &Output,
    kit: &Path,
    label: &str,
    pin_file: Option<PathBuf>,
) -> anyhow::Result<Ending> {
    let mut rng = rand::rng();
    let text = Zeroizing::new(fs::read_to_string(kit).context("the kit file cannot be read")?);
    let mut vault = profile.vault()?;
    let keys = Keys::generate(&mut rng);
    // Kept before they are used: a crash between the two leaves keys without a table, never the reverse.
    if Table::exists(&profile.table_folder()) {
        anyhow::bail!("this profile has a table already");
    }
    vault.put_keys(&keys.named(), &mut rng)?;
    let mut table = Table::create(&profile.table_folder(), keys, &text, label, now(), &mut rng)?;
    if let Some(file) = pin_file {
        table.set_pin(&passphrase(&file)?, &mut rng)?;
    }
    let value = json!({ "table": table.id(), "petitions": table.petitions().len() });
    output.say("The kit is open: this computer is a table.", &value)?;
    Ok(Ending::Done)
}

fn end_shift(table: &mut Table, output: &Output) -> anyhow::Result<Ending> {
    let end = table.end_shift(now())?;
    let sentence = format!(
        "The shift has ended: {} saved; {} of this table not yet received.\n{}",
        end.saved, end.not_received, end.checkpoint
    );
    let value = json!({
        "saved": end.saved, "not_received": end.not_received,
        "checkpoint": end.checkpoint, "receipt": end.receipt,
    });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}

fn sign(table: &mut Table, output: &Output, pass_warnings: bool) -> anyhow::Result<Ending> {
    let mut ending = Ending::Done;
    let mut line = Zeroizing::new(String::new());
    let mut input = stdin().lock();
    while input.read_line(&mut line)? > 0 {
        if !line.trim().is_empty() {
            // The parser's own message could quote what was typed.
            let draft: Draft = serde_json::from_str(&line)
                .map_err(|error| anyhow::anyhow!("not a draft: line {}", error.line()))?;
            match table.sign(&draft, pass_warnings, now(), &mut rand::rng())? {
                SignOutcome::Saved(saved) => output.say(
                    &format!("Saved. Withdrawal code: {}", saved.withdrawal_code),
                    &json!({ "saved": saved.signature, "withdrawal_code": saved.withdrawal_code.to_string() }),
                )?,
                SignOutcome::Problems(problems) => {
                    ending = Ending::DraftProblems;
                    output.say(
                        &format!("Not saved: {} to mend.", problems.len()),
                        &json!({ "problems": problems }),
                    )?;
                }
            }
        }
        line.clear();
    }
    Ok(ending)
}

fn status(table: &Table, output: &Output) -> anyhow::Result<Ending> {
    let counts = table.counts()?;
    let sentence = format!(
        "{} saved, {} received, {} waiting to be sent.",
        counts.saved, counts.received, counts.waiting
    );
    let value = json!({
        "label": table.label(), "saved": counts.saved, "received": counts.received, "waiting": counts.waiting,
        "this_shift": counts.this_shift, "last_receipt_at": counts.last_receipt_at,
        "everyone": counts.everyone.map(|(count, _)| count),
    });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}

async fn send(table: Table, output: &Output) -> anyhow::Result<Ending> {
    let client = client(&table)?;
    let report = sending::send_until_done(Arc::new(Mutex::new(table)), client).await?;
    let sentence =
        format!("{} received, {} still waiting.{}", report.received, report.waiting, why(report.state));
    let value = json!({ "received": report.received, "waiting": report.waiting, "state": report.state });
    output.say(&sentence, &value)?;
    Ok(if report.waiting == 0 { Ending::Done } else { Ending::NotAllReceived })
}

/// Why sending stopped, and what to do, for a person.
fn why(state: sending::State) -> &'static str {
    use sending::State;
    match state {
        State::Done | State::Sending => "",
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
        State::Held => " The organizer must confirm this table: tell the organizer.",
        State::TooLarge => {
            " A signature is too large for the way to the endpoint; all others are sent. Carry it by hand, and tell \
             the organizer."
        }
        State::Revoked => " The organizer has ended this table: call the organizer and delete nothing.",
        State::Refused => " The endpoint refuses these signatures: tell the organizer and delete nothing.",
    }
}

fn client(table: &Table) -> anyhow::Result<wire::Client> {
    let kit = table.kit();
    let address =
        kit.endpoint.as_ref().context("this kit names no endpoint: carry the signatures by hand")?;
    Ok(wire::Client::of(address)?)
}

fn carry(table: &mut Table, output: &Output, folder: &Path, all: bool) -> anyhow::Result<Ending> {
    let report = table.carry(folder, all)?;
    let mut sentence = format!("{} signatures in {} files.", report.entries, report.files.len());
    if report.left_out > 0 {
        let more = format!(
            " {} more are received already and cannot be written again: the key that signed for them was lost.",
            report.left_out
        );
        sentence.push_str(&more);
    }
    let value = json!({ "entries": report.entries, "files": report.files, "left_out": report.left_out });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}

async fn upload(table: &Table, output: &Output, files: &[PathBuf]) -> anyhow::Result<Ending> {
    let client = client(table)?;
    let mut ending = Ending::Done;
    let mut said = Ok(());
    sending::upload(&client, files, |file, uploaded| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (sentence, value) = match uploaded {
            sending::Uploaded::Received { size } => {
                (format!("{name}: received up to entry {size}."), json!({ "file": name, "received": size }))
            }
            sending::Uploaded::Refused { code, detail } => {
                ending = Ending::BatchRefused;
                (
                    format!("{name}: refused: {detail}"),
                    json!({ "file": name, "refused": code, "detail": detail }),
                )
            }
            sending::Uploaded::Later { code } => {
                if matches!(ending, Ending::Done) {
                    ending = Ending::NotAllReceived;
                }
                (format!("{name}: not received now ({code})."), json!({ "file": name, "later": code }))
            }
        };
        if said.is_ok() {
            said = output.say(&sentence, &value);
        }
    })
    .await;
    said?;
    Ok(ending)
}
