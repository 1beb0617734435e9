//! A campaign with one petition, its kit, and its epoch's secret.
#![expect(clippy::unwrap_used, reason = "tests")]

use data_encoding::BASE64;
use proof::{CampaignId, KeyKind, Seed, SigningKey};
use rand::{SeedableRng, rngs::StdRng};
use sealing::SecretKey;
use table::petition::{Draft, Petition, SAMPLE};
use uuid::Uuid;
use wire::{Campaign, Epoch, Kit, KitCertificate, KitContents, LogSize, PetitionCount, Signed, Tally};

pub(crate) const NOW: i64 = 1_790_000_010;
pub(crate) const PETITION: Uuid = Uuid::from_u128(1);

pub(crate) struct World {
    pub(crate) root: SigningKey,
    pub(crate) id: CampaignId,
    pub(crate) epoch: SecretKey,
}

pub(crate) fn rng() -> StdRng {
    StdRng::seed_from_u64(rand::random())
}

pub(crate) fn world() -> World {
    let root = SigningKey::root(&Seed::from_bytes([1; 32]));
    let id = CampaignId::of_root(root.verifier().public_key());
    World { root, id, epoch: SecretKey::from_bytes([7; 32]) }
}

impl World {
    pub(crate) fn kit(&self) -> String {
        let (kit, secret) = (Uuid::from_u128(2), Seed::from_bytes([2; 32]));
        let key = SigningKey::new(Kit::key_name(self.id, kit), KeyKind::Signer, &secret);
        let text_hash = Petition::parse(PETITION, 1, SAMPLE).unwrap().text_hash_hex();
        let petition = wire::Petition { petition: PETITION, version: 1, source: SAMPLE.into(), text_hash };
        let public = self.epoch.public().unwrap();
        let epoch = Epoch {
            epoch: public.epoch().to_string(),
            suite: 1,
            key: BASE64.encode(&public.to_bytes()),
            from: NOW - 100,
            until: NOW + 100,
        };
        let certificate = KitCertificate {
            kit,
            label: "Saturday".into(),
            key: key.verifier().clone(),
            max_tables: 5,
            until: NOW + 1_000,
            endpoint: None,
        };
        let about = Campaign { name: "Neighbours".into(), root: self.root.verifier().clone() };
        let contents = KitContents {
            about: &Signed::sign(self.id, NOW, about, &[&self.root]).unwrap(),
            certificate: &Signed::sign(self.id, NOW, certificate, &[&self.root]).unwrap(),
            secret: &secret,
            petitions: vec![Signed::sign(self.id, NOW, petition, &[&self.root]).unwrap().note()],
            epochs: vec![Signed::sign(self.id, NOW, epoch, &[&self.root]).unwrap().note()],
        };
        Kit::write(&contents, NOW, &self.root).unwrap()
    }

    pub(crate) fn tally(&self, seq: u64, count: u64, logs: Vec<LogSize>) -> String {
        let body = Tally { seq, petitions: vec![PetitionCount { petition: PETITION, count }], logs };
        Signed::sign(self.id, NOW, body, &[&self.root]).unwrap().note()
    }
}

pub(crate) fn draft(name: &str) -> Draft {
    let mut draft = Draft::default();
    draft.petition = PETITION;
    draft.language = "en".into();
    draft.full_name = name.into();
    draft
}
