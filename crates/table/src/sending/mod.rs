//! Sending the log to the endpoint: a state machine without I/O, and a thin driver beside it.
//!
//! It never gives up and never drops: every failing answer leads to a wait, and every wait ends in another try.

mod driver;
mod session;

pub use driver::{Handle, SendReport, Status, Uploaded, drive, send_until_done, upload};
pub use session::{Answer, CAP, Event, Log, Session, State, Step};
