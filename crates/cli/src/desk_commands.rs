//! `undersigned desk …`

use std::{
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use anyhow::Context;
use clap::Subcommand;
use desk::{Desk, EndedEarly, Keys, Merged, Proof, PullReport, TableRow, proof::VerifierKey, wire};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Ending,
    keys::{Profile, now, passphrase},
    output::Output,
};

#[derive(Subcommand)]
pub(crate) enum DeskCommand {
    /// Make a campaign: its keys, and a backup file under a passphrase
    New {
        /// The organisation's name for it
        #[arg(long)]
        name: String,
        /// Address of the collection endpoint; without one, batches are carried by hand
        #[arg(long)]
        endpoint: Option<String>,
        /// Where to write the backup file
        #[arg(long)]
        backup: PathBuf,
        /// A file whose first line is the backup's passphrase
        #[arg(long)]
        backup_passphrase_file: PathBuf,
    },
    /// Bring a campaign back from its backup file
    Restore {
        /// The backup file
        backup: PathBuf,
        /// A file whose first line is the backup's passphrase
        #[arg(long)]
        backup_passphrase_file: PathBuf,
    },
    /// Write the backup file anew, with every petition and epoch
    Backup {
        /// Where to write it
        #[arg(long)]
        out: PathBuf,
        /// A file whose first line is the backup's passphrase
        #[arg(long)]
        backup_passphrase_file: PathBuf,
    },
    /// Add a petition from a Markdown file
    AddPetition {
        /// Markdown with front matter
        file: PathBuf,
    },
    /// Make a kit for tables
    MakeKit {
        /// What the kit is called
        #[arg(long)]
        label: String,
        /// How many tables it admits
        #[arg(long, default_value_t = 20)]
        max_tables: u32,
        /// For how many days
        #[arg(long, default_value_t = 30)]
        days: i64,
        /// Where to write the file that ends in .kit
        #[arg(long)]
        out: PathBuf,
    },
    /// Pull from the endpoint and merge
    Pull,
    /// Merge batch files, in any order, any number of times
    Merge {
        /// Files that end in .batch
        files: Vec<PathBuf>,
    },
    /// Sign the tally and publish it at the endpoint
    Tally,
    /// The count that explains itself
    Count,
    /// The tables and what is proven of each
    Tables,
    /// Let a held table in
    Confirm {
        /// Table id
        table: Uuid,
        /// Generation of its log
        generation: u32,
        /// The key of its device, as `tables` says it; needed where several devices claim the same table
        #[arg(long)]
        device: Option<VerifierKey>,
    },
    /// Verify every stored log anew
    Verify,
    /// Write the ledger as CSV
    Export {
        /// Where to
        #[arg(long)]
        out: PathBuf,
    },
}

pub(crate) async fn run(command: DeskCommand, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    match command {
        DeskCommand::New { name, endpoint, backup, backup_passphrase_file } => {
            new_campaign(profile, output, &name, endpoint, &backup, &backup_passphrase_file).await
        }
        DeskCommand::Restore { backup, backup_passphrase_file } => {
            restore(profile, output, &backup, &backup_passphrase_file)
        }
        DeskCommand::Backup { out, backup_passphrase_file } => {
            let backup = profile.open_desk()?.backup(&passphrase(&backup_passphrase_file)?)?;
            fs::write(&out, backup).context("the backup file cannot be written")?;
            output.say("The backup is written.", &json!({ "backup": "written" }))?;
            Ok(Ending::Done)
        }
        DeskCommand::AddPetition { file } => add_petition(&mut profile.open_desk()?, output, &file),
        DeskCommand::MakeKit { label, max_tables, days, out } => {
            let until = now() + days * 24 * 60 * 60;
            let mut desk = profile.open_desk()?;
            let (kit, text) = desk.make_kit(&label, max_tables, until, now(), &mut rand::rng())?;
            fs::write(&out, text).context("the kit file cannot be written")?;
            output.say("The kit is written. Whoever has it can set up a table.", &json!({ "kit": kit }))?;
            Ok(Ending::Done)
        }
        DeskCommand::Pull => pull(profile.open_desk()?, output).await,
        DeskCommand::Merge { files } => merge(&mut profile.open_desk()?, output, &files),
        DeskCommand::Tally => tally(profile.open_desk()?, output).await,
        DeskCommand::Count => count(&profile.open_desk()?, output),
        DeskCommand::Tables => tables(&profile.open_desk()?, output),
        DeskCommand::Confirm { table, generation, device } => {
            confirm(profile.open_desk()?, output, table, generation, device.as_ref()).await
        }
        DeskCommand::Verify => verify(&profile.open_desk()?, output),
        DeskCommand::Export { out } => export(&profile.open_desk()?, output, &out),
    }
}

