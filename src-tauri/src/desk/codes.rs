//! Kits by code: made, shown, printed, asked after and revoked.

use desk::{Desk, KitRow, Revoked, kit_until};
use serde::Serialize;
use tauri::{State, WebviewWindow, async_runtime::block_on};
use ts_rs::TS;
use uuid::Uuid;

use super::tables::tell;
use crate::{
    failure::Failure,
    printing,
    qr::{self, Qr},
    seats::{LentDesk, Seats, guard, now},
};

/// The code of a kit.
#[derive(Debug, Serialize, TS)]
pub(crate) struct KitCodeView {
    /// As text.
    pub code: String,
    /// As a picture.
    pub qr: Option<Qr>,
}

/// Makes a kit for one table that fetches it by a code, and brings it to the endpoint; gives its id. Where the endpoint cannot be
/// reached now, it is brought there later.
#[tauri::command]
pub(crate) async fn make_kit_with_code(
    seats: State<'_, Seats>,
    label: String,
    days: i64,
) -> Result<Uuid, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            let until = kit_until(now(), days)?;
            let (kit, _) = guard(&desk).make_kit_with_code(&label, until, now(), &mut rand::rng())?;
            // What did not get there is shown beside the kit, and is tried again.
            let _later = exchange(&desk);
            Ok(kit)
        })
        .await
}

/// The code of a kit that was made with one.
#[tauri::command]
pub(crate) async fn kit_code(seats: State<'_, Seats>, kit: Uuid) -> Result<KitCodeView, Failure> {
    seats
        .run(move |seats| {
            let code = guard(&*seats.desk()?).kit_code(kit)?.to_string();
            Ok(KitCodeView { qr: qr::code(&code), code })
        })
        .await
}

/// Asks the endpoint which codes were used, and brings it the kits that it does not have.
#[tauri::command]
pub(crate) async fn exchange_codes(seats: State<'_, Seats>) -> Result<Vec<KitRow>, Failure> {
    seats
        .run(|seats| {
            let desk = seats.desk()?;
            exchange(&desk)?;
            Ok(guard(&desk).kits()?)
        })
        .await
}

/// Ends a kit: its code brings nothing any more, and no further table comes with it.
#[tauri::command]
pub(crate) async fn revoke_kit(
    seats: State<'_, Seats>,
    kit: Uuid,
    reason: String,
) -> Result<Vec<KitRow>, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            guard(&desk).revoke(Revoked::Kit(kit), &reason, now())?;
            block_on(tell(&desk));
            Ok(guard(&desk).kits()?)
        })
        .await
}

/// Prints the code that the window shows, by the system's dialog; returns when it is closed.
#[tauri::command]
pub(crate) async fn print_kit_code(seats: State<'_, Seats>, window: WebviewWindow) -> Result<(), Failure> {
    seats.run(move |_| printing::dialog(&window).map(drop)).await
}

fn exchange(desk: &LentDesk) -> Result<(), Failure> {
    let client = guard(desk)
        .client()?
        .ok_or_else(|| Failure::new("desk/no-endpoint", "this campaign has no endpoint"))?;
    Ok(block_on(Desk::exchange_codes(desk, &client, now()))?)
}
