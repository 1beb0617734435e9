//! What the screens are given. Shapes only: every rule is in the crates behind them.

use serde::Serialize;
use table::{Asked, Field, KitTime, Nothing, Problem};
use ts_rs::TS;
use uuid::Uuid;

/// A failure, for a screen. The screen owns the wording and matches `code`.
#[derive(Debug, Serialize, TS)]
pub struct Failure {
    /// Stable, for example `table/no-shift`.
    pub code: String,
    /// For a person who reports it; never personal data.
    pub detail: String,
}

/// What this computer is set up for, and whether its keys are open.
#[derive(Debug, Serialize, TS)]
pub struct StartState {
    /// Where the keys are.
    pub keys: Keys,
    /// It collects at a table.
    pub table: bool,
    /// It has the organizer's desk.
    pub desk: bool,
    /// It was in the kiosk when it stopped, so it comes back locked.
    pub kiosk_locked: bool,
}

/// The state of the place where keys rest.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
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

/// A petition as an invitation: the first thing a signer sees.
#[derive(Debug, Serialize, TS)]
pub struct Invite {
    /// Which petition.
    pub petition: Uuid,
    /// Title.
    pub title: String,
    /// Who started it.
    pub started_by: String,
    /// To whom.
    pub addressed_to: String,
    /// The language its text is in, BCP 47.
    pub language: String,
    /// How many have signed, as far as this table knows.
    pub count: u64,
    /// The goal being worked on.
    pub goal: u64,
    /// 0 to 1, of the way to the goal.
    pub progress: f64,
    /// The note on the milestone ahead, if there is one.
    pub milestone_note: Option<String>,
}

/// What the kiosk starts with.
#[derive(Debug, Serialize, TS)]
pub struct KioskHome {
    /// The table's petitions, recommended first.
    pub petitions: Vec<Invite>,
}

/// A petition whole: to read, and what its form asks.
#[derive(Debug, Serialize, TS)]
pub struct PetitionPage {
    /// Its invitation.
    pub invite: Invite,
    /// Hex; goes back with the draft.
    pub text_hash: String,
    /// The text.
    pub body: Vec<Block>,
    /// The numbered references, in order of number.
    pub references: Vec<Reference>,
    /// The fields beside the full name, in the order asked.
    pub fields: Vec<AskedField>,
    /// The minimum age, where a statement is asked.
    pub minimum_age: Option<u8>,
    /// ISO date (YYYY-MM-DD) by which signatures are erased, where the organizer set one.
    pub erased_by: Option<String>,
}

/// A field of the form.
#[derive(Debug, Serialize, TS)]
pub struct AskedField {
    /// Which.
    pub field: Field,
    /// Optional or required.
    pub asked: Asked,
}

pub use table::{Block, Reference};

/// What came of a tap on "Sign".
#[derive(Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SignOutcome {
    /// Durable on this table.
    Saved(Box<Thanks>),
    /// Nothing was saved: these are to be mended, or warnings to be passed.
    Problems {
        /// All of them at once, in the order of the form.
        problems: Vec<Problem>,
    },
}

/// The thanks screen.
#[derive(Serialize, TS)]
pub struct Thanks {
    /// The invitation with its new count; none where that cannot be read now.
    pub invite: Option<Invite>,
    /// Ten characters; shown once, kept nowhere in clear.
    pub withdrawal_code: String,
    /// The code, with what it is for, as a picture.
    pub withdrawal_qr: Option<Qr>,
    /// The table's other petitions, recommended first; none where they cannot be read now.
    pub recommended: Vec<Invite>,
}

/// A QR code without its quiet zone.
#[derive(Debug, Serialize, TS)]
pub struct Qr {
    /// Modules on a side.
    pub size: u32,
    /// The dark modules, as an SVG path; a module is one unit.
    pub path: String,
}

/// What came of a PIN.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PinOutcome {
    /// Right: the kiosk is closed.
    Opened,
    /// Wrong: wait this long before the next try counts.
    Wrong {
        /// Seconds.
        wait_seconds: u32,
    },
}

/// The table screen.
#[derive(Debug, Serialize, TS)]
pub struct TableHome {
    /// The table's label.
    pub label: String,
    /// The campaign's name.
    pub campaign: String,
    /// It has a PIN; one without is not handed to signers.
    pub has_pin: bool,
    /// How this computer's clock stands to the kit.
    pub kit_time: KitTime,
    /// When the kit was made, Unix seconds.
    pub kit_made_at: i64,
    /// The running shift, if one is.
    pub shift: Option<Shift>,
    /// Saved in the running shift.
    pub this_shift: u64,
    /// Saved on this table.
    pub saved: u64,
    /// Of those, covered by a verified receipt.
    pub received: u64,
    /// Of those, waiting to be sent.
    pub waiting: u64,
    /// When the last receipt was verified, Unix seconds.
    pub last_receipt_at: Option<i64>,
    /// Everyone's count, by the last tally.
    pub everyone: Option<Everyone>,
    /// What the sender is doing.
    pub sending: Sending,
    /// By petition.
    pub petitions: Vec<TablePetition>,
}

