//! The bytes of a signature: deterministic CBOR (docs/protocol.md §5; RFC 8949 §4.2.1).

use minicbor::data::Type;
use minicbor::encode::{self, Write};
use minicbor::{Decoder, Encoder, decode};
use thiserror::Error;
use unicode_normalization::is_nfc;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::contact::is_e164;
use crate::draft::Ink;
use crate::language::is_language_tag;
use crate::signature::{Address, Consents, Method, PaperLine, Shift, Signature};

/// The most bytes that the content of an envelope may have: the largest plaintext less its length.
pub const CONTENT_MAX_BYTES: usize = 8190;

/// The only format so far.
const FORMAT: u64 = 1;

/// Why bytes are no signature, or a signature cannot become bytes. It never holds what the signature says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// Not CBOR, cut short, or another type than a key has.
    #[error("this is not the CBOR of a signature, or it is cut short")]
    Malformed,
    /// A format that this version does not know.
    #[error("format {0} of a signature is not known here")]
    UnknownFormat(u64),
    /// A key that no signature has.
    #[error("key {0} of a signature is not known")]
    UnknownKey(u64),
    /// Keys out of order, or one twice.
    #[error("key {0} of a signature is out of order")]
    KeyOrder(u64),
    /// A key that every signature has.
    #[error("key {0} of a signature is missing")]
    MissingKey(u64),
    /// Bytes after the end.
    #[error("there are bytes after the signature")]
    TrailingBytes,
    /// Another encoding of the same values than the one that is written.
    #[error("this is not the deterministic encoding of a signature")]
    NotDeterministic,
    /// A value that its key cannot have.
    #[error("the value of key {0} of a signature cannot be")]
    Value(u64),
    /// More than [`CONTENT_MAX_BYTES`].
    #[error("the signature is too long to be sealed")]
    TooLong,
}

impl SignatureError {
    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            SignatureError::Malformed => "signature/malformed",
            SignatureError::UnknownFormat(_) => "signature/unknown-format",
            SignatureError::UnknownKey(_) => "signature/unknown-key",
            SignatureError::KeyOrder(_) => "signature/key-order",
            SignatureError::MissingKey(_) => "signature/missing-key",
            SignatureError::TrailingBytes => "signature/trailing-bytes",
            SignatureError::NotDeterministic => "signature/not-deterministic",
            SignatureError::Value(_) => "signature/value",
            SignatureError::TooLong => "signature/too-long",
        }
    }
}

impl From<decode::Error> for SignatureError {
    fn from(_: decode::Error) -> SignatureError {
        SignatureError::Malformed
    }
}

impl<E> From<encode::Error<E>> for SignatureError {
    fn from(_: encode::Error<E>) -> SignatureError {
        SignatureError::TooLong
    }
}

impl Signature {
    /// The content to seal, at most [`CONTENT_MAX_BYTES`]: the one encoding that [`Signature::from_cbor`] takes.
    ///
    /// # Errors
    /// [`SignatureError::Value`] or [`SignatureError::TooLong`]; never for what
    /// [`Draft::sign`](crate::Draft::sign) gave.
    pub fn to_cbor(&self) -> Result<Zeroizing<Vec<u8>>, SignatureError> {
        self.check()?;
        // Room for all of it, so that growing leaves no copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(CONTENT_MAX_BYTES));
        self.write(&mut Encoder::new(&mut *bytes))?;
        if bytes.len() > CONTENT_MAX_BYTES { Err(SignatureError::TooLong) } else { Ok(bytes) }
    }

    /// The signature in `bytes`.
    ///
    /// # Errors
    /// [`SignatureError`] for anything that [`Signature::to_cbor`] would not have written.
    pub fn from_cbor(bytes: &[u8]) -> Result<Signature, SignatureError> {
        if bytes.len() > CONTENT_MAX_BYTES {
            return Err(SignatureError::TooLong);
        }
        let mut decoder = Decoder::new(bytes);
        let signature = read(&mut decoder)?;
        if decoder.position() < bytes.len() {
            return Err(SignatureError::TrailingBytes);
        }
        if signature.to_cbor()?.as_slice() == bytes {
            Ok(signature)
        } else {
            Err(SignatureError::NotDeterministic)
        }
    }

    /// Whether every value is one that its key can have.
    fn check(&self) -> Result<(), SignatureError> {
        let given = |text: &Option<String>| text.as_ref().is_none_or(|text| !text.is_empty());
        let Address { country, postal_code, city, region, street } = &self.address;
        let alpha_2 =
            |country: &String| country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        let checks = [
            (4, self.signed_at.is_multiple_of(60)),
            (5, is_language_tag(&self.language)),
            (7, !self.full_name.is_empty() && is_nfc(&self.full_name)),
            (8, given(&self.email)),
            (9, self.phone.as_deref().is_none_or(is_e164)),
            (
                10,
                country.as_ref().is_none_or(alpha_2)
                    && [postal_code, city, region, street].into_iter().all(given),
            ),
            (11, given(&self.comment)),
            (13, self.ink.as_ref().is_none_or(|ink| ink.to_bytes().is_ok())),
            (18, given(&self.typed_signature) && (self.typed_signature.is_none() || self.ink.is_none())),
        ];
        match checks.into_iter().find(|(_, good)| !good) {
            Some((key, _)) => Err(SignatureError::Value(key)),
            None => Ok(()),
        }
    }

