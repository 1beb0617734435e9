//! About this program: what it is, where its data lies, what it is made of, and what may be told when something is wrong.

pub(crate) mod diagnostics;
pub(crate) mod licences;
pub(crate) mod program;
