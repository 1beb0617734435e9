//! `undersigned`: the same table and desk, without a window.
//!
//! With `--json`, every answer is one JSON object a line on stdout, and every failure one on stderr:
//! `{"error": "<code>", "detail": "…"}`, with `"next"` where there is something to do. How a command ended is told by its
//! exit code ([`ending::EXIT_CODES`]).

mod desk;
mod ending;
mod files;
mod help;
mod keys;
mod output;
mod packaging;
mod table;

use std::{env, ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{FromArgMatches, Parser, Subcommand};

use crate::{ending::Ending, keys::Profile, output::Output};

#[derive(Parser)]
#[command(name = "undersigned", version, about = "The clipboard for petitions, without a window")]
struct Arguments {
    /// The folder that holds this computer's table and desk; without it, the one that the window uses: the folder
    /// org.undersigned.desktop where the system keeps programs' own data (on Linux below ~/.local/share, on macOS below
    /// ~/Library/Application Support, on Windows below %LOCALAPPDATA%)
    #[arg(long, global = true, env = "UNDERSIGNED_PROFILE", value_name = "FOLDER")]
    profile: Option<PathBuf>,
    /// A file whose first line is the passphrase of this computer's keys; without it, the system's keyring is used
    #[arg(long, global = true, env = "UNDERSIGNED_PASSPHRASE_FILE", value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Answer in JSON, one object a line
    #[arg(long, global = true)]
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
    /// Write what a package brings beside the program: the manual, and the completions of bash, zsh and fish
    #[command(hide = true)]
    Packaging {
        /// The folder to write into
        folder: PathBuf,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let given: Vec<OsString> = env::args_os().collect();
    // Asked before anything is parsed: what does not parse is answered as asked too.
    let output = Output { json: given.iter().any(|argument| argument == "--json") };
    let parsed = help::command()
        .try_get_matches_from(given)
        .and_then(|mut matches| Arguments::from_arg_matches_mut(&mut matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return output.usage(&error),
    };
    let ended = match Profile::new(arguments.profile, arguments.passphrase_file) {
        Err(error) => Err(error),
        Ok(profile) => match arguments.command {
            Command::Table(command) => table::run(command, &profile, &output).await,
            Command::Desk(command) => desk::run(command, &profile, &output).await,
            Command::Packaging { folder } => {
                packaging::write(&folder).map(|()| Ending::Done).map_err(Into::into)
            }
        },
    };
    match ended {
        Ok(ending) => ending.exit_code(),
        Err(error) => {
            output.failure(&error);
            Ending::FAILED
        }
    }
}
