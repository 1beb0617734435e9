//! The licences of what others made and is a part of this program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use ts_rs::TS;

use crate::{failure::Failure, seats::Seats};

/// Files among the pages: what the crates and fonts are under, and what the pages' packages are.
const FILES: [&str; 2] = ["licenses/crates.json", "licenses/pages.json"];

/// All parts, and each text once.
#[derive(Debug, Default, Serialize, TS)]
pub(crate) struct Licences {
    /// By name.
    pub(crate) parts: Vec<Part>,
    /// What the parts refer to.
    pub(crate) texts: Vec<String>,
}

/// A part that others made.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Part {
    /// Its name.
    pub(crate) name: String,
    /// Its version, where it has one.
    pub(crate) version: Option<String>,
    /// What it is under, an SPDX expression.
    pub(crate) licence: String,
    /// Which of the texts.
    pub(crate) text: usize,
}

/// A part as it stands in a file.
#[derive(Deserialize)]
struct Entry {
    name: String,
    version: Option<String>,
    #[serde(default)]
    identifier: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// What others made and is a part of the program, with its licences. Nothing where the pages come from a development server.
#[tauri::command]
pub(crate) async fn licences(app: AppHandle, seats: State<'_, Seats>) -> Result<Licences, Failure> {
    seats
        .run(move |_| {
            let assets = app.asset_resolver();
            let entries = FILES
                .iter()
                .filter_map(|file| assets.get((*file).to_owned()))
                .filter_map(|asset| serde_json::from_slice::<Vec<Entry>>(&asset.bytes).ok());
            Ok(list(entries.flatten().collect()))
        })
        .await
}

fn list(mut entries: Vec<Entry>) -> Licences {
    entries.sort_by_cached_key(|entry| (entry.name.to_lowercase(), entry.version.clone()));
    let mut known = BTreeMap::new();
    let mut licences = Licences::default();
    for Entry { name, version, identifier, text } in entries {
        let text = text.unwrap_or_default();
        let text = *known.entry(text).or_insert_with_key(|text| {
            licences.texts.push(text.clone());
            licences.texts.len() - 1
        });
        licences.parts.push(Part { name, version, licence: identifier.unwrap_or_default(), text });
    }
    licences
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn parts_are_in_order_and_each_text_stands_once() {
        let entries = serde_json::json!([
            { "name": "serde", "version": "1.0.0", "identifier": "MIT", "text": "one" },
            { "name": "Inter", "version": null, "identifier": "OFL-1.1", "text": "two" },
            { "name": "anyhow", "version": "1.0.0", "identifier": "MIT", "text": "one" },
        ]);
        let licences = list(serde_json::from_value(entries).unwrap());
        let names: Vec<_> = licences.parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["anyhow", "Inter", "serde"]);
        assert_eq!(licences.texts, ["one", "two"]);
        assert_eq!(licences.parts.iter().map(|part| part.text).collect::<Vec<_>>(), [0, 1, 0]);
    }

    #[test]
    fn the_window_brings_the_licences_of_crates_fonts_and_pages() {
        let built = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/dist");
        let entries = |file: &str| {
            let text = std::fs::read(built.join(file)).unwrap();
            serde_json::from_slice::<Vec<Entry>>(&text).unwrap()
        };
        let licences = list(FILES.iter().flat_map(|file| entries(file)).collect());
        for name in ["tauri", "rusqlite", "inter (font)", "svelte"] {
            let part = licences.parts.iter().find(|part| part.name == name);
            let part = part.ok_or(name).unwrap();
            assert!(!part.licence.is_empty() && licences.texts[part.text].len() > 100, "{name}");
        }
    }
}
