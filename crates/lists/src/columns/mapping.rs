//! Which column holds what, as the organizer confirmed it, and the shape of the files that it is for.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use super::holds::Holds;
use crate::fold::fold;

/// Which column holds what, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// One a column. Of two that hold the same, the first in which anything is written counts.
    pub columns: Vec<Holds>,
    /// Whether it is an export of our own (`docs/csv.md`), in which every cell is guarded against formulas.
    pub is_own: bool,
}

/// The shape of a file: 32 hexadecimal digits, the same for headings that differ in case, accents, spaces and signs alone. A mapping that
/// was confirmed for one file is for all of its shape.
#[must_use]
pub fn shape_of(headings: &[String]) -> String {
    let mut hash = Sha256::new();
    for heading in headings {
        hash.update(fold(heading));
        hash.update([0]);
    }
    hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_that_of_the_headings_in_their_order() {
        let shape = |headings: [&str; 2]| shape_of(&headings.map(str::to_owned));
        assert_eq!(shape(["First Name", "E-Mail"]), shape(["first_name", "email "]));
        assert_ne!(shape(["First Name", "E-Mail"]), shape(["E-Mail", "First Name"]));
        assert_ne!(shape(["ab", "c"]), shape(["a", "bc"]));
    }
}
