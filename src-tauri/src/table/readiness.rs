//! What is looked at before a shift begins.

use serde::Serialize;
use table::{Around, Check, Checks, Client, LogState, sending};
use tauri::{State, async_runtime::block_on};
use ts_rs::TS;

use super::computer::{Computer, Left};
use crate::{
    failure::Failure,
    qr::{self, Qr},
    seats::{Seats, TableSeat, guard, now},
};

/// What is looked at before a shift, and what came of it.
#[derive(Serialize, TS)]
pub(crate) struct Readiness {
    /// What came of each look.
    pub checks: Checks,
    /// Room and battery.
    pub computer: Computer,
    /// Until when the kit is good, Unix seconds.
    pub kit_until: i64,
    /// The organizer has ended this table or its kit, by the endpoint's word.
    pub revoked: bool,
    /// The texts that people will sign.
    pub texts: Vec<TextShown>,
    /// The log as it is.
    pub log: LogState,
    /// The log's checkpoint, to be photographed.
    pub qr: Option<Qr>,
    /// A practice was not ended: no shift begins before it is.
    pub practising: bool,
    /// The kit names an endpoint.
    pub has_endpoint: bool,
}

/// A text that people will sign.
#[derive(Debug, Serialize, TS)]
pub(crate) struct TextShown {
    /// The petition's title in this language.
    pub title: String,
    /// Its version.
    pub version: u32,
    /// BCP 47.
    pub language: String,
    /// The hash of the text, hex.
    pub text_hash: String,
}

/// What is looked at before a shift, without the network: that is asked for by itself, and may take its time.
#[tauri::command]
pub(crate) async fn readiness(seats: State<'_, Seats>) -> Result<Readiness, Failure> {
    seats
        .run(|seats| {
            let seat = seats.table()?;
            let around = around(seats, &seat);
            let table = guard(&seat.table);
            let texts = table.petitions().iter().flat_map(|petition| {
                petition.texts().map(move |text| TextShown {
                    title: text.title().to_owned(),
                    version: petition.version(),
                    language: text.language().to_owned(),
                    text_hash: text.hash_hex(),
                })
            });
            let log = table.log_state()?;
            Ok(Readiness {
                checks: table.checks(around, now())?,
                computer: Computer::now(seats.folder()),
                kit_until: table.kit().until,
                revoked: around.is_revoked,
                texts: texts.collect(),
                qr: qr::code(&log.checkpoint),
                log,
                practising: table.is_practising()?,
                has_endpoint: seat.sender.is_some(),
            })
        })
        .await
}

/// Asks whether the kit's endpoint answers; the code of why it does not, or none.
#[tauri::command]
pub(crate) async fn reach_endpoint(seats: State<'_, Seats>) -> Result<Option<String>, Failure> {
    seats
        .run(|seats| {
            let seat = seats.table()?;
            let address = guard(&seat.table).kit().endpoint.clone();
            let Some(address) = address else { return Ok(None) };
            let reached = block_on(Client::of(&address)?.identify());
            seat.looks().endpoint = Some(if reached.is_ok() { Check::Good } else { Check::Warned });
            Ok(reached.err().map(|error| error.code().to_owned()))
        })
        .await
}

/// Ends a practice that was not ended in the kiosk.
#[tauri::command]
pub(crate) async fn end_practice(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats.run(|seats| Ok(guard(&seats.table()?.table).end_practice()?)).await
}

/// What only the shell can know.
pub(super) fn around(seats: &Seats, seat: &TableSeat) -> Around {
    let computer = Computer::now(seats.folder());
    let check = |left: Left| Some(if left == Left::Enough { Check::Good } else { Check::Warned });
    let state = seat.sender.as_ref().map(|sender| sender.status().state);
    let looks = *seat.looks();
    Around {
        disk: check(computer.room),
        battery: check(computer.charge),
        endpoint: looks.endpoint,
        is_revoked: state == Some(sending::State::Revoked),
        printer: looks.printer,
    }
}
