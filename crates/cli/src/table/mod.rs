//! `undersigned table …`: one file a command.

mod carry;
mod open_kit;
mod send;
mod shift;
mod sign;
mod status;
mod upload;

use anyhow::Context;
use clap::Subcommand;
use table::{Table, wire};

use crate::{Ending, keys::Profile, output::Output};

#[derive(Subcommand)]
pub(crate) enum TableCommand {
    /// Set this computer up as a table, from a kit file; no network is needed
    OpenKit(open_kit::Args),
    /// Start a shift
    StartShift(shift::StartArgs),
    /// End the shift: counts, checkpoint, receipt
    EndShift,
    /// Sign: drafts as JSON on stdin, one a line; each is answered by one line once it is durable
    Sign(sign::Args),
    /// What is saved, received and waiting
    Status,
    /// Send everything to the endpoint
    Send,
    /// Write batch files of what is not received yet, for carrying by hand
    Carry(carry::Args),
    /// Send batch files of any table to the endpoint of this table's kit
    Upload(upload::Args),
}

pub(crate) async fn run(command: TableCommand, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    match command {
        TableCommand::OpenKit(args) => open_kit::run(&args, profile, output),
        TableCommand::StartShift(args) => shift::start(&args, profile, output),
        TableCommand::EndShift => shift::end(profile, output),
        TableCommand::Sign(args) => sign::run(&args, profile, output),
        TableCommand::Status => status::run(profile, output),
        TableCommand::Send => send::run(profile, output).await,
        TableCommand::Carry(args) => carry::run(&args, profile, output),
        TableCommand::Upload(args) => upload::run(&args, profile, output).await,
    }
}

fn client(table: &Table) -> anyhow::Result<wire::Client> {
    let kit = table.kit();
    let address =
        kit.endpoint.as_ref().context("this kit names no endpoint: carry the signatures by hand")?;
    Ok(wire::Client::of(address)?)
}
