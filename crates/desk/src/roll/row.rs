//! A roll as it is asked for, and as it is told.

use serde::Serialize;
use ts_rs::TS;

use super::layout::RollLayout;
use crate::storage::roll::RollKept;

/// A roll that is to be loaded.
#[derive(Clone, Copy, Debug)]
pub struct NewRoll<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The day of which it is, RFC 3339: who came on it later is not in it.
    pub as_of: &'a str,
    /// When it is deleted, Unix seconds.
    pub delete_by: i64,
    /// How its file is laid out.
    pub layout: &'a RollLayout,
}

/// The roll that is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RollRow {
    /// What it is called.
    pub name: String,
    /// The day of which it is, RFC 3339.
    pub as_of: String,
    /// When it is deleted, Unix seconds.
    pub delete_by: i64,
    /// When it was loaded, Unix seconds.
    pub loaded_at: i64,
    /// Hex: SHA-256 of the file that it was read from.
    pub hash: String,
    /// How many entries it has.
    pub entries: u64,
}

/// A roll that was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RollLoaded {
    /// The roll.
    pub roll: RollRow,
    /// Lines that are not in it: of entries that had ended, or without a name.
    pub passed_over: u64,
}

/// A roll as it is told.
pub(super) fn row_of(kept: &RollKept) -> RollRow {
    RollRow {
        name: kept.name.clone(),
        as_of: kept.as_of.clone(),
        delete_by: kept.delete_by,
        loaded_at: kept.loaded_at,
        hash: data_encoding::HEXLOWER.encode(&kept.hash),
        entries: kept.entries,
    }
}
