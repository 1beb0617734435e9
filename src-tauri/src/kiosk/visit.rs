//! A visit: what one person has signed so far.

use std::collections::BTreeMap;

use uuid::Uuid;

/// What one person at the kiosk has signed so far, so that nothing counts twice: each petition, and the signature's id.
#[derive(Default)]
pub(crate) struct Visit {
    id: Uuid,
    signed: BTreeMap<Uuid, Uuid>,
}

impl Visit {
    /// The petitions signed in the visit of this id. Another id than the last one begins a new visit.
    pub(crate) fn signed_in(&mut self, id: Uuid) -> &mut BTreeMap<Uuid, Uuid> {
        if self.id != id {
            *self = Self { id, signed: BTreeMap::new() };
        }
        &mut self.signed
    }
}
