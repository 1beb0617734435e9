//! Receipts: an endpoint's word on a checkpoint.

use crate::{Checkpoint, KeyKind, NoteError, SignatureLine, SigningKey, VerifierKey};

/// An endpoint's word that it holds a log up to a checkpoint (C2SP tlog-cosignature, `cosignature/v1`).
///
/// There is no way to make one but to verify it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    line: String,
    time: u64,
    size: u64,
}

impl Receipt {
    /// Verifies a receipt line on a checkpoint.
    pub fn verify(line: &str, checkpoint: &Checkpoint, endpoint: &VerifierKey) -> Result<Self, ReceiptError> {
        let parsed: SignatureLine = line.trim_end_matches('\n').parse()?;
        if endpoint.kind() != KeyKind::Cosigner || !parsed.is_by(endpoint) {
            return Err(ReceiptError::OtherEndpoint);
        }
        let (time, signature) = parsed.signature.split_first_chunk::<8>().ok_or(ReceiptError::Shape)?;
        let time = u64::from_be_bytes(*time);
        let signature = signature.try_into().map_err(|_| ReceiptError::Shape)?;
        if !endpoint.accepts(&message(checkpoint, time), signature) {
            return Err(ReceiptError::BadSignature);
        }
        Ok(Self { line: parsed.to_string(), time, size: checkpoint.size })
    }

    /// The line, as it was received.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// When the endpoint says that it cosigned, Unix seconds.
    pub fn time(&self) -> u64 {
        self.time
    }

    /// How many entries it covers.
    pub fn size(&self) -> u64 {
        self.size
    }
}

/// Cosigns a checkpoint at a time (Unix seconds): the receipt line, without a newline.
pub fn cosign(checkpoint: &Checkpoint, endpoint: &SigningKey, time: u64) -> String {
    let mut bytes = time.to_be_bytes().to_vec();
    bytes.extend_from_slice(&endpoint.sign(&message(checkpoint, time)));
    SignatureLine::new(endpoint.verifier(), bytes).to_string()
}

fn message(checkpoint: &Checkpoint, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{}", checkpoint.text()).into_bytes()
}

/// Why a receipt is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not a cosignature line.
    #[error("not a receipt")]
    Shape,
    /// Signed by another key than the kit's endpoint.
    #[error("the receipt is not from this campaign's endpoint")]
    OtherEndpoint,
    /// It does not cover this checkpoint.
    #[error("the receipt does not cover this checkpoint")]
    BadSignature,
    /// The line itself.
    #[error(transparent)]
    Line(#[from] NoteError),
}
