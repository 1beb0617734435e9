//! Where the programs of this project are.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, bail};

/// The programs that this project makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The window.
    App,
    /// `undersigned`, the same without a window.
    CommandLine,
    /// `undersigned-endpoint`, the collection server.
    Endpoint,
}

impl Program {
    /// Where it is: built in the same profile as the running test. Fails, saying how to build it, when it is not.
    pub fn path(self) -> anyhow::Result<PathBuf> {
        let name = match self {
            Self::App => "undersigned-app",
            Self::CommandLine => "undersigned",
            Self::Endpoint => "undersigned-endpoint",
        };
        let path = profile_folder()?.join(name);
        if !path.is_file() {
            let release = if path.parent().is_some_and(|folder| folder.ends_with("release")) {
                " --release"
            } else {
                ""
            };
            bail!(
                "{name} is not built: run `cargo build --workspace --bins{release}` first, or `cargo xtask test`"
            );
        }
        Ok(path)
    }
}

/// The folder that cargo builds into.
pub fn target_folder() -> anyhow::Result<PathBuf> {
    Ok(profile_folder()?.parent().context("the test program is outside a target folder")?.to_owned())
}

/// Where a journey leaves its screenshots, its ledger and its summary: `target/journey`.
pub fn journey_folder() -> anyhow::Result<PathBuf> {
    let folder = target_folder()?.join("journey");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Of `target/debug/deps/journeys-…`: `target/debug`.
fn profile_folder() -> anyhow::Result<PathBuf> {
    let own = env::current_exe()?;
    let folder = own.parent().context("the test program is in no folder")?;
    let inner = folder.ends_with("deps") || folder.ends_with("examples");
    let folder = if inner { folder.parent().context("deps is in no folder")? } else { folder };
    Ok(folder.to_owned())
}
