//! The TypeScript types of the border, generated from the Rust ones. `UPDATE_BINDINGS=1` writes them.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{collections::BTreeMap, env, fs, path::Path};

use table::{Draft, Problem};
use ts_rs::{Config, TS};

use crate::{
    about::{licences::Licences, program::About},
    views::*,
};

/// Every type that a command takes or gives, with all that they are made of.
fn write(folder: &Path) {
    let config = Config::new().with_large_int("number").with_out_dir(folder);
    macro_rules! export {
        ($($view:ty),* $(,)?) => { $(<$view>::export_all(&config).unwrap();)* };
    }
    export!(
        Failure,
        StartState,
        KioskHome,
        PetitionPage,
        Draft,
        Problem,
        SignOutcome,
        PinOutcome,
        TableHome,
        ShiftReport,
        CarryPlace,
        CarryReport,
        KitView,
        DeskHome,
        KitRow,
        PetitionCheck,
        MergeReport,
        MergeProgress,
        LedgerPage,
        About,
        Licences,
    );
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect()
}

#[test]
fn the_types_that_the_screens_use_are_those_of_the_commands() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings");
    if env::var_os("UPDATE_BINDINGS").is_some() {
        fs::remove_dir_all(&kept).unwrap();
        write(&kept);
    }
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    let (kept, made) = (read(&kept), read(folder.path()));
    assert!(kept == made, "ui/src/bindings is stale: run the tests with UPDATE_BINDINGS=1 once");
}
