//! Two signatures, and how likely they are one person's.

/// Two signatures that may be one person's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair<Id> {
    /// The smaller of the two.
    pub one: Id,
    /// The greater.
    pub other: Id,
    /// How likely they are of one person, from 0 to 1.
    pub probability: f32,
}