    /// Writes the map, keys in order.
    fn write<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), encode::Error<W::Error>> {
        let ink = self.ink.as_ref().and_then(|ink| ink.to_bytes().ok());
        let optional = [
            self.email.is_some(),
            self.phone.is_some(),
            !self.address.is_empty(),
            self.comment.is_some(),
            self.of_age.is_some(),
            ink.is_some(),
            self.shift.is_some(),
            self.withdrawal_code.is_some(),
            self.paper.is_some(),
            self.typed_signature.is_some(),
        ];
        e.map(9 + count(&optional))?;
        e.u8(0)?.u64(FORMAT)?;
        e.u8(1)?.bytes(self.id.as_bytes())?;
        e.u8(2)?.bytes(self.petition.as_bytes())?;
        e.u8(3)?.bytes(&self.text_hash)?;
        e.u8(4)?.u64(self.signed_at)?;
        e.u8(5)?.str(&self.language)?;
        e.u8(6)?.u8(match self.method {
            Method::Kiosk => 0,
            Method::Paper => 1,
        })?;
        e.u8(7)?.str(&self.full_name)?;
        write_text(e, 8, self.email.as_deref())?;
        write_text(e, 9, self.phone.as_deref())?;
        if !self.address.is_empty() {
            let Address { country, postal_code, city, region, street } = &self.address;
            e.u8(10)?;
            write_texts(e, &[country, postal_code, city, region, street].map(Option::as_deref))?;
        }
        write_text(e, 11, self.comment.as_deref())?;
        if let Some(of_age) = self.of_age {
            e.u8(12)?.bool(of_age)?;
        }
        if let Some(ink) = ink {
            e.u8(13)?.bytes(&ink)?;
        }
        let Consents { public_display, updates, sharing } = self.consents;
        e.u8(14)?.map(3)?.u8(0)?.bool(public_display)?.u8(1)?.bool(updates)?.u8(2)?.bool(sharing)?;
        if let Some(shift) = &self.shift {
            let texts = [&shift.place, &shift.volunteer];
            e.u8(15)?.map(1 + count(&texts.map(|text| !text.is_empty())))?;
            e.u8(0)?.bytes(shift.id.as_bytes())?;
            for (key, text) in (1..).zip(texts) {
                write_text(e, key, Some(text.as_str()).filter(|text| !text.is_empty()))?;
            }
        }
        write_text(e, 16, self.withdrawal_code.as_ref().map(|code| code.as_str()))?;
        if let Some(PaperLine { sheet, line }) = self.paper {
            e.u8(17)?.map(2)?.u8(0)?.u32(sheet)?.u8(1)?.u32(line)?;
        }
        write_text(e, 18, self.typed_signature.as_deref())
    }
}

/// How many of them are there.
fn count(there: &[bool]) -> u64 {
    there.iter().map(|there| u64::from(*there)).sum()
}

/// Writes a key with its text, where there is one.
fn write_text<W: Write>(
    e: &mut Encoder<W>,
    key: u8,
    text: Option<&str>,
) -> Result<(), encode::Error<W::Error>> {
    if let Some(text) = text {
        e.u8(key)?.str(text)?;
    }
    Ok(())
}

/// Writes a map of those texts that are there, with their places as keys.
fn write_texts<W: Write>(e: &mut Encoder<W>, texts: &[Option<&str>]) -> Result<(), encode::Error<W::Error>> {
    e.map(texts.iter().flatten().count() as u64)?;
    for (key, text) in (0..).zip(texts) {
        write_text(e, key, *text)?;
    }
    Ok(())
}

