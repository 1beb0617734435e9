//! `cargo xtask test <part>`: the tests of some parts alone, with only what these need.

use std::{collections::BTreeSet, process::Command};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::{
    children::{find_output, run, run_reading},
    count::Count,
    setup,
    steps::Steps,
    ui,
};

/// The package of the whole-system tests. Each of its tests is a part.
const SYSTEM_TESTS: &str = "system-tests";
/// The package of the tests that read the house as it is written down. Each of them is a part, and needs nothing else.
const HOUSE: &str = "house";
/// The package that the pages are built into.
const APP: &str = "undersigned-app";
/// The tests of the pages.
const UI: &str = "ui";

/// System tests that run the command line and the endpoint, and open no window. Those on neither list get everything.
const WITHOUT_WINDOW: [&str; 6] = ["bounds", "crashes", "faults", "protocol", "set_ups", "systems"];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Ui,
    Crate(String),
    House(String),
    System(String),
}

/// Tests some parts, one after the other. `filter` goes to each test program, as it would after `cargo test --`.
pub(crate) fn test(names: &[String], filter: &[String]) -> anyhow::Result<()> {
    let known = known()?;
    let parts = names.iter().map(|name| find(&known, name)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut steps = Steps::default();
    let mut count = Count::default();
    let mut failed = Vec::new();
    for part in parts {
        if let Err(error) = test_one(&mut steps, &mut count, part, filter) {
            println!("{error:#}");
            failed.push(part.name());
        }
    }
    steps.say_times();
    println!("\n{count}");
    if failed.is_empty() {
        return Ok(());
    }
    bail!("failed: {}", failed.join(", "))
}

fn test_one(steps: &mut Steps, count: &mut Count, part: &Part, filter: &[String]) -> anyhow::Result<()> {
    match part {
        Part::Ui => {
            steps.step("Setting up what is missing", setup::npm_packages)?;
            steps.step("Tests of the user interface (vitest)", || ui::test(count, filter))
        }
        Part::Crate(name) => {
            if name == APP {
                steps.step("Setting up what is missing", setup::for_building)?;
                steps.step("Build of the user interface (vite)", ui::build)?;
            } else {
                steps.step("Setting up what is missing", setup::for_crates)?;
            }
            let arguments = ["test", "--no-fail-fast", "-p", name, "--"];
            cargo_test(steps, count, name, Command::new("cargo").args(arguments).args(filter))
        }
        Part::House(name) => {
            let arguments = ["test", "-p", HOUSE, "--test", name, "--"];
            cargo_test(steps, count, name, Command::new("cargo").args(arguments).args(filter))
        }
        Part::System(name) => {
            let programs = programs_for(name);
            if programs.contains(&APP) {
                steps.step("Setting up what is missing", setup::for_testing)?;
                steps.step("Build of the user interface (vite)", ui::build)?;
            } else {
                steps.step("Setting up what is missing", setup::for_window)?;
            }
            steps.step("Build (the programs)", || {
                let programs = programs.iter().flat_map(|program| ["--bin", program]);
                run(Command::new("cargo").args(["build", "--workspace"]).args(programs))
            })?;
            // Of the workspace, so that it is made of the same pieces as the whole is.
            let arguments = ["test", "--workspace", "--test", name, "--"];
            cargo_test(steps, count, name, Command::new("cargo").args(arguments).args(filter))
        }
    }
}

fn cargo_test(steps: &mut Steps, count: &mut Count, name: &str, command: &mut Command) -> anyhow::Result<()> {
    steps.step(&format!("Tests of {name} (cargo test)"), || run_reading(command, |line| count.read(line)))
}

fn programs_for(system_test: &str) -> &'static [&'static str] {
    if WITHOUT_WINDOW.contains(&system_test) {
        &["undersigned", "undersigned-endpoint"]
    } else {
        &["undersigned", "undersigned-endpoint", APP]
    }
}

/// All parts that there are, as cargo knows them.
fn known() -> anyhow::Result<Vec<Part>> {
    let metadata =
        find_output(Command::new("cargo").args(["metadata", "--no-deps", "--format-version=1", "--offline"]))
            .context("cargo does not say what packages there are")?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let list = |value: &Value, member: &str| {
        value.get(member).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let name_of = |value: &Value| value.get("name").and_then(Value::as_str).map(str::to_owned);
    let mut parts = vec![Part::Ui];
    for package in list(&metadata, "packages") {
        let tests = list(&package, "targets")
            .into_iter()
            .filter(|target| list(target, "kind").iter().any(|kind| kind == "test"))
            .filter_map(|target| name_of(&target));
        match name_of(&package) {
            Some(name) if name == SYSTEM_TESTS => parts.extend(tests.map(Part::System)),
            Some(name) if name == HOUSE => parts.extend(tests.map(Part::House)),
            Some(name) => parts.push(Part::Crate(name)),
            None => {}
        }
    }
    Ok(parts)
}

fn find<'a>(known: &'a [Part], name: &str) -> anyhow::Result<&'a Part> {
    known.iter().find(|part| part.name() == name).with_context(|| {
        let names: BTreeSet<&str> = known.iter().map(Part::name).collect();
        let names: Vec<&str> = names.into_iter().collect();
        format!("there is no part `{name}`; there are: {}", names.join(", "))
    })
}

impl Part {
    fn name(&self) -> &str {
        match self {
            Self::Ui => UI,
            Self::Crate(name) | Self::House(name) | Self::System(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Part, WITHOUT_WINDOW, find, known};

    #[test]
    fn every_part_is_found_by_its_name_and_an_unknown_one_names_them_all() {
        let known = known().unwrap();
        assert_eq!(find(&known, "matching").unwrap(), &Part::Crate("matching".to_owned()));
        assert_eq!(find(&known, "protocol").unwrap(), &Part::System("protocol".to_owned()));
        assert_eq!(find(&known, "ui").unwrap(), &Part::Ui);
        let told = find(&known, "machting").unwrap_err().to_string();
        for part in &known {
            assert!(told.contains(part.name()), "{told}");
        }
    }

    #[test]
    fn the_system_tests_that_need_less_are_there() {
        let known = known().unwrap();
        for name in WITHOUT_WINDOW {
            assert!(matches!(find(&known, name), Ok(Part::System(_))), "{name}");
        }
    }
}
