//! The licences of what is built into the programs, with their texts, for the app to show: `ui/public/licenses/crates.json`.
//! Those of the pages' packages are written beside it by vite, in the same shape.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use cargo_metadata::{MetadataCommand, Package};
use serde::{Deserialize, Serialize};
use spdx::{Expression, Licensee, ParseMode};

use crate::{children::find_output, stamp::stamp};

const FOLDER: &str = "ui/public/licenses";
const STAMP: &str = "target/xtask/licences";

/// The packages that are handed on.
const PROGRAMS: [&str; 3] = ["undersigned-app", "cli", "endpoint"];

/// Of several that a package offers, the first of these is the one it is handed on under. `deny.toml` lets no other in.
const LICENCES: [&str; 13] = [
    "MIT",
    "Zlib",
    "ISC",
    "BSD-3-Clause",
    "BSD-2-Clause",
    "Apache-2.0 WITH LLVM-exception",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "Unicode-3.0",
    "MPL-2.0",
    "CC0-1.0",
    "blessing",
    "WTFPL",
];

/// What a file with a licence is called, at its beginning.
const FILES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"];

/// A part of the programs that somebody else made, in the shape that vite writes.
#[derive(Deserialize, Serialize)]
struct Part {
    name: String,
    version: Option<String>,
    identifier: String,
    text: String,
}

/// Writes the file, unless it was written from the same versions.
pub(crate) fn write() -> anyhow::Result<()> {
    let file = Path::new(FOLDER).join("crates.json");
    let stamp = stamp(&[&fs::read("Cargo.lock")?, &fs::read("xtask/src/licences.rs")?]);
    if file.exists() && fs::read_to_string(STAMP).is_ok_and(|known| known == stamp) {
        return Ok(());
    }
    let mut parts = crates()?;
    parts.extend(fonts()?);
    fs::write(&file, serde_json::to_vec(&parts)?).context("cannot write the licences")?;
    fs::create_dir_all("target/xtask")?;
    fs::write(STAMP, stamp)?;
    println!("The licences of {} parts are in {}.", parts.len(), file.display());
    Ok(())
}

/// All parts and texts, for a package to bring along.
pub(crate) fn as_text() -> anyhow::Result<String> {
    let mut text = String::new();
    for file in ["ui/dist/licenses/crates.json", "ui/dist/licenses/pages.json"] {
        let parts: Vec<Part> = serde_json::from_slice(&fs::read(file)?)?;
        for Part { name, version, identifier, text: own } in parts {
            let version = version.unwrap_or_default();
            text.push_str(&format!("{name} {version}: {identifier}\n\n{own}\n\n\n\n"));
        }
    }
    Ok(text)
}

fn crates() -> anyhow::Result<Vec<Part>> {
    let metadata = MetadataCommand::new()
        .other_options(["--locked".to_owned()])
        .exec()
        .context("cargo does not say what the programs may be made of")?;
    let built_in = built_in()?;
    let mut packages: Vec<_> = metadata
        .packages
        .iter()
        .filter(|package| built_in.contains(&(package.name.to_string(), package.version.to_string())))
        .filter(|package| !metadata.workspace_members.contains(&package.id))
        .collect();
    packages.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    packages.into_iter().map(part).collect()
}

/// The name and version of all that becomes a part of a program on this system: not what builds or tests it, but for what a
/// build only compiles, which is called `…-src`.
fn built_in() -> anyhow::Result<BTreeSet<(String, String)>> {
    let mut packages = tree("normal,no-proc-macro")?;
    packages
        .extend(tree("normal,build,no-proc-macro")?.into_iter().filter(|(name, _)| name.ends_with("-src")));
    Ok(packages)
}

fn tree(edges: &str) -> anyhow::Result<BTreeSet<(String, String)>> {
    let mut tree = Command::new("cargo");
    tree.args(["tree", "--locked", "--edges", edges, "--prefix=none", "--format={p}"]);
    tree.args(PROGRAMS.iter().flat_map(|program| ["--package", program]));
    let said = find_output(&mut tree).context("cargo does not say what the programs are made of")?;
    let packages = said.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
    });
    Ok(packages.collect())
}

