//! Strings that stand for a person, and the search for them in everything that was written.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One for each field that is typed.
pub(crate) const NAME: &str = "Canaria Wrenfield";
pub(crate) const EMAIL: &str = "canary.finch@example.org";
pub(crate) const POSTAL_CODE: &str = "98118";
pub(crate) const CITY: &str = "Goldcrestville";
pub(crate) const COMMENT: &str = "because linnets sing at dusk";

/// Parts that are found even where a text was cut or changed in its case. The postal code is too short to be
/// searched for: five digits are in any megabyte of ciphertext.
pub(crate) const CANARIES: [&str; 6] =
    ["Canaria", "Wrenfield", "canary.finch", "Goldcrestville", "linnets sing", "at dusk"];

/// Every file below `folder` that holds a canary, in UTF-8 or UTF-16 of either byte order, with the canary.
pub(crate) fn found_below(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    files_below(folder)
        .into_iter()
        .flat_map(|file| {
            let bytes = fs::read(&file).unwrap();
            CANARIES
                .into_iter()
                .filter(move |canary| holds(&bytes, canary))
                .map(move |canary| (file.clone(), canary))
        })
        .collect()
}

/// How many files there are below `folder`, and their bytes together.
pub(crate) fn searched(folder: &Path) -> (usize, u64) {
    let files = files_below(folder);
    let bytes = files.iter().map(|file| fs::metadata(file).unwrap().len()).sum();
    (files.len(), bytes)
}

fn holds(bytes: &[u8], canary: &str) -> bool {
    let little: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = canary.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let within =
        |needle: &[u8]| bytes.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle));
    within(canary.as_bytes()) || within(&little) || within(&big)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            files.extend(files_below(&entry.path()));
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    files
}

#[test]
fn the_search_finds_what_it_looks_for() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("webview/storage");
    fs::create_dir_all(&inner).unwrap();
    assert!(found_below(folder.path()).is_empty());
    fs::write(inner.join("plain"), format!("..{NAME}..")).unwrap();
    let wide: Vec<u8> = CITY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(inner.join("wide"), [b"x", wide.as_slice()].concat()).unwrap();
    fs::write(folder.path().join("lower"), COMMENT.to_uppercase()).unwrap();
    fs::write(folder.path().join("mail"), EMAIL).unwrap();
    let found: Vec<_> = found_below(folder.path()).into_iter().map(|(_, canary)| canary).collect();
    assert_eq!(found.len(), 6, "{found:?}");
}
