//! What is written down is so: every path of a document is there, and every file says what it is for.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The rooms that sources are in.
const ROOMS: [&str; 5] = ["crates", "src-tauri", "xtask", "tests", "ui"];

/// How a file of this kind begins to say what it is for.
const BEGINNINGS: [(&str, &[&str]); 4] =
    [("rs", &["//! ", "// "]), ("ts", &["// "]), ("svelte", &["<!-- "]), ("css", &["/* "])];

#[test]
fn every_file_says_first_what_it_is_for() {
    let mut silent = Vec::new();
    let files = ROOMS.iter().flat_map(|room| files(&root().join(room)));
    for file in files.filter(|file| !is_generated(file)) {
        let Some(end) = file.extension().and_then(|end| end.to_str()) else { continue };
        let Some((_, beginnings)) = BEGINNINGS.iter().find(|(kind, _)| *kind == end) else { continue };
        let text = fs::read_to_string(&file).unwrap();
        let first = text.lines().next().unwrap_or_default();
        let sentence = beginnings.iter().find_map(|beginning| first.strip_prefix(beginning));
        // A sentence has words; what a compiler or a linter is told is none.
        if sentence
            .is_none_or(|sentence| sentence.split_whitespace().count() < 3 || sentence.contains("eslint-"))
        {
            silent.push(short(&file));
        }
    }
    assert!(silent.is_empty(), "files that do not begin with what they are for:\n  {}", silent.join("\n  "));
}

#[test]
fn every_path_of_a_document_is_there() {
    let documents: Vec<_> = documents();
    assert!(documents.len() > 8, "documents were not found");
    let mut looked_at = 0;
    let mut dead = Vec::new();
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            for path in paths(line) {
                looked_at += 1;
                let beside = document.parent().unwrap().join(&path);
                if !root().join(&path).exists() && !beside.exists() {
                    dead.push(format!("{}:{number}: {path}", short(&document)));
                }
            }
        }
    }
    assert!(looked_at > 40, "only {looked_at} paths were found");
    assert!(dead.is_empty(), "paths that lead nowhere:\n  {}", dead.join("\n  "));
}

/// Every path of a line: what a link points to, and what stands in backquotes and begins in a room or a folder of documents.
fn paths(line: &str) -> Vec<String> {
    let linked = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let linked = linked.filter(|target| {
        !target.contains("://") && !target.starts_with('#') && !target.starts_with("mailto:")
    });
    let linked = linked.map(|target| target.split('#').next().unwrap().to_owned());
    let quoted = line.split('`').skip(1).step_by(2).map(|quoted| quoted.trim_end_matches('/'));
    let quoted = quoted.filter(|quoted| {
        let first = quoted.split('/').next().unwrap_or_default();
        let is_ours = ROOMS.contains(&first) || ["docs", "icons", ".ci"].contains(&first);
        is_ours && quoted.contains('/') && !quoted.contains([' ', '*', '{', '<', '…'])
    });
    linked.chain(quoted.map(str::to_owned)).collect()
}

fn documents() -> Vec<PathBuf> {
    let top = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let below = ["docs", "crates", "tests", "ui"].iter().flat_map(|folder| files(&root().join(folder)));
    top.chain(below).filter(|path| path.extension().is_some_and(|end| end == "md")).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    const NOT_OURS: [&str; 5] = ["node_modules", "dist", "dist-mock", "target", "public"];
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_none_or(|name| !NOT_OURS.iter().any(|folder| name == *folder)))
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

/// Written by a program: it says so itself.
fn is_generated(file: &Path) -> bool {
    file.starts_with(root().join("ui/src/bindings"))
}

fn short(file: &Path) -> String {
    file.strip_prefix(root()).unwrap().display().to_string()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}
