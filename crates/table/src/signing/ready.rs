//! What saving a signature needs and can be had while its person still types.

use sealing::Sealer;

use super::marks::Marker;

/// The key of one envelope, and what an id becomes a mark by. Wiped when dropped; has no `Debug`.
pub(crate) struct Ready {
    pub(super) sealer: Sealer,
    pub(super) marker: Marker,
}
