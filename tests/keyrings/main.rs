//! The system's keyring as it is found: open, locked, locked meanwhile, empty, or with something else in it. A real one,
//! and the real programs.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests that say their seed and their figures")]

mod faults;
mod kills;
mod places;
mod recovery;
mod windows;

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

use data_encoding::BASE64;
use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Computer, PASSPHRASE, path};

const PIN: &str = "246813";

/// A computer on which a kit can be opened, on a profile that is not made yet.
struct Street {
    computer: Computer,
    campaign: Campaign,
    profile: PathBuf,
}

impl Street {
    fn on(computer: Computer) -> Self {
        // The organizer's desk is elsewhere, and needs no keyring.
        let campaign = Campaign::new(&computer.folder().join("organizer"), None).unwrap();
        let profile = computer.profile("street");
        Self { computer, campaign, profile }
    }

    /// With a table whose keys are in the keyring, in a running shift.
    async fn with_table() -> Self {
        let street = Self::on(Computer::start().await.unwrap());
        street.open_kit(&street.line()).unwrap();
        street.line().run(&["table", "start-shift", "--place", "Market"]).unwrap();
        street
    }

    fn line(&self) -> CommandLine<'_> {
        CommandLine::on(&self.computer, &self.profile)
    }

    fn line_with_passphrase(&self) -> CommandLine<'_> {
        self.line().and_passphrase(PASSPHRASE).unwrap()
    }

    fn kit(&self) -> String {
        path(self.campaign.folder(), "saturday.kit").unwrap()
    }

    fn open_kit(&self, line: &CommandLine<'_>) -> Result<(), String> {
        let pin = path(self.computer.folder(), "pin").unwrap();
        fs::write(&pin, PIN).unwrap();
        let ended = line.end(&["table", "open-kit", &self.kit(), "--pin-file", &pin], "").unwrap();
        if ended.code == Some(0) { Ok(()) } else { Err(code(&ended.error)) }
    }

    fn saved(&self) -> Value {
        self.line().run(&["table", "status"]).unwrap()[0]["saved"].clone()
    }

    /// The profile's id in the keyring.
    fn id(&self) -> String {
        let marker: Value =
            serde_json::from_slice(&fs::read(self.profile.join("keyring-item")).unwrap()).unwrap();
        marker["profile"].as_str().unwrap().to_owned()
    }

    /// Keeps the table's keys as the first form did: in one item, with the profile's id alone in its file.
    fn make_first_form(&self) -> String {
        let id = self.id();
        let mut pairs = Vec::new();
        for name in ["table/database", "table/device"] {
            let item = format!("{id}/{name}");
            pairs.push(json!([name, BASE64.encode(&self.find_item(&item).unwrap())]));
            self.clear_item(&item);
        }
        self.store_item(&id, json!(pairs).to_string().as_bytes());
        let text = format!("{id}\n");
        fs::write(self.profile.join("keyring-item"), &text).unwrap();
        text
    }

    fn find_item(&self, item: &str) -> Option<Vec<u8>> {
        let found = self.secret_tool("lookup", item, b"");
        found.0.then_some(found.1)
    }

    fn store_item(&self, item: &str, secret: &[u8]) {
        assert!(self.secret_tool("store", item, secret).0);
    }

    fn clear_item(&self, item: &str) {
        self.secret_tool("clear", item, b"");
        assert_eq!(self.find_item(item), None);
    }

    fn secret_tool(&self, what: &str, item: &str, secret: &[u8]) -> (bool, Vec<u8>) {
        let mut command = self.computer.command("secret-tool");
        command.arg(what).args((what == "store").then_some("--label=test"));
        command.args(["service", "undersigned", "username", item]);
        let mut tool =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut input = tool.stdin.take().unwrap();
        // What needs no input may have ended before it is written.
        let _unread = input.write_all(secret);
        drop(input);
        let ended = tool.wait_with_output().unwrap();
        (ended.status.success(), ended.stdout)
    }
}

/// The stable code of a failure.
fn code(error: &str) -> String {
    let line = error.lines().last().unwrap_or_default();
    let said: Value = serde_json::from_str(line).unwrap_or_default();
    said["error"].as_str().unwrap_or(error).to_owned()
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}
