//! `cargo deny`: licences, sources and known faults of the dependencies.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use crate::children::{find_output, run};

const VERSION: &str = "0.20.2";
const TOOLS: &str = "target/tools";
const DATABASE: &str = "https://github.com/RustSec/advisory-db";

/// Checks the dependencies against `deny.toml`; known faults only where their database can be fetched.
pub(crate) fn check() -> anyhow::Result<()> {
    let tool = tool()?;
    let deny = || {
        let mut command = Command::new(&tool);
        command.args(["--log-level", "warn", "check", "--hide-inclusion-graph"]);
        command
    };
    run(deny().args(["bans", "licenses", "sources"]))?;
    if can_reach_database() {
        run(deny().arg("advisories"))
    } else {
        println!("advisories SKIPPED: their database ({DATABASE}) cannot be reached from this machine.");
        Ok(())
    }
}

/// `cargo-deny` at the version wanted: the one on this machine, or one made in `target/tools`.
fn tool() -> anyhow::Result<PathBuf> {
    let own = Path::new(TOOLS).join("bin/cargo-deny");
    let candidates = [own.clone(), PathBuf::from("cargo-deny")];
    if let Some(found) = candidates.into_iter().find(|tool| is_wanted_version(tool)) {
        return Ok(found);
    }
    println!("cargo-deny {VERSION} is missing: compiling it once into {TOOLS}, which takes some minutes.");
    // Unoptimised, it is fast enough here and takes a tenth of the time to compile.
    run(Command::new("cargo")
        .args([
            "install",
            "cargo-deny",
            "--locked",
            "--version",
            VERSION,
            "--debug",
            "--quiet",
            "--root",
            TOOLS,
        ])
        .env("CARGO_PROFILE_DEV_DEBUG", "0"))
    .context("cannot install cargo-deny")?;
    Ok(own)
}

fn is_wanted_version(tool: &Path) -> bool {
    find_output(Command::new(tool).arg("--version")).is_some_and(|version| version.ends_with(VERSION))
}

fn can_reach_database() -> bool {
    let mut ask = Command::new("timeout");
    ask.args(["20", "git", "ls-remote", "--quiet", "--exit-code", DATABASE, "HEAD"]);
    find_output(ask.env("GIT_TERMINAL_PROMPT", "0")).is_some()
}
