//! A line of a sheet: what stands there, and what is wrong with it.

use petition::{Draft, Mended, Method, Petition, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::{error::TableError, storage::line};

/// What stands on a line of a sheet.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SheetLine {
    /// Somebody's signature.
    Entered {
        /// As it stands on the paper.
        draft: Box<Draft>,
        /// The volunteer looked at its warnings: it stands so on the paper.
        as_on_paper: bool,
    },
    /// Nothing.
    Blank,
    /// What was struck out on the paper.
    Struck,
    /// What nobody can read.
    Illegible,
}

/// A line that is kept until its sheet is closed.
#[derive(Clone, Serialize, TS)]
pub struct KeptLine {
    /// Its number, from 1.
    pub number: u32,
    /// What stands there.
    pub line: SheetLine,
    /// What keeps its sheet from being closed.
    pub problems: Vec<Problem>,
    /// What is kept of it in another form than it was typed in.
    pub mended: Vec<Mended>,
}

impl SheetLine {
    /// What is to be mended, or to be looked at, before it is sealed.
    pub(super) fn problems(&self, petition: &Petition) -> Vec<Problem> {
        match self {
            Self::Entered { draft, as_on_paper } => {
                let mut problems = draft.validate(petition, Method::Paper);
                problems.retain(|problem| problem.is_error() || !as_on_paper);
                problems
            }
            Self::Blank | Self::Struck | Self::Illegible => Vec::new(),
        }
    }

    /// The line as it is kept, with what is to be said of it.
    pub(super) fn told(self, number: u32, petition: &Petition) -> KeptLine {
        let mended = match &self {
            Self::Entered { draft, .. } => draft.mended(petition, Method::Paper),
            Self::Blank | Self::Struck | Self::Illegible => Vec::new(),
        };
        KeptLine { number, problems: self.problems(petition), mended, line: self }
    }

    pub(super) fn to_row(&self, number: u32) -> Result<line::Row, TableError> {
        let (state, draft) = match self {
            Self::Entered { draft, as_on_paper } => {
                (if *as_on_paper { "as_on_paper" } else { "entered" }, Some(to_bytes(draft)?))
            }
            Self::Blank => ("blank", None),
            Self::Struck => ("struck", None),
            Self::Illegible => ("illegible", None),
        };
        Ok(line::Row { number, state: state.to_owned(), draft })
    }

    pub(super) fn from_row(row: &line::Row) -> Result<Self, TableError> {
        let draft = || {
            let bytes = row.draft.as_deref().ok_or(TableError::Damaged)?;
            serde_json::from_slice(bytes).map_err(|_| TableError::Damaged)
        };
        Ok(match row.state.as_str() {
            "entered" => Self::Entered { draft: draft()?, as_on_paper: false },
            "as_on_paper" => Self::Entered { draft: draft()?, as_on_paper: true },
            "blank" => Self::Blank,
            "struck" => Self::Struck,
            "illegible" => Self::Illegible,
            _ => return Err(TableError::Damaged),
        })
    }
}

/// Room for all of it, so that growing leaves no copies behind.
fn to_bytes(draft: &Draft) -> Result<Zeroizing<Vec<u8>>, TableError> {
    const ROOM: usize = 32 * 1024;
    let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
    serde_json::to_writer(&mut *bytes, draft).map_err(|_| TableError::Sealing)?;
    Ok(bytes)
}
