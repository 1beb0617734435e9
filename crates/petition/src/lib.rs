//! What a petition is, and the rules by which a person signs it.
//!
//! A [`Petition`] is parsed from its Markdown source. What a person types is a [`Draft`]; [`Draft::validate`]
//! says everything that is wrong with it at once, and [`Draft::sign`] turns it into a [`Signature`], whose
//! bytes ([`Signature::to_cbor`]) are what gets sealed. The [`Goal`] ladder, the count on display and the
//! order of recommendation are here too.
//!
//! Pure: nothing here reads a file, a clock or a source of randomness. Time and random bytes are passed in.

mod address;
mod block;
mod body;
mod characters;
mod draft;
mod email;
mod examine;
mod footnotes;
mod forecast;
mod front_matter;
mod goal;
mod ink;
mod language;
mod linker;
mod mend;
mod mended;
mod name;
mod note;
mod petition_text;
mod phone;
mod picture;
mod postal_code;
mod recommend;
mod section;
mod signature;
mod signature_cbor;
mod source_problem;
mod text;
mod validate;
mod withdrawal;

pub use address::country_codes;
pub use block::{Block, Inline, Reference};
pub use body::SourceNote;
pub use draft::{Asked, Choice, Draft, Field, Ink, Point, Problem, ProblemCode, Severity};
pub use forecast::{Forecast, forecast};
pub use goal::{Goal, display_count};
pub use ink::{INK_MAX_BYTES, InkError};
pub use mended::Mended;
pub use note::{
    Check, Checks, Closing, EventKind, Explained, LineSums, LogPlace, Note, NoteAbout, Opening, PicturePiece,
    SEAL_MAX_BYTES, SheetCounts, SheetNote, ShiftEvent, SignatureSums, Strike, StrikeReason, Sum, VisitSums,
    WORDS_MAX_BYTES,
};
pub use petition_text::PetitionText;
pub use phone::is_e164;
pub use picture::{
    GreyPixels, PICTURE_FILE_MAX_BYTES, PICTURE_MAX_BYTES, Picture, PictureError, grey_pixels,
};
pub use recommend::recommend;
pub use section::texts_of;
pub use signature::{Address, Consents, Facts, Method, PaperLine, Shift, Signature};
pub use signature_cbor::{CONTENT_MAX_BYTES, SignatureError};
pub use source_problem::{SourceProblem, SourceProblemKind};
pub use text::{Petition, SOURCE_MAX_BYTES};
pub use validate::{PLACE_MAX_BYTES, VOLUNTEER_MAX_BYTES};
pub use withdrawal::{WithdrawalCode, WithdrawalCodeError};

/// The sample petition that comes with the product, as source.
pub const SAMPLE: &str = include_str!("../samples/palantir-ice.md");
