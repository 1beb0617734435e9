//! Comparison forms: what is typed, brought to what is meant. None of them is stored, shown or sent to.

pub(crate) mod address;
pub(crate) mod email;
pub(crate) mod name;
pub(crate) mod nicknames;
pub(crate) mod phone;
pub(crate) mod sound;
pub(crate) mod text;
pub(crate) mod tokens;
pub(crate) mod words;
