//! A visit: what one person has signed so far.

use std::{collections::BTreeMap, mem};

use tauri::{State, WebviewWindow};
use uuid::Uuid;

use crate::{failure::Failure, lock, seats::Seats};

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

/// Ends the page in which a visit was, with all of its memory, and shows a fresh one. Nothing runs in the page after it.
#[tauri::command]
pub(crate) async fn fresh_page(window: WebviewWindow, seats: State<'_, Seats>) -> Result<(), Failure> {
    seats.visit().is_cleared = true;
    Ok(lock::renew(&window)?)
}

/// What one person at the kiosk has signed so far, so that nothing counts twice: each petition, and the signature's id.
#[derive(Default)]
pub(crate) struct Visit {
    id: Uuid,
    signed: BTreeMap<Uuid, Uuid>,
    /// It is over, nothing is left of it, and the page that says so has not come yet.
    is_cleared: bool,
    /// The keyboard on the screen. It is the computer's, and stays from visit to visit.
    pub(crate) keyboard: bool,
}

impl Visit {
    /// The petitions signed in the visit of this id. Another id than the last one begins a new visit.
    pub(crate) fn signed_in(&mut self, id: Uuid) -> &mut BTreeMap<Uuid, Uuid> {
        if self.id != id {
            *self = Self { id, keyboard: self.keyboard, ..Self::default() };
        }
        &mut self.signed
    }

    /// Whether the visit before was cleared since this was last asked.
    pub(crate) fn take_cleared(&mut self) -> bool {
        mem::take(&mut self.is_cleared)
    }
}
