//! `cargo xtask run`: the app on a campaign made from the sample petition.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{ChildStdout, Command, Stdio},
};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::Value;

use crate::{
    children::{find_output, run as run_to_end, start},
    setup,
    steps::Steps,
    test, ui,
};

const SAMPLE: &str = "crates/petition/samples/palantir-ice.md";
const JOURNEY: &str = "target/journey";

/// For a campaign to try things with, on a computer without a keyring. Real campaigns choose their own.
const TRIAL_PASSPHRASE: &str = "only for trying things";
const TRIAL_PIN: &str = "246813";

#[derive(Args)]
pub(crate) struct Options {
    /// Begin a new campaign instead of going on with the last one
    #[arg(long)]
    fresh: bool,
    /// Drive the window through the journey by itself, as is done where there is no display
    #[arg(long)]
    journey: bool,
}

/// Opens the app, or has the window driven where nobody can see it.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let has_display = has_display();
    if has_display && !options.journey {
        return open(options);
    }
    if !has_display {
        println!("There is no display here: the real window is driven through the journey on a virtual one.");
    }
    drive()
}

/// Whether there is a screen for a window.
pub(crate) fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|on| !on.is_empty()))
}

fn open(options: &Options) -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_building)?;
    steps.step("Build of the user interface (vite)", ui::build)?;
    steps.step("Build (the app, the command line, the endpoint)", || {
        run_to_end(Command::new("cargo").args(["build", "--workspace", "--bins"]))
    })?;
    let place = Place::new(options.fresh)?;
    let endpoint = steps.step("Starting the endpoint", || Endpoint::start(&place))?;
    println!("The endpoint listens on {}.", endpoint.url);
    if place.is_made() {
        println!("Going on with the campaign in {} (--fresh begins a new one).", place.folder.display());
    } else {
        steps.step("Making a campaign from the sample petition", || place.make_campaign(&endpoint.url))?;
    }
    println!("\nThe PIN of the table is {TRIAL_PIN}.");
    if place.needs_passphrase() {
        println!("There is no keyring here. When the app asks for the passphrase: {TRIAL_PASSPHRASE}");
    }
    println!("Opening the app. Close its window, or press Ctrl-C here, to end.");
    run_to_end(Command::new("target/debug/undersigned-app").env("UNDERSIGNED_PROFILE", place.profile()))
}

fn drive() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_testing)?;
    steps.step("Build of the user interface (vite)", ui::build)?;
    steps.step("Build (the app, the command line, the endpoint, the journey)", test::build)?;
    if Path::new(JOURNEY).exists() {
        fs::remove_dir_all(JOURNEY).context("cannot remove what the last journey left")?;
    }
    let gone = steps.step("The journey in the real window", || {
        run_to_end(Command::new("cargo").args([
            "test",
            "--workspace",
            "--test",
            "journeys",
            "--",
            "--nocapture",
        ]))
    });
    steps.say_times();
    println!("\nThe journey left these files:");
    let mut files: Vec<PathBuf> = fs::read_dir(JOURNEY)
        .context("the journey left nothing")?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for file in files {
        println!("  {}", file.display());
    }
    gone
}

/// The folder that holds the trial: the endpoint's data, the profile, and what is handed over.
struct Place {
    folder: PathBuf,
}

impl Place {
    fn new(fresh: bool) -> anyhow::Result<Self> {
        let folder = std::path::absolute("target/run")?;
        let place = Self { folder };
        if place.folder.exists() && (fresh || !place.is_made()) {
            fs::remove_dir_all(&place.folder).context("cannot remove the last campaign")?;
        }
        fs::create_dir_all(&place.folder).context("cannot make a folder for the campaign")?;
        Ok(place)
    }

    fn profile(&self) -> PathBuf {
        self.folder.join("profile")
    }

    fn passphrase_file(&self) -> PathBuf {
        self.folder.join("passphrase")
    }

    fn is_made(&self) -> bool {
        self.folder.join("made").exists()
    }

    fn needs_passphrase(&self) -> bool {
        self.folder.join("keys-under-passphrase").exists()
    }

    fn make_campaign(&self, endpoint: &str) -> anyhow::Result<()> {
        fs::write(self.passphrase_file(), TRIAL_PASSPHRASE)?;
        if find_output(&mut self.new_campaign(endpoint)).is_none() {
            // Without a keyring the keys need a passphrase. Any other fault shows again.
            fs::write(self.folder.join("keys-under-passphrase"), "")?;
            run_to_end(&mut self.new_campaign(endpoint))?;
        }
        let kit = self.folder.join("street.kit");
        run_to_end(self.cli().args(["desk", "add-petition", SAMPLE]))?;
        run_to_end(self.cli().args(["desk", "make-kit", "--label", "Street", "--out"]).arg(&kit))?;
        let pin = self.folder.join("pin");
        fs::write(&pin, TRIAL_PIN)?;
        let mut open = self.cli();
        open.args(["table", "open-kit"]).arg(&kit).args(["--label", "Table 1", "--pin-file"]).arg(&pin);
        run_to_end(&mut open)?;
        fs::write(self.folder.join("made"), "")?;
        Ok(())
    }

    fn new_campaign(&self, endpoint: &str) -> Command {
        let mut command = self.cli();
        command.args(["desk", "new", "--name", "Trial", "--endpoint", endpoint]);
        command.arg("--backup").arg(self.folder.join("campaign.backup"));
        command.arg("--backup-passphrase-file").arg(self.passphrase_file());
        command
    }

    /// The command line on the trial's profile, with the passphrase where there is no keyring.
    fn cli(&self) -> Command {
        let mut command = Command::new("target/debug/undersigned");
        command.arg("--profile").arg(self.profile());
        if self.needs_passphrase() {
            command.arg("--passphrase-file").arg(self.passphrase_file());
        }
        command
    }
}

/// The endpoint, on this machine only. Its address stays the same, since kits name it.
struct Endpoint {
    url: String,
    /// Open as long as the endpoint may want to say something.
    _output: BufReader<ChildStdout>,
}

impl Endpoint {
    fn start(place: &Place) -> anyhow::Result<Self> {
        let known = place.folder.join("endpoint-address");
        let address = fs::read_to_string(&known).unwrap_or_else(|_| "127.0.0.1:0".to_owned());
        let mut process = start(
            Command::new("target/debug/undersigned-endpoint")
                .args(["serve", "--listen", &address, "--data"])
                .arg(place.folder.join("endpoint"))
                .stderr(Stdio::inherit()),
        )?;
        let output = process.stdout.take().context("the endpoint has no output")?;
        let mut line = String::new();
        let mut output = BufReader::new(output);
        output.read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line).unwrap_or_default();
        let Some(url) = said.get("listening").and_then(Value::as_str) else {
            bail!(
                "the endpoint did not start on {address}; --fresh begins a new campaign at another address"
            );
        };
        fs::write(known, url.trim_start_matches("http://"))?;
        Ok(Self { url: url.to_owned(), _output: output })
    }
}
