//! Kits: what a table needs to work offline.

use proof::{KeyKind, Seed, SigningKey};
use rand::CryptoRng;
use uuid::Uuid;
use wire::{Kit, KitCertificate, KitCode, KitContents, PinResetCode, Revocation, Signed};

use crate::{
    backup,
    desk::Desk,
    error::DeskError,
    keys::epochs,
    limits::{MAX_KIT_DAYS, MAX_KIT_TABLES, MAX_LABEL, MAX_REASON, one_line},
    random::random_uuid,
    storage::{
        self,
        kit::{KitAbout, KitRow},
    },
    tables::codes,
};

const DAY: i64 = 24 * 60 * 60;

/// When a kit ends that is good for so many days from `now`, both in Unix seconds.
///
/// Errors: [`DeskError::KitDays`] outside 1 to [`MAX_KIT_DAYS`].
pub fn kit_until(now: i64, days: i64) -> Result<i64, DeskError> {
    if !(1..=MAX_KIT_DAYS).contains(&days) {
        return Err(DeskError::KitDays);
    }
    now.checked_add(days * DAY).ok_or(DeskError::KitDays)
}

/// What a kit is to be.
struct NewTerms<'a> {
    label: &'a str,
    max_tables: u32,
    until: i64,
    /// It goes to its table by a code.
    code: bool,
}

/// What a revocation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// A kit: no further table comes with it.
    Kit(Uuid),
    /// A table, in every generation.
    Table(Uuid),
}

