//! Writes the steps of a sequence.

use data_encoding::BASE64;
use reqwest::Method;
use wire::Confirmation;

use super::step::{Answer, Sequence, Step, status};
use crate::by_hand::{LogKey, Organizer, Papers};

/// The year 2100: these certificates are in date by any clock that is right.
pub(super) const FAR: i64 = 4_102_444_800;
pub(super) const LONG_AGO: i64 = 1_000_000;
pub(super) const ROOT: u8 = 7;

/// Writes the steps of one sequence.
pub(super) struct Writer {
    pub(super) organizer: Organizer,
    pub(super) name: &'static str,
    pub(super) stored: String,
    pub(super) steps: Vec<Step>,
}

pub(super) const FIRST: LogKey = LogKey { table: 0, generation: 1, device: 0 };
pub(super) const PLAIN: Papers = Papers { kit: 0, spoken_for_by: None };

impl Writer {
    /// The campaign is known from the start of most sequences.
    pub(super) fn new(name: &'static str) -> Self {
        let mut writer = Self { organizer: organizer(), name, stored: "nothing".into(), steps: Vec::new() };
        writer.put_campaign(status(201));
        writer.now("the campaign");
        writer
    }

    pub(super) fn now(&mut self, stored: &str) {
        stored.clone_into(&mut self.stored);
    }

    pub(super) fn step(
        &mut self,
        name: &str,
        method: &Method,
        path: &str,
        body: &[u8],
        answer: Answer,
    ) -> &mut Step {
        let path = match path.strip_prefix('~') {
            Some(rest) => format!("/v1/campaigns/{}{rest}", self.organizer.campaign.id),
            None => path.to_owned(),
        };
        self.steps.push(Step {
            name: name.to_owned(),
            stored: self.stored.clone(),
            method: method.to_string(),
            path,
            token: false,
            content_encoding: None,
            body: BASE64.encode(body),
            answer,
        });
        let last = self.steps.len() - 1;
        &mut self.steps[last]
    }

    pub(super) fn put_campaign(&mut self, answer: Answer) {
        let note = self.organizer.about();
        self.step("the campaign's own note", &Method::PUT, "~", note.as_bytes(), answer);
    }

    pub(super) fn batch(
        &mut self,
        name: &str,
        log: LogKey,
        papers: Papers,
        branch: u8,
        span: (usize, usize),
        answer: Answer,
    ) {
        let (bytes, _) = self.organizer.batch(log, papers, branch, span.0, span.1);
        self.step(name, &Method::POST, "~/batches", &bytes, answer);
    }

    pub(super) fn document(&mut self, name: &str, note: &str, answer: Answer) {
        self.step(name, &Method::POST, "~/documents", note.as_bytes(), answer);
    }

    pub(super) fn confirm(&mut self, name: &str, log: LogKey, answer: Answer) {
        let device = self.organizer.device(log).verifier().clone();
        let table = self.organizer.table(log.table);
        let note = self.organizer.note(Confirmation { table, generation: log.generation, device });
        self.document(name, &note, answer);
    }

    pub(super) fn pull(&mut self, name: &str, log: LogKey, from: u64, answer: Answer) -> &mut Step {
        let device = self.organizer.device(log).verifier().to_string();
        let query: String = device
            .bytes()
            .map(|byte| match byte {
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' | b'.' | b'~' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect();
        let table = self.organizer.table(log.table);
        let path = format!("~/logs/{table}/{}/batches?from={from}&device={query}", log.generation);
        let step = self.step(name, &Method::GET, &path, b"", answer);
        step.token = true;
        step
    }

    pub(super) fn pulled(
        &mut self,
        name: &str,
        log: LogKey,
        papers: Papers,
        from: u64,
        span: (usize, usize),
    ) {
        let (bytes, _) = self.organizer.batch(log, papers, 0, span.0, span.1);
        let answer = Answer { body: Some(BASE64.encode(&bytes)), ..status(200) };
        self.pull(name, log, from, answer);
    }

    pub(super) fn done(self) -> Sequence {
        Sequence { name: self.name.to_owned(), steps: self.steps }
    }
}

pub(super) fn organizer() -> Organizer {
    Organizer { kits: [(3, FAR), (1, FAR), (9, LONG_AGO)], ..Organizer::new(ROOT) }
}
