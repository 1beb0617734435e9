//! What the sender is doing.

use serde::Serialize;
use table::sending::State as Sender;
use tauri::State;
use ts_rs::TS;

use crate::{
    failure::Failure,
    seats::{Seats, TableSeat, guard, now},
};

/// What the sender is doing.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Sending {
    /// The state.
    pub state: SendingState,
    /// When it tries next by itself, Unix seconds.
    pub next_try_at: Option<i64>,
}

/// The states of the sender. A screen has words for each.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SendingState {
    /// The kit names no endpoint: hand-carry only.
    NoEndpoint,
    /// Everything is received.
    Done,
    /// Sending now.
    Sending,
    /// The endpoint cannot be reached.
    NoNetwork,
    /// Something answered that is not the endpoint: a login page, for one.
    NotTheEndpoint,
    /// Another endpoint than the kit's answers.
    OtherEndpoint,
    /// The endpoint does not know the campaign.
    UnknownCampaign,
    /// The endpoint asks to wait, or has a fault.
    Busy,
    /// Stored at the endpoint, waiting for the organizer's word.
    Held,
    /// A signature is too large for the way to the endpoint, even alone; the others are sent.
    TooLarge,
    /// The organizer has revoked this table or its kit.
    Revoked,
    /// The endpoint refuses the batches; the organizer should be told.
    Refused,
}

/// Tries to send at once.
#[tauri::command]
pub(crate) async fn send_now(seats: State<'_, Seats>) -> Result<(), Failure> {
    if let Some(sender) = &seats.table()?.sender {
        sender.send_now();
    }
    Ok(())
}

/// Goes on in a new generation of the log, by the volunteer's word that this computer was restored or copied.
#[tauri::command]
pub(crate) async fn new_generation(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats
        .run(|seats| {
            let seat = seats.table()?;
            guard(&seat.table).start_generation(now())?;
            if let Some(sender) = &seat.sender {
                sender.send_now();
            }
            Ok(())
        })
        .await
}

pub(super) fn sending(seat: &TableSeat, waiting: u64) -> Sending {
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
