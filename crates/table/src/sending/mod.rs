//! Sending the log to the endpoint: a state machine without I/O, and a thin driver beside it.
//!
//! It never gives up and never drops: every failing answer leads to a wait, and every wait ends in another try.

mod batch_size;
mod courier;
mod driver;
mod event;
mod now;
mod session;
mod step;
mod upload;

pub use driver::{Handle, SendReport, Status, drive, send_until_done};
pub use event::{Answer, Event};
pub use session::{CAP, Session};
pub use step::{State, Step};
pub use upload::{Uploaded, upload};

pub use crate::log::extent::Log;
