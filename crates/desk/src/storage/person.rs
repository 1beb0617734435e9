//! Whose signatures are settled together.

use uuid::Uuid;

/// Who signed a petition, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Person {
    /// The one of all signatures of a petition with this key.
    Known { petition: Uuid, exact_key: [u8; 32] },
    /// Whoever signed this one.
    Unknown { signature: Uuid },
}