async fn new_campaign(
    profile: &Profile,
    output: &Output,
    name: &str,
    endpoint: Option<String>,
    backup: &Path,
    backup_passphrase_file: &Path,
) -> anyhow::Result<Ending> {
    let mut rng = rand::rng();
    if Desk::exists(&profile.desk_folder()) {
        anyhow::bail!("this profile has a campaign already");
    }
    let passphrase = passphrase(backup_passphrase_file)?;
    let client = endpoint.as_deref().map(wire::Client::new).transpose()?;
    let address = match (&client, &endpoint) {
        (Some(client), Some(url)) => {
            Some(wire::EndpointAddress { url: url.clone(), key: client.about().await?.endpoint })
        }
        _ => None,
    };
    let mut vault = profile.vault()?;
    let keys = Keys::generate(&mut rng);
    vault.put_keys(&keys.named(), &mut rng)?;
    let desk = Desk::create(&profile.desk_folder(), keys, name, address, now(), &mut rng)?;
    fs::write(backup, desk.backup(&passphrase)?).context("the backup file cannot be written")?;
    let campaign = desk.campaign().id;
    let (sentence, value) = tell(desk, "The campaign is made, and its backup is written.").await;
    output.say(&sentence, &with(json!({ "campaign": campaign }), value))?;
    Ok(Ending::Done)
}

fn restore(
    profile: &Profile,
    output: &Output,
    backup: &Path,
    passphrase_file: &Path,
) -> anyhow::Result<Ending> {
    let mut rng = rand::rng();
    if Desk::exists(&profile.desk_folder()) {
        anyhow::bail!("this profile has a campaign already");
    }
    let bytes = fs::read(backup).context("the backup file cannot be read")?;
    let opened = desk::Backup::open(&bytes, &passphrase(passphrase_file)?)?;
    let keys = opened.keys(&mut rng);
    profile.vault()?.put_keys(&keys.named(), &mut rng)?;
    let desk = Desk::restore(&profile.desk_folder(), keys, &opened, now())?;
    output.say("The campaign is back.", &json!({ "campaign": desk.campaign().id }))?;
    Ok(Ending::Done)
}

fn add_petition(desk: &mut Desk, output: &Output, file: &Path) -> anyhow::Result<Ending> {
    let source = fs::read_to_string(file).context("the petition file cannot be read")?;
    let petition = desk.add_petition(&source, now(), &mut rand::rng())?;
    output.say("The petition is added.", &json!({ "petition": petition }))?;
    Ok(Ending::Done)
}

fn client(desk: &Desk) -> anyhow::Result<wire::Client> {
    let address = desk.campaign().endpoint.context("this campaign has no endpoint")?;
    Ok(wire::Client::of(&address)?)
}

/// Tells the endpoint all that was said at the desk. That it cannot be told now is no failure: it is told with the next
/// pull. Gives what to say after `done`, and the members that say the same to a script.
async fn tell(desk: Desk, done: &str) -> (String, Value) {
    let client = match desk.campaign().endpoint.as_ref().map(wire::Client::of) {
        None => return (done.to_owned(), json!({})),
        Some(client) => client,
    };
    let told = match client {
        Ok(client) => Desk::tell(&Mutex::new(desk), &client).await.map(|_| ()),
        Err(error) => Err(error.into()),
    };
    match told {
        Ok(()) => (done.to_owned(), json!({ "told": true })),
        Err(error) => (
            format!("{done} The endpoint is not told yet: {error}. It is told with the next pull."),
            json!({ "told": false, "untold": error.code() }),
        ),
    }
}

/// Adds the members of one JSON object to another.
fn with(mut value: Value, more: Value) -> Value {
    if let (Value::Object(members), Value::Object(more)) = (&mut value, more) {
        members.extend(more);
    }
    value
}

async fn confirm(
    mut desk: Desk,
    output: &Output,
    table: Uuid,
    generation: u32,
    device: Option<&VerifierKey>,
) -> anyhow::Result<Ending> {
    desk.confirm_table(table, generation, device, now())?;
    let (sentence, value) = tell(desk, "The table is let in.").await;
    output.say(&sentence, &with(json!({ "confirmed": table, "generation": generation }), value))?;
    Ok(Ending::Done)
}

