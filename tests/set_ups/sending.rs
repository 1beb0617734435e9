//! A table that sends: its kind of set-up, whose world has an endpoint.

use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE};
use tempfile::TempDir;

use crate::{
    copy_folder,
    kinds::{Kind, profile, words},
};

const SIGNED: u64 = 40;

pub(crate) const SENDING: Kind = Kind {
    name: "What is sent",
    prepare: |_, turn| {
        WORLD.with(|world| copy_folder(&world.folder.path().join("table"), &turn.join("profile")))
    },
    command: |_, turn| (profile(turn), words(&["table", "send"])),
    input: "",
    exists: None,
    is_shown: |_, turn| {
        let status = profile(turn).run(&["table", "status"]).unwrap();
        let [saved, received, waiting] =
            ["saved", "received", "waiting"].map(|member| status[0][member].as_u64().unwrap());
        assert_eq!((saved, received + waiting), (SIGNED, SIGNED), "nothing is lost");
        waiting == 0
    },
    check_works: |_, turn| {
        WORLD.with(|world| copy_folder(&world.folder.path().join("desk"), &turn.join("desk")));
        let desk = CommandLine::with_passphrase(&turn.join("desk"), PASSPHRASE).unwrap();
        desk.run(&["desk", "pull"]).unwrap();
        let count = desk.run(&["desk", "count"]).unwrap();
        assert_eq!((&count[0]["collected"], &count[0]["resent"]), (&SIGNED.into(), &0.into()));
        desk.run(&["desk", "verify"]).unwrap();
    },
};

thread_local! {
    /// It ends with its test.
    static WORLD: World = World::new();
}

/// A table whose signatures are to be sent, its desk, and an endpoint that runs.
struct World {
    folder: TempDir,
    _endpoint: Endpoint,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
        let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
        let table = campaign.table("table").unwrap();
        let drafts: String = (0..SIGNED).map(|number| campaign.draft(number as usize) + "\n").collect();
        table.run_with_input(&["table", "sign"], &drafts).unwrap();
        Self { folder, _endpoint: endpoint }
    }
}
