//! Whether a sealed kit is kept, and who is given it: pure (`docs/protocol.md` §8.9).

use wire::ClaimId;

/// A campaign has so many deposits at most, and so many bytes in them.
const MOST: u64 = 1_000;
const MOST_BYTES: u64 = 32 << 20;

/// So long after its date a deposit is told as one that is over; then it is forgotten. In seconds.
pub const FORGOTTEN: i64 = 30 * 24 * 60 * 60;

/// Whether a campaign with so many deposits, and bytes in them, may have one more of so many bytes.
pub fn has_room(deposits: u64, bytes: u64, more: u64) -> bool {
    deposits < MOST && bytes + more <= MOST_BYTES
}

/// What is stored of a deposit.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// Its kit is revoked.
    pub is_revoked: bool,
    /// Who has it.
    pub claim: Option<ClaimId>,
    /// Its date, Unix seconds.
    pub until: i64,
}

/// What comes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is given to its first claimer.
    First,
    /// It is given to its claimer again.
    Again,
    /// Its kit is revoked.
    Revoked,
    /// Somebody else has it.
    Claimed,
    /// Its date is over.
    Expired,
}

/// Decides on a claim, at a time in Unix seconds.
pub fn decide(stored: &Stored, claim: ClaimId, now: i64) -> Decision {
    match stored.claim {
        _ if stored.is_revoked => Decision::Revoked,
        Some(first) if first != claim => Decision::Claimed,
        _ if stored.until <= now => Decision::Expired,
        Some(_) => Decision::Again,
        None => Decision::First,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: ClaimId = ClaimId([1; 16]);
    const TWO: ClaimId = ClaimId([2; 16]);

    #[track_caller]
    fn check(is_revoked: bool, claim: Option<ClaimId>, until: i64, decision: Decision) {
        assert_eq!(decide(&Stored { is_revoked, claim, until }, ONE, 100), decision);
    }

    #[test]
    fn the_first_has_it_and_each_other_is_told_why_not() {
        check(false, None, 101, Decision::First);
        check(false, Some(ONE), 101, Decision::Again);
        check(false, Some(TWO), 101, Decision::Claimed);
        check(false, Some(TWO), 100, Decision::Claimed);
        check(false, None, 100, Decision::Expired);
        check(false, Some(ONE), 100, Decision::Expired);
        for claim in [None, Some(ONE), Some(TWO)] {
            check(true, claim, 100, Decision::Revoked);
            check(true, claim, 101, Decision::Revoked);
        }
    }

    #[test]
    fn there_is_room_up_to_each_of_the_two_bounds() {
        assert!(has_room(999, (32 << 20) - 1, 1));
        assert!(!has_room(1_000, 0, 1));
        assert!(!has_room(0, 32 << 20, 1));
    }
}
