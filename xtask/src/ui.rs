//! The user interface: built when it has changed.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use crate::{
    children::{run, run_reading},
    count::Count,
    licences,
};

const STAMP: &str = "target/xtask/ui-built";

/// Builds `ui/dist`, unless what is there was made from the same files.
pub(crate) fn build() -> anyhow::Result<()> {
    licences::write()?;
    let stamp = stamp_of_sources()?;
    if Path::new("ui/dist/index.html").exists() && fs::read_to_string(STAMP).is_ok_and(|known| known == stamp)
    {
        println!("The user interface is built and unchanged.");
        return Ok(());
    }
    run(Command::new("npm").args(["run", "build"]).current_dir("ui"))?;
    fs::create_dir_all("target/xtask").context("cannot make target/xtask")?;
    fs::write(STAMP, stamp).context("cannot mark the user interface as built")
}

/// Runs the tests of the user interface. `filter` goes to vitest.
pub(crate) fn test(count: &mut Count, filter: &[String]) -> anyhow::Result<()> {
    let mut vitest = Command::new("npm");
    vitest.args(["run", "test", "--"]).args(filter).current_dir("ui").env("NO_COLOR", "1");
    run_reading(&mut vitest, |line| count.read(line))
}

/// Checks the format, the lints, the types and the tests of the user interface.
pub(crate) fn check(count: &mut Count) -> anyhow::Result<()> {
    let mut check = Command::new("npm");
    check.args(["run", "check"]).current_dir("ui").env("NO_COLOR", "1");
    run_reading(&mut check, |line| count.read(line))
}

fn stamp_of_sources() -> anyhow::Result<String> {
    let mut files = Vec::new();
    list_files(Path::new("ui"), &mut files)?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        let made = name == "node_modules" || name.to_string_lossy().starts_with("dist");
        if path.is_dir() && !made {
            list_files(&path, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}
