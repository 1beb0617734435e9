//! What is set up: by which command, when it is shown as made, and how to see that it works.

use std::{fs, path::Path};

use system_tests::{Campaign, CommandLine, PASSPHRASE, path};
use tempfile::TempDir;

use crate::copy_folder;

const PIN: &str = "274916";
/// So many signatures a table has that goes on.
const SIGNED: usize = 3;

/// A campaign that exists, whose kit and backup are used.
pub(crate) struct World {
    folder: TempDir,
    campaign: Campaign,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let campaign = Campaign::new(folder.path(), None).unwrap();
        fs::write(folder.path().join("pin"), PIN).unwrap();
        let table = campaign.table("signed").unwrap();
        let drafts: String = (0..SIGNED).map(|number| campaign.draft(number) + "\n").collect();
        table.run_with_input(&["table", "sign"], &drafts).unwrap();
        Self { folder, campaign }
    }

    fn file(&self, name: &str) -> String {
        path(self.folder.path(), name).unwrap()
    }
}

/// A kind of set-up. Each is tried in a folder of its own, the turn.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// What must be there before.
    pub(crate) prepare: fn(&World, turn: &Path),
    pub(crate) command: fn(&World, turn: &Path) -> (CommandLine<'static>, Vec<String>),
    /// What it is given on stdin.
    pub(crate) input: &'static str,
    /// The code of the second time where it can be made once only.
    pub(crate) exists: Option<&'static str>,
    /// Whether it passes for made.
    pub(crate) is_shown: fn(&World, turn: &Path) -> bool,
    /// That it is, by using it.
    pub(crate) check_works: fn(&World, turn: &Path),
}

pub(crate) const TABLE: Kind = Kind {
    name: "A table",
    prepare: |_, _| (),
    command: |world, turn| {
        let kit = world.file("saturday.kit");
        (
            profile(turn),
            words(&["table", "open-kit", &kit, "--label", "Market", "--pin-file", &world.file("pin")]),
        )
    },
    input: "",
    exists: Some("table/exists"),
    is_shown: |_, turn| succeeds(&profile(turn), &["table", "status"]),
    check_works: |world, turn| {
        let table = profile(turn);
        table.run(&["table", "start-shift", "--place", "Market"]).unwrap();
        let saved = table.run_with_input(&["table", "sign"], &world.campaign.draft(2)).unwrap();
        assert!(saved[0]["saved"].is_string(), "{saved:?}");
    },
};

pub(crate) const CAMPAIGN: Kind = Kind {
    name: "A campaign",
    prepare: |_, _| (),
    command: |world, turn| {
        let (backup, passphrase) = (path(turn, "new.backup").unwrap(), world.file("desk.passphrase"));
        let new = [
            "desk",
            "new",
            "--name",
            "Neighbours",
            "--backup",
            &backup,
            "--backup-passphrase-file",
            &passphrase,
        ];
        (profile(turn), words(&new))
    },
    input: "",
    exists: Some("desk/exists"),
    is_shown: |_, turn| succeeds(&profile(turn), &["desk", "count"]),
    check_works: |world, turn| {
        let (backup, passphrase) = (path(turn, "new.backup").unwrap(), world.file("desk.passphrase"));
        let restored = CommandLine::with_passphrase(&turn.join("restored"), PASSPHRASE).unwrap();
        restored.run(&["desk", "restore", &backup, "--backup-passphrase-file", &passphrase]).unwrap();
        check_desk(&profile(turn), turn);
    },
};

pub(crate) const RESTORED: Kind = Kind {
    name: "A campaign that is brought back",
    prepare: |world, turn| {
        fs::copy(world.file("campaign.backup"), turn.join("campaign.backup")).unwrap();
    },
    command: |world, turn| {
        let (backup, passphrase) = (path(turn, "campaign.backup").unwrap(), world.file("desk.passphrase"));
        (profile(turn), words(&["desk", "restore", &backup, "--backup-passphrase-file", &passphrase]))
    },
    input: "",
    exists: Some("desk/exists"),
    is_shown: |_, turn| succeeds(&profile(turn), &["desk", "count"]),
    check_works: |_, turn| check_desk(&profile(turn), turn),
};

