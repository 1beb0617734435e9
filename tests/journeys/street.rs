//! A table in the street: a computer with a kit, a running shift, and the window handed to signers.

use std::{fs, path::PathBuf, time::Duration};

use system_tests::{CommandLine, Computer, Window, eventually, path};

use crate::break_out::xdotool;

/// How long an answer may take to be seen, on a machine that is busy.
pub(crate) const SOON: Duration = Duration::from_secs(20);

pub(crate) const PIN: &str = "246813";

/// Asks nothing but the name.
pub(crate) const NAME_ONLY: &str = "---
title: A bench at the pond
started_by: Friends of the Pond
addressed_to: The Parks Department
goal: 50
---

There is no place to sit (1). We ask for one bench.

## References

1. Counted on a Sunday in May.
";

/// Asks everything that a petition can ask.
pub(crate) const EVERYTHING: &str = "---
title: Keep the library open on Sundays
started_by: Readers of Columbia City
addressed_to: The Seattle Public Library
goal: 1000
milestones:
  1: One of you has begun.
minimum_age: 16
fields:
  email: required
  phone: optional
  country: optional
  postal_code: optional
  city: optional
  region: optional
  street: optional
  comment: optional
  ink: required
---

The library is closed on the one day on which most people could come (1).

## References

1. Opening hours, as posted at the door.
";

/// A computer at a table. Nothing here needs a network.
pub(crate) struct Street {
    pub(crate) computer: Computer,
    pub(crate) profile: PathBuf,
}

impl Street {
    /// A campaign with these petitions, and a table that has opened its kit in a running shift.
    pub(crate) async fn set_up(petitions: &[&str]) -> Self {
        Self::on(Computer::start().await.unwrap(), petitions)
    }

    pub(crate) fn on(computer: Computer, petitions: &[&str]) -> Self {
        let profile = computer.profile("street");
        let at = |name: &str| path(computer.folder(), name).unwrap();
        fs::write(at("passphrase"), "a passphrase for the backup").unwrap();
        fs::write(at("pin"), PIN).unwrap();
        let line = CommandLine::on(&computer, &profile);
        let new = ["desk", "new", "--name", "Neighbors", "--backup", &at("campaign.backup")];
        line.run(&[&new[..], &["--backup-passphrase-file", &at("passphrase")]].concat()).unwrap();
        for source in petitions {
            fs::write(at("petition.md"), source).unwrap();
            line.run(&["desk", "add-petition", &at("petition.md")]).unwrap();
        }
        line.run(&["desk", "make-kit", "--label", "Saturday", "--out", &at("street.kit")]).unwrap();
        let open = ["table", "open-kit", &at("street.kit"), "--label", "Table 4", "--pin-file", &at("pin")];
        line.run(&open).unwrap();
        line.run(&["table", "start-shift", "--place", "Market", "--volunteer", "D. R."]).unwrap();
        Self { computer, profile }
    }

    /// The window, handed to signers.
    pub(crate) async fn open(&self) -> Window {
        self.open_with(&[]).await
    }

    /// The same, with more in its environment.
    pub(crate) async fn open_with(&self, environment: &[(&str, &str)]) -> Window {
        let window = Window::open_with(&self.computer, &self.profile, environment).await.unwrap();
        window.click("hand-to-signers").await.unwrap();
        window.wait_for("[data-testid=take-back]").await.unwrap();
        window
    }

    /// A key of this computer's, out of its keyring.
    pub(crate) fn key(&self, name: &str) -> Vec<u8> {
        let kept: serde_json::Value =
            serde_json::from_slice(&fs::read(self.profile.join("keyring-item")).unwrap()).unwrap();
        let item = format!("{}/{name}", kept["profile"].as_str().unwrap());
        let lookup = ["lookup", "service", "undersigned", "username", &item];
        let key = self.computer.command("secret-tool").args(lookup).output().unwrap().stdout;
        assert_eq!(key.len(), 32, "{name}");
        key
    }