/// A shift.
#[derive(Debug, Serialize, TS)]
pub struct Shift {
    /// Where.
    pub place: String,
    /// Name or initials of the volunteer.
    pub volunteer: String,
    /// Unix seconds.
    pub started_at: i64,
}

/// The campaign's count, as last published.
#[derive(Debug, Serialize, TS)]
pub struct Everyone {
    /// Signatures counted.
    pub count: u64,
    /// Unix seconds.
    pub as_of: i64,
}

/// What the sender is doing.
#[derive(Debug, Serialize, TS)]
pub struct Sending {
    /// The state.
    pub state: SendingState,
    /// When it tries next by itself, Unix seconds.
    pub next_try_at: Option<i64>,
}

/// The states of the sender. A screen has words for each.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SendingState {
    /// The kit names no endpoint: hand-carry only.
    NoEndpoint,
    /// Everything is received.
    Done,
    /// Sending now.
    Sending,
    /// The endpoint cannot be reached.
    NoNetwork,
    /// Something answered that is not the endpoint: a login page, for one.
    NotTheEndpoint,
    /// Another endpoint than the kit's answers.
    OtherEndpoint,
    /// The endpoint does not know the campaign.
    UnknownCampaign,
    /// The endpoint asks to wait, or has a fault.
    Busy,
    /// Stored at the endpoint, waiting for the organizer's word.
    Held,
    /// A signature is too large for the way to the endpoint, even alone; the others are sent.
    TooLarge,
    /// The organizer has revoked this table or its kit.
    Revoked,
    /// The endpoint refuses the batches; the organizer should be told.
    Refused,
}

/// A petition on the table screen.
#[derive(Debug, Serialize, TS)]
pub struct TablePetition {
    /// Which.
    pub petition: Uuid,
    /// Title.
    pub title: String,
    /// In the running shift.
    pub this_shift: u64,
    /// On this table.
    pub table: u64,
    /// Everyone, as far as known.
    pub count: u64,
    /// The goal being worked on.
    pub goal: u64,
}

/// The end of a shift.
#[derive(Debug, Serialize, TS)]
pub struct ShiftReport {
    /// The shift.
    pub shift: Shift,
    /// Unix seconds.
    pub ended_at: i64,
    /// Saved in it.
    pub saved: u64,
    /// Of the whole table, not yet received.
    pub not_received: u64,
    /// The signed checkpoint, as text.
    pub checkpoint: String,
    /// The endpoint's receipt line, if the checkpoint is covered.
    pub receipt: Option<String>,
}

/// A place that batches can be written to.
#[derive(Debug, Serialize, TS)]
pub struct CarryPlace {
    /// The name of the stick or folder.
    pub label: String,
    /// Its path.
    pub path: String,
    /// It can be unplugged and carried.
    pub removable: bool,
}

/// What was written for carrying.
#[derive(Debug, Serialize, TS)]
pub struct CarryReport {
    /// Names of the files written.
    pub files: Vec<String>,
    /// Where.
    pub folder: String,
    /// Signatures in them.
    pub entries: u64,
    /// Why nothing was to be written; none where something was.
    pub nothing: Option<Nothing>,
}

/// The kit this table works by.
#[derive(Debug, Serialize, TS)]
pub struct KitView {
    /// The campaign's name.
    pub campaign: String,
    /// The campaign's id, which is also its key's fingerprint.
    pub campaign_id: String,
    /// The kit's label.
    pub label: String,
    /// Endpoint address, if any.
    pub endpoint: Option<String>,
    /// Unix seconds.
    pub until: i64,
    /// Titles of its petitions.
    pub petitions: Vec<String>,
}

/// The desk's first screen.
#[derive(Debug, Serialize, TS)]
pub struct DeskHome {
    /// Name of the campaign.
    pub name: String,
    /// Its id.
    pub campaign: String,
    /// Endpoint address, if any.
    pub endpoint: Option<String>,
    /// Why the endpoint does not know all that was said here, by a code; it is told again with every merge.
    pub untold: Option<String>,
    /// When the last merge ended, Unix seconds.
    pub merged_at: Option<i64>,
    /// Its petitions.
    pub petitions: Vec<DeskPetition>,
    /// Count over all petitions.
    pub count: ExplainedCount,
    /// Tables known.
    pub tables: Vec<DeskTable>,
    /// Its backup.
    pub backup: BackupView,
}

/// The backup of a desk.
#[derive(Debug, Serialize, TS)]
pub struct BackupView {
    /// Whether one of its files holds everything that it must.
    pub is_current: bool,
    /// Its files, in the order in which they were first asked for.
    pub files: Vec<BackupFile>,
}

/// A file of the backup.
#[derive(Debug, Serialize, TS)]
pub struct BackupFile {
    /// Where it lies.
    pub path: String,
    /// When it was last written, Unix seconds.
    pub written_at: Option<i64>,
    /// Whether it holds everything that it must.
    pub is_current: bool,
    /// Whether it is there now.
    pub is_there: bool,
    /// Why it was not written when that was last tried, by a code.
    pub failure: Option<String>,
}

