//! The endpoint against `docs/protocol.md` §8: a model of it, and its vectors.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests, one of which says its figures")]

mod by_hand;
mod exchanges;
mod model;
mod vectors;
