//! The log's books: the marks and counts of its signatures, and its head. They follow the entries by a few, which are read with
//! them: so whoever saves a signature writes it in one place, and not in five.

use rusqlite::Connection;
use uuid::Uuid;

use super::{
    day::day_at,
    entry::{self, Span},
    generation, saved,
    signed::{self, Mark},
};

/// So many entries are booked at once.
pub(crate) const EVERY: u64 = 16;

/// Books all of a generation.
pub(crate) fn book(db: &Connection, log: &mut generation::Row) -> rusqlite::Result<()> {
    entry::for_each_marked(db, log.unbooked(), |signature| {
        signed::insert(db, signature.mark, signature.petition)?;
        saved::add_one(db, signature.petition, signature.shift, day_at(signature.saved_at))
    })?;
    generation::set_head(db, log.generation, &log.head)?;
    log.booked = log.head.size();
    Ok(())
}

/// The petition that the signature of a mark is on.
pub(crate) fn find_signed(db: &Connection, unbooked: Span, mark: Mark) -> rusqlite::Result<Option<Uuid>> {
    match entry::find_mark(db, unbooked, mark)? {
        Some(petition) => Ok(Some(petition)),
        None => signed::find(db, mark),
    }
}

/// How many were saved of a petition, by shift.
pub(crate) fn list_saved(
    db: &Connection,
    unbooked: Span,
    petition: Uuid,
) -> rusqlite::Result<Vec<saved::Row>> {
    let mut rows = saved::list(db, petition)?;
    entry::for_each_marked(db, unbooked, |signature| {
        if signature.petition != petition {
            return Ok(());
        }
        let day = day_at(signature.saved_at);
        match rows.iter_mut().find(|row| row.shift == signature.shift) {
            Some(row) => {
                row.that_day = if row.day == day { row.that_day + 1 } else { 1 };
                (row.day, row.saved) = (day, row.saved + 1);
            }
            None => rows.push(saved::Row { shift: signature.shift, saved: 1, day, that_day: 1 }),
        }
        Ok(())
    })?;
    Ok(rows)
}
