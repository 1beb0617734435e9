//! Whether a signer is on a roll: a list of those whose signatures count, of voters, members or residents.
//!
//! What may differ is the target's rule ([`Tolerance`]), after WAC 434-379-012 of Washington: a nickname, an initial or a middle name never
//! voids; another family name or another address may not.

mod keys;
mod look_up;

pub use keys::{roll_keys, search_keys};
pub use look_up::{Difference, LookUp, LookedUp, Tolerance, look_up};
