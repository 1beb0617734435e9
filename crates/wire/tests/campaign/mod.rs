//! A campaign with fixed keys, so that its bytes are the same every time.
#![expect(clippy::unwrap_used, reason = "tests")]

use proof::{CampaignId, Checkpoint, Frontier, KeyKind, Origin, Seed, SigningKey, leaf_hash};
use uuid::Uuid;
use wire::{
    Admission, Batch, Campaign, EndpointAddress, Epoch, Kit, KitCertificate, KitContents, Petition, Signed,
};

pub(crate) struct Fixed {
    pub(crate) id: CampaignId,
    pub(crate) root: SigningKey,
    kit: SigningKey,
    device: SigningKey,
    pub(crate) origin: Origin,
}

const KIT: Uuid = Uuid::from_u128(0xA);

pub(crate) fn campaign() -> Fixed {
    let root = SigningKey::root(&Seed::from_bytes([1; 32]));
    let id = CampaignId::of_root(root.verifier().public_key());
    let kit = SigningKey::new(Kit::key_name(id, KIT), KeyKind::Signer, &Seed::from_bytes([2; 32]));
    let origin = Origin { campaign: id, table: Uuid::from_u128(0xB), generation: 1 };
    let device = origin.device_key(&Seed::from_bytes([3; 32]));
    Fixed { id, root, kit, device, origin }
}

impl Fixed {
    pub(crate) fn certificate(&self, pin_reset: Option<String>) -> Signed<KitCertificate> {
        let endpoint = SigningKey::endpoint(&Seed::from_bytes([4; 32]));
        let body = KitCertificate {
            kit: KIT,
            label: "Saturday".into(),
            key: self.kit.verifier().clone(),
            max_tables: 20,
            until: 1_000_000,
            endpoint: Some(EndpointAddress {
                url: "https://collect.example.org".into(),
                key: endpoint.verifier().clone(),
            }),
            pin_reset,
        };
        Signed::sign(self.id, 10, body, &[&self.root]).unwrap()
    }

    pub(crate) fn batch(&self, entries: &[Vec<u8>], from: usize) -> Vec<u8> {
        let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let body = Admission {
            kit: KIT,
            table: self.origin.table,
            generation: 1,
            device: self.device.verifier().clone(),
            label: "Table 4".into(),
        };
        let after = Frontier::of_leaves(leaves.iter().copied());
        Batch {
            certificate: self.certificate(None).note(),
            admission: Signed::sign(self.id, 20, body, &[&self.kit]).unwrap().note(),
            before: Frontier::of_leaves(leaves[..from].iter().copied()),
            entries: entries[from..].to_vec(),
            checkpoint: Checkpoint::at(self.origin, &after).signed(&self.device).unwrap().to_string(),
        }
        .encode()
    }
}

/// A batch of `count` entries after `before` ones, and all the entries.
pub(crate) fn whole_batch(before: usize, count: usize) -> (Vec<u8>, Vec<Vec<u8>>) {
    let entries: Vec<_> = (0..before + count)
        .map(|number| {
            let mut entry = vec![number as u8; 1657];
            entry[0] = 1;
            entry
        })
        .collect();
    (campaign().batch(&entries, before), entries)
}

/// A kit with so many petitions and epochs.
pub(crate) fn kit(petitions: usize, epochs: usize) -> String {
    let fixed = campaign();
    let about = Campaign { name: "Neighbours".into(), root: fixed.root.verifier().clone() };
    let petition = Petition {
        petition: Uuid::from_u128(0xC),
        version: 1,
        source: "---\ntitle: One\n---\nText".into(),
        text_hash: "00".repeat(32),
        translations: Vec::new(),
    };
    let epoch = Epoch { epoch: "00".repeat(8), suite: 1, key: String::new(), from: 0, until: 1_000_000 };
    let petition = Signed::sign(fixed.id, 10, petition, &[&fixed.root]).unwrap().note();
    let epoch = Signed::sign(fixed.id, 10, epoch, &[&fixed.root]).unwrap().note();
    let contents = KitContents {
        about: &Signed::sign(fixed.id, 10, about, &[&fixed.root]).unwrap(),
        certificate: &fixed.certificate(None),
        secret: &Seed::from_bytes([2; 32]),
        petitions: vec![petition; petitions],
        epochs: vec![epoch; epochs],
        update: 0,
    };
    Kit::write(&contents, 30, &fixed.root).unwrap()
}
