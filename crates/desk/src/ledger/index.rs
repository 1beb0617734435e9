//! The ledger in memory: which signatures agree with a filter, newest first, and how many there are of each kind.

use std::{borrow::Cow, collections::HashMap};

use jiff::{Timestamp, tz::TimeZone};
use petition::Method;
use rusqlite::Connection;
use uuid::Uuid;

use super::{
    columns::{Column, Searched},
    filter::{LedgerFilter, StandingName},
};
use crate::{
    error::DeskError,
    storage::{
        facets::{self, Indexed},
        log::{self, LogName},
    },
};

/// The ledger in memory. It costs about 250 bytes a signature, and reads once what it has not yet.
#[derive(Default)]
pub(crate) struct Index {
    /// In the order in which they came: the number of each in the database, and its id.
    came: Vec<i64>,
    ids: Vec<Uuid>,
    signed_at: Vec<i64>,
    logs: Vec<i64>,
    pub(super) columns: Columns,
    searched: Searched,
    /// The newest change that is in it.
    change: i64,
    /// Rows, newest signed first.
    order: Vec<u32>,
    /// By the number of a log: whose it is.
    pub(super) tables: HashMap<i64, (LogName, String)>,
    /// What was asked for last, and the rows that agree with it, newest signed first.
    found: Option<(LedgerFilter, Vec<u32>)>,
}

/// What signatures are chosen by, each a column.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) petition: Column,
    pub(super) standing: Column,
    pub(super) method: Column,
    pub(super) language: Column,
    pub(super) place: Column,
    pub(super) table: Column,
    pub(super) shift: Column,
    pub(super) area: Column,
    pub(super) domain: Column,
    pub(super) text: Column,
    pub(super) day: Column,
    pub(super) roll: Column,
}

impl Columns {
    /// All of them, each with the value that a signature has in it.
    fn values<'a>(
        &mut self,
        row: &'a Indexed<'_>,
        table: String,
        zone: &TimeZone,
    ) -> [(&mut Column, Cow<'a, str>); 12] {
        let of = &row.facets;
        [
            (&mut self.petition, row.petition.to_string().into()),
            (&mut self.standing, row.standing.into()),
            (&mut self.method, facets::name_of(of.method).into()),
            (&mut self.language, of.language.as_str().into()),
            (&mut self.place, of.place.as_str().into()),
            (&mut self.table, table.into()),
            (&mut self.shift, of.shift.map(|shift| shift.to_string()).unwrap_or_default().into()),
            (&mut self.area, of.area.as_str().into()),
            (&mut self.domain, of.domain.as_str().into()),
            (&mut self.text, data_encoding::HEXLOWER.encode(&of.text_hash).into()),
            (&mut self.day, day_of(row.signed_at, of.method, zone).into()),
            (&mut self.roll, row.found.into()),
        ]
    }
}

/// The day of signing, RFC 3339: of paper the one on the sheet, which stands for its noon in UTC, else the one in a zone. Empty of a
/// time that no calendar has.
fn day_of(signed_at: i64, method: Method, zone: &TimeZone) -> String {
    let Ok(at) = Timestamp::from_second(signed_at) else { return String::new() };
    let zone = match method {
        Method::Kiosk => zone,
        Method::Paper => &TimeZone::UTC,
    };
    zone.to_datetime(at).date().to_string()
}

impl Index {
    /// Reads what came and what changed since it last did.
    pub(crate) fn refresh(&mut self, db: &Connection, zone: &TimeZone) -> Result<(), DeskError> {
        self.tables = log::list(db)?.into_iter().map(|log| (log.log, (log.name, log.label))).collect();
        let change = facets::newest_change(db)?;
        let mut is_changed = false;
        if change > self.change {
            for came in facets::list_changed(db, self.change)? {
                let Ok(row) = self.came.binary_search(&came) else { continue };
                let mut is_whole = true;
                facets::with_indexed(db, came, |now| is_whole = self.change_row(row, now, zone))?;
                if !is_whole {
                    // Another content under a known id: that is so rare that all is read again.
                    *self = Self { tables: std::mem::take(&mut self.tables), ..Self::default() };
                    break;
                }
                is_changed = true;
            }
        }
        let known = self.came.len();
        let newest = self.came.last().copied().unwrap_or_default();
        facets::for_each_after(db, newest, |row| self.push(row, zone))?;
        self.change = change;
        if self.came.len() > known {
            self.sort();
            is_changed = true;
        }
        if is_changed {
            self.found = None;
        }
        Ok(())
    }

    fn push(&mut self, row: &Indexed<'_>, zone: &TimeZone) {
        self.came.push(row.came);
        self.ids.push(row.id);
        self.signed_at.push(row.signed_at);
        self.logs.push(row.log);
        self.searched.push(row.search);
        let table = self.table_of(row.log);
        for (column, value) in self.columns.values(row, table, zone) {
            column.push(&value);
        }
    }

