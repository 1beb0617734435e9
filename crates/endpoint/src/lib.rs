//! The collection server (`docs/protocol.md` §8). It holds no code that can open a signature.
//!
//! Each layer knows those before it, and none after it: [`log`] decides and does nothing else, [`storage`] keeps what was
//! decided, `http` asks it of the storage and answers, `server` puts them together.

mod guard;
mod http;
pub mod log;
mod server;
pub mod storage;

pub use http::{bounds::Bounds, openapi::openapi};
pub use server::{Clock, Options, Running, StartError, start};
