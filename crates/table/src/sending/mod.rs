//! Sending the log to the endpoint: a state machine without I/O, and a thin driver beside it.
//!
//! It never gives up and never drops: every failing answer leads to a wait, and every wait ends in another try.

mod courier;
mod driver;
mod session;
mod upload;

pub use driver::{Handle, SendReport, Status, drive, send_until_done};
pub use session::{Answer, CAP, Event, Log, Session, State, Step};
pub use upload::{Uploaded, upload};
