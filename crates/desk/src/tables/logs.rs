//! All that is here of a log: its branches, and the batches that wait.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use proof::Frontier;
use rusqlite::Connection;

use super::branches;
use crate::{
    error::DeskError,
    storage::{
        self, entry,
        log::{Branch, LogName},
    },
    view::View,
};

/// What one device signed as one table and generation, as far as it is here.
pub(crate) struct KnownLog {
    pub(crate) name: LogName,
    /// What the volunteer calls the table.
    pub(crate) label: String,
    /// In the order in which they came; none while all that is here of the log waits.
    pub(crate) branches: Vec<Branch>,
    waiting: Vec<Span>,
}

/// Entries in a batch that waits.
struct Span {
    /// The first that is missing before it.
    missing: u64,
    from: u64,
    to: u64,
}

/// A branch with what tells it from the others of its log.
pub(crate) struct NamedBranch<'a> {
    pub(crate) branch: &'a Branch,
    /// Its first entry that is in no other; none when it is the only branch.
    pub(crate) since: Option<u64>,
    /// The first eight digits of that entry's leaf.
    pub(crate) code: Option<String>,
}

impl KnownLog {
    /// Entries of its longest branch.
    pub(crate) fn longest(&self) -> u64 {
        self.branches.iter().map(|branch| branch.size).max().unwrap_or_default()
    }

    /// Entries of all branches that are merged, each once.
    pub(crate) fn merged(&self) -> u64 {
        self.branches.iter().map(|branch| branch.size.saturating_sub(branch.fork_at)).sum()
    }

    /// Entries in batches that wait.
    pub(crate) fn waiting(&self) -> u64 {
        let (mut sum, mut reached) = (0, 0);
        for span in &self.waiting {
            let from = span.from.max(reached);
            sum += span.to.saturating_sub(from);
            reached = reached.max(span.to);
        }
        sum
    }

    /// The runs of entries that are missing before batches that wait: from the first missing up to the next here.
    pub(crate) fn gaps(&self) -> Vec<(u64, u64)> {
        let (mut gaps, mut reached) = (Vec::new(), 0);
        for span in &self.waiting {
            reached = reached.max(span.missing);
            if span.from > reached {
                gaps.push((reached, span.from));
            }
            reached = reached.max(span.to);
        }
        gaps
    }

    /// Whether its device has signed two logs: both are here, a batch waits that is of none that is here, or an earlier
    /// version saw it.
    fn is_forked(&self) -> bool {
        self.branches.len() > 1
            || self.branches.iter().any(|branch| branch.lost_another)
            || self.waiting.iter().any(|span| span.from <= self.longest())
    }

    /// A branch in the parts that it consists of, from the first entry on: which branch has the part, and its end.
    pub(crate) fn parts<'a>(&'a self, branch: &'a Branch) -> Vec<(&'a Branch, u64)> {
        let mut to = branch.size;
        let mut parts = Vec::new();
        for part in branches::path(&self.branches, branch) {
            if to > part.fork_at {
                parts.push((part, to));
            }
            to = to.min(part.fork_at);
        }
        parts.reverse();
        parts
    }

    /// Its branches, by where they begin to be like no other; which came first says nothing.
    pub(crate) fn branches_in_order(&self, db: &Connection) -> Result<Vec<NamedBranch<'_>>, DeskError> {
        let mut named = Vec::new();
        for branch in &self.branches {
            let since = branches::alone_since(&self.branches, branch);
            let leaf = since.map(|at| entry::find_leaf(db, branch.log, at)).transpose()?.flatten();
            let code = leaf.map(|leaf| HEXLOWER.encode(leaf.0.get(..4).unwrap_or_default()));
            named.push((since, leaf, NamedBranch { branch, since, code }));
        }
        named.sort_by_key(|(since, leaf, _)| (*since, *leaf));
        Ok(named.into_iter().map(|(_, _, named)| named).collect())
    }
}

impl View<'_> {
    /// Every log of which something is here, by table, generation and device.
    pub(crate) fn logs(self) -> Result<Vec<KnownLog>, DeskError> {
        let mut logs: BTreeMap<_, KnownLog> = BTreeMap::new();
        let key = |name: &LogName| (name.table, name.generation, name.device.to_string());
        for branch in storage::log::list(self.db)? {
            let (name, label) = (branch.name.clone(), branch.label.clone());
            let empty = KnownLog { name, label, branches: Vec::new(), waiting: Vec::new() };
            logs.entry(key(&branch.name)).or_insert(empty).branches.push(branch);
        }
        for name in storage::waiting::list_logs(self.db)? {
            let waiting = storage::waiting::list_between(self.db, &name, 0, Frontier::MAX_SIZE)?;
            let label =
                waiting.iter().map(|waiting| waiting.label.as_str()).min().unwrap_or_default().to_owned();
            let empty = KnownLog { name: name.clone(), label, branches: Vec::new(), waiting: Vec::new() };
            let log = logs.entry(key(&name)).or_insert(empty);
            for waiting in waiting {
                let missing = branches::missing_from(self.db, &log.branches, &waiting.before)?;
                log.waiting.push(Span { missing, from: waiting.before.size(), to: waiting.to });
            }
        }
        Ok(logs.into_values().collect())
    }

    /// Whether another log was seen under the name of this one: of its own device, or of another that claims the same
    /// table and generation.
    pub(crate) fn is_forked(self, log: &KnownLog) -> Result<bool, DeskError> {
        let LogName { table, generation, .. } = log.name;
        Ok(log.is_forked() || storage::log::list_devices(self.db, table, generation)?.len() > 1)
    }
}
