//! The count by day, table, place and whatever else signatures are chosen by.

use serde::Serialize;
use ts_rs::TS;

use super::{columns::Column, filter::LedgerFilter, index::Index};

/// So many values of one kind are told, those with most signatures.
const MOST: usize = 300;

/// How many signatures there are of each standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct StandingCount {
    /// All of them.
    pub collected: u64,
    /// Of those, such of people who signed before.
    pub duplicates: u64,
    /// Of those, void.
    pub void: u64,
    /// Of those, withdrawn or erased.
    pub withdrawn: u64,
    /// Of those, to be looked at before they count.
    pub in_review: u64,
    /// What can be handed over.
    pub deliverable: u64,
}

impl StandingCount {
    fn add(&mut self, standing: Option<&str>) {
        self.collected += 1;
        let part = match standing {
            Some("counted") => &mut self.deliverable,
            Some("duplicate") => &mut self.duplicates,
            Some("void") => &mut self.void,
            Some("in_review") => &mut self.in_review,
            _ => &mut self.withdrawn,
        };
        *part += 1;
    }
}

/// The signatures that agree with a filter, by what they can be chosen by.
#[derive(Serialize, TS)]
pub struct Breakdown {
    /// All of them.
    pub count: StandingCount,
    /// By the day of signing, the first one first.
    pub days: CountParts,
    /// By table.
    pub tables: CountParts,
    /// By shift.
    pub shifts: CountParts,
    /// By place.
    pub places: CountParts,
    /// By postal code, or city.
    pub areas: CountParts,
    /// By language of the screen.
    pub languages: CountParts,
    /// By how they were taken.
    pub methods: CountParts,
    /// By domain of the e-mail address.
    pub domains: CountParts,
    /// By hash of the text.
    pub texts: CountParts,
    /// By what came of looking them up in a roll; empty where they were not.
    pub rolls: CountParts,
    /// The time zone of the days, as its database names it; empty where this computer does not say it.
    pub zone: String,
}

/// A count in parts.
#[derive(Default, Serialize, TS)]
pub struct CountParts {
    /// Those with most signatures first.
    pub parts: Vec<CountPart>,
    /// How many more parts there are, of fewer signatures.
    pub left_off: u64,
}

/// A part of the count.
#[derive(Serialize, TS)]
pub struct CountPart {
    /// What all in it have, as a filter takes it.
    pub value: String,
    /// What people call it, where that is another: a table's label, a shift's place and one of its days.
    pub label: Option<String>,
    /// How many they are.
    pub count: StandingCount,
}

impl Index {
    /// The signatures that agree with a filter, by what they can be chosen by; none where that is wanted no more before it is done.
    pub(crate) fn break_down(
        &mut self,
        filter: &LedgerFilter,
        zone: String,
        is_wanted: impl Fn() -> bool,
    ) -> Option<Breakdown> {
        let rows = self.find(filter).to_vec();
        let columns = &self.columns;
        let standing = |row: u32| columns.standing.get(row);
        let mut count = StandingCount::default();
        rows.iter().for_each(|row| count.add(standing(*row)));
        let parts = |column: &Column, label: &dyn Fn(u32) -> Option<String>| {
            if !is_wanted() {
                return None;
            }
            let mut counts = vec![(StandingCount::default(), 0); column.texts.len()];
            for row in &rows {
                let number = column.rows.get(*row as usize).copied().unwrap_or_default();
                if let Some((count, one)) = counts.get_mut(number as usize) {
                    count.add(standing(*row));
                    *one = *row;
                }
            }
            let of = |(number, (count, one)): (u32, (StandingCount, u32))| CountPart {
                value: column.texts.get(number).unwrap_or_default().to_owned(),
                label: label(one),
                count,
            };
            let mut parts: Vec<CountPart> =
                (0..).zip(counts).filter(|(_, (count, _))| count.collected > 0).map(of).collect();
            parts.sort_by(|one, other| {
                other.count.collected.cmp(&one.count.collected).then_with(|| one.value.cmp(&other.value))
            });
            Some(parts)
        };
        let none = |_| None;
        let most = |parts: Option<Vec<CountPart>>| {
            let mut parts = parts?;
            let left_off = parts.len().saturating_sub(MOST) as u64;
            parts.truncate(MOST);
            Some(CountParts { parts, left_off })
        };
        let mut days = parts(&columns.day, &none)?;
        days.sort_by(|one, other| one.value.cmp(&other.value));
        let table = |row| self.label_of(columns.table.get(row)?);
        let shift = |row| Some(format!("{} · {}", columns.place.get(row)?, columns.day.get(row)?));
        Some(Breakdown {
            count,
            days: CountParts { parts: days, left_off: 0 },
            tables: most(parts(&columns.table, &table))?,
            shifts: most(parts(&columns.shift, &shift))?,
            places: most(parts(&columns.place, &none))?,
            areas: most(parts(&columns.area, &none))?,
            languages: most(parts(&columns.language, &none))?,
            methods: most(parts(&columns.method, &none))?,
            domains: most(parts(&columns.domain, &none))?,
            texts: most(parts(&columns.text, &none))?,
            rolls: most(parts(&columns.roll, &none))?,
            zone,
        })
    }

    /// What the volunteers call a table: of several generations what the newest says.
    fn label_of(&self, table: &str) -> Option<String> {
        let of = self.tables.values().filter(|(name, _)| name.table.to_string() == table);
        of.max_by_key(|(name, _)| name.generation).map(|(_, label)| label.clone())
    }
}
