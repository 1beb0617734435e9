//! What went wrong on this computer, in a file: what happened and its code, and nothing else that a line may hold.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Mutex,
};

use anyhow::Context;
use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_rolling_file::{RollingConditionBase, RollingFileAppenderBase};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::Targets,
    fmt::{self, format::debug_fn},
    layer::SubscriberExt,
    registry::LookupSpan,
    util::SubscriberInitExt,
};

/// Who writes into it: ours alone. What other crates say may hold an address or a path.
const OURS: [&str; 3] = ["undersigned_app", "table", "desk"];

/// A file of the log may grow to this, and a line more.
const FILE: u64 = 256 * 1024;
/// How many older files are kept.
const OLDER_FILES: usize = 3;

/// Begins to log: into the profile's folder, and to the error output what `RUST_LOG` asks for. A file that cannot be opened is
/// no reason not to start.
pub(crate) fn begin(profile: &Path) -> anyhow::Result<()> {
    let file = LogFile::open(profile).ok().map(into_file);
    let terminal = fmt::layer().with_writer(io::stderr).with_filter(EnvFilter::from_default_env());
    Ok(tracing_subscriber::registry().with(file).with(terminal).try_init()?)
}

/// A name that a person gave to something may be beside a message, so that only what cannot be one is written.
fn into_file<S: Subscriber + for<'a> LookupSpan<'a>>(file: LogFile) -> impl Layer<S> {
    let fields = debug_fn(|to, field, value| match field.name() {
        "message" => write!(to, "{value:?}"),
        "code" => write!(to, " ({value:?})"),
        _ => Ok(()),
    });
    let ours = Targets::new().with_targets(OURS.map(|target| (target, LevelFilter::WARN)));
    fmt::layer().with_ansi(false).fmt_fields(fields).with_writer(Mutex::new(file)).with_filter(ours)
}

/// The file that is written; older ones end with a number.
pub(crate) fn path(profile: &Path) -> PathBuf {
    profile.join("log").join("undersigned.log")
}

/// Each line is in the file once it is written, so that a crash leaves what led to it.
struct LogFile(RollingFileAppenderBase);

impl LogFile {
    fn open(profile: &Path) -> anyhow::Result<Self> {
        let path = path(profile);
        path.to_str().context("the profile's path is not text")?;
        let condition = RollingConditionBase::new().max_size(FILE);
        Ok(Self(
            RollingFileAppenderBase::new(&path, condition, OLDER_FILES)
                .context("the log cannot be opened")?,
        ))
    }
}

impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let written = self.0.write(line)?;
        self.0.flush()?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::fs;

    use super::*;

    #[test]
    fn the_log_is_bounded_and_keeps_what_is_newest() {
        let profile = tempfile::tempdir().unwrap();
        let mut log = LogFile::open(profile.path()).unwrap();
        for number in 0..20_000 {
            log.write_all(format!("{number:>99}\n").as_bytes()).unwrap();
        }
        let files: Vec<_> = fs::read_dir(path(profile.path()).parent().unwrap()).unwrap().flatten().collect();
        assert_eq!(files.len(), OLDER_FILES + 1);
        assert!(files.iter().all(|file| file.metadata().unwrap().len() <= FILE + 100));
        assert!(fs::read_to_string(path(profile.path())).unwrap().ends_with("19999\n"));
    }

    #[test]
    fn a_line_says_what_happened_and_its_code_and_no_name() {
        let profile = tempfile::tempdir().unwrap();
        let file = LogFile::open(profile.path()).unwrap();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(into_file(file)), || {
            tracing::warn!(batch = "wren.batch", code = "batch/changed", "a batch is refused");
            tracing::info!("nothing is wrong");
            tracing::warn!(target: "hyper", "connecting to https://wren.example.org");
        });
        let said = fs::read_to_string(path(profile.path())).unwrap();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("a batch is refused (\"batch/changed\")") && !said.contains("wren"), "{said}");
    }
}
