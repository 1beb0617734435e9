//! How fast a table, and a campaign, may post: a bucket of tokens each, in memory.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

use proof::{CampaignId, Origin};
use uuid::Uuid;
use wire::ProblemCode;

use crate::problem::Refusal;

/// Batches a second, and as many at once as three seconds bring.
const PER_TABLE: f64 = 50.0;
const PER_CAMPAIGN: f64 = 500.0;
const BURST_SECONDS: f64 = 3.0;
/// Buckets that are full are forgotten when there are more than this many.
const MANY: usize = 10_000;

#[derive(Default)]
pub(crate) struct Limits {
    buckets: Mutex<AllBuckets>,
}

#[derive(Default)]
struct AllBuckets {
    tables: Buckets<(CampaignId, Uuid)>,
    campaigns: Buckets<CampaignId>,
}

struct Buckets<K>(HashMap<K, Bucket>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

struct Bucket {
    tokens: f64,
    at: f64,
}

impl Limits {
    /// Takes a post at a time (seconds of a clock that does not go back), or says when to come again.
    pub(crate) fn take(&self, origin: &Origin, at: f64) -> Result<(), Refusal> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let AllBuckets { tables, campaigns } = &mut *buckets;
        let free = tables.take((origin.campaign, origin.table), PER_TABLE, at)
            && campaigns.take(origin.campaign, PER_CAMPAIGN, at);
        if free { Ok(()) } else { Err(Refusal::later(ProblemCode::SlowDown, "too many batches at once", 1)) }
    }
}

impl<K: Eq + Hash> Buckets<K> {
    fn take(&mut self, key: K, rate: f64, at: f64) -> bool {
        let most = rate * BURST_SECONDS;
        if self.0.len() > MANY {
            self.0.retain(|_, bucket| bucket.tokens + (at - bucket.at) * rate < most);
        }
        let bucket = self.0.entry(key).or_insert(Bucket { tokens: most, at });
        bucket.tokens = (bucket.tokens + (at - bucket.at).max(0.0) * rate).min(most);
        bucket.at = at;
        if bucket.tokens < 1.0 {
            return false;
        }
        bucket.tokens -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_table_that_hammers_waits_and_its_neighbour_does_not() {
        let origin = |table| Origin {
            campaign: "00112233445566778899aabbccddeeff".parse().unwrap(),
            table: Uuid::from_u128(table),
            generation: 1,
        };
        let limits = Limits::default();
        let taken = (0..1_000).filter(|_| limits.take(&origin(1), 10.0).is_ok()).count();
        assert_eq!(taken, 150);
        assert!(limits.take(&origin(2), 10.0).is_ok());
        assert!(limits.take(&origin(1), 10.5).is_ok());
    }
}
