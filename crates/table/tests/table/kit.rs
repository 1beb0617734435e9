//! A campaign with one petition, its kit, and its epoch's secret; and tables of it.

use std::path::Path;

use fixtures::{Campaign, Terms};
use proof::{Receipt, Seed, SigningKey, cosign};
use rand::{SeedableRng, rngs::StdRng};
use sealing::SecretKey;
use table::{
    DatabaseKey, Draft, Keys, SAMPLE, SetUp, ShiftClose, ShiftReport, SignOutcome, Table, WithdrawalCode,
};
use tempfile::TempDir;
use uuid::Uuid;
use wire::{Batch, LogSize, PetitionCount, PinResetCode, Tally, VerifiedBatch};

pub(crate) const NOW: i64 = 1_790_000_010;
pub(crate) const PETITION: Uuid = Uuid::from_u128(1);

pub(crate) struct World {
    pub(crate) campaign: Campaign,
    pub(crate) epoch: SecretKey,
}

pub(crate) fn rng() -> StdRng {
    StdRng::seed_from_u64(rand::random())
}

pub(crate) fn world() -> World {
    World { campaign: Campaign::at(1, NOW), epoch: SecretKey::from_bytes([7; 32]) }
}

pub(crate) const KIT: Uuid = Uuid::from_u128(2);

impl World {
    pub(crate) fn kit(&self) -> String {
        self.kit_with(Some(self.pin_reset_code().digest(KIT)))
    }

    pub(crate) fn pin_reset_code(&self) -> PinResetCode {
        PinResetCode::of_kit(&Seed::from_bytes([1; 32]), KIT)
    }

    /// The kit with this in its certificate, or as it was before there were PIN reset codes.
    pub(crate) fn kit_with(&self, pin_reset: Option<String>) -> String {
        let terms = Terms { kit: KIT, max_tables: 5, until: NOW + 1_000, pin_reset, ..Terms::default() };
        let petition = fixtures::first_version(PETITION, SAMPLE);
        let epoch = fixtures::epoch(&self.epoch, NOW - 100, NOW + 100);
        self.campaign.kit_file(&self.campaign.kit(terms), vec![petition], vec![epoch])
    }

    pub(crate) fn tally(&self, seq: u64, count: u64, logs: Vec<LogSize>) -> String {
        let petitions = vec![PetitionCount { petition: PETITION, count }];
        self.campaign.note(Tally { seq, petitions, logs })
    }
}

pub(crate) fn draft(name: &str) -> Draft {
    let mut draft = Draft::default();
    draft.petition = PETITION;
    draft.language = "en".into();
    draft.full_name = name.into();
    draft
}

pub(crate) fn keys() -> Keys {
    Keys { database: DatabaseKey::from_bytes([5; 32]), device: Seed::from_bytes([6; 32]) }
}

pub(crate) const PIN: &str = "246813";

pub(crate) fn set_up(pin: Option<&str>) -> SetUp {
    SetUp::new(&world().kit(), "Table 4", pin, NOW).unwrap()
}

pub(crate) fn new_table(folder: &Path) -> Table {
    let mut table = Table::create(folder, keys(), set_up(Some(PIN)), NOW, &mut rng()).unwrap();
    table.start_shift("Market", "D. R.", NOW, &mut rng()).unwrap();
    table
}

pub(crate) fn sign(table: &mut Table, name: &str) -> (Uuid, WithdrawalCode) {
    match table.sign(&draft(name), true, NOW, &mut rng()).unwrap() {
        SignOutcome::Saved(saved) => (saved.signature, saved.withdrawal_code),
        SignOutcome::Problems(problems) => panic!("{problems:?}"),
    }
}

pub(crate) fn sign_many(table: &mut Table, count: usize) {
    (0..count).for_each(|number| drop(sign(table, &format!("Person {number}x"))));
}

/// A table in a folder named `table`, with so many signatures.
pub(crate) fn signed(count: usize) -> (TempDir, Table) {
    let folder = tempfile::tempdir().unwrap();
    let mut table = new_table(&folder.path().join("table"));
    sign_many(&mut table, count);
    (folder, table)
}

/// Ends the shift, with nothing said.
pub(crate) fn end_shift(table: &mut Table) -> ShiftReport {
    table.end_shift(&ShiftClose::default(), NOW, &mut rng()).unwrap()
}

pub(crate) fn verified(world: &World, bytes: &[u8]) -> VerifiedBatch {
    Batch::decode(bytes).unwrap().verify(world.campaign.root.verifier()).unwrap()
}

pub(crate) fn endpoint_key() -> SigningKey {
    SigningKey::endpoint(&Seed::from_bytes([4; 32]))
}

/// Takes the receipt of an endpoint for all up to an index of a generation.
pub(crate) fn receive_of(table: &mut Table, generation: u32, to: usize) {
    let endpoint = endpoint_key();
    let batch = table.next_batch(generation, 0, to).unwrap();
    let line = cosign(&batch.checkpoint, &endpoint, NOW.unsigned_abs());
    let receipt = Receipt::verify(&line, &batch.checkpoint, endpoint.verifier()).unwrap();
    table.accept_receipt(&receipt, &batch, NOW).unwrap();
}

/// Takes the receipt of an endpoint for all up to an index of the newest generation.
pub(crate) fn receive(table: &mut Table, to: usize) {
    receive_of(table, table.generation(), to);
}
