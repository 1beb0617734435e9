//! A shift: what is looked at before it, its pauses and hand-overs, its end and its report.

use serde::Serialize;
use table::{ClosedShift, Closing, SheetCounts, ShiftClose, ShiftReport, ShiftStart, Sum};
use tauri::State;
use ts_rs::TS;
use uuid::Uuid;

use super::readiness::around;
use crate::{
    failure::Failure,
    qr::{self, Qr},
    seats::{Seats, TableSeat, guard, now},
};

/// Starts a shift, and keeps what was looked at before. What the table shows then is asked for by itself: a shift that runs is never
/// told as a failure.
#[tauri::command]
pub(crate) async fn start_shift(seats: State<'_, Seats>, start: ShiftStart) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            let around = around(seats, &seat);
            Ok(guard(&seat.table).open_shift(&start, around, now(), &mut rand::rng())?)
        })
        .await
}

/// Nobody signs until the shift goes on.
#[tauri::command]
pub(crate) async fn pause_shift(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats
        .run(|seats| {
            let seat = seats.table()?;
            guard(&seat.table).pause_shift(now(), &mut rand::rng())?;
            send(&seat);
            Ok(())
        })
        .await
}

/// People sign again.
#[tauri::command]
pub(crate) async fn resume_shift(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats
        .run(|seats| {
            let seat = seats.table()?;
            guard(&seat.table).resume_shift(now(), &mut rand::rng())?;
            send(&seat);
            Ok(())
        })
        .await
}

/// The table goes into other hands.
#[tauri::command]
pub(crate) async fn hand_over(
    seats: State<'_, Seats>,
    gives: String,
    takes: String,
    laptop_seal: String,
    stick_seal: String,
) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            let seals = (laptop_seal.as_str(), stick_seal.as_str());
            guard(&seat.table).hand_over((&gives, &takes), seals, now(), &mut rand::rng())?;
            send(&seat);
            Ok(())
        })
        .await
}

/// The sums of the running shift.
#[derive(Serialize, TS)]
pub(crate) struct ShiftSums {
    /// As they are now.
    pub closing: Closing,
    /// Those that do not agree.
    pub differing: Vec<Sum>,
}

/// The sums of the running shift as they are now, with the paper sheets as the volunteer counts them.
#[tauri::command]
pub(crate) async fn shift_sums(
    seats: State<'_, Seats>,
    sheets: Option<SheetCounts>,
) -> Result<ShiftSums, Failure> {
    seats
        .run(move |seats| {
            let closing = guard(&seats.table()?.table).shift_sums(sheets, now())?;
            Ok(ShiftSums { differing: closing.differing(), closing })
        })
        .await
}

/// The report of a closed shift, and its word to be photographed.
#[derive(Serialize, TS)]
pub(crate) struct EndOfShift {
    /// The report.
    pub report: ShiftReport,
    /// The checkpoint, and the receipt on it where there is one, as they stand in the notes; none where that is too long for a code.
    pub qr: Option<Qr>,
}

/// Ends the shift.
#[tauri::command]
pub(crate) async fn end_shift(seats: State<'_, Seats>, close: ShiftClose) -> Result<EndOfShift, Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            let report = guard(&seat.table).end_shift(&close, now(), &mut rand::rng())?;
            send(&seat);
            Ok(end_of_shift(report))
        })
        .await
}

/// The shifts that were closed here, newest first.
#[tauri::command]
pub(crate) async fn closed_shifts(seats: State<'_, Seats>) -> Result<Vec<ClosedShift>, Failure> {
    seats.run(|seats| Ok(guard(&seats.table()?.table).closed_shifts()?)).await
}

/// The report of a closed shift, with what was received since.
#[tauri::command]
pub(crate) async fn shift_report(seats: State<'_, Seats>, shift: Uuid) -> Result<EndOfShift, Failure> {
    seats.run(move |seats| Ok(end_of_shift(guard(&seats.table()?.table).report(Some(shift))?))).await
}

fn end_of_shift(report: ShiftReport) -> EndOfShift {
    let receipt = report.receipt.as_deref().unwrap_or_default();
    EndOfShift { qr: qr::code(&format!("{}{receipt}", report.checkpoint)), report }
}

/// There is something to send.
fn send(seat: &TableSeat) {
    if let Some(sender) = &seat.sender {
        sender.saved();
    }
}
