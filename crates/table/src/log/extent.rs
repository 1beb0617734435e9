//! How far a generation of the log is received.

/// What one generation of the log is at, when a step is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Log {
    /// Which.
    pub generation: u32,
    /// The entries that are to be received: of the newest generation all, of one before those that are in no later one.
    pub size: u64,
    /// Those of them that a verified receipt covers, and that the endpoint has not said it lost.
    pub received: u64,
}
