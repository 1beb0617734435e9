//! `cargo xtask`: everything that is done to this project beside writing it. Each command sets up what
//! it misses, says what it does, and stops whatever it started when it ends.
#![expect(clippy::print_stdout, reason = "these commands talk to the person who runs them")]

mod bench;
mod bundle;
mod check;
mod children;
mod count;
mod deny;
mod dev;
mod licences;
mod looks;
mod parts;
mod run;
mod screens;
mod setup;
mod stamp;
mod steps;
mod test;
mod torture;
mod ui;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Runs, tests and bundles Undersigned",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Open the app on a campaign made from the sample petition, with an endpoint on this machine
    Run(run::Options),
    /// The pages while they are being written, in a browser or in the window
    Dev(dev::Options),
    /// Every check and every test, or the tests of some parts
    Test(test::Options),
    /// The quick part of `test`: format, lints, the user interface's types, dependencies
    Check,
    /// Benchmarks, and the table of ratios for the README
    Bench,
    /// 200 kills each of table and endpoint, a disk that fails at every call, 100,000 random exchanges with an endpoint
    Torture,
    /// Pictures of every screen of the kiosk, in four languages, both themes and two displays, into docs/screens
    Screens,
    /// Every screen of the kiosk in twelve languages, both themes, normal and largest letters, without and with high contrast
    Looks,
    /// Packages to install: deb and rpm
    Bundle(bundle::Options),
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let done = carry_out(command);
    children::end_all();
    match done {
        _ if children::were_interrupted() => ExitCode::from(children::INTERRUPTED),
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nStopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command) -> anyhow::Result<()> {
    children::end_all_on_interrupt()?;
    std::env::set_current_dir(root()?).context("the project's folder is gone")?;
    match command {
        Command::Run(options) => run::run(&options),
        Command::Dev(options) => dev::dev(&options),
        Command::Test(options) => test::test(&options),
        Command::Check => check::check(),
        Command::Bench => bench::bench(),
        Command::Torture => torture::torture(),
        Command::Screens => screens::screens(),
        Command::Looks => looks::looks(),
        Command::Bundle(options) => bundle::bundle(&options),
    }
}

/// The project's folder: the parent of this package's.
fn root() -> anyhow::Result<PathBuf> {
    let own = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    Ok(own.parent().context("xtask has no parent folder")?.to_owned())
}
