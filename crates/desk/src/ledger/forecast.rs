//! When the goal will be reached, by the days so far.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use petition::Forecast;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::{filter::LedgerFilter, index::Index};
use crate::{error::DeskError, view::View};

/// When a goal will be reached.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct GoalForecast {
    /// The goal.
    pub goal: u64,
    /// What can be handed over by now.
    pub deliverable: u64,
    /// In how many days; none where too little is known.
    pub forecast: Option<Forecast>,
    /// The day on which it is expected, RFC 3339.
    pub day: Option<String>,
    /// Not before this day.
    pub earliest: Option<String>,
    /// Not after this day.
    pub latest: Option<String>,
}

impl View<'_> {
    /// When the next goal of a petition will be reached; none where there is no such petition. `now` is in Unix seconds.
    pub(crate) fn forecast(
        self,
        index: &mut Index,
        zone: &TimeZone,
        petition: Uuid,
        now: i64,
    ) -> Result<Option<GoalForecast>, DeskError> {
        let Some(row) = self.petitions.find(petition) else { return Ok(None) };
        let filter = LedgerFilter { petition: Some(petition), ..LedgerFilter::default() };
        let Some(parts) = index.break_down(&filter, String::new(), || true) else { return Ok(None) };
        let deliverable = parts.count.deliverable;
        let goal = row.petition.goal(deliverable).goal;
        let Ok(now) = Timestamp::from_second(now) else { return Ok(None) };
        let today = zone.to_datetime(now).date();
        let of_day =
            |part: &super::CountPart| Some((part.value.parse::<Date>().ok()?, part.count.deliverable));
        let counts: BTreeMap<Date, u64> = parts.days.parts.iter().filter_map(of_day).collect();
        let forecast = petition::forecast(&whole_days(&counts, today), goal.saturating_sub(deliverable));
        let day = |days: u32| Some(today.checked_add(i64::from(days).days()).ok()?.to_string());
        Ok(Some(GoalForecast {
            goal,
            deliverable,
            day: forecast.and_then(|forecast| day(forecast.expected)),
            earliest: forecast.and_then(|forecast| day(forecast.earliest)),
            latest: forecast.and_then(|forecast| day(forecast.latest?)),
            forecast,
        }))
    }
}

/// So many days before today are looked at: a clock that was years wrong makes no more of them.
const MOST: i64 = 366;

/// The signatures of each day from the first one on, days without any among them, up to yesterday: today is not over.
fn whole_days(counts: &BTreeMap<Date, u64>, today: Date) -> Vec<u64> {
    let Ok(oldest) = today.checked_sub(MOST.days()) else { return Vec::new() };
    let Some((first, _)) = counts.range(oldest..today).next() else { return Vec::new() };
    let days = first.series(1.day()).take_while(|day| *day < today);
    days.map(|day| counts.get(&day).copied().unwrap_or_default()).collect()
}
