//! Columns that say more than SQLite knows of.
//!
//! Sizes are read and written as `u64` and ids as `Uuid`: what does not fit is an error, never another number.

use std::{error::Error, str::FromStr};

use rusqlite::Row;

/// What a column of text says.
///
/// Errors: one that [`is_malformed`].
pub fn parsed<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    row.get::<_, String>(column)?.parse().map_err(|error| malformed(row, column, error))
}

/// The error of a column that does not hold what it should.
pub fn malformed(
    row: &Row<'_>,
    column: &str,
    why: impl Into<Box<dyn Error + Send + Sync>>,
) -> rusqlite::Error {
    let found = row.as_ref().column_index(column).and_then(|index| Ok((index, row.get_ref(index)?)));
    match found {
        Ok((index, value)) => rusqlite::Error::FromSqlConversionFailure(index, value.data_type(), why.into()),
        Err(error) => error,
    }
}

/// Whether an error says that a column does not hold what it should: the database is damaged.
pub fn is_malformed(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType};
    matches!(error, FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn what_a_column_should_not_hold_is_an_error_and_no_other_value() {
        let db = Connection::open_in_memory().unwrap();
        let read = |sql: &str, as_size: bool| {
            db.query_row(sql, [], |row| {
                if as_size {
                    row.get::<_, u64>("it").map(|_| ())
                } else {
                    parsed::<i8>(row, "it").map(|_| ())
                }
            })
        };
        read("SELECT 7 AS it", true).unwrap();
        read("SELECT '-7' AS it", false).unwrap();
        for (sql, as_size) in
            [("SELECT -1 AS it", true), ("SELECT 'x' AS it", true), ("SELECT '700' AS it", false)]
        {
            assert!(is_malformed(&read(sql, as_size).unwrap_err()), "{sql}");
        }
        assert!(!is_malformed(&read("SELECT 7 AS other", true).unwrap_err()));
        assert!(db.query_row("SELECT ?1 AS it", [u64::MAX], |_| Ok(())).is_err());
    }
}
