//! The help: what each command is for, with an example that works.

use clap::{Command, CommandFactory};

use crate::{Arguments, ending::EXIT_CODES};

/// The command line, with its long help.
pub(crate) fn command() -> Command {
    Arguments::command().after_help(EXIT_CODES)
}
