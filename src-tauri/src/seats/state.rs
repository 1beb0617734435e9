//! What this computer is set up for.

use serde::Serialize;
use ts_rs::TS;

/// What this computer is set up for, and whether its keys are open.
#[derive(Debug, Serialize, TS)]
pub(crate) struct StartState {
    /// Where the keys are.
    pub keys: Keys,
    /// It collects at a table.
    pub table: bool,
    /// It has the organizer's desk.
    pub desk: bool,
    /// The table is open.
    pub table_open: bool,
    /// It was in the kiosk when it stopped, so it comes back locked.
    pub kiosk_locked: bool,
}

/// The state of the place where keys rest.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Keys {
    /// Open: in the system's keyring, or the passphrase was given.
    Open,
    /// The passphrase chosen earlier is needed.
    AskPassphrase,
    /// Nothing is kept yet, and there is no keyring: a passphrase is to be chosen.
    ChoosePassphrase,
    /// Nothing is kept yet, and the keyring keeps nothing: a passphrase is to be chosen.
    KeyringKeepsNothing,
    /// Nothing is kept yet, and the keyring is locked: it is unlocked, or a passphrase is chosen.
    KeyringLocked,
}
