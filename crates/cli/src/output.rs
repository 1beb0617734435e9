//! What is printed: sentences for people, JSON for scripts.
#![expect(clippy::print_stderr, reason = "a command line answers by printing")]

use std::io::{self, Write};

use desk::DeskError;
use serde_json::{Value, json};
use table::TableError;
use vault::VaultError;

pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// Says what came of a command; what was said is out before the next thing happens.
    pub(crate) fn say(&self, sentence: &str, value: &Value) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            writeln!(out, "{value}")?
        } else {
            writeln!(out, "{sentence}")?
        }
        out.flush()
    }

    pub(crate) fn failure(&self, error: &anyhow::Error) {
        if self.json {
            eprintln!("{}", json!({ "error": code(error), "detail": format!("{error:#}") }));
        } else {
            eprintln!("error: {error:#} ({})", code(error));
        }
    }
}

/// What this command line itself refuses.
#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
pub(crate) struct Refusal {
    code: &'static str,
    detail: &'static str,
}

impl Refusal {
    /// With a stable code, and what to do.
    pub(crate) fn new(code: &'static str, detail: &'static str) -> Self {
        Self { code, detail }
    }
}

fn code(error: &anyhow::Error) -> &'static str {
    if let Some(error) = error.downcast_ref::<Refusal>() {
        error.code
    } else if let Some(error) = error.downcast_ref::<TableError>() {
        error.code()
    } else if let Some(error) = error.downcast_ref::<DeskError>() {
        error.code()
    } else if let Some(error) = error.downcast_ref::<VaultError>() {
        error.code()
    } else if let Some(error) = error.downcast_ref::<table::wire::ClientError>() {
        error.code()
    } else if error.downcast_ref::<io::Error>().is_some() {
        "file"
    } else {
        "failed"
    }
}
