//! A signature: a valid draft, normalised, with the facts of its signing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::draft::Ink;
use crate::withdrawal::WithdrawalCode;

/// What is sealed (docs/protocol.md §5). What a petition did not ask is not in it.
///
/// It has no `Debug`, so that it cannot reach a log, and it is wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Signature {
    /// Which signature.
    #[zeroize(skip)]
    pub id: Uuid,
    /// The petition signed.
    #[zeroize(skip)]
    pub petition: Uuid,
    /// The hash of the text signed: the original's or a translation's.
    pub text_hash: [u8; 32],
    /// When, Unix seconds, a whole minute.
    pub signed_at: u64,
    /// The language of the screen, BCP 47.
    pub language: String,
    /// The language of the text signed, BCP 47; none of a petition without translations.
    pub text_language: Option<String>,
    /// How it was taken.
    #[zeroize(skip)]
    pub method: Method,
    /// Full name, NFC.
    pub full_name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number, E.164.
    pub phone: Option<String>,
    /// Telephone number as typed, where no number in E.164 can be made of it without a guess. Never beside one.
    pub phone_as_typed: Option<String>,
    /// Parts of an address.
    pub address: Address,
    /// "I'm signing because…".
    pub comment: Option<String>,
    /// Whether the statement of age was made; none where it was not asked.
    pub of_age: Option<bool>,
    /// Handwritten signature.
    pub ink: Option<Ink>,
    /// What was typed in the place of a handwritten signature, NFC. Never beside one.
    pub typed_signature: Option<String>,
    /// What the person allowed.
    pub consents: Consents,
    /// The shift it was taken in.
    pub shift: Option<Shift>,
    /// The code to withdraw it by.
    pub withdrawal_code: Option<WithdrawalCode>,
    /// The line of the paper sheet it was copied from.
    #[zeroize(skip)]
    pub paper: Option<PaperLine>,
}

/// How a signature was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By the person, at a kiosk.
    #[default]
    Kiosk,
    /// On paper, typed in afterwards.
    Paper,
}

/// Parts of an address, each where it was asked and given.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Address {
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State, province, region.
    pub region: Option<String>,
    /// Street and number.
    pub street: Option<String>,
}

impl Address {
    /// Whether no part of it is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Address { country, postal_code, city, region, street } = self;
        [country, postal_code, city, region, street].into_iter().all(Option::is_none)
    }
}

/// What a person allowed beside being counted. Each is false unless chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
pub struct Consents {
    /// The name may be shown publicly.
    pub public_display: bool,
    /// The organisation may send updates.
    pub updates: bool,
    /// The organisation may share the signature with partners.
    pub sharing: bool,
}

/// The shift that a signature was taken in.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(test, derive(Debug))]
pub struct Shift {
    /// Which shift.
    #[zeroize(skip)]
    pub id: Uuid,
    /// Where. At most [`PLACE_MAX_BYTES`](crate::PLACE_MAX_BYTES) are kept when signing.
    pub place: String,
    /// The volunteer's name or initials. At most [`VOLUNTEER_MAX_BYTES`](crate::VOLUNTEER_MAX_BYTES) are kept when
    /// signing.
    pub volunteer: String,
}

/// A line of a paper sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    /// Number of the sheet.
    pub sheet: u32,
    /// Number of the line on it.
    pub line: u32,
}

/// What a table knows of a signing that the person did not type.
#[derive(Clone)]
pub struct Facts {
    /// A fresh id for the signature.
    pub id: Uuid,
    /// Now, Unix seconds; the signature keeps the minute.
    pub signed_at: u64,
    /// How it is taken.
    pub method: Method,
    /// The running shift.
    pub shift: Option<Shift>,
    /// A fresh code, where the person is given one.
    pub withdrawal_code: Option<WithdrawalCode>,
    /// The line of the sheet, where it is on paper.
    pub paper: Option<PaperLine>,
}
