//! Why bytes are no signature.

use minicbor::{decode, encode};
use thiserror::Error;

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
    /// More than [`CONTENT_MAX_BYTES`](crate::CONTENT_MAX_BYTES).
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
