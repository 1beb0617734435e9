//! The passphrase file. The keyring is tried by `tests/keyrings`, with a real one.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;

use vault::{Place, Profile, Vault, VaultError};

const PASSPHRASE: &str = "tin roof rusted";

fn rng() -> impl rand::CryptoRng {
    rand::rng()
}

struct Computer {
    profile: Profile,
    _folder: tempfile::TempDir,
}

impl Computer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { profile: Profile::hold(folder.path()).unwrap(), _folder: folder }
    }

    /// With a key under the passphrase.
    fn with_file() -> Self {
        let computer = Self::new();
        computer.open().put_keys(&[("table/device", &[0x5a; 32])], &mut rng()).unwrap();
        computer
    }

    fn open(&self) -> Vault {
        Vault::open(&self.profile, Some(PASSPHRASE), &mut rng()).unwrap()
    }

    fn refused(&self, passphrase: Option<&str>) -> VaultError {
        match Vault::open(&self.profile, passphrase, &mut rng()) {
            Ok(_) => panic!("it opened"),
            Err(error) => error,
        }
    }

    fn file(&self) -> std::path::PathBuf {
        self.profile.folder().join("keys.sealed")
    }

    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.profile.folder()).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

#[test]
fn keys_come_back_with_the_passphrase_and_only_with_it() {
    let computer = Computer::new();
    let mut vault = computer.open();
    vault.put_keys(&[("table/database", &[7; 32]), ("table/device", &[8; 32])], &mut rng()).unwrap();
    drop(vault);
    assert_eq!(Vault::place(&computer.profile, &mut rng()).unwrap(), Place::AskPassphrase);
    let vault = computer.open();
    assert_eq!(*vault.get_key("table/device").unwrap(), [8; 32]);
    assert!(vault.find_key("desk/root").unwrap().is_none());
    assert!(matches!(vault.get_key("desk/root"), Err(VaultError::KeyMissing)));
    assert!(matches!(computer.refused(Some("tin roof rusteD")), VaultError::WrongPassphrase));
    assert!(matches!(computer.refused(None), VaultError::PassphraseNeeded));
}

#[test]
fn a_key_is_nowhere_in_clear_and_any_changed_byte_is_noticed() {
    let computer = Computer::with_file();
    let file = computer.file();
    let bytes = fs::read(&file).unwrap();
    assert!(!bytes.windows(8).any(|window| window == [0x5a; 8] || window == b"WlpaWlpa"));
    let open = computer.open();
    for at in [0, 4, 7, 12, 16, 20, 35, 46, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&file, &changed).unwrap();
        let error = computer.refused(Some(PASSPHRASE));
        assert!(matches!(error, VaultError::WrongPassphrase | VaultError::Damaged), "byte {at}: {error}");
        // Where it was open already, damage is damage too, and not "there is no such key".
        let error = open.find_key("table/device").unwrap_err();
        assert!(matches!(error, VaultError::Changed | VaultError::Damaged), "byte {at}: {error}");
    }
    fs::write(&file, &bytes).unwrap();
    assert_eq!(*computer.open().get_key("table/device").unwrap(), [0x5a; 32]);
}

#[test]
fn a_short_passphrase_is_not_taken() {
    let computer = Computer::new();
    assert!(matches!(computer.refused(Some("too short")), VaultError::PassphraseShort));
    assert_eq!(computer.names(), ["profile.lock"]);
}

/// The window on its first page, a kit opened by a second program meanwhile, then "new campaign" in the window.
#[test]
fn what_one_program_puts_stays_when_another_that_was_open_before_puts_its_own() {
    let computer = Computer::new();
    let mut window = computer.open();
    window.put_keys(&[("table/device", &[1; 32])], &mut rng()).unwrap();
    let mut first = computer.open();
    let mut second = computer.open();
    first.put_keys(&[("table/database", &[2; 32])], &mut rng()).unwrap();
    second.put_keys(&[("desk/root", &[3; 32])], &mut rng()).unwrap();
    window.put_keys(&[("desk/holder", &[4; 32])], &mut rng()).unwrap();
    let names = ["table/device", "table/database", "desk/root", "desk/holder"];
    for vault in [&window, &first, &second, &computer.open()] {
        let keys = names.map(|name| vault.get_key(name).unwrap()[0]);
        assert_eq!(keys, [1, 2, 3, 4]);
    }
}

#[test]
fn reading_makes_nothing() {
    let computer = Computer::new();
    let vault = computer.open();
    assert!(vault.find_key("table/device").unwrap().is_none());
    assert_eq!(computer.names(), ["profile.lock"]);
}

#[test]
fn two_that_choose_a_passphrase_at_once_do_not_write_over_each_other() {
    let computer = Computer::new();
    let (mut first, mut second) = (computer.open(), computer.open());
    first.put_keys(&[("table/device", &[1; 32])], &mut rng()).unwrap();
    let refused = second.put_keys(&[("table/device", &[2; 32])], &mut rng());
    assert!(matches!(refused, Err(VaultError::Changed)));
    assert_eq!(*computer.open().get_key("table/device").unwrap(), [1; 32]);
}

#[test]
fn parameters_that_would_exhaust_memory_or_time_are_refused_before_any_work() {
    let computer = Computer::with_file();
    let bytes = fs::read(computer.file()).unwrap();
    // Memory in KiB, passes, lanes: each as its place in the file and a value. 4 GiB; for hours; thousands of lanes.
    for (at, value) in
        [(5, 4 * 1024 * 1024), (5, 300 * 1024), (9, u32::MAX), (9, 17), (13, 5), (13, 4096), (5, 0), (9, 0)]
    {
        let mut changed = bytes.clone();
        changed[at..at + 4].copy_from_slice(&u32::to_be_bytes(value));
        fs::write(computer.file(), &changed).unwrap();
        assert!(matches!(computer.refused(Some(PASSPHRASE)), VaultError::Damaged), "{at}: {value}");
    }
    fs::write(computer.file(), vec![0; 100_000]).unwrap();
    assert!(matches!(computer.refused(Some(PASSPHRASE)), VaultError::Damaged));
}

#[test]
fn a_profile_is_held_by_one_program() {
    let computer = Computer::new();
    let folder = computer.profile.folder().to_owned();
    let Err(error) = Profile::hold(&folder) else { panic!("it was held twice") };
    assert!(matches!(error, VaultError::ProfileInUse));
    assert!(error.to_string().contains("close that one"));
    let vault = computer.open();
    let Computer { profile, _folder: kept } = computer;
    drop(profile);
    assert!(Profile::hold(&folder).is_err(), "the open keys hold it too");
    drop(vault);
    assert!(Profile::hold(&folder).is_ok());
    drop(kept);
}

#[test]
#[cfg(unix)]
fn a_profile_that_is_made_is_its_owners() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("profile");
    let _profile = Profile::hold(&made).unwrap();
    assert_eq!(fs::metadata(&made).unwrap().permissions().mode() & 0o777, 0o700);
}