pub(crate) const KIT: Kind = Kind {
    name: "A kit",
    prepare: |world, turn| {
        copy_folder(&world.folder.path().join("desk"), &turn.join("profile"));
    },
    command: |_, turn| {
        let kit = path(turn, "new.kit").unwrap();
        (profile(turn), words(&["desk", "make-kit", "--label", "Sunday", "--out", &kit]))
    },
    input: "",
    exists: None,
    is_shown: |_, turn| {
        let is_there = turn.join("new.kit").exists();
        if is_there {
            check_kit(turn, "shown");
        }
        is_there
    },
    check_works: |_, turn| check_kit(turn, "table"),
};

pub(crate) const SHEET: Kind = Kind {
    name: "A paper sheet with its picture",
    prepare: |world, turn| {
        copy_folder(&world.folder.path().join("signed"), &turn.join("profile"));
        fs::write(turn.join("sheet.jpg"), fixtures::photograph(600, 400, 1)).unwrap();
    },
    command: |_, turn| {
        let picture = path(turn, "sheet.jpg").unwrap();
        let enter =
            ["table", "enter-sheet", "--number", "7", "--anew", "--total", "4", "--picture", &picture];
        (profile(turn), words(&enter))
    },
    input: "{\"full_name\":\"Ada Byron\"}
{\"full_name\":\"Amina Yusuf\"}
{\"line\":\"struck\"}
{\"full_name\":\"Bo Li\"}
{\"line\":\"illegible\"}
",
    exists: Some("table/sheet-known"),
    is_shown: |_, turn| {
        let saved = profile(turn).run(&["table", "status"]).unwrap()[0]["saved"].as_u64().unwrap();
        assert!([SIGNED as u64, SIGNED as u64 + 3].contains(&saved), "{saved}: all of a sheet, or nothing");
        saved > SIGNED as u64
    },
    check_works: |world, turn| {
        let desk = check_carried(world, turn, SIGNED + 3);
        let notes = desk.run(&["desk", "notes"]).unwrap();
        assert_eq!((notes.len(), &notes[0]["pictures"][0]["missing"]), (1, &0.into()), "{notes:?}");
    },
};

pub(crate) const STICK: Kind = Kind {
    name: "A stick",
    prepare: |world, turn| {
        copy_folder(&world.folder.path().join("signed"), &turn.join("profile"));
        fs::create_dir(turn.join("stick")).unwrap();
    },
    command: |_, turn| (profile(turn), words(&["table", "carry", &path(turn, "stick").unwrap()])),
    input: "",
    exists: None,
    is_shown: |_, turn| {
        let files = fs::read_dir(turn.join("stick")).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|extension| extension == "batch")).count() == 1
    },
    check_works: |world, turn| drop(check_carried(world, turn, SIGNED)),
};

/// What a table carries comes to a desk, each signature once. Gives the desk.
fn check_carried(world: &World, turn: &Path, signatures: usize) -> CommandLine<'static> {
    let stick = turn.join("stick");
    fs::create_dir_all(&stick).unwrap();
    profile(turn).run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    copy_folder(&world.folder.path().join("desk"), &turn.join("desk"));
    let desk = CommandLine::with_passphrase(&turn.join("desk"), PASSPHRASE).unwrap();
    for file in fs::read_dir(&stick).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "batch") {
            desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
        }
    }
    let count = desk.run(&["desk", "count"]).unwrap();
    assert_eq!((&count[0]["collected"], &count[0]["resent"]), (&signatures.into(), &0.into()));
    desk
}

pub(crate) fn profile(turn: &Path) -> CommandLine<'static> {
    CommandLine::with_passphrase(&turn.join("profile"), PASSPHRASE).unwrap()
}

pub(crate) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn succeeds(command_line: &CommandLine<'_>, arguments: &[&str]) -> bool {
    command_line.end(arguments, "").unwrap().code == Some(0)
}

/// A desk that has a petition to be signed and makes a kit that opens.
fn check_desk(desk: &CommandLine<'_>, turn: &Path) {
    let petition = system_tests::sample_petition();
    desk.run(&["desk", "add-petition", petition.to_str().unwrap()]).unwrap();
    desk.run(&["desk", "make-kit", "--label", "Sunday", "--out", &path(turn, "new.kit").unwrap()]).unwrap();
    check_kit(turn, "table");
}

fn check_kit(turn: &Path, profile: &str) {
    let table = CommandLine::with_passphrase(&turn.join(profile), PASSPHRASE).unwrap();
    table.run(&["table", "open-kit", &path(turn, "new.kit").unwrap(), "--label", "Square"]).unwrap();
}
