//! What the command line takes.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::{desk, table};

#[derive(Parser)]
#[command(name = "undersigned", version, about = "The clipboard for petitions, without a window")]
pub(crate) struct Arguments {
    /// The folder that holds this computer's table and desk; without it, the one that the window uses: the folder
    /// org.undersigned.desktop where the system keeps programs' own data (on Linux below ~/.local/share, on macOS below
    /// ~/Library/Application Support, on Windows below %LOCALAPPDATA%)
    #[arg(long, global = true, env = "UNDERSIGNED_PROFILE", value_name = "FOLDER")]
    pub(crate) profile: Option<PathBuf>,
    /// A file whose first line is the passphrase of this computer's keys; without it, the system's keyring is used
    #[arg(long, global = true, env = "UNDERSIGNED_PASSPHRASE_FILE", value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Answer in JSON, one object a line
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
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