impl From<desk::BackupState> for BackupView {
    fn from(state: desk::BackupState) -> Self {
        let is_current = state.is_current();
        let files = state.places.into_iter().map(|place| BackupFile {
            path: place.path.display().to_string(),
            written_at: place.written_at,
            is_current: place.is_current,
            is_there: place.is_there,
            failure: place.failure.map(|failure| failure.code().to_owned()),
        });
        Self { is_current, files: files.collect() }
    }
}

/// A petition at the desk.
#[derive(Debug, Serialize, TS)]
pub struct DeskPetition {
    /// Which.
    pub petition: Uuid,
    /// Title.
    pub title: String,
    /// Who started it.
    pub started_by: String,
    /// To whom.
    pub addressed_to: String,
    /// Its version.
    pub version: u32,
    /// The goal being worked on.
    pub goal: u64,
    /// Its count.
    pub count: ExplainedCount,
}

pub use desk::ExplainedCount;

/// A table's log, seen from the desk.
#[derive(Debug, Serialize, TS)]
pub struct DeskTable {
    /// Table id.
    pub table: Uuid,
    /// Generation of its log.
    pub generation: u32,
    /// The key of its device.
    pub device: String,
    /// The table's label.
    pub label: String,
    /// Entries of its log that are here or known to be missing, each once.
    pub size: u64,
    /// Entries that the endpoint said it holds, when last asked.
    pub received: u64,
    /// Entries opened here.
    pub opened: u64,
    /// Entries that are here and could not be opened.
    pub set_aside: u64,
    /// Entries that are here, in batches that wait for what is before them.
    pub waiting: u64,
    /// Entries that are missing before those.
    pub missing: u64,
    /// Entries that the endpoint holds and that were not pulled yet.
    pub behind: u64,
    /// Its branches, where two computers signed it.
    pub branches: Vec<BranchRow>,
    /// The proof's state.
    pub proof: Proof,
    /// Unix seconds of the last sign of life at the endpoint.
    pub last_seen: Option<i64>,
}

pub use desk::{BranchRow, Proof};

/// A kit made at this desk.
#[derive(Debug, Serialize, TS)]
pub struct KitRow {
    /// Which.
    pub kit: Uuid,
    /// Its label.
    pub label: String,
    /// How many tables it admits.
    pub max_tables: u32,
    /// How many came with it so far.
    pub tables: u32,
    /// Unix seconds.
    pub until: i64,
}

/// What a petition file holds, before it is added.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PetitionCheck {
    /// It can be added.
    Good {
        /// How it will look.
        page: Box<PetitionPage>,
    },
    /// It cannot be added.
    Bad {
        /// What is wrong, each with its line where known.
        problems: Vec<String>,
    },
}

/// What a merge did, and what it did not.
#[derive(Debug, Default, Serialize, TS)]
pub struct MergeReport {
    /// Entries that were new.
    pub new_entries: u64,
    /// Entries that were already here.
    pub known_entries: u64,
    /// Signatures that were new.
    pub new_signatures: u64,
    /// Entries set aside, which could not be opened.
    pub set_aside: u64,
    /// Batches that are kept until what is before them comes.
    pub waiting: Vec<WaitingBatch>,
    /// Batches refused, each with its reason; nothing else was lost.
    pub refused: Vec<RefusedBatch>,
    /// Whether the endpoint was asked.
    pub endpoint: EndpointReach,
    /// Tables that wait at the endpoint for the organizer's word. Nothing of them was merged.
    pub held: u64,
    /// What ended it early. What was merged stays.
    pub ended_early: Option<Failure>,
    /// Files that were not tried then.
    pub not_tried: u64,
    /// The new count was published for the tables.
    pub tally_published: bool,
    /// Why it was not. The merge itself is not touched by that.
    pub tally_failed: Option<Failure>,
}

/// Whether the endpoint took part in a merge.
#[derive(Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndpointReach {
    /// It was not asked: no endpoint, or only files were merged.
    #[default]
    NotAsked,
    /// It answered.
    Reached,
    /// It could not be reached.
    NotReached,
}

/// A batch that waits for an earlier one.
#[derive(Debug, Serialize, TS)]
pub struct WaitingBatch {
    /// File name, or the log's origin when it came from the endpoint.
    pub name: String,
    /// Entries of its table that are missing before it.
    pub missing: u64,
}

/// A batch that was refused.
#[derive(Debug, Serialize, TS)]
pub struct RefusedBatch {
    /// File name, or the log's origin when it came from the endpoint.
    pub name: String,
    /// Stable code.
    pub code: String,
    /// What is wrong with it.
    pub detail: String,
}

/// How far a merge of files is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MergeProgress {
    /// Files gone through.
    pub done: u64,
    /// Of so many.
    pub of: u64,
}

/// A page of the ledger.
#[derive(Serialize, TS)]
pub struct LedgerPage {
    /// Rows that match.
    pub total: u64,
    /// From the offset asked.
    pub rows: Vec<LedgerRow>,
}

pub use desk::LedgerRow;
