//! The disk: a folder whose files fail for the endpoint alone.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use proof::{Seed, SigningKey};
use system_tests::Endpoint;
use tempfile::TempDir;
use wire::{Client, EndpointAddress};

/// The endpoint's key: the same each time, so that one client does.
const SEED: [u8; 32] = [4; 32];

/// As a disk that turns: what comes meanwhile shares the next commit.
const SYNC_MILLISECONDS: &str = "3";

pub(crate) struct Disk {
    folder: TempDir,
    pub(crate) endpoint: Endpoint,
    pub(crate) client: Client,
}

impl Disk {
    /// Compiles what makes it fail, and finds an address for the endpoint.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/faulty_io.c");
        let library = folder.path().join("faulty_io.so");
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-o"])
            .args([&library, &source])
            .args(["-ldl", "-lpthread"])
            .status()
            .unwrap();
        assert!(compiled.success(), "the C compiler is needed for this test");
        let mut endpoint = Endpoint::at(&data(&folder));
        endpoint.start_again().unwrap();
        endpoint.stop().unwrap();
        let key = SigningKey::endpoint(&Seed::from_bytes(SEED)).verifier().clone();
        let client = Client::of(&EndpointAddress { url: endpoint.url(), key }).unwrap();
        Self { folder, endpoint, client }
    }

    /// The endpoint's data.
    pub(crate) fn data(&self) -> PathBuf {
        data(&self.folder)
    }

    fn room(&self) -> PathBuf {
        self.folder.path().join("room")
    }

    /// Empties it; it fails as the variables say from the endpoint's next start on.
    pub(crate) fn renew(&mut self, faulty: &[(&str, String)]) {
        for used in [self.data(), self.room()] {
            if used.exists() {
                fs::remove_dir_all(used).unwrap();
            }
        }
        fs::create_dir(self.data()).unwrap();
        fs::write(self.data().join("endpoint.key"), SEED).unwrap();
        let own = [
            ("LD_PRELOAD", self.folder.path().join("faulty_io.so")),
            ("FAULTY_FOLDER", self.data()),
            ("FAULTY_ROOM", self.room()),
            ("FAULTY_COUNT", self.folder.path().join("count")),
        ];
        let slow = [("FAULTY_SYNC".to_owned(), SYNC_MILLISECONDS.into())];
        let own = own.into_iter().map(|(name, value)| (name.to_owned(), value.into_os_string()));
        let faulty = faulty.iter().map(|(name, value)| ((*name).to_owned(), value.into()));
        self.endpoint.set_environment(own.chain(slow).chain(faulty).collect());
    }

    /// From now on nothing fails.
    pub(crate) fn make_room(&self) {
        fs::create_dir_all(self.room()).unwrap();
    }

    /// How many calls the last endpoint has made that was stopped.
    pub(crate) fn count_calls(&self) -> usize {
        fs::read_to_string(self.folder.path().join("count")).unwrap().parse().unwrap()
    }
}

fn data(folder: &TempDir) -> PathBuf {
    folder.path().canonicalize().unwrap().join("endpoint")
}
