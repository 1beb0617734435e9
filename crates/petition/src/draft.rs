//! What a person types, before it is a signature. Lives in memory only.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What a person has typed so far. Every text is as typed: nothing is trimmed, checked or shortened yet.
///
/// It has no `Debug`, so that it cannot reach a log, and it is wiped when dropped.
#[derive(Clone, Default, Serialize, Deserialize, TS, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The id that its signature is to have: a fresh random UUID (version 4) for each form, the same however often the form
    /// is sent. None: whoever signs makes one, and what is sent again is another signature.
    #[zeroize(skip)]
    #[serde(default)]
    pub id: Option<Uuid>,
    /// The petition signed.
    #[zeroize(skip)]
    #[serde(default)]
    pub petition: Uuid,
    /// The text hash of what was on screen, hex: which text is signed, and so that one changed under the reader is noticed.
    /// Empty: the original.
    #[zeroize(skip)]
    #[serde(default)]
    pub text_hash: String,
    /// The language of the screen, BCP 47.
    #[serde(default)]
    pub language: String,
    /// One field for the whole name.
    #[serde(default)]
    pub full_name: String,
    /// As typed; empty means none.
    #[serde(default)]
    pub email: String,
    /// As typed; empty means none.
    #[serde(default)]
    pub phone: String,
    /// ISO 3166-1 alpha-2; empty means none.
    #[serde(default)]
    pub country: String,
    /// As typed; empty means none.
    #[serde(default)]
    pub postal_code: String,
    /// As typed; empty means none.
    #[serde(default)]
    pub city: String,
    /// State, province, region; empty means none.
    #[serde(default)]
    pub region: String,
    /// Street and number; empty means none.
    #[serde(default)]
    pub street: String,
    /// "I'm signing because…"; empty means none.
    #[serde(default)]
    pub comment: String,
    /// The person states that they have the petition's minimum age.
    #[serde(default)]
    pub of_age: bool,
    /// The handwritten signature, if any.
    #[serde(default)]
    pub ink: Option<Ink>,
    /// What was typed in the place of a handwritten signature; empty means none. Strokes win.
    #[serde(default)]
    pub typed_signature: String,
    /// May the name be shown publicly.
    #[serde(default)]
    pub show_publicly: bool,
    /// May the organisation send updates.
    #[serde(default)]
    pub send_updates: bool,
    /// May the organisation share the signature with partners.
    #[serde(default)]
    pub share: bool,
}

/// A handwritten signature: pen strokes in a box.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct Ink {
    /// Width of the box in pixels.
    pub width: u16,
    /// Height of the box in pixels.
    pub height: u16,
    /// Strokes in the order drawn, each a list of points.
    pub strokes: Vec<Vec<Point>>,
}

/// A point of a stroke.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, Zeroize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Pixels from the left.
    pub x: u16,
    /// Pixels from the top.
    pub y: u16,
    /// 0 to 255; 128 where the device knows no pressure.
    pub pressure: u8,
}

/// A field of the form, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Full name: every petition asks for it.
    FullName,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Country.
    Country,
    /// Postal code, ZIP code.
    PostalCode,
    /// City.
    City,
    /// State, province, region.
    Region,
    /// Street and number.
    Street,
    /// "I'm signing because…".
    Comment,
    /// Handwritten signature.
    Ink,
    /// Statement of minimum age.
    OfAge,
}

/// A choice beside the signature, by the name that it has in a [`Draft`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// May the name be shown publicly.
    ShowPublicly,
    /// May the organisation send updates.
    SendUpdates,
    /// May the organisation share the signature with partners.
    Share,
}

impl Choice {
    /// As a source and a draft name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Choice::ShowPublicly => "show_publicly",
            Choice::SendUpdates => "send_updates",
            Choice::Share => "share",
        }
    }
}

/// Whether a petition asks for a field. A field that is not named is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// May be left empty.
    Optional,
    /// Must be given.
    Required,
}

/// One thing about one field that the person should know. The wording is the screen's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// The field it is about.
    pub field: Field,
    /// Which problem.
    pub code: ProblemCode,
    /// An error stops the signing; a warning is said once and may be passed.
    pub severity: Severity,
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Must be mended.
    Error,
    /// Odd but possible.
    Warning,
}

/// Every problem that a draft can have. A screen has words for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// A required field is empty.
    Missing,
    /// Longer than its limit.
    TooLong,
    /// Control characters or bidirectional overrides, which cannot be shown safely.
    ControlCharacters,
    /// A name holds a web address.
    LooksLikeUrl,
    /// An e-mail address was typed as a name: a warning.
    LooksLikeEmail,
    /// A name without a single letter, in any script: a warning.
    NoLetters,
    /// A name of a single letter, or with many marks on one letter: a warning.
    UnusualName,
    /// An e-mail address without its @.
    EmailNoAt,
    /// An e-mail address without what follows the @.
    EmailNoDomain,
    /// An e-mail address whose shape cannot be.
    EmailShape,
    /// A telephone number that is not known to be one, of any country or of the country chosen: a warning.
    PhoneShape,
    /// A telephone number without a country, neither a + nor a country chosen: a warning.
    PhoneNoCountry,
    /// Not an ISO 3166-1 alpha-2 code.
    UnknownCountry,
    /// Not the usual shape for the country: a warning.
    PostalCodeShape,
    /// The statement of age is needed and not made.
    AgeNotStated,
    /// More strokes than the signature may hold.
    InkTooLarge,
    /// A stroke outside its box, or an empty one.
    InkShape,
    /// The petition's text is not the one that was on screen.
    TextChanged,
}
