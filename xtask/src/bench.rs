//! `cargo xtask bench`: the benchmarks, and their ratios as a table for the README.

use std::{fs, path::Path, process::Command, thread};

use anyhow::Context;
use serde_json::Value;

use crate::{children::run, setup, steps::Steps, ui};

/// Where the benchmarks leave what they found: one JSON object, or a list of them, in a file.
const FIGURES: &str = "target/figures";

/// Runs the benchmarks in release and prints their table.
pub(crate) fn bench() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_testing)?;
    steps.step("Build of the user interface (vite)", ui::build)?;
    if Path::new(FIGURES).exists() {
        fs::remove_dir_all(FIGURES).context("cannot remove the figures of the last run")?;
    }
    steps.step("Release build of the endpoint", || {
        run(Command::new("cargo").args(["build", "--release", "-p", "endpoint"]))
    })?;
    steps.step("Benchmarks (cargo bench)", || {
        run(Command::new("cargo").args([
            "bench",
            "-p",
            "table",
            "-p",
            "desk",
            "-p",
            "matching",
            "-p",
            "lists",
            "-p",
            "sealing",
            "-p",
            "system-tests",
            "--benches",
        ]))
    })?;
    steps.step("Optimised build of the app that can be driven", || {
        run(Command::new("cargo").args([
            "build",
            "--profile",
            "driven",
            "--workspace",
            "--lib",
            "--bins",
            "--examples",
        ]))
    })?;
    steps.step("The window: first picture, and the wait for “saved”", || {
        run(&mut Command::new("target/driven/examples/window-figures"))
    })?;
    println!("\n{}", table(&figures()?));
    Ok(())
}

fn figures() -> anyhow::Result<Vec<Value>> {
    let mut files: Vec<_> = fs::read_dir(FIGURES)
        .with_context(|| format!("the benchmarks left nothing in {FIGURES}"))?
        .collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    let mut figures = Vec::new();
    for file in
        files.iter().map(fs::DirEntry::path).filter(|path| path.extension().is_some_and(|end| end == "json"))
    {
        let text = fs::read_to_string(&file)?;
        match serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))? {
            Value::Array(some) => figures.extend(some),
            one => figures.push(one),
        }
    }
    Ok(figures)
}

/// Markdown. A figure is `{"what", "figure", "peer", "ratio"}`.
fn table(figures: &[Value]) -> String {
    let text = |figure: &Value, member: &str| match figure.get(member) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => {
            number.as_f64().map_or_else(String::new, |number| format!("{number:.2}"))
        }
        _ => "–".to_owned(),
    };
    let mut lines = vec![
        "| what | here | beside, in the same run | ratio |".to_owned(),
        "| --- | --- | --- | --- |".to_owned(),
    ];
    for figure in figures {
        let [what, own, peer, ratio] = ["what", "figure", "peer", "ratio"].map(|member| text(figure, member));
        lines.push(format!("| {what} | {own} | {peer} | {ratio} |"));
    }
    lines.push(format!("\nMeasured on: {}.", machine()));
    lines.join("\n")
}

fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse::<u64>().ok());
    let gigabytes =
        kilobytes.map_or_else(String::new, |kilobytes| format!(", {} GiB", kilobytes.div_ceil(1 << 20)));
    format!("{}, {cores} cores{gigabytes}", model.unwrap_or("a processor that does not say its name"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::table;

    #[test]
    fn each_figure_is_a_row_of_the_table() {
        let figures =
            [json!({ "what": "capture, p50", "figure": "0.5 ms", "peer": "0.25 ms", "ratio": 2.0 })];
        assert!(table(&figures).contains("| capture, p50 | 0.5 ms | 0.25 ms | 2.00 |"));
    }
}
