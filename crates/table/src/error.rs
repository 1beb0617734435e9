//! Why a table could not do what it was asked, by stable codes.

/// Why a table could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The kit file.
    #[error(transparent)]
    Kit(#[from] wire::KitError),
    /// A text that is not the code of a kit.
    #[error(transparent)]
    KitCode(#[from] wire::KitCodeError),
    /// A code that brings no kit.
    #[error(transparent)]
    Fetch(#[from] crate::kit::FetchError),
    /// A petition of the kit that this version cannot read.
    #[error("a petition of this kit cannot be read: update this program, or ask the organizer")]
    Petition,
    /// Signing needs a running shift.
    #[error("no shift is running: start one first")]
    NoShift,
    /// A shift is running already.
    #[error("a shift is running already: end it first")]
    ShiftRuns,
    /// A shift without a place.
    #[error("a shift needs a place")]
    NoPlace,
    /// A place of several lines, or longer than a signature carries.
    #[error("the place is too long, or of several lines: use shorter words")]
    PlaceLong,
    /// A volunteer's name of several lines, or longer than a signature carries.
    #[error("the volunteer's name is too long, or of several lines: initials will do")]
    VolunteerLong,
    /// A petition that this table does not have.
    #[error("this table has no such petition")]
    NoPetition,
    /// A language that a version of a petition's text is not there in.
    #[error("this version of the petition's text is not there in that language")]
    NoTranslation,
    /// A petition that the organizer ended.
    #[error("this petition has ended: sheets that were signed before can still be typed in")]
    PetitionEnded,
    /// Every petition of this table has ended.
    #[error("every petition of this table has ended: ask the organizer")]
    AllEnded,
    /// What came as an update is not this campaign's, or was changed on the way.
    #[error(
        "what came as the organizer's update is not signed by this campaign; nothing was changed: tell the organizer"
    )]
    UpdateNotSigned,
    /// An update that is older than the one that this table works by.
    #[error("the endpoint gave an older update than this table has; nothing was changed: tell the organizer")]
    UpdateOld,
    /// An update that this version cannot read, or that contradicts what is here.
    #[error(
        "the organizer's update cannot be used here; nothing was changed: update this program, or tell the organizer"
    )]
    UpdateUnreadable,
    /// A recovery word that is none.
    #[error("word {place} is not on the list of recovery words: look at its first four letters on the paper")]
    RecoveryWord {
        /// Which, from 1.
        place: usize,
    },
    /// Another number of words than recovery words are.
    #[error("there are {found} words, and recovery words are 24: is one missing, or twice?")]
    RecoveryCount {
        /// How many.
        found: usize,
    },
    /// All of them are on the list, and they are no key.
    #[error("one of the words is another than on the paper, or two are in each other's place: compare them")]
    RecoveryChecksum,
    /// They are another table's.
    #[error("these are the recovery words of another table: take the paper of this one")]
    RecoveryOther,
    /// No paper sheet is being typed.
    #[error("no paper sheet is being typed: begin one first")]
    NoSheet,
    /// A paper sheet is being typed.
    #[error("a paper sheet is being typed: close it, or drop it, first")]
    SheetOpen,
    /// A sheet of this number was typed before.
    #[error("a sheet of this number was typed at this table already: look at the number on the paper")]
    SheetKnown,
    /// Not a number that a sheet has.
    #[error("a sheet's number is 1 or more")]
    SheetNumber,
    /// Not a day on which a sheet can have been signed.
    #[error("the day on the sheet must be a date as in 2026-11-27, and not later than today")]
    SheetDay,
    /// Not the next line of the sheet, and none before it.
    #[error("lines are typed one after the other, up to 200: this is not the next one")]
    LineNumber,
    /// A sheet without a line.
    #[error("nothing of the sheet is typed yet: drop it, if nothing stands on it")]
    NoLine,
    /// A line of the sheet is to be mended, or looked at, before it is closed.
    #[error("line {line} of the sheet is to be mended, or to be kept as it stands on the paper")]
    LineUnready {
        /// Which.
        line: u32,
    },
    /// No picture is made of what was given.
    #[error(transparent)]
    Picture(#[from] petition::PictureError),
    /// A sheet has no such picture.
    #[error("the sheet has no such picture")]
    NoPicture,
    /// More pictures than a sheet has.
    #[error("a sheet has at most 8 pictures: take one off first")]
    PicturesMany,
    /// The sheet's own total is another one.
    #[error("the sheet says {total} signatures and {found} were found: look again, or say why")]
    SheetDiffers {
        /// What the sheet says.
        total: u32,
        /// Entered and illegible lines.
        found: u64,
    },
    /// No signature of the running shift at this place, or one that is struck already.
    #[error("no signature of this shift is at this place, or it is struck already")]
    NoSuchPlace,
    /// An explanation of more than a few sentences.
    #[error("the explanation is too long: two or three sentences will do")]
    ExplanationLong,
    /// The number on a seal is longer than a note carries, or more than a line.
    #[error("the number of a seal is one line of at most 40 bytes")]
    SealLong,
    /// Nobody signs while the shift is paused.
    #[error("the shift is paused: let it go on first")]
    Paused,
    /// The shift is not paused.
    #[error("the shift is not paused")]
    NotPaused,
    /// A hand-over without both names.
    #[error("a hand-over has two names: who gives the table, and who takes it")]
    TwoNames,
    /// The table is being practised at: what is signed counts for nothing.
    #[error("this table is being practised at: end the practice first, so that what is signed counts")]
    PracticeOpen,
    /// A sum of the shift differs, and nobody says why.
    #[error("a sum of this shift does not agree ({}): count again, or say why", sum_name(*sum))]
    SumsDiffer {
        /// Which; the first, where there are several.
        sum: petition::Sum,
    },
    /// No shift was closed with a record, or not the one that is named.
    #[error("no shift was closed here that has such a report")]
    NoReport,
    /// The id that a draft brings is not a random one.
    #[error("the id of a draft must be a random UUID (version 4), new for each signature")]
    SignatureId,
    /// The id that a draft brings is a signature's on another petition.
    #[error(
        "the id of this draft is a signature's on another petition: give each signature an id of its own"
    )]
    SignatureIdTaken,
    /// What a table is called is empty, too long, or holds characters that cannot be shown.
    #[error("a table is called by 1 to 60 characters of plain text")]
    Label,
    /// Not 6 to 12 digits.
    #[error("a PIN is 6 to 12 digits")]
    PinShape,
    /// A PIN of one digit again and again.
    #[error("a PIN of one digit again and again is the first that is tried: choose another")]
    PinOneDigit,
    /// A PIN whose digits follow each other.
    #[error("a PIN whose digits follow each other is the first that is tried: choose another")]
    PinRun,
    /// A PIN that is its beginning again and again.
    #[error("a PIN that repeats itself is soon tried: choose another")]
    PinRepeats,
    /// There is a PIN, which is needed to change it.
    #[error("this table has a PIN: to change it, give that one too")]
    PinNeeded,
    /// Another PIN than the table's, or one that was tried too soon.
    #[error("this is not the table's PIN; the next try counts in {wait_seconds} seconds")]
    PinWrong {
        /// Until the next try counts.
        wait_seconds: u32,
    },
    /// The kit was made before there were PIN reset codes.
    #[error("this table's kit has no PIN reset code: it was made by an earlier version of the program")]
    NoPinReset,
    /// Not a PIN reset code of any kit.
    #[error(transparent)]
    ResetCode(#[from] wire::NotAPinResetCode),
    /// No PIN takes the table back from signers.
    #[error("this table has no PIN: set one before it is handed to signers")]
    NoPin,
    /// The kit names no endpoint.
    #[error("this kit names no endpoint: carry the signatures by hand")]
    NoEndpoint,
    /// The database does not open with this key.
    #[error("the table's database does not open with the key of this computer")]
    WrongKey,
    /// Written by a newer version; left as it was.
    #[error("the table's database is of a newer version: update this program; nothing was changed")]
    Newer,
    /// Another program has it open.
    #[error("this table is open in another window or program: close that first")]
    InUse,
    /// There is no table in the folder.
    #[error("there is no table here yet: open a kit first")]
    Missing,
    /// The copy that is kept before the schema changes.
    #[error(
        "the copy of the table's database is not whole; nothing was changed: look at the disk, then try again"
    )]
    Copy,
    /// There is a table here already.
    #[error("there is a table here already")]
    Exists,
    /// No room: nothing of what was asked is saved.
    #[error("the disk is full: make room, then try again; everything saved before is safe")]
    DiskFull,
    /// The disk cannot be written or read.
    #[error("the disk fails, or is full: look at it, then try again; everything saved before is safe")]
    Disk,
    /// The folder's file system has no locks, or no memory that programs share.
    #[error(
        "the folder is on a drive that lacks what a database needs, such as a network drive or some sticks: use a folder on this computer's own disk; nothing was changed"
    )]
    FileSystem,
    /// The file cannot be written.
    #[error("the table's database cannot be written; everything saved before is safe")]
    ReadOnly,
    /// The database, otherwise.
    #[error("the table's database cannot be read or written")]
    Storage(#[source] rusqlite::Error),
    /// The database holds what this version did not write.
    #[error("the table's database is damaged")]
    Damaged,
    /// Entries whose envelopes were erased to make room.
    #[error("these entries were erased here to make room: the organizer has opened them")]
    Erased,
    /// Sealing failed, so nothing was saved.
    #[error("the signature could not be sealed, so it was not saved")]
    Sealing,
    /// A document that was received does not verify.
    #[error("what came from the endpoint is not signed by this campaign")]
    Document(#[from] wire::DocumentError),
    /// A folder or file, by the kind of fault.
    #[error("the folder cannot be read or written: {0}")]
    File(std::io::ErrorKind),
    /// What was written to the stick is not what came back.
    #[error("the stick does not hold what was written to it: try another one")]
    ReadBack,
}

impl TableError {
    /// Stable code for a screen or a script.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Kit(error) => error.code(),
            Self::KitCode(error) => error.code(),
            Self::Fetch(error) => error.code(),
            Self::Petition => "kit/petition",
            Self::NoShift => "table/no-shift",
            Self::ShiftRuns => "table/shift-runs",
            Self::NoPlace => "table/no-place",
            Self::PlaceLong => "table/place-long",
            Self::VolunteerLong => "table/volunteer-long",
            Self::NoPetition => "table/no-petition",
            Self::NoTranslation => "table/no-translation",
            Self::PetitionEnded => "table/petition-ended",
            Self::AllEnded => "table/all-ended",
            Self::UpdateNotSigned => "update/not-signed",
            Self::UpdateOld => "update/old",
            Self::UpdateUnreadable => "update/unreadable",
            Self::RecoveryWord { .. } => "table/recovery-word",
            Self::RecoveryCount { .. } => "table/recovery-count",
            Self::RecoveryChecksum => "table/recovery-checksum",
            Self::RecoveryOther => "table/recovery-other",
            Self::NoSheet => "table/no-sheet",
            Self::SheetOpen => "table/sheet-open",
            Self::SheetKnown => "table/sheet-known",
            Self::SheetNumber => "table/sheet-number",
            Self::SheetDay => "table/sheet-day",
            Self::LineNumber => "table/line-number",
            Self::NoLine => "table/no-line",
            Self::LineUnready { .. } => "table/line-unready",
            Self::Picture(error) => error.code(),
            Self::NoPicture => "table/no-picture",
            Self::PicturesMany => "table/pictures-many",
            Self::SheetDiffers { .. } => "table/sheet-differs",
            Self::NoSuchPlace => "table/no-such-place",
            Self::ExplanationLong => "table/explanation-long",
            Self::SealLong => "table/seal-long",
            Self::Paused => "table/paused",
            Self::NotPaused => "table/not-paused",
            Self::TwoNames => "table/two-names",
            Self::PracticeOpen => "table/practice-open",
            Self::SumsDiffer { .. } => "table/sums-differ",
            Self::NoReport => "table/no-report",
            Self::SignatureId => "table/signature-id",
            Self::SignatureIdTaken => "table/signature-id-taken",
            Self::Label => "table/label",
            Self::PinShape => "table/pin-shape",
            Self::PinOneDigit => "table/pin-one-digit",
            Self::PinRun => "table/pin-run",
            Self::PinRepeats => "table/pin-repeats",
            Self::PinNeeded => "table/pin-needed",
            Self::PinWrong { .. } => "table/pin-wrong",
            Self::NoPinReset => "table/no-pin-reset",
            Self::ResetCode(_) => "table/reset-code",
            Self::NoPin => "table/no-pin",
            Self::NoEndpoint => "table/no-endpoint",
            Self::WrongKey => "table/wrong-key",
            Self::Newer => "table/newer",
            Self::InUse => "table/in-use",
            Self::Missing => "table/missing",
            Self::Copy => "table/copy",
            Self::Exists => "table/exists",
            Self::DiskFull => "table/disk-full",
            Self::Disk => "table/disk",
            Self::FileSystem => "table/file-system",
            Self::ReadOnly => "table/read-only",
            Self::Storage(_) => "table/storage",
            Self::Damaged => "table/damaged",
            Self::Erased => "table/erased",
            Self::Sealing => "table/sealing",
            Self::Document(_) => "table/document",
            Self::File(_) => "table/file",
            Self::ReadBack => "table/read-back",
        }
    }
}

fn sum_name(sum: petition::Sum) -> &'static str {
    match sum {
        petition::Sum::Visits => "visits",
        petition::Sum::Signatures => "signatures",
        petition::Sum::Sheets => "sheets",
        petition::Sum::Lines => "lines",
    }
}
