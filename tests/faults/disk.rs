//! The disk: a folder whose files fail for the endpoint alone.

use std::{fs, path::PathBuf};

use proof::{Seed, SigningKey};
use system_tests::{Endpoint, FaultyDisk};
use tempfile::TempDir;
use wire::{Client, EndpointAddress};

/// The endpoint's key: the same each time, so that one client does.
const SEED: [u8; 32] = [4; 32];

/// As a disk that turns: what comes meanwhile shares the next commit.
const SYNC_MILLISECONDS: &str = "3";

pub(crate) struct Disk {
    folder: TempDir,
    faulty: FaultyDisk,
    pub(crate) endpoint: Endpoint,
    pub(crate) client: Client,
}

impl Disk {
    /// Finds an address for the endpoint.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let faulty = FaultyDisk::new().unwrap();
        let mut endpoint = Endpoint::at(&data(&folder));
        endpoint.start_again().unwrap();
        endpoint.stop().unwrap();
        let key = SigningKey::endpoint(&Seed::from_bytes(SEED)).verifier().clone();
        let client = Client::of(&EndpointAddress { url: endpoint.url(), key }).unwrap();
        Self { folder, faulty, endpoint, client }
    }

    /// The endpoint's data.
    pub(crate) fn data(&self) -> PathBuf {
        data(&self.folder)
    }

    /// Empties it; it fails as the variables say from the endpoint's next start on.
    pub(crate) fn renew(&mut self, faults: &[(&str, String)]) {
        if self.data().exists() {
            fs::remove_dir_all(self.data()).unwrap();
        }
        fs::create_dir(self.data()).unwrap();
        fs::write(self.data().join("endpoint.key"), SEED).unwrap();
        let mut variables = self.faulty.environment(&self.data(), faults).unwrap();
        variables.push(("FAULTY_SYNC".to_owned(), SYNC_MILLISECONDS.into()));
        self.endpoint.set_environment(variables);
    }

    /// From now on nothing fails.
    pub(crate) fn make_room(&self) {
        self.faulty.make_room().unwrap();
    }

    /// How many calls the last endpoint has made that was stopped.
    pub(crate) fn count_calls(&self) -> usize {
        self.faulty.count_calls().unwrap()
    }
}

fn data(folder: &TempDir) -> PathBuf {
    folder.path().canonicalize().unwrap().join("endpoint")
}
