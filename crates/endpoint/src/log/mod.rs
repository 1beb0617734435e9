//! What comes of a request about a log or a deposit, by what is stored of it. Pure: what is stored is handed in, and what is to be stored
//! comes out. No SQL, no HTTP, no clock.

pub mod admission;
pub mod append;
pub mod deposits;
