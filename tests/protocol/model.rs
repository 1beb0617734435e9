//! What §8 of the protocol says, written from it and from nothing else: no frontier, no database, no HTTP.

use std::collections::{BTreeMap, BTreeSet};

use crate::by_hand::{KITS, LogKey, NOW, Papers, splits_at};

/// An entry of a log: by branch and index, where all branches share what is before their split.
type Entry = (u8, usize);

fn entry(branch: u8, index: usize) -> Entry {
    (if index < splits_at(branch) { 0 } else { branch }, index)
}

/// What an endpoint answers, as far as §8 says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// 201, 200 or 202 to a batch.
    Stored { status: u16, stored_size: usize, receipt: bool },
    /// 422, with the size of the checkpoint that proves it.
    Forked { at: usize, checkpoint: usize },
    /// 409 with `stored_size`.
    Rewind { stored_size: usize },
    /// 200 or 202 to an enrolment: admitted, or held.
    Enrolled { admitted: bool },
    /// 201 or 200 to a note: news, or known.
    Kept { news: bool },
    /// 201 or 200 to a claim: its sealed bytes are there.
    Given { first: bool },
    /// A pulled batch: from and to which index.
    Pulled { from: usize, to: usize },
    /// 204.
    End,
    /// Any other error, by its status and code.
    Refused(u16, &'static str),
}

/// What somebody asks of an endpoint.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    Campaign,
    Enrol {
        log: LogKey,
        papers: Papers,
    },
    /// `changed`: a byte of it was changed on the way.
    Batch {
        log: LogKey,
        papers: Papers,
        branch: u8,
        from: usize,
        to: usize,
        changed: bool,
    },
    Confirm(LogKey),
    RevokeKit(u8),
    RevokeTable(u8),
    /// Its number, and which of several notes of that number.
    Tally {
        seq: u64,
        variant: u8,
    },
    Pull {
        log: LogKey,
        from: usize,
    },
    /// Which deposit, of which kit.
    Deposit {
        number: u8,
        kit: u8,
    },
    /// Which deposit, and whose claim.
    Claim {
        number: u8,
        claim: u8,
    },
}

struct Log {
    papers: Papers,
    admitted: bool,
    entries: Vec<Entry>,
    checkpoints: BTreeSet<usize>,
}

#[derive(Default)]
pub(crate) struct Model {
    /// Seconds since everything was signed.
    pub(crate) elapsed: i64,
    known: bool,
    logs: BTreeMap<LogKey, Log>,
    confirmed: BTreeSet<LogKey>,
    revoked_kits: BTreeSet<u8>,
    revoked_tables: BTreeSet<u8>,
    tally: Option<(u64, u8)>,
    /// By number: of which kit, and by whom they are claimed.
    deposits: BTreeMap<u8, (u8, Option<u8>)>,
}

impl Model {
    /// Entries that are stored of a log.
    pub(crate) fn stored(&self, log: LogKey) -> usize {
        self.logs.get(&log).map_or(0, |log| log.entries.len())
    }

    /// Branch and papers of what is stored of a log.
    pub(crate) fn entries(&self, log: LogKey) -> &[Entry] {
        self.logs.get(&log).map_or(&[], |log| &log.entries)
    }

    pub(crate) fn answer(&mut self, request: &Request) -> Answer {
        if !self.known && !matches!(request, Request::Campaign) {
            return Answer::Refused(404, "unknown-campaign");
        }
        match *request {
            Request::Campaign => Answer::Kept { news: !std::mem::replace(&mut self.known, true) },
            Request::Enrol { log, papers } => match self.look_at(log, papers) {
                None => Answer::Refused(403, "revoked"),
                Some(admitted) => {
                    self.make(log, papers, admitted);
                    Answer::Enrolled { admitted }
                }
            },
            Request::Batch { changed: true, .. } => Answer::Refused(400, "bad-batch"),
            Request::Batch { log, papers, branch, from, to, changed: false } => {
                self.append(log, papers, branch, from, to)
            }
            Request::Confirm(log) => {
                if let Some(log) = self.logs.get_mut(&log) {
                    log.admitted = true;
                }
                Answer::Kept { news: self.confirmed.insert(log) }
            }
            Request::RevokeKit(kit) => Answer::Kept { news: self.revoked_kits.insert(kit) },
            Request::RevokeTable(table) => Answer::Kept { news: self.revoked_tables.insert(table) },
            Request::Tally { seq, variant } => match self.tally {
                Some(known) if known == (seq, variant) => Answer::Kept { news: false },
                Some((known, _)) if known >= seq => Answer::Refused(409, "stale"),
                _ => {
                    self.tally = Some((seq, variant));
                    Answer::Kept { news: true }
                }
            },
            Request::Pull { log, from } => self.pull(log, from),
            Request::Deposit { number, .. } if self.deposits.contains_key(&number) => {
                Answer::Kept { news: false }
            }
            Request::Deposit { kit, .. } if self.revoked_kits.contains(&kit) => {
                Answer::Refused(403, "revoked")
            }
            Request::Deposit { number, kit } => {
                self.deposits.insert(number, (kit, None));
                Answer::Kept { news: true }
            }
            Request::Claim { number, claim } => self.claim(number, claim),
        }
    }

