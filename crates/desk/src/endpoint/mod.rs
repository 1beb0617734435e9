//! What the desk says to the endpoint, and what it fetches there.

mod codes;
mod pull;
mod tally;
mod telling;
mod token;
mod update;

pub use pull::{EndedEarly, PullProgress, PullReport};
pub use telling::find_endpoint;
pub use update::Unpublished;