    /// Takes over how a signature stands now, and where. False where it says something else.
    fn change_row(&mut self, row: usize, now: &Indexed<'_>, zone: &TimeZone) -> bool {
        if self.signed_at.get(row) != Some(&now.signed_at) || !self.searched.is(row, now.search) {
            return false;
        }
        if let Some(log) = self.logs.get_mut(row) {
            *log = now.log;
        }
        let table = self.table_of(now.log);
        for (column, value) in self.columns.values(now, table, zone) {
            column.set(row, &value);
        }
        true
    }

    fn table_of(&self, log: i64) -> String {
        self.tables.get(&log).map(|(name, _)| name.table.to_string()).unwrap_or_default()
    }

    fn sort(&mut self) {
        let known = self.order.len();
        self.order.extend((known..self.came.len()).filter_map(|row| u32::try_from(row).ok()));
        let (signed_at, ids) = (&self.signed_at, &self.ids);
        // What was in order stays a run of it.
        self.order.sort_by(|one, other| {
            let key = |row: &u32| (signed_at.get(*row as usize), ids.get(*row as usize));
            let ((at_one, id_one), (at_other, id_other)) = (key(one), key(other));
            at_other.cmp(&at_one).then(id_one.cmp(&id_other))
        });
    }

    /// The id of a row.
    pub(super) fn id(&self, row: u32) -> Uuid {
        self.ids.get(row as usize).copied().unwrap_or_default()
    }

    /// The ids of those that agree with a filter, newest signed first.
    pub(crate) fn find_ids(&mut self, filter: &LedgerFilter) -> Vec<Uuid> {
        let rows = self.find(filter).to_vec();
        rows.into_iter().map(|row| self.id(row)).collect()
    }

    /// The rows that agree with a filter, newest signed first.
    pub(super) fn find(&mut self, filter: &LedgerFilter) -> &[u32] {
        if self.found.as_ref().is_none_or(|(asked, _)| asked != filter) {
            let rows = self.look_for(filter);
            self.found = Some((filter.clone(), rows));
        }
        self.found.as_ref().map_or(&[], |(_, rows)| rows)
    }

    fn look_for(&self, filter: &LedgerFilter) -> Vec<u32> {
        let mut agrees = vec![true; self.ids.len()];
        let part = matching::fold_name(&filter.search);
        if !part.is_empty() {
            agrees.fill(false);
            self.searched.mark(&part, &mut agrees);
        }
        let columns = &self.columns;
        let named = |value: Option<Uuid>| value.map(|value| value.to_string());
        let method = filter.method.map(|method| facets::name_of(method).to_owned());
        let alike = [
            (&columns.petition, named(filter.petition)),
            (&columns.method, method),
            (&columns.language, filter.language.clone()),
            (&columns.place, filter.place.clone()),
            (&columns.table, named(filter.table)),
            (&columns.shift, named(filter.shift)),
            (&columns.area, filter.area.clone()),
            (&columns.domain, filter.domain.clone()),
            (&columns.text, filter.text.clone()),
            (&columns.day, filter.day.clone()),
            (&columns.roll, filter.roll.map(|roll| roll.name().to_owned())),
        ];
        for (column, value) in alike {
            if let Some(value) = value {
                let number = column.texts.find(&value);
                keep(&mut agrees, &column.rows, |row| Some(*row) == number);
            }
        }
        if let Some(standing) = filter.standing {
            let column = &columns.standing;
            let numbers: Vec<u32> =
                names_of(standing).iter().filter_map(|name| column.texts.find(name)).collect();
            keep(&mut agrees, &column.rows, |row| numbers.contains(row));
        }
        if let Some(generation) = filter.generation {
            let is_of =
                |log: &i64| self.tables.get(log).is_some_and(|(name, _)| name.generation == generation);
            keep(&mut agrees, &self.logs, is_of);
        }
        if filter.from.is_some() || filter.until.is_some() {
            let (from, until) = (filter.from.unwrap_or(i64::MIN), filter.until.unwrap_or(i64::MAX));
            keep(&mut agrees, &self.signed_at, |at| (from..until).contains(at));
        }
        let is_found = |row: &&u32| agrees.get(**row as usize).copied().unwrap_or_default();
        self.order.iter().filter(is_found).copied().collect()
    }
}

/// Of those that agreed so far, leaves those whose value is one that is asked for.
fn keep<T>(agrees: &mut [bool], rows: &[T], is_asked: impl Fn(&T) -> bool) {
    for (agrees, row) in agrees.iter_mut().zip(rows) {
        *agrees = *agrees && is_asked(row);
    }
}

/// The standings that are kept under a name of the count.
fn names_of(standing: StandingName) -> &'static [&'static str] {
    match standing {
        StandingName::Counted => &["counted"],
        StandingName::Duplicate => &["duplicate"],
        StandingName::Void => &["void"],
        StandingName::Withdrawn => &["withdrawn", "erased"],
        StandingName::InReview => &["in_review"],
    }
}
