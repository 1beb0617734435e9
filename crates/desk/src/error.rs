//! Why something at the desk failed.

use lockbox::{LockboxError, column::is_malformed, files::is_full, is_unfit};
use petition::SourceProblem;
use proof::CampaignId;
use rusqlite::ErrorCode;
use wire::{ClientError, DocumentError, LISTED_MAX};

use crate::{
    backup::BackupFailure,
    limits::{MAX_KIT_DAYS, MAX_KIT_TABLES, MAX_LABEL, MAX_NAME, MAX_REASON, MIN_PASSPHRASE},
};

/// Why something at the desk failed. Holds no personal data.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database is encrypted with another key, or is no database.
    #[error("the desk's database does not open with this key")]
    WrongKey,
    /// Made by a newer version; left untouched.
    #[error("the desk's database is of a newer version: update this program")]
    Newer,
    /// Another process has it open.
    #[error("this desk is open in another program")]
    InUse,
    /// The copy that is kept before the schema changes.
    #[error(
        "the copy of the desk's database is not whole; nothing was changed: look at the disk, then try again"
    )]
    Copy,
    /// There is one already.
    #[error("there is a desk in this folder already")]
    Exists,
    /// There is none.
    #[error("there is no desk in this folder")]
    Missing,
    /// The keys belong to a different campaign than the database.
    #[error("the keys belong to a different campaign than this desk")]
    OtherKeys,
    /// No room: nothing of what was asked is kept.
    #[error("the disk is full: make room, then try again; everything kept before is safe")]
    DiskFull,
    /// The disk cannot be written or read.
    #[error("the disk fails, or is full: look at it, then try again; everything kept before is safe")]
    Disk,
    /// The folder's file system has no locks, or no memory that programs share.
    #[error(
        "the folder is on a drive that lacks what a database needs, such as a network drive or some sticks: use a folder on this computer's own disk; nothing was changed"
    )]
    FileSystem,
    /// The database.
    #[error("the desk's database fails: {0}")]
    Storage(#[source] rusqlite::Error),
    /// A file or folder. The kind only, because a message can hold a path and a path a person's name.
    #[error("a file of the desk fails: {}", .0.kind())]
    File(#[source] std::io::Error),
    /// Something kept in the database is malformed.
    #[error("the desk's database is damaged: {0}")]
    Damaged(&'static str),
    /// The petition's source does not parse.
    #[error("the petition's source has {} problems", .0.len())]
    Source(Vec<SourceProblem>),
    /// A kit needs something to sign.
    #[error("there is no petition yet: add one first")]
    NoPetition,
    /// No log of this table and generation is known here.
    #[error("this table is not known here")]
    UnknownTable,
    /// Several devices claim one table and generation.
    #[error("several devices claim to be this table: say which one is meant")]
    WhichDevice,
    /// No such petition is known here.
    #[error("this petition is not known here")]
    UnknownPetition,
    /// A kit whose key is not known here.
    #[error("this kit was made by an earlier version and no table came with it yet: make another kit")]
    KitOlder,
    /// No such kit is known here.
    #[error("this kit is not known here")]
    UnknownKit,
    /// A kit that was made without a code.
    #[error("this kit has no code: it went out as a file")]
    NoCode,
    /// A kit goes by code through the endpoint, and there is none.
    #[error("a code needs an endpoint, and this campaign has none: make the kit as a file")]
    CodeNeedsEndpoint,
    /// A kit that does not fit into a deposit.
    #[error("this kit is too long for a code: make it as a file")]
    KitLong,
    /// A file that leaves the desk, by the kind of fault.
    #[error("the file cannot be written: {}", why(*.0))]
    CannotWrite(std::io::ErrorKind),
    /// No picture of a sheet with this id.
    #[error("there is no such picture: the list of what tables told names those that are here")]
    NoPicture,
    /// A picture of which pieces are not here.
    #[error(
        "{missing} pieces of this picture are not here yet: they come with the next batches of its table"
    )]
    PictureIncomplete {
        /// How many.
        missing: u32,
    },
    /// A picture that is not what its table said, or is none.
    #[error("this picture is damaged, and is not shown: ask for the sheet itself")]
    PictureDamaged,
    /// A kit's label is empty, too long or of several lines.
    #[error("a kit's label has 1 to {} characters, in one line", MAX_LABEL)]
    KitLabel,
    /// A kit for no table, or for more than any campaign has.
    #[error("a kit is for 1 to {} tables", MAX_KIT_TABLES)]
    KitTables,
    /// A kit that is over before it begins, or good for longer than is wise.
    #[error("a kit is good for 1 to {} days", MAX_KIT_DAYS)]
    KitDays,
    /// A reason is empty, too long or of several lines.
    #[error("a reason has 1 to {} characters, in one line: volunteers read it", MAX_REASON)]
    Reason,
    /// A document that cannot be written: too long, for one.
    #[error("the document cannot be written: {0}")]
    Document(#[from] DocumentError),
    /// A key that cannot be used.
    #[error("a sealing key cannot be used")]
    Key,
    /// Another passphrase than the backup's, or the file was changed.
    #[error("the passphrase is wrong, or the backup was changed")]
    BackupPassphrase,
    /// Another file than a backup, one that is cut short, or one of a newer version.
    #[error("this is not a whole backup, or it is one of a newer version")]
    Backup,
    /// Anybody would find the backup's passphrase.
    #[error("the backup's passphrase is too short: use at least {MIN_PASSPHRASE} characters")]
    PassphraseShort,
    /// A campaign needs a name, and not a book.
    #[error("the campaign's name has 1 to {} characters, in one line", MAX_NAME)]
    Name,
    /// The desk was made by an older version and has no backup key yet.
    #[error("this desk has no backup yet: write one and give its passphrase")]
    NoBackup,
    /// One file of the backup could not be written. What was there before is as it was.
    #[error("the backup could not be written: {0}")]
    BackupFailed(#[from] BackupFailure),
    /// No file of the backup holds what a kit needs.
    #[error("no kit is made before its backup is written{}", because(.0))]
    BackupOld(Option<BackupFailure>),
    /// The file of a roll.
    #[error("the file of the roll cannot be read: look whether it is there, and whole")]
    RollUnreadable,
    /// The file of a roll has another layout.
    #[error("the roll has no columns of these names, or none with names of people: say which column is what")]
    RollColumns,
    /// The file of a roll holds nobody.
    #[error("there is nobody on this roll: look whether it is the right file, and its layout")]
    RollEmpty,
    /// A roll without the days that it needs.
    #[error("a roll has the day of which it is, and one in the future on which it is deleted")]
    RollDates,
    /// Nothing to look up in, or something that was not looked up.
    #[error(
        "there is no roll here, or not all of these signatures were looked up in it yet: load one, and look them up"
    )]
    NoRoll,
    /// A line of the quotas is none.
    #[error(
        "line {line} of the quotas is no area, semicolon and number, or has an area that stands above it"
    )]
    Quotas {
        /// The first is 1.
        line: u64,
    },
    /// No quota, or more areas than there are.
    #[error("there are no quotas, or more areas have to have enough than have one")]
    QuotasCount,
    /// The CSV cannot be written.
    #[error("the export cannot be written")]
    Export(#[from] csv::Error),
    /// The endpoint's list of campaigns does not name this one.
    #[error("the endpoint does not take this campaign: ask whoever runs it to let campaign {0} in")]
    CampaignRefused(CampaignId),
    /// A decision is about something that is not here, or not so.
    #[error("there is nothing of this kind to decide: look at the page again")]
    NothingToDecide,
    /// A file that was to hold decisions.
    #[error("this is no whole file of decisions: ask the other organizer to write it again")]
    NoDecisions,
    /// One decision lists no more.
    #[error("one decision lists at most {LISTED_MAX} signatures: choose fewer, by place or by day")]
    TooManyListed,
    /// Whoever began it stopped it.
    #[error("it was stopped; what was finished until then is kept")]
    Cancelled,
    /// The endpoint.
    #[error(transparent)]
    Endpoint(#[from] ClientError),
}

impl DeskError {
    /// Stable code for a screen or a script.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongKey => "desk/wrong-key",
            Self::Newer => "desk/newer",
            Self::InUse => "desk/in-use",
            Self::Copy => "desk/copy",
            Self::Exists => "desk/exists",
            Self::Missing => "desk/missing",
            Self::OtherKeys => "desk/other-keys",
            Self::DiskFull => "desk/disk-full",
            Self::Disk => "desk/disk",
            Self::FileSystem => "desk/file-system",
            Self::Storage(_) => "desk/storage",
            Self::File(_) => "desk/file",
            Self::Damaged(_) => "desk/damaged",
            Self::Source(_) => "desk/petition-source",
            Self::NoPetition => "desk/no-petition",
            Self::UnknownTable => "desk/unknown-table",
            Self::WhichDevice => "desk/which-device",
            Self::UnknownPetition => "desk/unknown-petition",
            Self::KitOlder => "desk/kit-older",
            Self::UnknownKit => "desk/unknown-kit",
            Self::NoCode => "desk/no-code",
            Self::CodeNeedsEndpoint => "desk/code-needs-endpoint",
            Self::KitLong => "desk/kit-long",
            Self::CannotWrite(kind) if is_full(*kind) => "io/disk-full",
            Self::CannotWrite(_) => "io/cannot-write",
            Self::NoPicture => "desk/no-picture",
            Self::PictureIncomplete { .. } => "desk/picture-incomplete",
            Self::PictureDamaged => "desk/picture-damaged",
            Self::KitLabel => "desk/kit-label",
            Self::KitTables => "desk/kit-tables",
            Self::KitDays => "desk/kit-days",
            Self::Reason => "desk/reason",
            Self::Document(_) => "desk/document",
            Self::Key => "desk/key",
            Self::BackupPassphrase => "desk/backup-passphrase",
            Self::Backup => "desk/backup",
            Self::PassphraseShort => "desk/passphrase-short",
            Self::Name => "desk/name",
            Self::NoBackup => "desk/no-backup",
            Self::BackupFailed(failure) => failure.code(),
            Self::BackupOld(_) => "desk/backup-old",
            Self::RollUnreadable => "desk/roll-unreadable",
            Self::RollColumns => "desk/roll-columns",
            Self::RollEmpty => "desk/roll-empty",
            Self::RollDates => "desk/roll-dates",
            Self::NoRoll => "desk/no-roll",
            Self::Quotas { .. } => "desk/quotas",
            Self::QuotasCount => "desk/quotas-count",
            Self::Export(_) => "desk/export",
            Self::CampaignRefused(_) => "endpoint/campaign-refused",
            Self::NothingToDecide => "desk/nothing-to-decide",
            Self::NoDecisions => "desk/no-decisions",
            Self::TooManyListed => "desk/too-many-listed",
            Self::Cancelled => "desk/cancelled",
            Self::Endpoint(error) => error.code(),
        }
    }
}

