//! Signed notes (C2SP signed-note).

use std::{fmt, str::FromStr};

use data_encoding::BASE64;

use crate::{
    SigningKey, VerifierKey,
    key::{KeyKind, is_key_name},
};

/// A note: a text and its signature lines (C2SP signed-note).
///
/// Printing gives back the very bytes that were parsed. Parsing checks no signature: [`Note::verify`] does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

/// One signature line: whose, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    pub(crate) name: String,
    pub(crate) id: [u8; 4],
    pub(crate) signature: Vec<u8>,
}

impl Note {
    /// At most this many signature lines.
    pub const MAX_SIGNATURES: usize = 16;
    /// At most this many bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// A note with no signature yet. The text ends with a newline and has no other control character.
    pub fn new(text: impl Into<String>) -> Result<Self, NoteError> {
        let text = text.into();
        check_text(&text)?;
        Ok(Self { text, signatures: Vec::new() })
    }

    /// Adds the signature of a note-signing key.
    #[must_use]
    pub fn signed(mut self, key: &SigningKey) -> Self {
        let signature = key.sign(self.text.as_bytes());
        self.signatures.push(SignatureLine::new(key.verifier(), signature.to_vec()));
        self
    }

    /// The text, with its last newline. Worth nothing before [`Note::verify`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Checks that `key` signed this text.
    ///
    /// Errors: [`NoteError::NotSignedBy`] when no line is of this key; [`NoteError::BadSignature`] when one is and is wrong.
    pub fn verify(&self, key: &VerifierKey) -> Result<(), NoteError> {
        if key.kind() != KeyKind::Signer {
            return Err(NoteError::NotSignedBy);
        }
        let mut found = false;
        for line in self.signatures.iter().filter(|line| line.is_by(key)) {
            let signature = line.signature.as_slice().try_into().map_err(|_| NoteError::BadSignature)?;
            if !key.accepts(self.text.as_bytes(), signature) {
                return Err(NoteError::BadSignature);
            }
            found = true;
        }
        if found { Ok(()) } else { Err(NoteError::NotSignedBy) }
    }

    /// The signature lines, in order.
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        if note.len() > Self::MAX_BYTES {
            return Err(NoteError::TooLarge);
        }
        let split = note.rfind("\n\n").ok_or(NoteError::Shape)?;
        let (text, lines) = (&note[..=split], &note[split + 2..]);
        check_text(text)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Shape)?;
        let signatures = lines.split('\n').map(str::parse).collect::<Result<Vec<_>, _>>()?;
        if signatures.len() > Self::MAX_SIGNATURES {
            return Err(NoteError::TooLarge);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }
}

impl SignatureLine {
    pub(crate) fn new(key: &VerifierKey, signature: Vec<u8>) -> Self {
        Self { name: key.name().to_owned(), id: key.id(), signature }
    }

    pub(crate) fn is_by(&self, key: &VerifierKey) -> bool {
        self.name == key.name() && self.id == key.id()
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.to_vec();
        bytes.extend_from_slice(&self.signature);
        write!(f, "\u{2014} {} {}", self.name, BASE64.encode(&bytes))
    }
}

impl FromStr for SignatureLine {
    type Err = NoteError;

    fn from_str(line: &str) -> Result<Self, NoteError> {
        let rest = line.strip_prefix("\u{2014} ").ok_or(NoteError::Shape)?;
        let (name, bytes) = rest.split_once(' ').ok_or(NoteError::Shape)?;
        let bytes = BASE64.decode(bytes.as_bytes()).map_err(|_| NoteError::Shape)?;
        let (id, signature) = bytes.split_first_chunk::<4>().ok_or(NoteError::Shape)?;
        if !is_key_name(name) || signature.is_empty() {
            return Err(NoteError::Shape);
        }
        Ok(Self { name: name.to_owned(), id: *id, signature: signature.to_vec() })
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if text.len() > Note::MAX_BYTES {
        return Err(NoteError::TooLarge);
    }
    let broken = !text.ends_with('\n') || text.chars().any(|c| c < ' ' && c != '\n');
    if broken { Err(NoteError::Shape) } else { Ok(()) }
}

/// Why a note is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a text, an empty line and signature lines.
    #[error("not a signed note")]
    Shape,
    /// Over 16 signatures or 1 MiB.
    #[error("the note is too large")]
    TooLarge,
    /// The key that is asked for has not signed it.
    #[error("the note is not signed by the expected key")]
    NotSignedBy,
    /// The signature is wrong: the text or the signature was changed.
    #[error("the note's signature is wrong: it was changed")]
    BadSignature,
}
