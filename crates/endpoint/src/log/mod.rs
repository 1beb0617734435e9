//! What comes of a request about a log, by the log as it is. Pure: what is stored is handed in, and what is to be stored
//! comes out. No SQL, no HTTP, no clock.

pub mod admission;
pub mod append;
