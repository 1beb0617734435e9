//! An endpoint as a process.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{ChildStdout, Command, Stdio},
};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::{Program, running::Running};

/// An endpoint on this machine that can be stopped, killed, and started again on the same data at the same
/// address.
#[derive(Debug)]
pub struct Endpoint {
    data: PathBuf,
    environment: Vec<(String, OsString)>,
    address: String,
    running: Option<(Running, BufReader<ChildStdout>)>,
}

impl Endpoint {
    /// Starts one on a folder for its data, at a free port.
    pub fn start(data: &Path) -> anyhow::Result<Self> {
        let mut endpoint = Self::at(data);
        endpoint.start_again()?;
        Ok(endpoint)
    }

    /// One that is not started yet, for a folder for its data.
    pub fn at(data: &Path) -> Self {
        let address = "127.0.0.1:0".to_owned();
        Self { data: data.to_owned(), environment: Vec::new(), address, running: None }
    }

    /// From its next start on, it has these variables beside those of the test, and none that were set before.
    pub fn set_environment(&mut self, variables: Vec<(String, OsString)>) {
        self.environment = variables;
    }

    /// Where it listens, or will again.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its process id, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.running.as_ref().map(|(process, _)| process.id())
    }

    /// Starts it again, on the same data and at the same address, and returns when it listens. Does nothing
    /// while it runs.
    pub fn start_again(&mut self) -> anyhow::Result<()> {
        if self.running.is_some() {
            return Ok(());
        }
        let mut process = Running::start(
            Command::new(Program::Endpoint.path()?)
                .args(["serve", "--listen", &self.address, "--data"])
                .arg(&self.data)
                .envs(self.environment.iter().map(|(name, value)| (name, value)))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let mut output = BufReader::new(process.take_output()?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line).unwrap_or_default();
        let Some(url) = said.get("listening").and_then(Value::as_str) else {
            bail!("the endpoint does not listen on {}; it said {line:?}", self.address);
        };
        self.address = url.strip_prefix("http://").context("the endpoint's address is not http")?.to_owned();
        self.running = Some((process, output));
        Ok(())
    }

    /// Asks it to end, and returns when it has, cleanly.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        let Some((process, _output)) = self.running.take() else { return Ok(()) };
        let status = process.stop()?;
        if !status.success() {
            bail!("the endpoint ended with {status}");
        }
        Ok(())
    }

    /// Kills it at once (SIGKILL), whatever it is doing.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        match self.running.take() {
            Some((process, _output)) => process.kill(),
            None => Ok(()),
        }
    }
}
