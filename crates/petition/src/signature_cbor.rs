//! The bytes of a signature: deterministic CBOR (docs/protocol.md §5; RFC 8949 §4.2.1).

mod error;
mod format;
mod read;
mod write;

use minicbor::{Decoder, Encoder};
use unicode_normalization::is_nfc;
use zeroize::Zeroizing;

pub use self::error::SignatureError;
use self::{read::read, write::write};
use crate::{
    language::is_language_tag,
    phone::is_e164,
    signature::{Address, Signature},
};

/// The most bytes that the content of an envelope may have: the largest plaintext less its length.
pub const CONTENT_MAX_BYTES: usize = 8190;

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
        write(self, &mut Encoder::new(&mut *bytes))?;
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
            (19, self.text_language.as_deref().is_none_or(is_language_tag)),
            (20, given(&self.phone_as_typed) && (self.phone_as_typed.is_none() || self.phone.is_none())),
        ];
        match checks.into_iter().find(|(_, good)| !good) {
            Some((key, _)) => Err(SignatureError::Value(key)),
            None => Ok(()),
        }
    }
}