    pub(crate) fn command_line(&self) -> CommandLine<'_> {
        CommandLine::on(&self.computer, &self.profile)
    }

    /// People sign at the table of this computer, and others at another, "Table 7" at the library; the desk has merged both.
    pub(crate) fn sign_at_two_tables(&self, here: &str, there: &str) {
        let at = |name: &str| path(self.computer.folder(), name).unwrap();
        let desk = self.command_line();
        let other = CommandLine::on(&self.computer, &self.computer.profile("other"));
        fs::write(at("pin"), PIN).unwrap();
        let open = ["table", "open-kit", &at("street.kit"), "--label", "Table 7", "--pin-file", &at("pin")];
        other.run(&open).unwrap();
        other.run(&["table", "start-shift", "--place", "Library", "--volunteer", "B. L."]).unwrap();
        for (table, stick, drafts) in [(&desk, at("stick-4"), here), (&other, at("stick-7"), there)] {
            table.run_with_input(&["table", "sign", "--pass-warnings"], drafts).unwrap();
            fs::create_dir_all(&stick).unwrap();
            table.run(&["table", "carry", &stick]).unwrap();
            for file in fs::read_dir(&stick).unwrap() {
                desk.run(&["desk", "merge", file.unwrap().path().to_str().unwrap()]).unwrap();
            }
        }
    }

    /// Chooses a file in the system's own dialog, which is about to be shown.
    pub(crate) async fn choose_file(&self, window: &Window, file: &str) {
        let own = window.app_id().unwrap().to_string();
        eventually("a dialog for files", SOON, async || {
            let search = ["search", "--onlyvisible", "--all", "--pid", &own, "--name", "."];
            let found = self.computer.command("xdotool").args(search).output()?.stdout;
            Ok((found.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count() > 1).then_some(()))
        })
        .await
        .unwrap();
        // The first key makes a field for a path, which the others go into.
        xdotool(&self.computer, &["key", "--delay", "500", "slash", "ctrl+a"]);
        xdotool(&self.computer, &["type", "--delay", "30", file]);
        xdotool(&self.computer, &["key", "Return"]);
    }

    /// What the desk has after it merged what the table carried over: the ledger as CSV, with its header.
    pub(crate) fn ledger(&self) -> Vec<Vec<String>> {
        let at = |name: &str| path(self.computer.folder(), name).unwrap();
        let line = self.command_line();
        fs::create_dir_all(at("stick")).unwrap();
        line.run(&["table", "carry", &at("stick")]).unwrap();
        let files: Vec<String> = fs::read_dir(at("stick"))
            .unwrap()
            .map(|file| file.unwrap().path().to_str().unwrap().to_owned())
            .collect();
        let merge: Vec<&str> =
            ["desk", "merge"].into_iter().chain(files.iter().map(String::as_str)).collect();
        // Where nobody signed there is nothing to merge.
        if !files.is_empty() {
            line.run(&merge).unwrap();
        }
        line.run(&["desk", "export", "--out", &at("ledger.csv")]).unwrap();
        let mut csv = csv::ReaderBuilder::new().has_headers(false).from_path(at("ledger.csv")).unwrap();
        csv.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }
}

/// The keys of a keyboard, ten milliseconds each.
pub(crate) fn type_keys(computer: &Computer, text: &str) {
    let keys: Vec<String> = text
        .chars()
        .map(|sign| match sign {
            '\n' => "Return".to_owned(),
            ' ' => "space".to_owned(),
            '@' => "at".to_owned(),
            '.' => "period".to_owned(),
            other => other.to_string(),
        })
        .collect();
    let keys = keys.iter().map(String::as_str);
    xdotool(computer, &["key", "--delay", "10"].into_iter().chain(keys).collect::<Vec<_>>());
}

/// The power is cut.
pub(crate) fn kill(window: Window) {
    let app = window.app_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-9", &app]).status().unwrap().success());
}

/// A column of the ledger, below its header.
pub(crate) fn column(ledger: &[Vec<String>], name: &str) -> Vec<String> {
    let at = ledger[0].iter().position(|header| header == name).unwrap();
    ledger[1..].iter().map(|row| row[at].clone()).collect()
}

/// The next person's screen.
pub(crate) async fn done(window: &Window) {
    window.click("thanks-done").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    // Said once nothing is left of the visit.
    window.wait_for_present("[data-testid=announced]:not(:empty)").await.unwrap();
}

/// Everything in the page, values that were typed too.
pub(crate) async fn page(window: &Window) -> String {
    let script = "return document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea, select')]
        .map((field) => field.value).join('\\n') + getSelection().toString()";
    window.run(script, Vec::new()).await.unwrap().to_string()
}

/// The volunteer takes the table back.
pub(crate) async fn take_back(window: &Window) {
    window.click("take-back").await.unwrap();
    window.type_into("pin", PIN).await.unwrap();
    window.click("pin-open").await.unwrap();
    window.wait_for("[data-testid=hand-to-signers]").await.unwrap();
}

/// Waits until something says this, and no more.
pub(crate) async fn shows(window: &Window, testid: &str, text: &str) {
    let what = format!("{testid} to be {text}");
    let shown =
        eventually(&what, SOON, async || Ok((window.text(testid).await? == text).then_some(()))).await;
    if let Err(error) = shown {
        let _picture = window.screenshot(&format!("failed-{testid}")).await;
        unreachable!("{error}: it is {}", window.text(testid).await.unwrap());
    }
}
