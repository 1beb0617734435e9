//! `cargo xtask dev`: the pages while they are being written. What is saved is shown at once.

use std::{
    io::{BufRead, BufReader},
    process::Command,
    thread,
};

use anyhow::{Context, bail};
use clap::Args;

use crate::{
    children::{run, start},
    run::has_display,
    setup,
    steps::Steps,
};

const ADDRESS: &str = "http://localhost:1420";
/// Of the window alone: nobody's own table or desk is worked on.
const PROFILE: &str = "target/dev";

/// The pages that answers in the shell's place can show, by their address.
const PAGES: [(&str, &str); 7] = [
    ("", "the first start"),
    ("?table=1", "a table"),
    ("?desk=1", "a desk"),
    ("?table=1&desk=1", "both on one computer"),
    ("?table=1&kiosk=1", "the kiosk"),
    ("?table=1&kiosk=1&petitions=1", "the kiosk with one petition"),
    ("?keys=ask_passphrase", "keys under a passphrase"),
];

#[derive(Args)]
pub(crate) struct Options {
    /// The real window on the development server, with the shell behind it
    #[arg(long)]
    window: bool,
}

/// Serves the pages until Ctrl-C, or until the window is closed.
pub(crate) fn dev(options: &Options) -> anyhow::Result<()> {
    let mut steps = Steps::default();
    if options.window {
        if !has_display() {
            bail!("there is no display here for a window; without --window the pages are for any browser");
        }
        return window(&mut steps);
    }
    steps.step("Setting up what is missing", setup::npm_packages)?;
    println!(
        "\nThe pages, with answers in the shell's place (ui/src/mock/answers.ts has more of the address):"
    );
    for (query, what) in PAGES {
        println!("  {:<54}{what}", format!("{ADDRESS}/{query}"));
    }
    println!("Ctrl-C ends it.\n");
    run(Command::new("npm").args(["run", "dev:mock"]).current_dir("ui"))
}

fn window(steps: &mut Steps) -> anyhow::Result<()> {
    steps.step("Setting up what is missing", setup::for_building)?;
    steps.step("Build (the window for a development server)", || {
        // Of the workspace, so that it is made of the same pieces as everything else.
        let arguments = ["build", "--workspace", "--no-default-features", "--bin", "undersigned-app"];
        run(Command::new("cargo").args(arguments))
    })?;
    steps.step("Starting the development server (vite)", serve)?;
    println!(
        "\nOpening the window on {ADDRESS}; its profile is {PROFILE}. Close it, or press Ctrl-C here, to end."
    );
    let profile = std::path::absolute(PROFILE)?;
    run(Command::new("target/debug/undersigned-app").env("UNDERSIGNED_PROFILE", profile))
}

/// Starts the server, and returns when it answers.
fn serve() -> anyhow::Result<()> {
    let mut server = start(Command::new("npm").args(["run", "dev"]).current_dir("ui"))?;
    let said = BufReader::new(server.stdout.take().context("the development server has no output")?);
    let mut lines = said.lines();
    for line in lines.by_ref() {
        let line = line?;
        println!("{line}");
        if line.contains("ready in") {
            thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
            return Ok(());
        }
    }
    bail!("the development server ended before it was ready")
}
