//! Between two visits: what the one before left is taken away, and what is the computer's stays.

use table::VisitEnd;
use tauri::{State, WebviewWindow};

use crate::{
    failure::Failure,
    lock,
    seats::{Seats, guard},
    speech::Speech,
};

/// A visit begins: it is counted in the shift. In practice nothing is counted.
#[tauri::command]
pub(crate) async fn begin_visit(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats
        .run(|seats| {
            if seats.is_practising()? {
                return Ok(());
            }
            Ok(guard(&seats.table()?.table).begin_visit()?)
        })
        .await
}

/// A visit ends: it is counted in the shift by how it ended, and nothing of it is read aloud any more. In practice nothing is counted.
#[tauri::command]
pub(crate) async fn end_visit(
    seats: State<'_, Seats>,
    speech: State<'_, Speech>,
    by_idling: bool,
) -> Result<(), Failure> {
    speech.forget().await;
    seats
        .run(move |seats| {
            let end = match (seats.visit().end(), by_idling) {
                (true, _) => VisitEnd::Signed,
                (false, true) => VisitEnd::Wiped,
                (false, false) => VisitEnd::Abandoned,
            };
            let seat = seats.table()?;
            let mut table = guard(&seat.table);
            table.forget_ready();
            if seats.is_practising()? {
                return Ok(());
            }
            Ok(table.end_visit(end)?)
        })
        .await
}

/// After a visit: what was selected or copied in it is gone.
///
/// `padding` is as long as a message between the page and the shell may be: it takes the place of what was signed in
/// the buffers on the way.
#[tauri::command]
pub(crate) async fn forget_visit(window: WebviewWindow, padding: String) -> Result<(), Failure> {
    drop(padding);
    Ok(lock::empty_clipboards(&window)?)
}

/// Shows the keyboard on the screen from now on, or no more.
#[tauri::command]
pub(crate) async fn show_keyboard(seats: State<'_, Seats>, shown: bool) -> Result<(), Failure> {
    seats.visit().keyboard = shown;
    Ok(())
}

/// Makes no sound from now on, or sounds again.
#[tauri::command]
pub(crate) async fn mute_sounds(seats: State<'_, Seats>, muted: bool) -> Result<(), Failure> {
    seats.visit().muted = muted;
    Ok(())
}

/// Ends the page in which a visit was, with all of its memory, and shows a fresh one. Nothing runs in the page after it.
#[tauri::command]
pub(crate) async fn fresh_page(window: WebviewWindow, seats: State<'_, Seats>) -> Result<(), Failure> {
    seats.visit().set_cleared();
    Ok(lock::renew(&window)?)
}