fn part(package: &Package) -> anyhow::Result<Part> {
    let name = package.name.to_string();
    let chosen = chosen(package.license.as_deref()).with_context(|| format!("the licence of {name}"))?;
    let folder = package.manifest_path.parent().context("a manifest in no folder")?;
    let files = files(folder.as_std_path(), &chosen)?;
    let mut texts = Vec::new();
    for file in files {
        texts.push(String::from_utf8_lossy(&fs::read(&file)?).trim().to_owned());
    }
    if texts.is_empty() {
        texts.push(standard_text(package, &chosen));
    }
    texts.dedup();
    let identifier = chosen.join(" AND ");
    Ok(Part { name, version: Some(package.version.to_string()), identifier, text: texts.join("\n\n\n") })
}

/// Of what a package offers, what it is handed on under.
fn chosen(offered: Option<&str>) -> anyhow::Result<Vec<String>> {
    let Some(offered) = offered else { bail!("it names none") };
    let expression = Expression::parse_mode(offered, ParseMode::LAX)?;
    let accepted = LICENCES.iter().map(|one| Licensee::parse(one)).collect::<Result<Vec<_>, _>>()?;
    let requirements = expression.minimized_requirements(&accepted)?;
    Ok(requirements.iter().map(ToString::to_string).collect())
}

/// The files with the chosen licences: those named after one of them where there are such, or all.
fn files(folder: &Path, chosen: &[String]) -> anyhow::Result<Vec<PathBuf>> {
    let mut own = licence_files(folder)?;
    let names_one = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        chosen.iter().any(|licence| {
            let short = licence.split(['-', ' ']).next().unwrap_or(licence).to_uppercase();
            name.contains(&short) || (short == "APACHE" && name.starts_with("NOTICE"))
        })
    };
    if own.iter().any(names_one) {
        own.retain(names_one);
    }
    // What a package brings along of others: SQLCipher, for one.
    for entry in fs::read_dir(folder)?.flatten().filter(|entry| entry.path().is_dir()) {
        own.extend(licence_files(&entry.path())?);
    }
    own.sort();
    Ok(own)
}

fn licence_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        path.is_file() && FILES.iter().any(|start| name.starts_with(start))
    });
    Ok(files.collect())
}

/// For a package without the text of its licence: its authors, and the text as it is published.
fn standard_text(package: &Package, chosen: &[String]) -> String {
    let texts = chosen.iter().filter_map(|licence| {
        let id = spdx::license_id(licence.split(' ').next()?)?;
        Some(id.text().trim().to_owned())
    });
    let authors = package.authors.join(", ");
    let by = if authors.is_empty() { format!("the authors of {}", package.name) } else { authors };
    std::iter::once(format!("Copyright (c) {by}")).chain(texts).collect::<Vec<_>>().join("\n\n")
}

/// The fonts of the pages: their licences are files of the project.
fn fonts() -> anyhow::Result<Vec<Part>> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix("-OFL.txt") else { continue };
        let text = fs::read_to_string(&path)?.trim().to_owned();
        let name = format!("{} (font)", name.replace('-', " "));
        parts.push(Part { name, version: None, identifier: "OFL-1.1".to_owned(), text });
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::chosen;

    #[test]
    fn of_several_licences_the_plainest_is_chosen_and_of_several_at_once_all() {
        assert_eq!(chosen(Some("MIT OR Apache-2.0")).unwrap(), ["MIT"]);
        assert_eq!(chosen(Some("Apache-2.0/MIT")).unwrap(), ["MIT"]);
        assert_eq!(chosen(Some("(MIT OR Apache-2.0) AND Unicode-3.0")).unwrap(), ["MIT", "Unicode-3.0"]);
        assert!(chosen(Some("GPL-3.0-only")).is_err());
        assert!(chosen(None).is_err());
    }
}
