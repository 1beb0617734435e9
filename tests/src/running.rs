//! A process of ours, and its end.

use std::{
    fs,
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

/// How long a process may take to end by itself before it is killed: an endpoint, whatever its clients do.
const GRACE: Duration = Duration::from_secs(10);

/// A process of ours. Dropping it ends it, with all that it started.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
}

impl Running {
    /// Starts a process.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { name, child })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The end of the pipe into it, if it was started with one and nobody took it.
    pub fn take_input(&mut self) -> anyhow::Result<ChildStdin> {
        self.child.stdin.take().with_context(|| format!("{} has no input to write to", self.name))
    }

    /// The end of the pipe out of it, if it was started with one and nobody took it.
    pub fn take_output(&mut self) -> anyhow::Result<ChildStdout> {
        self.child.stdout.take().with_context(|| format!("{} has no output to read", self.name))
    }

    /// Fails when it has ended, saying how.
    pub fn check_is_running(&mut self) -> anyhow::Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("{} ended with {status}", self.name);
        }
        Ok(())
    }

    /// The ids of the processes that it started, directly or not.
    pub fn descendants(&self) -> Vec<u32> {
        descendants(self.id())
    }

    /// Asks it to end (SIGTERM) and waits until it has. Fails when it has not after some seconds.
    pub fn stop(mut self) -> anyhow::Result<ExitStatus> {
        signal(self.id(), Signal::SIGTERM);
        match self.wait_for_end(GRACE)? {
            Some(status) => Ok(status),
            None => bail!("{} did not end when it was asked to", self.name),
        }
    }

    /// Kills it, and only it, as a power cut would (SIGKILL).
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Waits until it has ended by itself.
    pub fn wait(mut self) -> anyhow::Result<ExitStatus> {
        Ok(self.child.wait()?)
    }

    fn wait_for_end(&mut self, within: Duration) -> anyhow::Result<Option<ExitStatus>> {
        let deadline = Instant::now() + within;
        loop {
            let ended = self.child.try_wait()?;
            if ended.is_some() || Instant::now() > deadline {
                return Ok(ended);
            }
            pause();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let family = self.descendants();
        if matches!(self.child.try_wait(), Ok(None)) {
            signal(self.id(), Signal::SIGTERM);
            if !matches!(self.wait_for_end(GRACE), Ok(Some(_))) {
                let _ended = self.child.kill();
                let _status = self.child.wait();
            }
        }
        // Whoever has not gone with it: a window, for one, when its driver ends.
        for id in &family {
            signal(*id, Signal::SIGKILL);
        }
        let deadline = Instant::now() + GRACE;
        while family.iter().any(|id| is_running(*id)) && Instant::now() < deadline {
            pause();
        }
    }
}

/// Sends a signal; that the process has ended meanwhile is as good.
fn signal(id: u32, signal: Signal) {
    if let Ok(id) = i32::try_from(id) {
        let _ended = kill(Pid::from_raw(id), signal);
    }
}

/// Between two looks at something that has a deadline.
#[expect(clippy::disallowed_methods, reason = "where a value is dropped, nothing can be awaited")]
fn pause() {
    std::thread::sleep(Duration::from_millis(5));
}

fn descendants(of: u32) -> Vec<u32> {
    let running: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, state_and_parent(id)?.1)))
        .collect();
    let mut family = vec![of];
    let mut next = 0;
    while let Some(&id) = family.get(next) {
        family.extend(running.iter().filter(|(_, parent)| *parent == id).map(|(child, _)| *child));
        next += 1;
    }
    family.split_off(1)
}

/// Whether it runs, rather than only waits for its parent to notice its end.
fn is_running(id: u32) -> bool {
    state_and_parent(id).is_some_and(|(state, _)| state != 'Z' && state != 'X')
}

/// From `/proc/<id>/stat`. The name before them, in brackets, may hold anything.
fn state_and_parent(id: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}
