//! Room that is made at a table: its kind of set-up, whose world has an endpoint and a desk that has opened everything.

use std::{path::Path, sync::OnceLock};

use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE};
use tempfile::TempDir;

use crate::{
    copy_folder,
    kinds::{Kind, profile, words},
};

/// So many signatures the organizer has opened, and so many more are waiting.
const OPENED: u64 = 300;
const WAITING: u64 = 3;

pub(crate) const ROOM: Kind = Kind {
    name: "Room",
    prepare: |_, turn| copy_folder(&opened().join("table"), &turn.join("profile")),
    command: |_, turn| (profile(turn), words(&["table", "make-room"])),
    input: "",
    exists: None,
    is_shown: |_, turn| {
        let table = profile(turn);
        let status = table.run(&["table", "status"]).unwrap();
        assert_eq!(
            (&status[0]["saved"], &status[0]["waiting"]),
            (&(OPENED + WAITING).into(), &WAITING.into())
        );
        let room = table.run(&["table", "room"]).unwrap();
        let [erased, erasable] = ["erased", "erasable"].map(|member| room[0][member].as_u64().unwrap());
        assert_eq!(erased + erasable, OPENED, "{room:?}");
        erasable == 0
    },
    check_works: |_, turn| {
        let (table, stick) = (profile(turn), turn.join("stick"));
        std::fs::create_dir(&stick).unwrap();
        let carried = table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
        assert_eq!(carried[0]["signatures"], WAITING);
        let file = stick.join(carried[0]["files"][0].as_str().unwrap());
        copy_folder(&opened().join("desk"), &turn.join("desk"));
        let desk = CommandLine::with_passphrase(&turn.join("desk"), PASSPHRASE).unwrap();
        desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
        let count = desk.run(&["desk", "count"]).unwrap();
        assert_eq!((&count[0]["collected"], &count[0]["resent"]), (&(OPENED + WAITING).into(), &0.into()));
        desk.run(&["desk", "verify"]).unwrap();
    },
};

/// A table whose signatures the organizer has opened, all but the last ones, and its desk.
fn opened() -> &'static Path {
    static OPENED_ONCE: OnceLock<TempDir> = OnceLock::new();
    OPENED_ONCE
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
            let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
            let table = campaign.table("table").unwrap();
            let sign = |people: std::ops::Range<u64>| {
                let drafts: String = people.map(|number| campaign.draft(number as usize) + "\n").collect();
                table.run_with_input(&["table", "sign"], &drafts).unwrap();
            };
            sign(0..OPENED);
            table.run(&["table", "send"]).unwrap();
            campaign.desk.run(&["desk", "pull"]).unwrap();
            campaign.desk.run(&["desk", "tally"]).unwrap();
            table.run(&["table", "send"]).unwrap();
            sign(OPENED..OPENED + WAITING);
            folder
        })
        .path()
}
