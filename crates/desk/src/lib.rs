//! Everything an organizer does: the campaign and its keys, petitions and kits, merging what tables send, the
//! ledger with its explained count, the signed tally and the export.
//!
//! A [`Desk`] is one encrypted database in one folder, for one process at a time. Time and randomness are passed
//! in. What is expected to happen is a value ([`Merged`]); what fails is a [`DeskError`] with a stable code.

mod backup;
mod delivery;
mod desk;
mod endpoint;
mod error;
mod founding;
mod guard;
mod keys;
mod ledger;
mod limits;
mod merging;
mod petitions;
mod random;
mod reader;
mod review;
mod roll;
mod standing;
mod storage;
mod tables;
mod view;

// What its methods take and give of the crates below.
pub use petition::{
    Closing, EventKind, NoteAbout, Petition, PetitionText, SheetNote, ShiftEvent, SourceProblem, Strike, Sum,
};
pub use proof::{CampaignId, Hash, Origin, VerifierKey};
pub use wire::{
    Chosen, ChosenMethod, Client, ClientError, Decided, DecidedKeep, DecidedVerdict, EndpointAddress,
    KitCode, LISTED_MAX, LogState, PinResetCode,
};

pub use backup::{Backup, BackupFailure, BackupKey, BackupPlace, BackupState, NewBackup};
pub use delivery::{NewKit, write_private};
pub use desk::{CampaignAbout, Desk};
pub use endpoint::{EndedEarly, PullProgress, PullReport, Unpublished, find_endpoint};
pub use error::DeskError;
pub use founding::Founding;
pub use keys::Keys;
pub use ledger::{
    Breakdown, CountPart, CountParts, EnteredLine, ExplainedCount, GoalForecast, LedgerFilter, LedgerPage,
    LedgerRow, Pattern, PatternKind, RollStanding, SheetPicture, StandingCount, StandingName, Story,
    StoryEntry, StoryPair, StoryProof, StoryRoll, Struck, TableNote,
};
pub use limits::{MAX_KIT_DAYS, MAX_KIT_TABLES, MAX_LABEL, MAX_REASON, MIN_PASSPHRASE};
pub use lists::unguarded;
pub use lockbox::DatabaseKey;
pub use matching::{LookUp, Tolerance};
pub use merging::{FilesMerged, Merged};
pub use pages::{
    Doubt, FILE_MAX_BYTES as PAGE_MAX_BYTES, Found as FoundPage, Part as PagePart, Read as PageRead,
    WriteProblem, read_file as read_page, write as write_page,
};
pub use petitions::PetitionRow;
pub use reader::Reader;
pub use review::{
    ChosenBy, DecisionRow, DecisionTrial, LikelyPair, NewDecisions, PileCount, RuleRow, WhyRow,
};
pub use roll::{
    NewRoll, NotOnRoll, Qualification, QualifiedArea, QualifiedAreas, Quotas, ROLL_LAYOUTS, RollBegun,
    RollColumns, RollCount, RollEntry, RollFilled, RollLayout, RollLoaded, RollPreview, RollProgress,
    RollRow, RuleFinding, Sample, ValidEstimate, preview_roll,
};
pub use standing::Standing;
pub use storage::{kit::KitRow, kit_code::KitCodeRow};
pub use tables::{BranchRow, LogVerification, Proof, Revoked, TableRow, kit_until};
