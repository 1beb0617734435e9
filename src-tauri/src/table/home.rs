//! Everything on the table screen.

use serde::Serialize;
use table::sending::Status;
use table::{KitTime, News, Shift};
use tauri::State;
use ts_rs::TS;
use uuid::Uuid;

use super::sending::sending;
use crate::{
    failure::Failure,
    lock::Surroundings,
    seats::{Seats, TableSeat, guard, now},
};

/// The table screen.
#[derive(Debug, Serialize, TS)]
pub(crate) struct TableHome {
    /// The table's label.
    pub label: String,
    /// The campaign's name.
    pub campaign: String,
    /// It has a PIN; one without is not handed to signers.
    pub has_pin: bool,
    /// How this computer's clock stands to the kit.
    pub kit_time: KitTime,
    /// When the kit was made, Unix seconds.
    pub kit_made_at: i64,
    /// Seconds by which this computer's clock is ahead of the endpoint's (behind it, where negative); none where the two agree, as
    /// far as known.
    pub clock_off: Option<i64>,
    /// The running shift, if one is.
    pub shift: Option<Shift>,
    /// Saved in the running shift.
    pub this_shift: u64,
    /// Saved today.
    pub today: u64,
    /// Saved on this table.
    pub saved: u64,
    /// Of those, covered by a verified receipt.
    pub received: u64,
    /// Of those, waiting to be sent.
    pub waiting: u64,
    /// When the last receipt was verified, Unix seconds.
    pub last_receipt_at: Option<i64>,
    /// Everyone's count, by the last tally.
    pub everyone: Option<Everyone>,
    /// What the sender is doing; none where the kit names no endpoint: hand-carry only.
    pub sending: Option<Status>,
    /// What the system grants to the kiosk's lock.
    pub surroundings: Surroundings,
    /// By petition.
    pub petitions: Vec<TablePetition>,
    /// What the organizer changed over the network, until somebody has read it; oldest first.
    pub news: Vec<News>,
    /// Why the newest update that the endpoint gave was not taken, by its code.
    pub update_fault: Option<&'static str>,
}

/// The campaign's count, as last published.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Everyone {
    /// Signatures counted.
    pub count: u64,
    /// Unix seconds.
    pub as_of: i64,
}

/// A petition on the table screen.
#[derive(Debug, Serialize, TS)]
pub(crate) struct TablePetition {
    /// Which.
    pub petition: Uuid,
    /// Title.
    pub title: String,
    /// In the running shift.
    pub this_shift: u64,
    /// On this table.
    pub table: u64,
    /// Everyone, as far as known.
    pub count: u64,
    /// The goal being worked on.
    pub goal: u64,
    /// The organizer ended it: signers do not see it.
    pub ended: bool,
}

/// Everything on the table screen.
#[tauri::command]
pub(crate) async fn table_home(seats: State<'_, Seats>) -> Result<TableHome, Failure> {
    seats.run(|seats| home(&seats.table()?)).await
}

fn home(seat: &TableSeat) -> Result<TableHome, Failure> {
    let table = guard(&seat.table);
    let counts = table.counts()?;
    let petitions = table
        .petitions()
        .iter()
        .map(|petition| {
            let goal = table.goal(petition.id())?;
            let own = counts.petition(petition.id());
            Ok(TablePetition {
                petition: petition.id(),
                title: petition.title().to_owned(),
                this_shift: own.this_shift,
                table: own.table,
                count: goal.count,
                goal: goal.goal,
                ended: table.is_ended(petition.id()),
            })
        })
        .collect::<Result<_, Failure>>()?;
    let kit = table.kit();
    Ok(TableHome {
        label: table.label().to_owned(),
        campaign: kit.campaign_name.clone(),
        has_pin: table.has_pin()?,
        kit_time: table.kit_time(now()),
        kit_made_at: table.kit().made_at,
        clock_off: table.clock_off(),
        shift: table.shift().cloned(),
        this_shift: counts.this_shift,
        today: table.saved_today(now())?,
        saved: counts.saved,
        received: counts.received,
        waiting: counts.waiting,
        last_receipt_at: counts.last_receipt_at,
        everyone: counts.everyone.map(|(count, as_of)| Everyone { count, as_of }),
        sending: sending(seat, counts.waiting),
        surroundings: Surroundings::now(),
        petitions,
        news: table.news().to_vec(),
        update_fault: table.update_fault(),
    })
}
