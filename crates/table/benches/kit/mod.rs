//! A campaign with one petition, its kit, and a draft.

use fixtures::{Campaign, Terms};
use petition::{Draft, SAMPLE};
use sealing::SecretKey;
use uuid::Uuid;

pub(crate) const NOW: i64 = fixtures::NOW;
const PETITION: Uuid = Uuid::from_u128(1);

pub(crate) fn kit() -> String {
    let campaign = Campaign::new(1);
    let kit = campaign.kit(Terms { max_tables: 1, ..Terms::default() });
    let petition = fixtures::first_version(PETITION, SAMPLE);
    let epoch = fixtures::epoch(&SecretKey::from_bytes([7; 32]), NOW - 1, NOW + 86_400);
    campaign.kit_file(&kit, vec![petition], vec![epoch])
}

pub(crate) fn draft() -> Draft {
    let mut draft = Draft::default();
    draft.petition = PETITION;
    draft.language = "en".into();
    draft.full_name = "Person Number".into();
    draft.email = "person@example.org".into();
    draft.city = "Seattle".into();
    draft.postal_code = "98118".into();
    draft
}
