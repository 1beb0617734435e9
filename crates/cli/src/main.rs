//! `undersigned`: the same table and desk, without a window.
//!
//! With `--json`, every answer is one JSON object a line on stdout, and every failure one on stderr:
//! `{"error": "<code>", "detail": "…"}`. Exit codes: 0 done; 1 failed; 2 wrong usage; 3 a draft has
//! problems and was not saved; 4 a batch was refused; 5 not everything is received yet.

mod desk;
mod keys;
mod output;
mod table;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{keys::Profile, output::Output};

#[derive(Parser)]
#[command(name = "undersigned", version, about = "The clipboard for petitions, without a window", after_help = EXIT_CODES)]
struct Arguments {
    /// The folder that holds this computer's table and desk
    #[arg(long, env = "UNDERSIGNED_PROFILE")]
    profile: PathBuf,
    /// A file whose first line is the passphrase of the keys; without it, the system's keyring is used
    #[arg(long)]
    passphrase_file: Option<PathBuf>,
    /// Answer in JSON, one object a line
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Collect: open a kit, sign, send, carry
    #[command(subcommand)]
    Table(table::TableCommand),
    /// Organize: campaign, petitions, kits, merge, ledger
    #[command(subcommand)]
    Desk(desk::DeskCommand),
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 a draft has problems and was not saved; \
     4 a batch was refused; 5 not everything is received yet";

/// How a command ended, beside failing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Done,
    DraftProblems,
    BatchRefused,
    NotAllReceived,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output { json: arguments.json };
    let profile = Profile::new(arguments.profile, arguments.passphrase_file);
    let ended = match arguments.command {
        Command::Table(command) => table::run(command, &profile, &output).await,
        Command::Desk(command) => desk::run(command, &profile, &output).await,
    };
    match ended {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::DraftProblems) => ExitCode::from(3),
        Ok(Ending::BatchRefused) => ExitCode::from(4),
        Ok(Ending::NotAllReceived) => ExitCode::from(5),
        Err(error) => {
            output.failure(&error);
            ExitCode::FAILURE
        }
    }
}
