//! Disks that fail and clocks that are wrong, for one program.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use tempfile::TempDir;

/// A disk that fails for one program: a library that is loaded before the C library, and counts, fails or ends what is
/// written below a folder (`faulty_io.c` says by which variables).
#[derive(Debug)]
pub struct FaultyDisk {
    own: TempDir,
}

impl FaultyDisk {
    /// Compiles it. Needs a C compiler.
    pub fn new() -> anyhow::Result<Self> {
        let own = tempfile::tempdir()?;
        compile(own.path(), "faulty_io")?;
        Ok(Self { own })
    }

    /// What a program is to be started with, so that what it writes below `folder` fails as these variables say.
    pub fn environment(
        &self,
        folder: &Path,
        faults: &[(&str, String)],
    ) -> anyhow::Result<Vec<(String, OsString)>> {
        if self.room().exists() {
            fs::remove_dir(self.room())?;
        }
        let mut variables = vec![
            ("LD_PRELOAD".to_owned(), self.own.path().join("faulty_io.so").into_os_string()),
            ("FAULTY_FOLDER".to_owned(), folder.canonicalize()?.into_os_string()),
            ("FAULTY_ROOM".to_owned(), self.room().into_os_string()),
            ("FAULTY_COUNT".to_owned(), self.own.path().join("count").into_os_string()),
        ];
        variables.extend(faults.iter().map(|(name, value)| ((*name).to_owned(), value.into())));
        Ok(variables)
    }

    /// From now on nothing fails, in a program that runs too.
    pub fn make_room(&self) -> anyhow::Result<()> {
        Ok(fs::create_dir_all(self.room())?)
    }

    /// How many calls the last program made that has ended by itself.
    pub fn count_calls(&self) -> anyhow::Result<usize> {
        let text = fs::read_to_string(self.own.path().join("count")).context("no program has ended")?;
        Ok(text.parse()?)
    }

    fn room(&self) -> PathBuf {
        self.own.path().join("room")
    }
}

/// A clock that is wrong for one program, by so many seconds.
#[derive(Debug)]
pub struct WrongClock {
    own: TempDir,
}

impl WrongClock {
    /// Compiles it. Needs a C compiler.
    pub fn new() -> anyhow::Result<Self> {
        let own = tempfile::tempdir()?;
        compile(own.path(), "wrong_clock")?;
        Ok(Self { own })
    }

    /// What a program is to be started with.
    pub fn environment(&self, seconds: i64) -> Vec<(String, OsString)> {
        vec![
            ("LD_PRELOAD".to_owned(), self.own.path().join("wrong_clock.so").into_os_string()),
            ("WRONG_CLOCK".to_owned(), seconds.to_string().into()),
        ]
    }
}

/// A file system that lacks something, below one folder, for the programs that are started so: what sticks, network drives and
/// FUSE mounts do not have (`odd_file_system.c` says what).
#[derive(Debug)]
pub struct OddFileSystem {
    own: TempDir,
}

impl OddFileSystem {
    /// Compiles it. Needs a C compiler.
    pub fn new() -> anyhow::Result<Self> {
        let own = tempfile::tempdir()?;
        compile(own.path(), "odd_file_system")?;
        Ok(Self { own })
    }

    /// What a program is to be started with, so that below `folder` this is lacking.
    pub fn environment(&self, folder: &Path, lacks: &str) -> anyhow::Result<Vec<(String, OsString)>> {
        Ok(vec![
            ("LD_PRELOAD".to_owned(), self.own.path().join("odd_file_system.so").into_os_string()),
            ("ODD_FOLDER".to_owned(), folder.canonicalize()?.into_os_string()),
            ("ODD_LACKS".to_owned(), lacks.into()),
        ])
    }
}

/// Compiles `faults/<name>.c` to `<name>.so` in a folder.
fn compile(folder: &Path, name: &str) -> anyhow::Result<()> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("faults/{name}.c"));
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-o"])
        .args([&folder.join(format!("{name}.so")), &source])
        .args(["-ldl", "-lpthread"])
        .status()?;
    ensure!(compiled.success(), "{name}.c does not compile");
    Ok(())
}
