//! `undersigned`: the same table and desk, without a window.
//!
//! With `--json`, every answer is one JSON object a line on stdout, and every failure one on stderr:
//! `{"error": "<code>", "detail": "…"}`, with `"next"` where there is something to do. How a command ended is told by its
//! exit code ([`ending::EXIT_CODES`]).

mod arguments;

mod desk;
mod ending;
mod files;
mod help;
mod keys;
mod output;
mod packaging;
mod table;

use std::{env, ffi::OsString, process::ExitCode};

use clap::FromArgMatches;

use crate::{
    arguments::{Arguments, Command},
    ending::Ending,
    keys::Profile,
    output::Output,
};

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