async fn pull(desk: Desk, output: &Output) -> anyhow::Result<Ending> {
    let client = client(&desk)?;
    match Desk::pull(&Mutex::new(desk), &client, now()).await {
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
        ending = say_merged(output, name, merged, ending)?;
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

fn merge(desk: &mut Desk, output: &Output, files: &[PathBuf]) -> anyhow::Result<Ending> {
    let mut ending = Ending::Done;
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(file).with_context(|| format!("{name} cannot be read"))?;
        let merged = desk.merge(&name, &bytes, now())?;
        ending = say_merged(output, &name, &merged, ending)?;
    }
    Ok(ending)
}

fn say_merged(output: &Output, name: &str, merged: &Merged, ending: Ending) -> anyhow::Result<Ending> {
    let (sentence, value, refused) = match merged {
        Merged::Taken { new_entries, known_entries, new_signatures, set_aside, .. } => (
            format!("{name}: {new_entries} new entries, {known_entries} known."),
            json!({
                "batch": name, "new_entries": new_entries, "known_entries": known_entries,
                "new_signatures": new_signatures, "set_aside": set_aside,
            }),
            false,
        ),
        Merged::Waiting { from, to, .. } => (
            format!("{name}: waits for entries {from} to {to} of its table."),
            json!({ "batch": name, "waiting_from": from, "waiting_to": to }),
            false,
        ),
        Merged::Refused { code, detail } => (
            format!("{name}: refused: {detail}"),
            json!({ "batch": name, "refused": code, "detail": detail }),
            true,
        ),
    };
    output.say(&sentence, &value)?;
    Ok(if refused { Ending::BatchRefused } else { ending })
}

async fn tally(desk: Desk, output: &Output) -> anyhow::Result<Ending> {
    let client = client(&desk)?;
    let desk = Mutex::new(desk);
    Desk::publish_tally(&desk, &client, now()).await?;
    let count = desk.into_inner().unwrap_or_else(PoisonError::into_inner).count(None)?;
    let value = json!({ "published": count.deliverable });
    output.say(&format!("Published: {} signatures.", count.deliverable), &value)?;
    Ok(Ending::Done)
}

fn count(desk: &Desk, output: &Output) -> anyhow::Result<Ending> {
    let count = desk.count(None)?;
    let sentence = format!(
        "collected {} - duplicates {} - void {} - withdrawn {} - in review {} = deliverable {}",
        count.collected, count.duplicates, count.void, count.withdrawn, count.in_review, count.deliverable
    );
    output.say(&sentence, &json!(count))?;
    Ok(Ending::Done)
}

fn tables(desk: &Desk, output: &Output) -> anyhow::Result<Ending> {
    for row in desk.tables()? {
        let value = json!({
            "table": row.table, "generation": row.generation, "device": row.device, "label": row.label,
            "size": row.size, "received": row.received, "opened": row.opened, "state": row.state,
            "proof": row.proof,
        });
        output.say(&said_of(&row), &value)?;
    }
    Ok(Ending::Done)
}

fn said_of(row: &TableRow) -> String {
    let TableRow { table, generation, label, size, received, opened, .. } = row;
    let device = row.device.as_ref().map(|device| format!(", device {device}")).unwrap_or_default();
    let state = match row.state {
        None => "not at the endpoint",
        Some(wire::LogState::Admitted) => "admitted",
        Some(wire::LogState::Held) => "held",
        Some(wire::LogState::Revoked) => "revoked",
    };
    match row.proof {
        Proof::Held => format!(
            "{label} (table {table}, generation {generation}{device}): waits for your word, {received} entries at the endpoint"
        ),
        _ => format!(
            "{label} (table {table}, generation {generation}{device}): {opened} of {size} opened, {state}"
        ),
    }
}

fn verify(desk: &Desk, output: &Output) -> anyhow::Result<Ending> {
    let mut whole = true;
    for log in desk.verify()? {
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

fn export(desk: &Desk, output: &Output, out: &Path) -> anyhow::Result<Ending> {
    let file = File::create(out).context("the CSV file cannot be written")?;
    let rows = desk.export_csv(BufWriter::new(file))?;
    output.say(&format!("{rows} signatures."), &json!({ "rows": rows }))?;
    Ok(Ending::Done)
}
