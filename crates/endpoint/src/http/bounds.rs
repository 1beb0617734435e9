//! What callers may use of an endpoint, and how long they may take.

use std::time::Duration;

use tokio::time::Instant;

/// What callers may use of an endpoint, and how long they may take.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Connections at once. When there are as many, the one that has been idle the longest is closed for the newest.
    pub connections: usize,
    /// Bytes of memory for bodies and answers at once, beside the small ones (64 KiB for each connection).
    pub memory: usize,
    /// Campaigns that nobody has named (`Options::allow`).
    pub campaigns: u64,
    /// A large body that has not begun waits so long for memory before it is told to come again.
    pub room: Duration,
    /// A connection may be idle, and the head of a request may take, so long.
    pub idle: Duration,
    /// So long may pass without a byte of a body or of an answer.
    pub stall: Duration,
    /// Bytes a second of a whole body or answer, once a first stall has passed.
    pub slowest: u64,
    /// What runs when the endpoint is told to end has so long.
    pub drain: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 2_048,
            memory: 96 << 20,
            campaigns: 1_000,
            room: Duration::from_secs(10),
            idle: Duration::from_secs(15),
            stall: Duration::from_secs(30),
            slowest: 512,
            drain: Duration::from_secs(8),
        }
    }
}

/// How long something that moves bytes may still take: a lowest rate. A rate limit (`governor`) is a highest one.
pub(crate) struct Pace {
    begun: Instant,
    last: Instant,
    moved: u64,
    stall: Duration,
    slowest: u64,
}

impl Pace {
    pub(crate) fn new(bounds: &Bounds, now: Instant) -> Self {
        Self { begun: now, last: now, moved: 0, stall: bounds.stall, slowest: bounds.slowest.max(1) }
    }

    /// So many bytes have moved by now.
    pub(crate) fn moved(&mut self, bytes: usize, now: Instant) {
        if bytes > 0 {
            self.moved += bytes as u64;
            self.last = now;
        }
    }

    /// When it is over, if no byte moves until then.
    pub(crate) fn deadline(&self) -> Instant {
        let earned = Duration::from_secs(self.moved / self.slowest);
        (self.last + self.stall).min(self.begun + self.stall + earned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trickle_lasts_a_stall_and_what_it_has_earned() {
        let begun = Instant::now();
        let after = |seconds| begun + Duration::from_secs(seconds);
        let mut pace = Pace::new(&Bounds::default(), begun);
        assert_eq!(pace.deadline(), after(30));
        pace.moved(0, after(20));
        assert_eq!(pace.deadline(), after(30), "nothing has moved");
        pace.moved(1, after(20));
        assert_eq!(pace.deadline(), after(30), "a byte now and then is too slow");
        pace.moved(5 * 512, after(20));
        assert_eq!(pace.deadline(), after(35));
        pace.moved(1 << 20, after(20));
        assert_eq!(pace.deadline(), after(50), "it stalls");
    }
}
