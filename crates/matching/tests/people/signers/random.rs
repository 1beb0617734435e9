//! Chance that is the same every time: a seed gives the same signers on every computer.

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// Any number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// True in so many of a thousand cases.
    pub(crate) fn permille(&mut self, often: usize) -> bool {
        self.below(1000) < often
    }

    /// One of them, all as often.
    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// A place in a list whose beginning is commoner than its end, as given names are.
    pub(crate) fn common(&mut self, end: usize) -> usize {
        let (one, other) = (self.below(end), self.below(end));
        one.min(other)
    }

    /// A place in a list whose beginning is far commoner than its end.
    pub(crate) fn rank(&mut self, end: usize) -> usize {
        let (one, other) = (self.below(end), self.below(end));
        let third = self.below(end);
        one * other / end.max(1) * (third + end / 4) / (end + end / 4).max(1)
    }
}