    /// Whether a log is admitted now; none when it is revoked (§8.3).
    fn look_at(&self, key: LogKey, papers: Papers) -> Option<bool> {
        let stored = self.logs.get(&key);
        let papers = stored.map_or(papers, |log| log.papers);
        if self.revoked_kits.contains(&papers.kit) || self.revoked_tables.contains(&key.table) {
            return None;
        }
        if stored.is_some_and(|log| log.admitted) || self.confirmed.contains(&key) {
            return Some(true);
        }
        let (max_tables, until) = KITS[usize::from(papers.kit)];
        let in_date = until > NOW + self.elapsed;
        let others: BTreeSet<u8> = self
            .logs
            .iter()
            .filter(|(other, log)| log.admitted && log.papers.kit == papers.kit && other.table != key.table)
            .map(|(other, _)| other.table)
            .collect();
        let place = if key.generation == 1 {
            !self
                .logs
                .keys()
                .any(|other| (other.table, other.generation) == (key.table, 1) && other.device != key.device)
        } else {
            papers.spoken_for_by.is_some_and(|device| {
                let before = LogKey { generation: key.generation - 1, device, ..key };
                self.logs.get(&before).is_some_and(|log| log.admitted)
            })
        };
        Some(in_date && others.len() < max_tables as usize && place)
    }

    fn make(&mut self, key: LogKey, papers: Papers, admitted: bool) -> &mut Log {
        let log = self.logs.entry(key).or_insert_with(|| Log {
            papers,
            admitted,
            entries: Vec::new(),
            checkpoints: BTreeSet::new(),
        });
        log.admitted |= admitted;
        log
    }

    fn append(&mut self, key: LogKey, papers: Papers, branch: u8, from: usize, to: usize) -> Answer {
        let Some(admitted) = self.look_at(key, papers) else { return Answer::Refused(403, "revoked") };
        let stored = self.entries(key);
        if from > stored.len() {
            return Answer::Rewind { stored_size: stored.len() };
        }
        let differs = |index: &usize| stored[*index] != entry(branch, *index);
        // From where on it differs, and from which size on that shows.
        let forked = match (0..from).find(differs) {
            Some(first) => Some((start_of_subtree(from, first), from)),
            None => (from..to.min(stored.len())).find(differs).map(|at| (at, at + 1)),
        };
        if let Some((at, shows)) = forked {
            let checkpoint = *self.logs[&key].checkpoints.range(shows..).next().unwrap();
            return Answer::Forked { at, checkpoint };
        }
        let log = self.make(key, papers, admitted);
        let known = log.entries.len();
        log.entries.extend((known..to).map(|index| entry(branch, index)));
        log.checkpoints.insert(to);
        let stored_size = log.entries.len();
        let status = match (admitted, stored_size > known) {
            (false, _) => 202,
            (true, true) => 201,
            (true, false) => 200,
        };
        Answer::Stored { status, stored_size, receipt: admitted }
    }

    fn claim(&mut self, number: u8, claim: u8) -> Answer {
        let Some((kit, claimed)) = self.deposits.get_mut(&number) else {
            return Answer::Refused(404, "unknown-deposit");
        };
        if self.revoked_kits.contains(kit) {
            return Answer::Refused(403, "revoked");
        }
        if claimed.is_some_and(|first| first != claim) {
            return Answer::Refused(409, "claimed");
        }
        if KITS[usize::from(*kit)].1 <= NOW + self.elapsed {
            return Answer::Refused(410, "expired");
        }
        Answer::Given { first: claimed.replace(claim).is_none() }
    }

    fn pull(&self, key: LogKey, from: usize) -> Answer {
        let Some(log) = self.logs.get(&key) else { return Answer::Refused(404, "unknown-log") };
        if !log.admitted {
            return Answer::Refused(403, "held");
        }
        if from >= log.entries.len() {
            return Answer::End;
        }
        let start = log.checkpoints.range(..=from).next_back().copied().unwrap_or(0);
        let near = log.checkpoints.range(from + 1..=start + 768).next_back();
        let end = near.or_else(|| log.checkpoints.range(from + 1..).next()).unwrap();
        Answer::Pulled { from: start, to: *end }
    }
}

/// Where the complete subtree of a log of this size begins that an entry is in: the largest come first.
fn start_of_subtree(size: usize, entry: usize) -> usize {
    let mut start = 0;
    for bit in (0..usize::BITS).rev() {
        let subtree = size & (1 << bit);
        if (start..start + subtree).contains(&entry) {
            break;
        }
        start += subtree;
    }
    start
}
