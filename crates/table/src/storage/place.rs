//! Where an entry is: its generation and its index in one number, so that the log is stored in its order.

use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

const INDEX_BITS: u32 = 40;
/// The first index that has no place.
const END: u64 = 1 << INDEX_BITS;

/// Where an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) generation: u32,
    pub(super) index: u64,
}

impl Place {
    /// The last index of a generation.
    pub(super) const LAST: u64 = END - 1;

    pub(super) fn new(generation: u32, index: u64) -> Self {
        Self { generation, index }
    }
}

impl ToSql for Place {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let (generation, index) = (i64::from(self.generation), i64::try_from(self.index));
        match index {
            Ok(index) if self.index < END && generation <= i64::MAX >> INDEX_BITS => {
                Ok((generation << INDEX_BITS | index).into())
            }
            _ => Err(rusqlite::Error::ToSqlConversionFailure("an entry that has no place".into())),
        }
    }
}

impl FromSql for Place {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let place = value.as_i64()?;
        let out_of_range = || FromSqlError::OutOfRange(place);
        let generation = u32::try_from(place >> INDEX_BITS).map_err(|_| out_of_range())?;
        let index = u64::try_from(place).map_err(|_| out_of_range())? % END;
        Ok(Self { generation, index })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn a_place_comes_back_as_it_was_and_what_has_none_is_an_error() {
        let db = Connection::open_in_memory().unwrap();
        let back = |place: Place| db.query_row("VALUES (?1)", [place], |row| row.get::<_, Place>(0));
        for (generation, index) in [(0, 0), (1, 0), (1, END - 1), (2, 7), ((1 << 23) - 1, END - 1)] {
            let place = Place::new(generation, index);
            assert_eq!(back(place).unwrap(), place);
        }
        for (generation, index) in [(1, END), (1, u64::MAX), (1 << 23, 0)] {
            assert!(back(Place::new(generation, index)).is_err());
        }
        assert!(db.query_row("VALUES (-1)", [], |row| row.get::<_, Place>(0)).is_err());
    }
}
