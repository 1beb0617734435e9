//! The table screen: shift, counts, sending, hand-carry.

use std::path::Path;

use table::sending::State as Sender;
use tauri::State;
use zeroize::Zeroizing;

use crate::{
    seats::{Seats, TableSeat, held, now},
    views::{
        CarryReport, Everyone, Failure, KitView, Sending, SendingState, Shift, ShiftReport, TableHome,
        TablePetition,
    },
};

/// Everything on the table screen.
#[tauri::command(async)]
pub(crate) fn table_home(seats: State<'_, Seats>) -> Result<TableHome, Failure> {
    home(&seats.table()?)
}

/// Starts a shift. What the table shows then is asked for by itself: a shift that runs is never told as a failure.
#[tauri::command(async)]
pub(crate) fn start_shift(seats: State<'_, Seats>, place: String, volunteer: String) -> Result<(), Failure> {
    Ok(held(&seats.table()?.table).start_shift(&place, &volunteer, now(), &mut rand::rng())?)
}

/// Ends the shift.
#[tauri::command(async)]
pub(crate) fn end_shift(seats: State<'_, Seats>) -> Result<ShiftReport, Failure> {
    let seat = seats.table()?;
    let end = held(&seat.table).end_shift(now())?;
    Ok(ShiftReport {
        shift: Shift::of(&end.shift),
        ended_at: end.ended_at,
        saved: end.saved,
        not_received: end.not_received,
        checkpoint: end.checkpoint,
        receipt: end.receipt,
    })
}

/// Tries to send at once.
#[tauri::command(async)]
pub(crate) fn send_now(seats: State<'_, Seats>) -> Result<(), Failure> {
    if let Some(sender) = &seats.table()?.sender {
        sender.send_now();
    }
    Ok(())
}

/// Writes what is not received yet as batch files.
#[tauri::command(async)]
pub(crate) fn hand_carry(seats: State<'_, Seats>, folder: String) -> Result<CarryReport, Failure> {
    let report = held(&seats.table()?.table).carry(Path::new(&folder), false)?;
    Ok(CarryReport { files: report.files, folder, entries: report.entries, nothing: report.nothing })
}

/// Sets or changes the PIN that takes the table back from signers.
#[tauri::command(async)]
pub(crate) fn set_pin(seats: State<'_, Seats>, old: Option<String>, new: String) -> Result<(), Failure> {
    let (old, new) = (old.map(Zeroizing::new), Zeroizing::new(new));
    let old = old.as_ref().map(|old| old.as_str());
    Ok(held(&seats.table()?.table).set_pin(old, &new, now(), &mut rand::rng())?)
}

/// Goes on in a new generation of the log, by the volunteer's word that this computer was restored or copied.
#[tauri::command(async)]
pub(crate) fn new_generation(seats: State<'_, Seats>) -> Result<(), Failure> {
    let seat = seats.table()?;
    held(&seat.table).start_generation(now())?;
    if let Some(sender) = &seat.sender {
        sender.send_now();
    }
    Ok(())
}

/// The kit this table works by.
#[tauri::command(async)]
pub(crate) fn kit_info(seats: State<'_, Seats>) -> Result<KitView, Failure> {
    let seat = seats.table()?;
    let table = held(&seat.table);
    let kit = table.kit();
    Ok(KitView {
        campaign: kit.campaign_name.clone(),
        campaign_id: kit.campaign.to_string(),
        label: kit.label.clone(),
        endpoint: kit.endpoint.as_ref().map(|endpoint| endpoint.url.clone()),
        until: kit.until,
        petitions: table.petitions().iter().map(|petition| petition.title().to_owned()).collect(),
    })
}

fn home(seat: &TableSeat) -> Result<TableHome, Failure> {
    let table = held(&seat.table);
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
        shift: table.shift().map(Shift::of),
        this_shift: counts.this_shift,
        saved: counts.saved,
        received: counts.received,
        waiting: counts.waiting,
        last_receipt_at: counts.last_receipt_at,
        everyone: counts.everyone.map(|(count, as_of)| Everyone { count, as_of }),
        sending: sending(seat, counts.waiting),
        petitions,
    })
}

fn sending(seat: &TableSeat, waiting: u64) -> Sending {
    let Some(sender) = &seat.sender else {
        return Sending { state: SendingState::NoEndpoint, next_try_at: None };
    };
    let status = sender.status();
    let state = match status.state {
        Sender::Done if waiting > 0 => SendingState::Sending,
        Sender::Done => SendingState::Done,
        Sender::Sending => SendingState::Sending,
        Sender::NoNetwork => SendingState::NoNetwork,
        Sender::NotTheEndpoint => SendingState::NotTheEndpoint,
        Sender::OtherEndpoint => SendingState::OtherEndpoint,
        Sender::UnknownCampaign => SendingState::UnknownCampaign,
        Sender::Busy => SendingState::Busy,
        Sender::Held => SendingState::Held,
        Sender::TooLarge => SendingState::TooLarge,
        Sender::Revoked => SendingState::Revoked,
        Sender::Refused => SendingState::Refused,
    };
    Sending { state, next_try_at: status.next_try_at }
}

impl Shift {
    fn of(shift: &table::Shift) -> Self {
        Self { place: shift.place.clone(), volunteer: shift.volunteer.clone(), started_at: shift.started_at }
    }
}
