//! What may end a shift early: the room on the disk, and the battery.

use std::path::Path;

use serde::Serialize;
use starship_battery::{Manager, State as Battery, units::ratio::percent};
use tauri::State;
use ts_rs::TS;

use crate::{failure::Failure, seats::Seats};

/// Room that is told as little: for some ten thousand signatures.
const LITTLE_ROOM: u64 = 200 * 1024 * 1024;
/// Room that is told as none: for a few hundred.
const NO_ROOM: u64 = 20 * 1024 * 1024;
/// Per cent of a battery that are told as little, and as nearly none.
const LITTLE_CHARGE: f32 = 20.0;
const NO_CHARGE: f32 = 8.0;

/// How much there is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Left {
    /// Enough.
    Enough,
    /// A person should see to it soon.
    Little,
    /// A person should see to it now.
    None,
}

impl Left {
    fn of(value: f32, little: f32, none: f32) -> Self {
        match value {
            value if value < none => Self::None,
            value if value < little => Self::Little,
            _ => Self::Enough,
        }
    }
}

/// What may end a shift early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct Computer {
    /// Room on the disk.
    pub room: Left,
    /// The same in mebibytes.
    pub room_mib: u64,
    /// Charge of the battery; enough where it is being charged, or where there is none.
    pub charge: Left,
    /// The same in per cent; none where it is being charged, or where there is no battery.
    pub charge_percent: Option<u8>,
}

/// What may end a shift early. It is asked for by itself: a battery may take its time to answer, and brings no news of its own.
#[tauri::command]
pub(crate) async fn computer(seats: State<'_, Seats>) -> Result<Computer, Failure> {
    seats.run(|seats| Ok(Computer::now(seats.folder()))).await
}

impl Computer {
    /// As it is now. What cannot be found out is enough: nobody is warned of what is not known.
    pub(super) fn now(folder: &Path) -> Self {
        let room = fs4::available_space(folder).unwrap_or(u64::MAX);
        let charge = charge();
        Self {
            room: match room {
                room if room < NO_ROOM => Left::None,
                room if room < LITTLE_ROOM => Left::Little,
                _ => Left::Enough,
            },
            room_mib: room / (1024 * 1024),
            charge: charge.map_or(Left::Enough, |charge| Left::of(charge, LITTLE_CHARGE, NO_CHARGE)),
            charge_percent: charge.map(|charge| charge.clamp(0.0, 100.0).round() as u8),
        }
    }
}

/// Per cent that all batteries together have left; none where one is being charged, or where there is none.
fn charge() -> Option<f32> {
    let batteries: Vec<_> = Manager::new().ok()?.batteries().ok()?.flatten().collect();
    let is_used = |state| matches!(state, Battery::Discharging | Battery::Empty);
    if !batteries.iter().any(|battery| is_used(battery.state())) {
        return None;
    }
    let charges = batteries.iter().map(|battery| battery.state_of_charge().get::<percent>());
    Some(charges.sum::<f32>() / batteries.len() as f32)
}
