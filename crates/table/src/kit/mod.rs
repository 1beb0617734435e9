//! The kit that a table works by, and setting a table up from one.

pub(crate) mod contents;
pub(crate) mod news;
mod set_up;
mod time;
mod update;

pub use contents::KitAbout;
pub use news::{Change, News};
pub use set_up::SetUp;
pub use time::KitTime;
