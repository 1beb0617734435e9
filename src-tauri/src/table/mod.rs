//! The volunteer's pages.

pub(crate) mod carry;
pub(crate) mod computer;
pub(crate) mod home;
pub(crate) mod kit;
pub(crate) mod paper;
pub(crate) mod pictures;
pub(crate) mod pin;
pub(crate) mod print;
pub(crate) mod readiness;
pub(crate) mod recovery;
pub(crate) mod room;
pub(crate) mod screen;
pub(crate) mod sending;
pub(crate) mod shift;
pub(crate) mod strike;
