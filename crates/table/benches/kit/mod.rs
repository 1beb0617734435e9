//! A campaign with one petition, its kit, and a draft.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use data_encoding::BASE64;
use petition::{Draft, Petition, SAMPLE};
use proof::{CampaignId, KeyKind, Seed, SigningKey};
use sealing::SecretKey;
use uuid::Uuid;
use wire::{Campaign, Epoch, Kit, KitCertificate, KitContents, Signed};

pub(crate) const NOW: i64 = 1_790_000_000;
const PETITION: Uuid = Uuid::from_u128(1);

pub(crate) fn kit() -> String {
    let mut rng = rand::rng();
    let root = SigningKey::root(&Seed::generate(&mut rng));
    let id = CampaignId::of_root(root.verifier().public_key());
    let (kit, secret) = (Uuid::from_u128(2), Seed::generate(&mut rng));
    let key = SigningKey::new(Kit::key_name(id, kit), KeyKind::Signer, &secret);
    let petition = Petition::parse(PETITION, 1, SAMPLE).unwrap();
    let petition = wire::Petition {
        petition: PETITION,
        version: 1,
        source: SAMPLE.to_owned(),
        text_hash: petition.text_hash_hex(),
    };
    let public = SecretKey::generate(&mut rng).public().unwrap();
    let epoch = Epoch {
        epoch: public.epoch().to_string(),
        suite: 1,
        key: BASE64.encode(&public.to_bytes()),
        from: NOW - 1,
        until: NOW + 86_400,
    };
    let certificate = KitCertificate {
        kit,
        label: "Bench".into(),
        key: key.verifier().clone(),
        max_tables: 1,
        until: NOW + 86_400,
        endpoint: None,
    };
    let about = Campaign { name: "Bench".into(), root: root.verifier().clone() };
    let contents = KitContents {
        about: &Signed::sign(id, NOW, about, &[&root]).unwrap(),
        certificate: &Signed::sign(id, NOW, certificate, &[&root]).unwrap(),
        secret: &secret,
        petitions: vec![Signed::sign(id, NOW, petition, &[&root]).unwrap().note()],
        epochs: vec![Signed::sign(id, NOW, epoch, &[&root]).unwrap().note()],
    };
    Kit::write(&contents, NOW, &root).unwrap()
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
