//! Processes that are started here, and their end.
//!
//! This process adopts every descendant whose own parent has died (`PR_SET_CHILD_SUBREAPER`), so one walk
//! through `/proc` finds all that was started, whoever started it, daemons included.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use nix::{
    sys::{
        prctl,
        signal::{Signal, kill},
    },
    unistd::Pid,
};

/// How long a process may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(8);

/// The exit code after Ctrl-C.
pub(crate) const INTERRUPTED: u8 = 130;

static WERE_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// One at a time: the interrupt's thread and the main one may both want to.
static ENDING: Mutex<()> = Mutex::new(());

/// From here on Ctrl-C, SIGTERM and SIGHUP end everything that was started, then this process.
pub(crate) fn end_all_on_interrupt() -> anyhow::Result<()> {
    prctl::set_child_subreaper(true).context("cannot look after orphaned processes")?;
    ctrlc::set_handler(|| {
        WERE_INTERRUPTED.store(true, Ordering::SeqCst);
        println!("\nInterrupted: stopping everything that was started.");
        end_all();
        std::process::exit(INTERRUPTED.into());
    })
    .context("cannot catch Ctrl-C")
}

/// Whether this is the end that Ctrl-C asked for.
pub(crate) fn were_interrupted() -> bool {
    WERE_INTERRUPTED.load(Ordering::SeqCst)
}

/// Runs a command to its end. Fails when it does.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status =
        command.stdin(Stdio::null()).status().with_context(|| format!("cannot start {}", line(command)))?;
    succeeded(command, status)
}

/// Like [`run`], and may ask the person at the terminal something: a password, for one.
pub(crate) fn run_asking(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", line(command)))?;
    succeeded(command, status)
}

/// Runs a command to its end, and gives each line of its output both to the terminal and to `reader`.
pub(crate) fn run_reading(command: &mut Command, mut reader: impl FnMut(&str)) -> anyhow::Result<()> {
    let mut child = start(command)?;
    let output = child.stdout.take().context("a child without output")?;
    for text in BufReader::new(output).split(b'\n') {
        let text = text?;
        let text = String::from_utf8_lossy(&text);
        println!("{text}");
        reader(&text);
    }
    let status = child.wait()?;
    succeeded(command, status)
}

/// What a command prints, without showing it. Its failure gives `None`.
pub(crate) fn find_output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Starts a command and goes on. Its output can be read; it ends with this process at the latest.
pub(crate) fn start(command: &mut Command) -> anyhow::Result<Child> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", line(command)))
}

/// Ends every process that descends from this one, and returns when none is left.
pub(crate) fn end_all() {
    let _one_at_a_time = ENDING.lock();
    if wait_for_end(Signal::SIGTERM, GRACE) {
        return;
    }
    wait_for_end(Signal::SIGKILL, GRACE);
}

/// Sends a signal to each descendant once, also to those that appear meanwhile; true when none is left.
#[expect(clippy::disallowed_methods, reason = "polls a condition, with a deadline")]
fn wait_for_end(signal: Signal, within: Duration) -> bool {
    let deadline = Instant::now() + within;
    let mut told = Vec::new();
    loop {
        let left = descendants();
        if left.is_empty() {
            return true;
        }
        if Instant::now() > deadline {
            return false;
        }
        for id in left {
            if !told.contains(&id) {
                told.push(id);
                // It may have ended by itself meanwhile, or belong to root: nothing more can be done then.
                let _ended = kill(Pid::from_raw(id), signal);
            }
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The running processes that this one started, directly or not.
fn descendants() -> Vec<i32> {
    let running: Vec<(i32, i32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id: i32| Some((id, parent(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)?)))
        .collect();
    let mut family = vec![Pid::this().as_raw()];
    let mut next = 0;
    while let Some(&id) = family.get(next) {
        family.extend(running.iter().filter(|(_, parent)| *parent == id).map(|(child, _)| *child));
        next += 1;
    }
    family.split_off(1)
}

/// The parent in a line of `/proc/<id>/stat`, unless the process has ended and only waits to be noticed.
fn parent(stat: &str) -> Option<i32> {
    // The name, in brackets, may hold anything, brackets and spaces too.
    let (_, after_name) = stat.rsplit_once(") ")?;
    let mut fields = after_name.split(' ');
    let state = fields.next()?;
    let parent = fields.next()?.parse().ok()?;
    (!matches!(state, "Z" | "X")).then_some(parent)
}

fn succeeded(command: &Command, status: ExitStatus) -> anyhow::Result<()> {
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

fn line(command: &Command) -> String {
    let arguments = command.get_args().map(|part| part.to_string_lossy());
    let words: Vec<_> = std::iter::once(command.get_program().to_string_lossy()).chain(arguments).collect();
    format!("`{}`", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::parent;

    #[test]
    fn a_parent_is_read_behind_any_name() {
        assert_eq!(parent("12 (a) b) c) S 7 12 12 0"), Some(7));
        assert_eq!(parent("12 (a) Z 7 12 12 0"), None);
        assert_eq!(parent(""), None);
    }
}
