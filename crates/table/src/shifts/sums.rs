//! The sums of a shift: as they were counted, and as the log has them.

use petition::{
    Checks, Closing, EventKind, LineSums, LogPlace, Note, NoteAbout, Opening, SheetCounts, SignatureSums,
    VisitSums,
};
use uuid::Uuid;

use crate::{
    error::TableError,
    notes::NONE,
    signing::minute,
    storage::{
        again,
        entry::Span,
        opening, record,
        sheet::{self, Sums},
        shift::Shift,
        stride, visit,
    },
    table::Table,
};

impl Table {
    /// The sums of the running shift as they are now, at a time (Unix seconds), with nothing said yet. `sheets` are the paper
    /// sheets as the volunteer counts them.
    ///
    /// Errors: [`TableError::NoShift`].
    pub fn shift_sums(&self, sheets: Option<SheetCounts>, now: i64) -> Result<Closing, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        let opening = opening::find(&self.storage.connection, shift.id)?.map(opening_of).transpose()?;
        let lines = self.line_sums(shift.id)?;
        let since = opening.as_ref().map(|opening| opening.place);
        let issued = opening.as_ref().and_then(|opening| opening.issued);
        let pauses = self.pauses(shift, now)?;
        Ok(Closing {
            place: self.log_place(),
            visits: self.visit_sums(shift.id)?,
            signatures: self.signature_sums(since, lines.entered)?,
            // What was handed out is to come back, counted or not.
            sheets: sheets.or_else(|| issued.map(|issued| SheetCounts { issued, ..SheetCounts::default() })),
            lines,
            explained: None,
            witness: None,
            laptop_seal: None,
            stick_seal: None,
            pauses: pauses.pauses,
            paused_minutes: pauses.minutes,
            hand_overs: pauses.hand_overs,
            opening,
        })
    }

    fn visit_sums(&self, shift: i64) -> Result<VisitSums, TableError> {
        let visit::Visits { begun, signed, abandoned, wiped } = visit::get(&self.storage.connection, shift)?;
        Ok(VisitSums { begun, signed, abandoned, wiped })
    }

    fn line_sums(&self, shift: i64) -> Result<LineSums, TableError> {
        let mut all = LineSums::default();
        for petition in self.petitions() {
            let (sheets, lines, sums) = self.paper_sums(shift, petition.id())?;
            all.sheets += sheets;
            all.lines += lines;
            all.entered += sums.entered;
            all.blank += sums.blank;
            all.struck += sums.struck;
            all.illegible += sums.illegible;
        }
        Ok(all)
    }

    /// Of a petition, how many sheets were closed in a shift, how many lines they have, and their sums.
    pub(super) fn paper_sums(&self, shift: i64, petition: Uuid) -> Result<(u64, u64, Sums), TableError> {
        Ok(sheet::sums_of_shift(&self.storage.connection, shift, petition)?)
    }

    fn signature_sums(&self, since: Option<LogPlace>, paper: u64) -> Result<SignatureSums, TableError> {
        let counts = self.counts()?;
        let kiosk = counts.this_shift.saturating_sub(paper);
        let Some(since) = since else {
            let waiting = counts.waiting.min(counts.this_shift);
            let received = counts.this_shift - waiting;
            return Ok(SignatureSums { kiosk, paper, growth: None, received, waiting, notes: None });
        };
        let (mut received, mut waiting, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for log in self.older.iter().chain([&self.log]) {
            let span = |from, to| Span { generation: log.generation, from, to };
            received.push(span(0, log.is_received()));
            waiting.push(span(log.is_received(), log.to_receive()));
            all.push(span(0, log.head.size()));
        }
        let (growth, notes) = self.new_since(since, all)?;
        Ok(SignatureSums {
            kiosk,
            paper,
            growth: Some(growth),
            received: self.new_since(since, received)?.0,
            waiting: self.new_since(since, waiting)?.0,
            notes: Some(notes),
        })
    }

    /// Of the entries of some spans, how many signatures and how many notes were appended first after a place of the log, each
    /// once however often it was appended again.
    fn new_since(&self, since: LogPlace, spans: Vec<Span>) -> Result<(u64, u64), TableError> {
        let (mut signatures, mut notes) = (0, 0);
        for span in again::first_places(&self.runs, spans) {
            let from = match span.generation.cmp(&since.generation) {
                std::cmp::Ordering::Less => continue,
                std::cmp::Ordering::Equal => span.from.max(since.size),
                std::cmp::Ordering::Greater => span.from,
            };
            if from >= span.to {
                continue;
            }
            let of_notes = stride::count(&self.storage.connection, Span { from, ..span }, NONE)?;
            notes += of_notes;
            signatures += span.to - from - of_notes;
        }
        Ok((signatures, notes))
    }

    /// How many signatures of a shift that began at a place are covered by no receipt yet.
    pub(super) fn waiting_since(&self, since: LogPlace, until: LogPlace) -> Result<u64, TableError> {
        let logs = self.older.iter().chain([&self.log]);
        let waiting: Vec<Span> = logs
            .map(|log| Span { generation: log.generation, from: log.is_received(), to: log.to_receive() })
            .collect();
        let (from_then, _) = self.new_since(since, waiting.clone())?;
        let (after, _) = self.new_since(until, waiting)?;
        Ok(from_then - after.min(from_then))
    }

    fn pauses(&self, shift: &Shift, now: i64) -> Result<Pauses, TableError> {
        let mut pauses = Pauses::default();
        let mut since = None;
        for kept in record::list(&self.storage.connection, shift.id)? {
            let note = Note::from_cbor(&kept.cbor).map_err(|_| TableError::Damaged)?;
            let NoteAbout::Event(event) = note.about else { continue };
            match event.what {
                EventKind::Paused => {
                    pauses.pauses += 1;
                    since = Some(note.written_at);
                }
                EventKind::Resumed => pauses.end(since.take(), note.written_at),
                EventKind::HandedOver => pauses.hand_overs += 1,
            }
        }
        pauses.end(since, minute(now).max(0).unsigned_abs());
        Ok(pauses)
    }
}

#[derive(Default)]
struct Pauses {
    pauses: u32,
    minutes: u64,
    hand_overs: u32,
}

impl Pauses {
    /// A clock that was set back in between ends a pause at once.
    fn end(&mut self, since: Option<u64>, at: u64) {
        self.minutes += since.map_or(0, |since| at.saturating_sub(since) / 60);
    }
}

/// How a shift began, as it is told.
pub(super) fn opening_of(row: opening::Row) -> Result<Opening, TableError> {
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let checks: Checks = serde_json::from_str(&row.checks).map_err(|_| TableError::Damaged)?;
    Ok(Opening {
        at: minute(row.at).max(0).unsigned_abs(),
        place: LogPlace { generation: row.generation, size: row.size, root: row.root },
        checks,
        witness: given(row.witness),
        laptop_seal: given(row.laptop_seal),
        stick_seal: given(row.stick_seal),
        issued: row.issued,
        refused: row.refused,
    })
}
