//! How many are valid, as it is told.

use matching::Estimate;
use serde::Serialize;
use ts_rs::TS;

/// Of twenty such intervals nineteen hold the truth.
pub(super) const CONFIDENCE: f64 = 0.95;

/// How many are valid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct ValidEstimate {
    /// The likeliest number.
    pub valid: f64,
    /// Nineteen times in twenty there are not fewer.
    pub low: f64,
    /// Nor more.
    pub high: f64,
    /// How likely there are as many as are required, from 0 to 1.
    pub enough: f64,
}

impl From<Estimate> for ValidEstimate {
    fn from(estimate: Estimate) -> Self {
        let Estimate { valid, low, high, enough } = estimate;
        Self { valid, low, high, enough }
    }
}