impl Desk {
    /// Makes a kit of all petitions, good until `until` (Unix seconds): its id, and the text of the kit file. The
    /// file holds a secret that is kept nowhere else.
    ///
    /// Errors: [`DeskError::KitLabel`], [`DeskError::KitTables`], [`DeskError::KitDays`]; [`DeskError::NoPetition`];
    /// [`DeskError::BackupOld`] when no backup can be written that holds the kit, and then nothing is made.
    pub fn make_kit(
        &mut self,
        label: &str,
        max_tables: u32,
        until: i64,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(Uuid, String), DeskError> {
        let new = NewTerms { label, max_tables, until, code: false };
        self.make_new(&new, now, rng)
    }

    /// Makes a kit ([`Desk::make_kit`]) for one table, which fetches it by its code from the campaign's endpoint. What is sealed
    /// for that goes there with [`Desk::exchange_codes`].
    ///
    /// Errors: those of [`Desk::make_kit`]; [`DeskError::CodeNeedsEndpoint`], [`DeskError::KitLong`].
    pub fn make_kit_with_code(
        &mut self,
        label: &str,
        until: i64,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(Uuid, KitCode), DeskError> {
        let new = NewTerms { label, max_tables: 1, until, code: true };
        let (kit, _) = self.make_new(&new, now, rng)?;
        Ok((kit, self.kit_code(kit)?))
    }

    /// Makes a kit: its id, and the text of its file.
    fn make_new(
        &mut self,
        new: &NewTerms<'_>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(Uuid, String), DeskError> {
        let &NewTerms { max_tables, until, code, .. } = new;
        let label = one_line(new.label, MAX_LABEL).ok_or(DeskError::KitLabel)?;
        if code && self.about.endpoint.is_none() {
            return Err(DeskError::CodeNeedsEndpoint);
        }
        if !(1..=MAX_KIT_TABLES).contains(&max_tables) {
            return Err(DeskError::KitTables);
        }
        if until <= now || until > kit_until(now, MAX_KIT_DAYS)? {
            return Err(DeskError::KitDays);
        }
        let kit = random_uuid(rng);
        let secret = Seed::generate(rng);
        let key = SigningKey::new(Kit::key_name(self.about.id, kit), KeyKind::Signer, &secret);
        let body = KitCertificate {
            kit,
            label: label.to_owned(),
            key: key.verifier().clone(),
            max_tables,
            until,
            endpoint: self.about.endpoint.clone(),
            pin_reset: Some(PinResetCode::of_kit(&self.keys.root, kit).digest(kit)),
        };
        let certificate = Signed::sign(self.about.id, now, body, &[&self.root])?;
        let about = Signed::verify_campaign(&self.about.note)?;
        let tx = storage::write(&mut self.db)?;
        let petitions = storage::petition::list_open_notes(&tx)?;
        let update = storage::campaign::get(&tx)?.update_seq;
        if petitions.is_empty() {
            return Err(DeskError::NoPetition);
        }
        epochs::make_until(&tx, &self.keys, now, until, rng)?;
        let epochs = epochs::list_between(&tx, now, until)?;
        let notes = Some(storage::petition::count(&tx)?);
        let code_until = code.then_some(until);
        storage::kit::insert(&tx, &KitAbout { notes, code_until, ..KitAbout::from(&certificate) })?;
        let contents = KitContents {
            about: &about,
            certificate: &certificate,
            secret: &secret,
            petitions,
            epochs,
            update,
        };
        let text = Kit::write(&contents, now, &self.root)?;
        if code {
            let sealed = codes::seal(&self.keys.root, &self.root, &certificate, &text, now, rng)?;
            storage::kit_code::insert(&tx, &sealed)?;
        }
        // Before anything of it is said to be made: what it seals must open whatever happens to this computer.
        let failures = backup::keep_all(&tx, &self.keys, now)?;
        let changes = storage::backup::get_changes(&tx)?;
        let places = storage::backup::list_places(&tx)?;
        if !places.iter().any(|place| backup::is_current(place, changes)) {
            let failure = failures.last().map(|(_, failure)| *failure);
            self.backup_failures = failures;
            return Err(DeskError::BackupOld(failure));
        }
        tx.commit()?;
        self.backup_failures = failures;
        Ok((kit, text))
    }

    /// Kits, newest first.
    pub fn kits(&self) -> Result<Vec<KitRow>, DeskError> {
        Ok(storage::kit::list(&self.db)?)
    }

    /// Moves the date of a kit, by a certificate for its tables that goes out with the next update.
    ///
    /// Errors: [`DeskError::UnknownKit`], [`DeskError::KitDays`]; [`DeskError::KitOlder`] where the kit was made by an earlier
    /// version and no table came with it yet.
    pub fn move_kit(&mut self, kit: Uuid, until: i64, now: i64) -> Result<(), DeskError> {
        let known = storage::kit::list_about(&self.db)?.into_iter().find(|known| known.kit == kit);
        let known = known.ok_or(DeskError::UnknownKit)?;
        if until <= now || until > kit_until(now, MAX_KIT_DAYS)? {
            return Err(DeskError::KitDays);
        }
        let note = known.certificate.ok_or(DeskError::KitOlder)?;
        let before: Signed<KitCertificate> = Signed::verify_root(&note, self.about.id, self.root.verifier())
            .map_err(|_| DeskError::Damaged("kit"))?;
        // Anybody may read an update: the label stays between desk and tables.
        let body = KitCertificate { until, label: String::new(), ..before.body };
        let moved = Signed::sign(self.about.id, now, body, &[&self.root])?;
        storage::kit::set_moved(&self.db, kit, until, &moved.note())?;
        self.keep_backup(now);
        Ok(())
    }

    /// The code that sets a new PIN at every table of a kit. It is derived, so a restored desk gives the same.
    ///
    /// Errors: [`DeskError::UnknownKit`].
    pub fn pin_reset_code(&self, kit: Uuid) -> Result<PinResetCode, DeskError> {
        if storage::kit::is_known(&self.db, kit)? {
            Ok(PinResetCode::of_kit(&self.keys.root, kit))
        } else {
            Err(DeskError::UnknownKit)
        }
    }

    /// Ends a kit or a table: keeps the revocation note, for [`Desk::tell`], and gives it. What was collected stays.
    ///
    /// Errors: [`DeskError::Reason`], [`DeskError::UnknownKit`], [`DeskError::UnknownTable`].
    pub fn revoke(&mut self, what: Revoked, reason: &str, now: i64) -> Result<String, DeskError> {
        let reason = one_line(reason, MAX_REASON).ok_or(DeskError::Reason)?;
        let (kit, table) = match what {
            Revoked::Kit(kit) => (Some(kit), None),
            Revoked::Table(table) => (None, Some(table)),
        };
        if let Some(kit) = kit
            && !storage::kit::is_known(&self.db, kit)?
        {
            return Err(DeskError::UnknownKit);
        }
        if let Some(table) = table
            && !self.tables()?.iter().any(|row| row.table == table)
        {
            return Err(DeskError::UnknownTable);
        }
        let body = Revocation { kit, table, reason: reason.to_owned() };
        let note = Signed::sign(self.about.id, now, body, &[&self.root])?.note();
        storage::revocation::insert(&self.db, kit, table, &note)?;
        storage::kit_code::erase(&self.db, kit, now)?;
        self.keep_backup(now);
        Ok(note)
    }
}
