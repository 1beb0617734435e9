//! Every command that a document names is run by a test, or says on what day it last was.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// How a command is known to do what the document says.
enum Run {
    /// A file that runs it, and how it stands there.
    By(&'static str, &'static str),
    /// By hand, on this day.
    On(&'static str),
}

use Run::{By, On};

/// As they stand in the documents. A document that names another command brings its line here.
const COMMANDS: [(&str, Run); 23] = [
    ("cargo xtask run", On("2026-11-26")),
    ("cargo xtask dev", On("2026-11-26")),
    ("cargo xtask test", By(".ci/run", "cargo xtask test")),
    ("cargo xtask test matching", On("2026-11-26")),
    ("cargo xtask check", By("xtask/src/test.rs", "check::checks")),
    ("cargo xtask bench", On("2026-11-27")),
    ("cargo bench -p matching --bench million -- 1000000 PYTHON", On("2026-11-28")),
    ("cargo xtask torture", On("2026-11-26")),
    ("cargo xtask screens", On("2026-11-27")),
    ("cargo xtask looks", On("2026-11-28")),
    ("cargo xtask bundle", On("2026-11-28")),
    ("cargo xtask bundle --try", On("2026-11-27")),
    ("cargo metadata", By("tests/house/arrows/main.rs", "MetadataCommand")),
    ("UPDATE_BINDINGS=1", On("2026-11-27")),
    ("UPDATE_BINDINGS=1 cargo xtask test undersigned-app", On("2026-11-26")),
    ("undersigned --help", By("tests/systems/from_help_alone.rs", "\"--help\"")),
    ("undersigned --version", By("xtask/src/bundle.rs", "undersigned --version")),
    ("undersigned desk read-page", By("tests/systems/pages.rs", "\"read-page\"")),
    ("undersigned desk load-roll", By("tests/systems/roll.rs", "\"load-roll\"")),
    ("undersigned desk export --out ledger.csv", By("crates/cli/src/help.rs", "undersigned desk export")),
    (
        "undersigned-endpoint serve --data /var/lib/undersigned --listen 127.0.0.1:8340",
        By("tests/src/endpoint.rs", "\"serve\""),
    ),
    ("sqlite3 endpoint.db \".backup copy.db\"", On("2026-11-26")),
    ("cage -- undersigned-app", On("2026-11-26")),
];

/// What a command begins with: programs of ours, and those of others that a document may send a person to.
const PROGRAMS: [&str; 24] = [
    "cargo",
    "npm",
    "npx",
    "node",
    "git",
    "rustup",
    "undersigned",
    "undersigned-app",
    "undersigned-endpoint",
    "sqlite3",
    "cage",
    "sudo",
    "apt",
    "apt-get",
    "dpkg",
    "rpm",
    "systemctl",
    "journalctl",
    "loginctl",
    "gsettings",
    "curl",
    "cp",
    "mv",
    "rsync",
];

#[test]
fn every_command_of_a_document_is_run_by_a_test_or_was_on_a_day() {
    let named: BTreeSet<String> = documents().iter().flat_map(|file| commands_in(file)).collect();
    let known: BTreeSet<String> = COMMANDS.iter().map(|(command, _)| (*command).to_owned()).collect();
    assert!(named.len() > 10, "only {named:?} were found");
    let unknown: Vec<_> = named.difference(&known).collect();
    assert!(unknown.is_empty(), "commands that no test runs and no day is known of: {unknown:?}");
    let gone: Vec<_> = known.difference(&named).collect();
    assert!(gone.is_empty(), "commands that no document names: {gone:?}");
}

#[test]
fn what_is_said_to_run_a_command_names_it_and_a_day_is_a_day() {
    for (command, run) in COMMANDS {
        match run {
            By(file, words) => {
                let text = fs::read_to_string(root().join(file)).unwrap_or_default();
                assert!(text.contains(words), "{file} does not run {command}");
            }
            On(day) => {
                let parts: Vec<&str> = day.split('-').collect();
                let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
                assert_eq!(lengths, [4, 2, 2], "{command}: {day}");
                assert!(parts.iter().all(|part| part.parse::<u16>().is_ok()), "{command}: {day}");
            }
        }
    }
}

#[test]
fn commands_are_found_in_words_and_in_blocks() {
    let text = "Run `cargo xtask run` or\n\n```\nnpm ci    # first\nof no program\n```\n\nnot `node = 0x01 ‖ left`.\n";
    assert_eq!(commands(text), ["npm ci", "cargo xtask run"]);
}

fn documents() -> Vec<PathBuf> {
    let top = fs::read_dir(root()).unwrap();
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let files = top.chain(docs).map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "md")).collect()
}

fn commands_in(file: &Path) -> Vec<String> {
    commands(&fs::read_to_string(file).unwrap())
}

/// The commands in the blocks of a document, and those in its sentences.
fn commands(text: &str) -> Vec<String> {
    let (mut blocks, mut sentences) = (Vec::new(), String::new());
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            blocks.push(line.split(" #").next().unwrap().trim().to_owned());
        } else {
            sentences.push_str(line);
            sentences.push('\n');
        }
    }
    let spans = sentences.split('`').skip(1).step_by(2).map(|span| span.replace('\n', " "));
    blocks.into_iter().chain(spans).filter(|words| is_command(words)).collect()
}

/// A program with something behind it, or a variable that a command is given; not the bytes of a format.
fn is_command(words: &str) -> bool {
    if words.contains(['‖', '\\']) {
        return false;
    }
    let (first, more) = words.split_once(' ').unwrap_or((words, ""));
    let is_variable = |word: &str| {
        word.split_once('=').is_some_and(|(name, value)| {
            !value.is_empty() && name.len() > 3 && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
        })
    };
    (PROGRAMS.contains(&first) && !more.is_empty()) || is_variable(first)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
