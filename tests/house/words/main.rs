//! Every code that a program can give has words for a person.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// What the codes begin with that a screen can be given. Other codes name fields of a draft or why an entry is set
/// aside, and have their words elsewhere.
const SHOWN: [&str; 12] = [
    "vault", "kit", "kit-code", "update", "table", "kiosk", "desk", "endpoint", "batch", "backup", "io",
    "petition",
];

#[test]
fn every_code_has_words_and_every_word_a_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = Vec::new();
    for folder in fs::read_dir(root.join("crates")).unwrap() {
        // The endpoint's own codes are said to programs; its clients have codes for them.
        let folder = folder.unwrap().path();
        if !folder.ends_with("endpoint") {
            rust_files(&folder.join("src"), &mut sources);
        }
    }
    rust_files(&root.join("src-tauri/src"), &mut sources);
    let given: BTreeSet<String> = sources.iter().flat_map(|path| codes(&code_of(path), '"')).collect();
    let words = fs::read_to_string(root.join("ui/src/words/shared/en.json")).unwrap();
    let words: BTreeMap<String, String> = serde_json::from_str(&words).unwrap();
    let said: BTreeSet<String> =
        words.keys().filter_map(|key| key.strip_prefix("failure.")).map(str::to_owned).collect();
    assert!(given.len() > 80, "only {} codes were found in the sources", given.len());
    let without: Vec<_> = given.difference(&said).collect();
    assert!(without.is_empty(), "codes without words in words/shared/en.json: {without:?}");
    // What the pages themselves give is in their own sources.
    let mut pages = Vec::new();
    files(&root.join("ui/src"), &["ts", "svelte"], &mut pages);
    let own: BTreeSet<String> = pages
        .iter()
        .filter(|path| !path.to_string_lossy().contains("mock"))
        .flat_map(|path| codes(&fs::read_to_string(path).unwrap(), '\''))
        .collect();
    let nobodys: Vec<_> = said
        .iter()
        .filter(|code| SHOWN.iter().any(|area| code.starts_with(&format!("{area}/"))))
        .filter(|code| !given.contains(*code) && !own.contains(*code))
        .collect();
    assert!(nobodys.is_empty(), "words in words/shared/en.json for codes that nothing gives: {nobodys:?}");
}

/// The source of a file without its tests.
fn code_of(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    let end = source.find("#[cfg(test)]\nmod tests {").unwrap_or(source.len());
    source[..end].to_owned()
}

/// Every text between two quotation marks that is a code: an area, a slash, and words with hyphens.
fn codes(source: &str, mark: char) -> Vec<String> {
    let lines = source.lines().map(|line| line.split("//").next().unwrap_or_default());
    let texts =
        lines.flat_map(|line| line.split(mark).skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    texts
        .filter(|text| {
            text.split_once('/').is_some_and(|(area, rest)| {
                SHOWN.contains(&area)
                    && !rest.is_empty()
                    && rest.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
            })
        })
        .collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    files(folder, &["rs"], found);
    found.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        // What a secret is called in the vault is no code.
        !name.contains("tests")
            && name != "bindings.rs"
            && name != "keys.rs"
            && !path.ends_with("keys/own.rs")
    });
}

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, endings, found);
        } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            found.push(path);
        }
    }
}
