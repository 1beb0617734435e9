//! Updates: what the organizer changed since the kit was made, taken whole or not at all.

use petition::{Draft, Petition};
use uuid::Uuid;
use wire::OpenUpdate;

use super::{
    contents::WorksBy,
    news::{Change, News},
};
use crate::{error::TableError, storage::update, table::Table};

/// So much news is kept for somebody to read.
const NEWS_MAX: usize = 50;

impl Table {
    /// Takes an update note, at a time (Unix seconds), whole or not at all; says whether it changed anything. What was signed
    /// stands for the text that was signed, and a visit that has begun goes on with what it shows, until it ends.
    ///
    /// Errors, after which everything is as before: [`TableError::UpdateNotSigned`], [`TableError::UpdateOld`],
    /// [`TableError::UpdateUnreadable`].
    pub fn accept_update(&mut self, note: &str, now: i64) -> Result<bool, TableError> {
        let taken = self.take_update(note, now);
        self.update_fault = taken.as_ref().err().map(TableError::code);
        taken
    }

    fn take_update(&mut self, note: &str, now: i64) -> Result<bool, TableError> {
        let found = OpenUpdate::verify(note, self.about.campaign, self.root_key());
        let found = found.map_err(|_| TableError::UpdateNotSigned)?;
        let kept = update::find(&self.storage.connection)?;
        if kept.is_some_and(|kept| kept.note == note) {
            return Ok(false);
        }
        if found.seq <= self.works_by.update {
            return Err(TableError::UpdateOld);
        }
        let next = WorksBy::updated(&self.kit, &found).map_err(|_| TableError::UpdateUnreadable)?;
        // It is no version of the petitions that are here: no signed word is taken back.
        let is_known = |version: &Petition| next.versions.iter().any(|known| is_same_text(known, version));
        if !self.works_by.versions.iter().all(is_known) {
            return Err(TableError::UpdateUnreadable);
        }
        let changes = self.changes(&next, now);
        let has_changes = !changes.is_empty();
        let mut news = self.news.clone();
        news.extend(changes.into_iter().map(|change| News { at: now, change }));
        news.drain(..news.len().saturating_sub(NEWS_MAX));
        let row = update::Row { note: note.to_owned(), news: to_json(&news)? };
        update::set(&self.storage.connection, &row)?;
        let before = std::mem::replace(&mut self.works_by, next);
        let is_over = |old: &Petition| {
            self.is_ended(old.id())
                || self.petition(old.id()).is_none_or(|now| now.version() != old.version())
        };
        let over = before.petitions.into_iter().filter(|old| !before.ended.contains(&old.id()));
        let over: Vec<Petition> = over.filter(is_over).collect();
        self.shown_before.extend(over);
        self.news = news;
        self.work_by_certificate();
        Ok(has_changes)
    }

    fn changes(&self, next: &WorksBy, now: i64) -> Vec<Change> {
        let mut changes = Vec::new();
        for petition in &next.petitions {
            let (id, title, version) = (petition.id(), petition.title().to_owned(), petition.version());
            let is_ended = next.ended.contains(&id);
            match self.petition(id) {
                None if is_ended => {}
                None => changes.push(Change::Added { title }),
                Some(_) if is_ended && !self.is_ended(id) => changes.push(Change::Ended { title }),
                Some(_) if is_ended => {}
                Some(_) if self.is_ended(id) => changes.push(Change::Reopened { title }),
                Some(before) if before.version() == version => {}
                Some(before) if before.has_same_texts(petition) => {
                    changes.push(Change::Settings { title, version });
                }
                Some(_) => changes.push(Change::Corrected { title, version }),
            }
        }
        let key = |works_by: &WorksBy| works_by.epoch_at(now).map(|key| key.epoch()).ok();
        if key(&self.works_by) != key(next) {
            changes.push(Change::Keys);
        }
        let until = next.certificate.as_ref().map_or(self.about.until, |moved| moved.body.until);
        if until != self.about.until {
            changes.push(Change::KitDate { until });
        }
        changes
    }

    /// What updates changed here, until somebody has read it; oldest first.
    pub fn news(&self) -> &[News] {
        &self.news
    }

    /// Somebody has read what updates changed.
    pub fn read_news(&mut self) -> Result<(), TableError> {
        update::set_news(&self.storage.connection, "[]")?;
        self.news.clear();
        Ok(())
    }

    /// Why the last update that was offered was not taken, by its code; none where it was, or none was offered since.
    pub fn update_fault(&self) -> Option<&'static str> {
        self.update_fault
    }

    /// The endpoint has no newer update.
    pub(crate) fn no_update(&mut self) {
        self.update_fault = None;
    }

    /// The number of the update that it works by; 0 before the first.
    pub fn update(&self) -> u64 {
        self.works_by.update
    }

    /// Whether the organizer ended a petition: it can still be typed in from paper.
    pub fn is_ended(&self, petition: Uuid) -> bool {
        self.works_by.ended.contains(&petition)
    }

    /// Whether every petition has ended: there is nothing to sign.
    pub fn is_all_ended(&self) -> bool {
        self.petitions().iter().all(|petition| self.is_ended(petition.id()))
    }

    /// A petition with a version of its text, the newest where none is said.
    pub(crate) fn text_of(&self, petition: Uuid, version: Option<u32>) -> Result<&Petition, TableError> {
        let Some(version) = version else { return self.petition(petition).ok_or(TableError::NoPetition) };
        let mut versions = self.works_by.versions.iter();
        let found = versions.find(|known| known.id() == petition && known.version() == version);
        found.ok_or(TableError::NoPetition)
    }

    /// The versions of a petition's text, oldest first, each with its number.
    pub fn versions(&self, petition: Uuid) -> Vec<u32> {
        let versions = self.works_by.versions.iter().filter(|known| known.id() == petition);
        let mut versions: Vec<u32> = versions.map(Petition::version).collect();
        versions.sort_unstable();
        versions
    }

    /// The languages of a version of a petition's text, the original's first.
    pub fn languages(&self, petition: Uuid, version: u32) -> Vec<String> {
        let found = self.text_of(petition, Some(version)).ok();
        let texts = found.into_iter().flat_map(Petition::texts);
        texts.map(|text| text.language().to_owned()).collect()
    }

    /// What a draft signs: the text that its visit showed, where an update came since; else the newest.
    pub(crate) fn petition_to_sign(&self, draft: &Draft) -> Result<&Petition, TableError> {
        let is_shown = |old: &&Petition| {
            old.id() == draft.petition && old.texts().any(|text| text.hash_hex() == draft.text_hash)
        };
        if let Some(shown) = self.shown_before.iter().rev().find(is_shown) {
            return Ok(shown);
        }
        if self.is_ended(draft.petition) {
            return Err(TableError::PetitionEnded);
        }
        self.petition(draft.petition).ok_or(TableError::NoPetition)
    }

    /// Nobody is shown any more what updates replaced.
    pub(crate) fn forget_shown_before(&mut self) {
        self.shown_before.clear();
    }

    /// Works by the certificate of the update, where it brings one. A label is told by the kit alone.
    pub(crate) fn work_by_certificate(&mut self) {
        if let Some(moved) = &self.works_by.certificate {
            self.about.until = moved.body.until;
            self.kit.certificate = moved.clone();
        }
    }
}

fn is_same_text(one: &Petition, other: &Petition) -> bool {
    one.id() == other.id() && one.version() == other.version() && one.has_same_texts(other)
}

fn to_json(news: &[News]) -> Result<String, TableError> {
    serde_json::to_string(news).map_err(|_| TableError::Damaged)
}
