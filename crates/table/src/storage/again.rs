//! Runs of entries that were appended again in a later generation: where they are, and where they were before.

use rusqlite::Connection;

use super::{entry::Span, place::Place};
/// A run of an older database: what a generation had not received is at the beginning of the next.
pub(crate) const STEP_2: &str = "CREATE TABLE again (
    place INTEGER PRIMARY KEY,
    entries INTEGER NOT NULL,
    place_before INTEGER NOT NULL
) STRICT;
INSERT INTO again (place, entries, place_before)
SELECT (generation + 1) << 40, size - received_size, (generation << 40) | received_size
FROM generation
WHERE size > received_size AND generation < (SELECT max(generation) FROM generation);";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) generation: u32,
    pub(crate) first: u64,
    pub(crate) entries: u64,
    pub(crate) generation_before: u32,
    pub(crate) first_before: u64,
}

pub(crate) fn insert(db: &Connection, run: &Run) -> rusqlite::Result<()> {
    let mut insert =
        db.prepare_cached("INSERT INTO again (place, entries, place_before) VALUES (?1, ?2, ?3)")?;
    insert.execute((
        Place::new(run.generation, run.first),
        run.entries,
        Place::new(run.generation_before, run.first_before),
    ))?;
    Ok(())
}

/// All of them, in the log's order.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<Run>> {
    let mut select =
        db.prepare_cached("SELECT place, entries, place_before FROM again WHERE place >= 0 ORDER BY place")?;
    let rows = select.query_map([], |row| {
        let Place { generation, index: first } = row.get("place")?;
        let Place { generation: generation_before, index: first_before } = row.get("place_before")?;
        let entries = row.get("entries")?;
        Ok(Run { generation, first, entries, generation_before, first_before })
    })?;
    rows.collect()
}

/// Where the entries of a span were appended first: each is in one span only, and no two spans overlap.
pub(crate) fn first_places(runs: &[Run], spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut found = Vec::new();
    spans.into_iter().for_each(|span| find_first(runs, span, &mut found));
    found.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in found {
        match apart.last_mut() {
            Some(last) if last.generation == span.generation && span.from <= last.to => {
                last.to = last.to.max(span.to);
            }
            _ => apart.push(span),
        }
    }
    apart
}

fn find_first(runs: &[Run], span: Span, found: &mut Vec<Span>) {
    let mut rest = span.from;
    for run in runs.iter().filter(|run| run.generation == span.generation) {
        let (from, to) = (rest.max(run.first), span.to.min(run.first + run.entries));
        if from < to {
            if rest < from {
                found.push(Span { from: rest, to: from, ..span });
            }
            let before = |index: u64| run.first_before + (index - run.first);
            let again = Span { generation: run.generation_before, from: before(from), to: before(to) };
            find_first(runs, again, found);
            rest = to;
        }
    }
    if rest < span.to {
        found.push(Span { from: rest, ..span });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_appended_again_and_again_is_found_where_it_was_first() {
        let run = |generation, first, entries, generation_before, first_before| Run {
            generation,
            first,
            entries,
            generation_before,
            first_before,
        };
        // Ten entries of which six were received; four again with two new; one of those set aside.
        let runs = [run(2, 0, 4, 1, 6), run(3, 0, 1, 2, 1), run(3, 1, 3, 2, 3), run(3, 4, 1, 2, 2)];
        let span = |generation, from, to| Span { generation, from, to };
        for (spans, expect) in [
            (vec![span(2, 0, 6)], vec![span(1, 6, 10), span(2, 4, 6)]),
            (vec![span(3, 0, 5)], vec![span(1, 7, 10), span(2, 4, 6)]),
            (
                vec![span(1, 0, 8), span(2, 0, 3), span(3, 0, 6)],
                vec![span(1, 0, 10), span(2, 4, 6), span(3, 5, 6)],
            ),
            (vec![span(3, 4, 5)], vec![span(1, 8, 9)]),
            (vec![span(2, 0, 0)], vec![]),
        ] {
            assert_eq!(first_places(&runs, spans.clone()), expect, "{spans:?}");
        }
    }
}