/// Reads the map of a signature.
fn read(d: &mut Decoder<'_>) -> Result<Signature, SignatureError> {
    let mut signature = Signature {
        id: Uuid::nil(),
        petition: Uuid::nil(),
        text_hash: [0; 32],
        signed_at: 0,
        language: String::new(),
        method: Method::Kiosk,
        full_name: String::new(),
        email: None,
        phone: None,
        address: Address::default(),
        comment: None,
        of_age: None,
        ink: None,
        typed_signature: None,
        consents: Consents::default(),
        shift: None,
        withdrawal_code: None,
        paper: None,
    };
    let needed = [0, 1, 2, 3, 4, 5, 6, 7, 14];
    read_map(d, &needed, |d, key| {
        match key {
            0 => match d.u64()? {
                FORMAT => {}
                format => return Err(SignatureError::UnknownFormat(format)),
            },
            1 => signature.id = read_id(d, key)?,
            2 => signature.petition = read_id(d, key)?,
            3 => signature.text_hash = d.bytes()?.try_into().map_err(|_| SignatureError::Value(key))?,
            4 => signature.signed_at = d.u64()?,
            5 => signature.language = d.str()?.to_owned(),
            6 => {
                signature.method = match d.u64()? {
                    0 => Method::Kiosk,
                    1 => Method::Paper,
                    _ => return Err(SignatureError::Value(key)),
                }
            }
            7 => signature.full_name = d.str()?.to_owned(),
            8 => signature.email = Some(d.str()?.to_owned()),
            9 => signature.phone = Some(d.str()?.to_owned()),
            10 => signature.address = read_address(d)?,
            11 => signature.comment = Some(d.str()?.to_owned()),
            12 => signature.of_age = Some(d.bool()?),
            13 => signature.ink = Some(Ink::from_bytes(d.bytes()?).map_err(|_| SignatureError::Value(key))?),
            14 => signature.consents = read_consents(d)?,
            15 => signature.shift = Some(read_shift(d)?),
            16 => {
                // A code written otherwise than it is printed is caught when the whole is written again.
                signature.withdrawal_code = Some(d.str()?.parse().map_err(|_| SignatureError::Value(key))?);
            }
            17 => signature.paper = Some(read_paper(d)?),
            18 => signature.typed_signature = Some(d.str()?.to_owned()),
            _ => return Err(SignatureError::UnknownKey(key)),
        }
        Ok(())
    })?;
    Ok(signature)
}

/// Reads a map with uint keys in order, of which `needed` must be there.
fn read_map<'b>(
    d: &mut Decoder<'b>,
    needed: &[u64],
    mut entry: impl FnMut(&mut Decoder<'b>, u64) -> Result<(), SignatureError>,
) -> Result<(), SignatureError> {
    if d.datatype()? == Type::MapIndef {
        return Err(SignatureError::NotDeterministic);
    }
    let entries = d.map()?.ok_or(SignatureError::NotDeterministic)?;
    let mut needed = needed.iter().peekable();
    let mut last = None;
    for _ in 0..entries {
        let key = d.u64()?;
        if last.is_some_and(|last| key <= last) {
            return Err(SignatureError::KeyOrder(key));
        }
        last = Some(key);
        match needed.peek() {
            Some(next) if **next == key => _ = needed.next(),
            Some(next) if **next < key => return Err(SignatureError::MissingKey(**next)),
            _ => {}
        }
        entry(d, key)?;
    }
    match needed.next() {
        Some(key) => Err(SignatureError::MissingKey(*key)),
        None => Ok(()),
    }
}

/// Reads an id of 16 bytes.
fn read_id(d: &mut Decoder<'_>, key: u64) -> Result<Uuid, SignatureError> {
    Uuid::from_slice(d.bytes()?).map_err(|_| SignatureError::Value(key))
}

/// Reads key 10.
fn read_address(d: &mut Decoder<'_>) -> Result<Address, SignatureError> {
    let mut address = Address::default();
    read_map(d, &[], |d, key| {
        let part = match key {
            0 => &mut address.country,
            1 => &mut address.postal_code,
            2 => &mut address.city,
            3 => &mut address.region,
            4 => &mut address.street,
            _ => return Err(SignatureError::UnknownKey(key)),
        };
        *part = Some(d.str()?.to_owned());
        Ok(())
    })?;
    Ok(address)
}

/// Reads key 14: all three are there, chosen or not.
fn read_consents(d: &mut Decoder<'_>) -> Result<Consents, SignatureError> {
    let mut consents = Consents::default();
    read_map(d, &[0, 1, 2], |d, key| {
        let consent = match key {
            0 => &mut consents.public_display,
            1 => &mut consents.updates,
            2 => &mut consents.sharing,
            _ => return Err(SignatureError::UnknownKey(key)),
        };
        *consent = d.bool()?;
        Ok(())
    })?;
    Ok(consents)
}

/// Reads key 15.
fn read_shift(d: &mut Decoder<'_>) -> Result<Shift, SignatureError> {
    let mut shift = Shift { id: Uuid::nil(), place: String::new(), volunteer: String::new() };
    read_map(d, &[0], |d, key| {
        match key {
            0 => shift.id = read_id(d, 15)?,
            1 => shift.place = d.str()?.to_owned(),
            2 => shift.volunteer = d.str()?.to_owned(),
            _ => return Err(SignatureError::UnknownKey(key)),
        }
        Ok(())
    })?;
    Ok(shift)
}

/// Reads key 17.
fn read_paper(d: &mut Decoder<'_>) -> Result<PaperLine, SignatureError> {
    let mut paper = PaperLine { sheet: 0, line: 0 };
    read_map(d, &[0, 1], |d, key| {
        match key {
            0 => paper.sheet = d.u32()?,
            1 => paper.line = d.u32()?,
            _ => return Err(SignatureError::UnknownKey(key)),
        }
        Ok(())
    })?;
    Ok(paper)
}
