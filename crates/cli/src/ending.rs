//! How a command ended, beside failing: its exit codes.

use std::process::ExitCode;

/// The exit codes, for people.
pub(crate) const EXIT_CODES: &str = "Exit codes:
  0  done
  1  failed: the error says why, and has a code for scripts
  2  this is not how it is used: see --help
  3  a draft has problems and was not saved; the other drafts were
  4  a batch was refused or cannot be read; the others were taken
  5  not everything is received by the endpoint yet
  6  something is kept and waits: a batch for an earlier one";

/// How a command ended. The later of two that both are so is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// All of it is done.
    Done,
    /// A draft was not saved.
    DraftProblems,
    /// Something is left to send.
    NotAllReceived,
    /// A batch is kept, and waits for an earlier one.
    Waiting,
    /// A batch was not taken.
    BatchRefused,
}

impl Ending {
    /// An error.
    pub(crate) const FAILED: ExitCode = ExitCode::FAILURE;

    pub(crate) fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::DraftProblems => 3,
            Self::BatchRefused => 4,
            Self::NotAllReceived => 5,
            Self::Waiting => 6,
        })
    }
}
