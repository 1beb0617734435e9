//! Every signature compared with all others of its petition.

use std::collections::{BTreeMap, BTreeSet};

use matching::Pair;
use uuid::Uuid;

use super::signers::{Compared, add, judge, read_compared, read_people};
use crate::{
    desk::Desk,
    error::DeskError,
    standing::{USUAL_RULE, settle},
    storage::{
        self, decided, pair, signature,
        weighing::{self, Weighing},
    },
};

/// So few are compared anew, all with all, whenever one comes: it takes no time.
const FEW: u64 = 5_000;
/// Of more, once so many of a hundred have come: how common a name is has not changed much until then.
const PERCENT: u64 = 10;

impl Desk {
    /// Compares what has come since with all others, and says again what it changes. It is done after every merge; what a
    /// merge left undone, the next does.
    pub(crate) fn compare_new(&mut self) -> Result<(), DeskError> {
        let done = self.compare_come();
        if done.is_err() {
            // Some may have been taken in already: they come again, and nobody is in memory twice.
            self.compared.clear();
        }
        done
    }

    fn compare_come(&mut self) -> Result<(), DeskError> {
        let known = weighing::up_to(&self.db)?;
        let (mut last, mut fresh) = (known, BTreeMap::<Uuid, Vec<Uuid>>::new());
        for (place, petition, id) in signature::list_come_after(&self.db, known)? {
            last = place;
            fresh.entry(petition).or_default().push(id);
        }
        for petition in weighing::list_stale(&self.db)? {
            fresh.entry(petition).or_default();
        }
        for (petition, ids) in fresh {
            let before = self.compared.remove(&petition);
            let compared = match weighing::find(&self.db, petition)? {
                Some(weighing) if !is_due(&weighing, ids.len() as u64) => {
                    match before.map_or_else(
                        || read_compared(&self.db, petition, known, &weighing),
                        |before| Ok(Some(before)),
                    )? {
                        Some(compared) => self.compare_with_all(petition, compared, weighing, &ids)?,
                        None => self.compare_all(petition)?,
                    }
                }
                _ => self.compare_all(petition)?,
            };
            self.compared.insert(petition, compared);
        }
        if last > known {
            weighing::set_up_to(&self.db, last)?;
        }
        Ok(())
    }

    /// Compares all of every petition of which some were compared with the weights of before: then what counts depends on
    /// nothing but the signatures, and not on the order in which they came.
    pub(crate) fn compare_whole(&mut self) -> Result<(), DeskError> {
        self.compare_new()?;
        for petition in self.petitions.uuids() {
            if weighing::find(&self.db, petition)?.is_some_and(|weighing| weighing.since > 0) {
                let compared = self.compare_all(petition)?;
                self.compared.insert(petition, compared);
            }
        }
        Ok(())
    }

    /// Compares all signatures of a petition with each other, with weights estimated from them.
    fn compare_all(&mut self, petition: Uuid) -> Result<Compared, DeskError> {
        let mut people = read_people(&self.db, petition, i64::MAX)?;
        let candidates = people.candidates();
        let weights = people.estimate(&candidates);
        let pairs = judge(&people, &weights, &candidates);
        let tx = storage::write(&mut self.db)?;
        let rule = decided::find_rule(&tx, petition)?.unwrap_or(USUAL_RULE);
        let mut touched: BTreeSet<Uuid> = signature::list_duplicates(&tx, petition)?.into_iter().collect();
        touched.extend(decided::list_same(&tx, petition)?);
        touched.extend(likely(&pair::list_likely(&tx, petition, rule.threshold)?, rule.threshold));
        touched.extend(likely(&pairs, rule.threshold));
        pair::delete_all(&tx, petition)?;
        for pair in &pairs {
            pair::set(&tx, petition, pair)?;
        }
        let signatures = people.len() as u64;
        weighing::set(&tx, petition, &Weighing { weights: weights.to_bytes(), signatures, since: 0 })?;
        settle(&tx, touched)?;
        tx.commit()?;
        Ok(Compared { people, weights })
    }

    /// Compares those who have come with all others, by the weights that there are.
    fn compare_with_all(
        &mut self,
        petition: Uuid,
        mut compared: Compared,
        mut weighing: Weighing,
        fresh: &[Uuid],
    ) -> Result<Compared, DeskError> {
        let before = compared.people.len();
        for id in fresh {
            let (table, cbor) = signature::get_content(&self.db, *id)?;
            add(&mut compared.people, *id, table, &cbor);
        }
        let candidates = compared.people.candidates_since(before);
        let pairs = judge(&compared.people, &compared.weights, &candidates);
        let tx = storage::write(&mut self.db)?;
        let rule = decided::find_rule(&tx, petition)?.unwrap_or(USUAL_RULE);
        for pair in &pairs {
            pair::set(&tx, petition, pair)?;
        }
        weighing.since += fresh.len() as u64;
        weighing::set(&tx, petition, &weighing)?;
        settle(&tx, likely(&pairs, rule.threshold).collect())?;
        tx.commit()?;
        Ok(compared)
    }

    /// The signers of a petition, read again where they are not in memory.
    pub(super) fn compared(&mut self, petition: Uuid) -> Result<&Compared, DeskError> {
        self.compare_new()?;
        if !self.compared.contains_key(&petition) {
            let read = match weighing::find(&self.db, petition)? {
                Some(weighing) => read_compared(&self.db, petition, i64::MAX, &weighing)?,
                None => None,
            };
            let compared = match read {
                Some(compared) => compared,
                None => self.compare_all(petition)?,
            };
            self.compared.insert(petition, compared);
        }
        self.compared.get(&petition).ok_or(DeskError::Damaged("weighing"))
    }
}

/// Whether all are to be compared again, with so many that have come.
fn is_due(weighing: &Weighing, fresh: u64) -> bool {
    let since = weighing.since + fresh;
    fresh > 0 && (weighing.signatures + since <= FEW || since * 100 > weighing.signatures * PERCENT)
}

/// The signatures in pairs that the rule decides by itself.
fn likely(pairs: &[Pair<Uuid>], threshold: f32) -> impl Iterator<Item = Uuid> {
    pairs.iter().filter(move |pair| pair.probability >= threshold).flat_map(|pair| [pair.one, pair.other])
}
