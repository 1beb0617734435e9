//! The collection server (`docs/protocol.md` §8). It holds no code that can open a signature.

mod admission;
mod api;
mod append;
mod body;
mod bounds;
mod connections;
mod limits;
mod problem;
mod readers;
mod receiving;
mod server;
mod shares;
mod storage;
mod tokens;
mod writer;

pub use api::openapi;
pub use bounds::Bounds;
pub use server::{Clock, Options, Running, StartError, start};
