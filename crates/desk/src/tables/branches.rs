//! The branches of a log: where a batch belongs among them, and what each has to itself.

use proof::{Frontier, Hash};
use rusqlite::Connection;

use crate::{
    error::DeskError,
    storage::{entry, frontier, log::Branch},
};

/// Where the leaves of a batch go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The branch that they are of as far as they are known; none when nothing of the log is here.
    pub(crate) branch: Option<i64>,
    /// How many of them are here.
    pub(crate) known: usize,
    /// What is not here leaves the branch in its middle.
    pub(crate) forks: bool,
}

/// Finds where a batch belongs; none when what is before it is of no branch that is here, as far as they reach.
pub(crate) fn find_place(
    db: &Connection,
    branches: &[Branch],
    before: &Frontier,
    leaves: &[Hash],
) -> Result<Option<Place>, DeskError> {
    match find_point(db, branches, before)? {
        Some(branch) => Ok(Some(follow(db, branches, branch, before.size(), leaves)?)),
        None if before.size() == 0 => Ok(Some(Place { branch: None, known: 0, forks: false })),
        None => Ok(None),
    }
}

/// The branch that has this frontier at this size as its own.
pub(crate) fn find_point<'a>(
    db: &Connection,
    branches: &'a [Branch],
    before: &Frontier,
) -> Result<Option<&'a Branch>, DeskError> {
    let at = before.size();
    for branch in branches {
        // Where a branch leaves its parent, the place is the parent's.
        let own = if branch.parent.is_some() { branch.fork_at < at } else { true };
        if own && at <= branch.size && frontier::get(db, branch.log, at)? == *before {
            return Ok(Some(branch));
        }
    }
    Ok(None)
}

/// Follows leaves from an index of a branch on, into the branches that leave it, as far as they are known.
fn follow(
    db: &Connection,
    branches: &[Branch],
    branch: &Branch,
    from: u64,
    leaves: &[Hash],
) -> Result<Place, DeskError> {
    let (mut branch, mut known) = (branch, 0);
    loop {
        let at = from + known as u64;
        let rest = leaves.get(known..).unwrap_or_default();
        let to = branch.size.min(at + rest.len() as u64);
        let here = entry::list_leaves(db, branch.log, at, to)?;
        known += here.iter().zip(rest).take_while(|(here, sent)| here == sent).count();
        let at = from + known as u64;
        let Some(next) = leaves.get(known) else { break };
        if at == branch.size {
            break;
        }
        let mut leaving =
            branches.iter().filter(|other| (other.parent, other.fork_at) == (Some(branch.log), at));
        let found = leaving.find_map(|other| match entry::find_leaf(db, other.log, at) {
            Ok(leaf) => (leaf == Some(*next)).then_some(Ok(other)),
            Err(error) => Some(Err(error)),
        });
        match found.transpose()? {
            Some(other) => branch = other,
            None => return Ok(Place { branch: Some(branch.log), known, forks: true }),
        }
    }
    Ok(Place { branch: Some(branch.log), known, forks: false })
}

/// From which entry on something is missing before a batch that waits: as far as a branch that is here reaches, or as
/// far as it can be told to be the batch's own.
pub(crate) fn missing_from(
    db: &Connection,
    branches: &[Branch],
    before: &Frontier,
) -> Result<u64, DeskError> {
    let mut from = 0;
    for tip in branches {
        let path = path(branches, tip);
        let mut reached = tip.size.min(before.size());
        // The first roots of a frontier are the frontiers of the smaller sizes that its binary digits add up to.
        let (mut size, mut rest) = (0, before.size());
        for count in 1..=before.roots().len() {
            let step = 1 << rest.ilog2();
            (size, rest) = (size + step, rest - step);
            if size > tip.size {
                break;
            }
            let roots = before.roots().iter().take(count).copied().collect();
            let Some(holder) = path.iter().find(|branch| branch.fork_at < size) else { break };
            let here = frontier::get(db, holder.log, size)?;
            if Frontier::from_parts(size, roots).is_ok_and(|sent| sent != here) {
                reached = size - step;
                break;
            }
        }
        from = from.max(reached);
    }
    Ok(from)
}

/// A branch with those that it leaves, one after the other, up to the first of the log.
pub(crate) fn path<'a>(branches: &'a [Branch], tip: &'a Branch) -> Vec<&'a Branch> {
    let mut path = vec![tip];
    while let Some(parent) = path.last().and_then(|branch| branch.parent) {
        match branches.iter().find(|branch| branch.log == parent) {
            Some(parent) => path.push(parent),
            None => break,
        }
    }
    path
}

/// From which entry on a branch is like no other; none when it is the only one.
pub(crate) fn alone_since(branches: &[Branch], branch: &Branch) -> Option<u64> {
    let leaving = branches.iter().filter(|other| other.parent == Some(branch.log)).map(|other| other.fork_at);
    leaving.chain(branch.parent.map(|_| branch.fork_at)).max()
}