impl From<rusqlite::Error> for DeskError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            _ if is_unfit(&error) => Self::FileSystem,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::SystemIoFailure) => Self::Disk,
            _ if is_malformed(&error) => Self::Damaged("a column is malformed"),
            _ => Self::Storage(error),
        }
    }
}

impl From<std::io::Error> for DeskError {
    fn from(error: std::io::Error) -> Self {
        if is_full(error.kind()) { Self::DiskFull } else { Self::File(error) }
    }
}

impl From<LockboxError> for DeskError {
    fn from(error: LockboxError) -> Self {
        match error {
            LockboxError::Missing => Self::Missing,
            LockboxError::Exists => Self::Exists,
            LockboxError::InUse => Self::InUse,
            LockboxError::WrongKey => Self::WrongKey,
            LockboxError::FileSystem => Self::FileSystem,
            LockboxError::Newer => Self::Newer,
            LockboxError::Copy => Self::Copy,
            LockboxError::Step(error) => error.downcast().map_or(Self::Damaged("schema"), |error| *error),
            LockboxError::Storage(error) => error.into(),
            LockboxError::File(error) => error.into(),
        }
    }
}

fn because(failure: &Option<BackupFailure>) -> String {
    failure.map_or_else(String::new, |failure| format!(": {failure}"))
}

/// Why a file cannot be written, in words that say what to look at.
fn why(kind: std::io::ErrorKind) -> String {
    use std::io::ErrorKind;
    match kind {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            "there is no such folder; is the stick in?".to_owned()
        }
        ErrorKind::IsADirectory => "there is a folder of this name".to_owned(),
        ErrorKind::PermissionDenied => "you may not write into this folder".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk or stick can only be read".to_owned(),
        kind if is_full(kind) => "the disk or stick is full".to_owned(),
        kind => format!("the system says: {kind}"),
    }
}
