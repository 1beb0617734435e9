//! The kit that a table works by, and setting a table up from one.

pub(crate) mod contents;
mod fetch;
mod fetch_error;
pub(crate) mod news;
mod picture;
mod set_up;
mod time;
mod update;

pub use contents::KitAbout;
pub use fetch::{fetch_kit, forget_claims};
pub use fetch_error::FetchError;
pub use news::{Change, News};
pub use picture::kit_code_in;
pub use set_up::SetUp;
pub use time::KitTime;
