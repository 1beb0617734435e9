//! The passphrase file. The keyring is tried in the real window's journeys, with a real one.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;

use vault::{Place, Vault, VaultError};

const PASSPHRASE: &str = "tin roof rusted";

fn rng() -> impl rand::CryptoRng {
    rand::rng()
}

fn profile_with_file() -> tempfile::TempDir {
    let profile = tempfile::tempdir().unwrap();
    drop(Vault::open_with_passphrase(profile.path(), PASSPHRASE, &mut rng()).unwrap());
    profile
}

fn refused(profile: &tempfile::TempDir, passphrase: Option<&str>) -> VaultError {
    match Vault::open(profile.path(), passphrase, &mut rng()) {
        Ok(_) => panic!("it opened"),
        Err(error) => error,
    }
}

#[test]
fn keys_come_back_with_the_passphrase_and_only_with_it() {
    let profile = profile_with_file();
    let mut vault = Vault::open(profile.path(), Some(PASSPHRASE), &mut rng()).unwrap();
    vault.put_keys(&[("table/database", &[7; 32]), ("table/device", &[8; 32])], &mut rng()).unwrap();
    drop(vault);
    assert_eq!(Vault::place(profile.path()).unwrap(), Place::AskPassphrase);
    let vault = Vault::open(profile.path(), Some(PASSPHRASE), &mut rng()).unwrap();
    assert_eq!(*vault.find_key("table/device").unwrap().unwrap(), [8; 32]);
    assert!(vault.find_key("desk/root").unwrap().is_none());
    assert!(matches!(refused(&profile, Some("tin roof rusteD")), VaultError::WrongPassphrase));
    assert!(matches!(refused(&profile, None), VaultError::PassphraseNeeded));
}

#[test]
fn a_key_is_nowhere_in_clear_and_any_changed_byte_is_noticed() {
    let profile = profile_with_file();
    let mut vault = Vault::open(profile.path(), Some(PASSPHRASE), &mut rng()).unwrap();
    vault.put_keys(&[("table/device", &[0x5a; 32])], &mut rng()).unwrap();
    drop(vault);
    let file = profile.path().join("keys.sealed");
    let bytes = fs::read(&file).unwrap();
    assert!(!bytes.windows(8).any(|window| window == [0x5a; 8] || window == b"WlpaWlpa"));
    for at in [0, 4, 7, 12, 16, 20, 35, 46, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&file, &changed).unwrap();
        let error = refused(&profile, Some(PASSPHRASE));
        assert!(matches!(error, VaultError::WrongPassphrase | VaultError::Damaged), "byte {at}: {error}");
    }
    fs::write(&file, &bytes).unwrap();
    assert!(Vault::open(profile.path(), Some(PASSPHRASE), &mut rng()).is_ok());
}

#[test]
fn a_short_passphrase_is_not_taken() {
    let profile = tempfile::tempdir().unwrap();
    let refused = Vault::open_with_passphrase(profile.path(), "too short", &mut rng());
    assert!(matches!(refused, Err(VaultError::PassphraseShort)));
    assert_eq!(fs::read_dir(profile.path()).unwrap().count(), 0);
}
