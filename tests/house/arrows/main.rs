//! Who may know whom (`ARCHITECTURE.md`). The list below is the architecture: an arrow that is not on it
//! is a decision, and made there first.
#![expect(clippy::unwrap_used, reason = "tests")]

mod files;
mod modules;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// From, and to. Tests may know anybody; what they need is a development dependency.
const ARROWS: [(&str, &[&str]); 16] = [
    ("undersigned-app", &["table", "desk", "vault"]),
    ("cli", &["table", "desk", "vault"]),
    ("table", &["petition", "sealing", "proof", "wire", "lockbox"]),
    ("desk", &["petition", "sealing", "proof", "wire", "matching", "lists", "pages", "lockbox"]),
    ("endpoint", &["proof", "wire", "lockbox"]),
    ("wire", &["proof"]),
    ("lists", &["petition"]),
    ("pages", &["petition"]),
    ("petition", &[]),
    ("sealing", &[]),
    ("proof", &[]),
    ("matching", &[]),
    ("vault", &["lockbox"]),
    ("lockbox", &[]),
    ("xtask", &[]),
    // Nobody is on its list: a test or benchmark knows it, as a development dependency, and what people run does not.
    ("fixtures", &["petition", "sealing", "proof", "wire"]),
];

/// The packages of tests: they stand outside the house and may look through every window.
const OUTSIDE: [&str; 2] = ["house", "system-tests"];

/// What only some may hold.
const HOLDERS: [(&str, &[&str]); 7] = [
    ("rusqlite", &["lockbox", "table", "desk", "endpoint"]),
    ("tauri", &["undersigned-app"]),
    ("keyring-core", &["vault"]),
    ("secret-service", &["vault"]),
    ("zbus-secret-service-keyring-store", &["vault"]),
    ("reqwest", &["wire"]),
    ("axum", &["endpoint"]),
];

/// Values and rules: no input or output, no clock, no randomness of their own.
const PURE: [&str; 6] = ["petition", "lists", "pages", "matching", "proof", "sealing"];

const IMPURE_CRATES: [&str; 7] = ["tokio", "reqwest", "rusqlite", "getrandom", "rand", "tempfile", "tracing"];

const IMPURE_NAMES: [&str; 14] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "std::thread",
    "fs::read",
    "fs::write",
    "File::",
    "SystemTime",
    "Instant::now",
    "OsRng",
    "SysRng",
    "rand::rng",
    "Timestamp::now",
];

/// The top of the house, beside names that begin with a dot and what a build makes.
const TOP: [&str; 17] = [
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "clippy.toml",
    "crates",
    "deny.toml",
    "docs",
    "icons",
    "src-tauri",
    "tauri.conf.json",
    "tests",
    "ui",
    "xtask",
];

#[test]
fn only_the_arrows_of_the_architecture_are_there() {
    let packages = packages();
    let ours: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut wrong = Vec::new();
    for package in packages.iter().filter(|package| !OUTSIDE.contains(&package.name.as_str())) {
        let name = package.name.as_str();
        let Some(may_know) = allowed.get(name) else {
            wrong.push(format!("{name} is on no list"));
            continue;
        };
        for other in dependencies(package).intersection(&ours).filter(|other| !may_know.contains(*other)) {
            wrong.push(format!("{name} -> {other}"));
        }
    }
    assert_none(&wrong, "arrows that the architecture does not have");
}

#[test]
fn databases_windows_keyrings_and_sockets_have_their_holders() {
    let mut wrong = Vec::new();
    for package in packages().iter().filter(|package| !OUTSIDE.contains(&package.name.as_str())) {
        for (held, holders) in HOLDERS {
            if dependencies(package).contains(held) && !holders.contains(&package.name.as_str()) {
                wrong.push(format!("{} -> {held}", package.name));
            }
        }
    }
    assert_none(&wrong, "crates in the wrong hands");
}

#[test]
fn the_pure_crates_depend_on_nothing_that_acts() {
    let mut wrong = Vec::new();
    for package in packages().iter().filter(|package| PURE.contains(&package.name.as_str())) {
        for other in IMPURE_CRATES.iter().filter(|other| dependencies(package).contains(**other)) {
            wrong.push(format!("{} -> {other}", package.name));
        }
    }
    assert_none(&wrong, "crates that act, in crates that must not");
}

#[test]
fn the_pure_crates_touch_no_file_clock_or_randomness() {
    let mut wrong = Vec::new();
    for name in PURE {
        let sources = sources(&root().join("crates").join(name).join("src"));
        assert!(!sources.is_empty(), "{name} has no source");
        for file in sources {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>();
            for (number, line) in (1..).zip(code) {
                for impure in IMPURE_NAMES.iter().filter(|impure| line.contains(**impure)) {
                    wrong
                        .push(format!("{}:{number}: {impure}", file.strip_prefix(root()).unwrap().display()));
                }
            }
        }
    }
    assert_none(&wrong, "files, clocks or randomness in pure crates");
}

#[test]
fn the_top_of_the_house_has_the_names_of_the_architecture() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_known = TOP.contains(&name.as_str()) || name == "target" || name.starts_with('.');
        if !is_known {
            wrong.push(name);
        }
    }
    assert_none(&wrong, "names at the top that the architecture does not have");
}

#[test]
fn no_room_is_named_after_nobody() {
    const NOBODY: [&str; 5] = ["common", "utils", "helpers", "manager", "service"];
    let mut wrong = Vec::new();
    let rooms = ["crates", "src-tauri/src", "xtask/src", "tests/src", "ui/src"];
    for file in rooms.iter().flat_map(|room| sources(&root().join(room))) {
        let path = file.strip_prefix(root()).unwrap();
        let parts =
            path.iter().map(|part| Path::new(part).file_stem().unwrap().to_string_lossy().to_lowercase());
        if parts.into_iter().any(|part| NOBODY.contains(&part.as_str())) {
            wrong.push(path.display().to_string());
        }
    }
    assert_none(&wrong, "files whose name says nothing");
}

fn packages() -> Vec<Package> {
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap();
    assert!(metadata.packages.len() >= ARROWS.len(), "the workspace has lost packages");
    metadata.packages
}

/// What a package is made of: not what its tests or its build script use.
fn dependencies(package: &Package) -> BTreeSet<&str> {
    let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
    normal.map(|dependency| dependency.name.as_str()).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .flatten()
        .map(|entry| entry.path())
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|end| end == "rs" || end == "ts" || end == "svelte"))
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

#[track_caller]
fn assert_none(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}
