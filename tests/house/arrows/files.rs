//! The files of a crate: which way they know each other, and how long they are.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};

use crate::{ARROWS, OUTSIDE, assert_none, modules::Modules, packages, root, sources};

/// Longer than this a file has more than one thing in it.
const MAX_LINES: usize = 350;

#[test]
fn no_two_files_of_a_crate_import_each_other() {
    let mut wrong = Vec::new();
    for (name, modules) in crates() {
        let imports = modules.imports();
        let mut graph = DiGraphMap::<&Path, ()>::new();
        for (file, others) in &imports {
            others.iter().for_each(|other| {
                graph.add_edge(*file, *other, ());
            });
        }
        for circle in tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1) {
            let within = |file: &Path| {
                let others = imports[file].iter().filter(|other| circle.contains(other));
                let others: Vec<_> = others.map(|other| short(other)).collect();
                format!("{} -> {}", short(file), others.join(", "))
            };
            let lines: Vec<_> = circle.iter().map(|file| within(file)).collect();
            wrong.push(format!("{name}:\n    {}", lines.join("\n    ")));
        }
    }
    assert_none(&wrong, "circles of imports");
}

#[test]
fn storage_imports_nothing_that_is_above_it() {
    let mut wrong = Vec::new();
    for (_, modules) in crates() {
        for (file, others) in modules.imports() {
            let Some(storage) = file.ancestors().find(|folder| folder.ends_with("storage")) else { continue };
            let above =
                others.into_iter().filter(|other| !other.starts_with(storage) && !is_below_storage(other));
            wrong.extend(above.map(|other| format!("{} -> {}", short(file), short(other))));
        }
    }
    assert_none(&wrong, "imports of storage from above it");
}

/// What storage stands on: what can fail is said in one file a crate, and an endpoint decides what to store before it does.
const BELOW_STORAGE: [&str; 3] = ["/src/error.rs", "/src/guard.rs", "crates/endpoint/src/log/"];

fn is_below_storage(file: &Path) -> bool {
    let file = short(file);
    BELOW_STORAGE.iter().any(|below| file.contains(below))
}

#[test]
fn no_crate_passes_on_another_whole() {
    let ours = names();
    let mut wrong = Vec::new();
    for (name, modules) in crates() {
        for (passed, place) in modules.passed_on_by_root() {
            let crate_itself = place.len() == 2 && ours.contains(&place[1]);
            if crate_itself || (passed == "*" && place.len() > 1 && ours.contains(&place[1])) {
                wrong.push(format!("{name} passes on all of {}", place[1]));
            }
        }
    }
    assert_none(&wrong, "crates that pass on another whole");
}

#[test]
fn no_path_reaches_a_room_that_its_crate_may_not_know() {
    let ours = names();
    let mut wrong = Vec::new();
    for (name, modules) in crates() {
        let may_know = ARROWS.iter().find(|(from, _)| *from == name).map_or(&[][..], |(_, to)| *to);
        for (file, path) in modules.foreign() {
            let through = path.iter().filter(|part| ours.contains(*part));
            let unknown =
                through.filter(|part| **part != name.replace('-', "_") && !may_know.contains(&part.as_str()));
            wrong.extend(unknown.map(|_| format!("{}: {}", short(file), path.join("::"))));
        }
    }
    assert_none(&wrong, "ways into rooms that the architecture does not give");
}

#[test]
fn no_file_is_too_long() {
    let mut wrong = Vec::new();
    let rooms = ["crates", "src-tauri", "xtask", "tests", "ui/src"];
    for file in rooms.iter().flat_map(|room| sources(&root().join(room))) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        if lines > MAX_LINES {
            wrong.push(format!("{}: {lines} lines", short(&file)));
        }
    }
    assert_none(&wrong, "files with more than 350 lines");
}

/// Every crate of the house by its name, with its files.
fn crates() -> Vec<(String, Modules)> {
    let inside = packages().into_iter().filter(|package| !OUTSIDE.contains(&package.name.as_str()));
    let roots = inside.flat_map(|package| {
        let name = package.name.to_string();
        let made = package.targets.into_iter().filter(|target| target.is_lib() || target.is_bin());
        made.map(move |target| (name.clone(), target.src_path.into_std_path_buf()))
    });
    let read: Vec<_> = roots.map(|(name, path): (_, PathBuf)| (name, Modules::read(&path))).collect();
    assert!(read.len() >= ARROWS.len(), "crates were not found");
    read
}

fn names() -> BTreeSet<String> {
    ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect()
}

fn short(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}
