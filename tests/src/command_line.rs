//! The command line as a process.

use std::{
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

use anyhow::bail;
use serde_json::Value;

use crate::{Computer, Program, running::Running};

/// `undersigned` on a profile.
#[derive(Clone, Debug)]
pub struct CommandLine<'a> {
    computer: Option<&'a Computer>,
    profile: PathBuf,
    passphrase_file: Option<PathBuf>,
    environment: Vec<(String, OsString)>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it answered, a JSON value for each line.
    pub answers: Vec<Value>,
    /// What it said on its error output.
    pub error: String,
}

/// How a command ended, in the words that people see.
#[derive(Debug)]
pub struct Words {
    /// Its exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it answered.
    pub output: String,
    /// What it said on its error output.
    pub error: String,
}

impl<'a> CommandLine<'a> {
    /// On a computer whose keyring has the keys.
    pub fn on(computer: &'a Computer, profile: &Path) -> Self {
        Self {
            computer: Some(computer),
            profile: profile.to_owned(),
            passphrase_file: None,
            environment: Vec::new(),
        }
    }

    /// Without a keyring: the keys rest under a passphrase, which is kept in a file beside the profile.
    pub fn with_passphrase(profile: &Path, passphrase: &str) -> anyhow::Result<Self> {
        let file = profile.with_extension("passphrase");
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, passphrase)?;
        Ok(Self {
            computer: None,
            profile: profile.to_owned(),
            passphrase_file: Some(file),
            environment: Vec::new(),
        })
    }

    /// The same, started with these variables beside those of the test.
    pub fn with_environment(&self, variables: Vec<(String, OsString)>) -> Self {
        Self { environment: variables, ..self.clone() }
    }

    /// The same, given a passphrase too: the one of [`CommandLine::with_passphrase`] on that profile.
    pub fn and_passphrase(mut self, passphrase: &str) -> anyhow::Result<Self> {
        let other = Self::with_passphrase(&self.profile, passphrase)?;
        self.passphrase_file = other.passphrase_file;
        Ok(self)
    }

    /// Runs a command to its end and gives its answers. Fails when it does, with what it said.
    pub fn run(&self, arguments: &[&str]) -> anyhow::Result<Vec<Value>> {
        self.run_with_input(arguments, "")
    }

    /// The same, with text on its input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> anyhow::Result<Vec<Value>> {
        let ended = self.end(arguments, input)?;
        if ended.code != Some(0) {
            bail!(
                "`undersigned {}` ended with {:?}: {}",
                arguments.join(" "),
                ended.code,
                ended.error.trim()
            );
        }
        Ok(ended.answers)
    }

    /// Runs a command to its end, however it ends.
    pub fn end(&self, arguments: &[&str], input: &str) -> anyhow::Result<Ended> {
        let output = finish(self.command(arguments)?.arg("--json"), input)?;
        let answers = String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(Ended { code: output.status.code(), answers, error })
    }

    /// The same, as a person sees it: without JSON.
    pub fn words(&self, arguments: &[&str], input: &str) -> anyhow::Result<Words> {
        let output = finish(&mut self.command(arguments)?, input)?;
        Ok(Words {
            code: output.status.code(),
            output: String::from_utf8(output.stdout)?,
            error: String::from_utf8(output.stderr)?,
        })
    }

    /// Starts a command and goes on: to kill it at a bad moment. Its input and output are pipes.
    pub fn start(&self, arguments: &[&str]) -> anyhow::Result<Running> {
        Running::start(self.command(arguments)?.arg("--json").stderr(Stdio::null()))
    }

    fn command(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let program = Program::CommandLine.path()?;
        let mut command =
            self.computer.map_or_else(|| Command::new(&program), |computer| computer.command(&program));
        command.arg("--profile").arg(&self.profile);
        if let Some(file) = &self.passphrase_file {
            command.arg("--passphrase-file").arg(file);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        Ok(command)
    }
}

/// Runs a program to its end, with text on its input.
fn finish(command: &mut Command, input: &str) -> anyhow::Result<Output> {
    let mut child = command.stderr(Stdio::piped()).spawn()?;
    let pipe = child.stdin.take();
    // Written beside reading what it answers: each side would wait for the other once a pipe is full.
    let output = thread::scope(|scope| {
        scope.spawn(move || {
            // A command that needs no input may have ended before it is written.
            let _unread = pipe.map(|mut pipe| pipe.write_all(input.as_bytes()));
        });
        child.wait_with_output()
    })?;
    Ok(output)
}
