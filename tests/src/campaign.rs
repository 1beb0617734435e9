//! A campaign made by the command line, and tables that open its kit.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::CommandLine;

/// The passphrase of every profile here: no keyring is used.
pub const PASSPHRASE: &str = "a passphrase for tests";

/// The bundled sample petition.
pub fn sample_petition() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/petition/samples/palantir-ice.md")
}

/// A desk with one campaign, one petition and one kit.
pub struct Campaign {
    /// The desk.
    pub desk: CommandLine<'static>,
    /// The petition's id.
    pub petition: String,
    folder: PathBuf,
}

impl Campaign {
    /// Makes it inside `folder`, with an endpoint at `endpoint`, if any.
    pub fn new(folder: &Path, endpoint: Option<&str>) -> Result<Self> {
        let desk = CommandLine::with_passphrase(&folder.join("desk"), PASSPHRASE)?;
        let backup = path(folder, "campaign.backup")?;
        let passphrase = path(folder, "desk.passphrase")?;
        let mut new = vec!["desk", "new", "--name", "Neighbours", "--backup", &backup];
        new.extend(["--backup-passphrase-file", &passphrase]);
        new.extend(endpoint.iter().flat_map(|url| ["--endpoint", url]));
        desk.run(&new)?;
        let added = desk.run(&["desk", "add-petition", sample_petition().to_str().context("path")?])?;
        let petition = added[0]["petition"].as_str().context("no petition id")?.to_owned();
        desk.run(&["desk", "make-kit", "--label", "Saturday", "--out", &path(folder, "saturday.kit")?])?;
        Ok(Self { desk, petition, folder: folder.to_owned() })
    }

    /// A table that has opened the kit, in a running shift.
    pub fn table(&self, name: &str) -> Result<CommandLine<'static>> {
        let table = CommandLine::with_passphrase(&self.folder.join(name), PASSPHRASE)?;
        table.run(&["table", "open-kit", &path(&self.folder, "saturday.kit")?, "--label", name])?;
        table.run(&["table", "start-shift", "--place", "Market", "--volunteer", "D. R."])?;
        Ok(table)
    }

    /// A draft as one line of JSON. Person `number` has an own name and, every second one, an e-mail address.
    pub fn draft(&self, number: usize) -> String {
        let email =
            if number.is_multiple_of(2) { format!("person{number}@example.org") } else { String::new() };
        self.draft_of(&json!({
            "full_name": format!("Person Number{number}"), "email": email, "city": "Seattle", "postal_code": "98118",
        }))
    }

    /// A draft of these fields, as one line of JSON.
    pub fn draft_of(&self, fields: &Value) -> String {
        let mut draft = fields.clone();
        draft["petition"] = json!(self.petition);
        draft["language"] = json!("en");
        draft.to_string()
    }

    /// Another desk of this campaign, brought back from a backup that is made now.
    pub fn another_desk(&self, name: &str) -> Result<CommandLine<'static>> {
        let desk = CommandLine::with_passphrase(&self.folder.join(name), PASSPHRASE)?;
        let (backup, passphrase) =
            (path(&self.folder, "now.backup")?, path(&self.folder, "desk.passphrase")?);
        self.desk.run(&["desk", "backup", "--out", &backup, "--backup-passphrase-file", &passphrase])?;
        desk.run(&["desk", "restore", &backup, "--backup-passphrase-file", &passphrase])?;
        Ok(desk)
    }

    /// The ledger as CSV, by a desk.
    pub fn csv(&self, desk: &CommandLine<'_>) -> Result<Vec<u8>> {
        let out = path(&self.folder, "ledger.csv")?;
        desk.run(&["desk", "export", "--out", &out])?;
        Ok(std::fs::read(out)?)
    }

    /// The folder that all of it is in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// A path inside a folder, as text.
pub fn path(folder: &Path, name: &str) -> Result<String> {
    Ok(folder.join(name).to_str().context("a path that is no text")?.to_owned())
}
