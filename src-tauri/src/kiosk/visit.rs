//! A visit: what one person has signed so far.

use std::{collections::BTreeMap, mem};

use uuid::Uuid;

/// What one person at the kiosk has signed so far, so that nothing counts twice: each petition, and the signature's id.
#[derive(Default)]
pub(crate) struct Visit {
    id: Uuid,
    signed: BTreeMap<Uuid, Uuid>,
    /// It is over, nothing is left of it, and the page that says so has not come yet.
    is_cleared: bool,
    /// The keyboard on the screen. It is the computer's, and stays from visit to visit.
    pub(crate) keyboard: bool,
    /// No sound is made. It is the computer's too.
    pub(crate) muted: bool,
}

impl Visit {
    /// The petitions signed in the visit of this id. Another id than the last one begins a new visit.
    pub(crate) fn signed_in(&mut self, id: Uuid) -> &mut BTreeMap<Uuid, Uuid> {
        if self.id != id {
            *self = Self { id, keyboard: self.keyboard, muted: self.muted, ..Self::default() };
        }
        &mut self.signed
    }

    /// Ends it, and says whether something was signed in it.
    pub(crate) fn end(&mut self) -> bool {
        let has_signed = !self.signed.is_empty();
        let (keyboard, muted) = (self.keyboard, self.muted);
        *self = Self { is_cleared: self.is_cleared, keyboard, muted, ..Self::default() };
        has_signed
    }

    /// It is over, and nothing is left of it.
    pub(crate) fn set_cleared(&mut self) {
        self.is_cleared = true;
    }

    /// Whether the visit before was cleared since this was last asked.
    pub(crate) fn take_cleared(&mut self) -> bool {
        mem::take(&mut self.is_cleared)
    }
}
