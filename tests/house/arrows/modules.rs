//! The files of a crate and what each imports from the others, read from the source with `syn`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, Item, ItemMod, UseTree, Visibility,
    visit::{self, Visit},
};

/// A module's place below its crate's root: none for the root itself.
type Place = Vec<String>;

/// The files of a crate, each a module.
pub(crate) struct Modules {
    files: BTreeMap<Place, Module>,
}

struct Module {
    path: PathBuf,
    /// Every path that the file writes, from the crate's root on.
    uses: BTreeSet<Place>,
    /// Names that it passes on from elsewhere, and where each comes from.
    passed_on: BTreeMap<String, Place>,
    /// Names that it imports, those it passes on among them.
    names: BTreeMap<String, Place>,
    /// Every path that begins with another crate's name.
    foreign: BTreeSet<Place>,
}

impl Modules {
    /// Reads a crate from its root file (`lib.rs` or `main.rs`).
    pub(crate) fn read(root: &Path) -> Self {
        let mut modules = Self { files: BTreeMap::new() };
        modules.add(root, Vec::new());
        modules
    }

    fn add(&mut self, path: &Path, place: Place) {
        let source = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        let mut reader = Reader::new(place.clone());
        reader.visit_file(&source);
        let is_folder =
            matches!(path.file_stem().and_then(|stem| stem.to_str()), Some("lib" | "main" | "mod"));
        let folder = if is_folder { path.parent().unwrap().to_owned() } else { path.with_extension("") };
        for name in reader.children {
            let flat = folder.join(format!("{name}.rs"));
            let file = if flat.exists() { flat } else { folder.join(&name).join("mod.rs") };
            let mut child = place.clone();
            child.push(name);
            self.add(&file, child);
        }
        let module = Module {
            path: path.to_owned(),
            uses: reader.uses,
            passed_on: reader.passed_on,
            names: reader.names,
            foreign: reader.foreign,
        };
        self.files.insert(place, module);
    }

    /// The files, by their paths, with the files that each imports something from.
    pub(crate) fn imports(&self) -> BTreeMap<&Path, BTreeSet<&Path>> {
        let of = |(place, module): (&Place, &Module)| {
            let from = module.uses.iter().filter_map(|used| self.home(used.clone()));
            from.filter(|home| home != place).map(|home| self.files[&home].path.as_path()).collect()
        };
        self.files.iter().map(|file| (file.1.path.as_path(), of(file))).collect()
    }

    /// Every path into another crate, with the file that writes it.
    pub(crate) fn foreign(&self) -> impl Iterator<Item = (&Path, &Place)> {
        self.files.values().flat_map(|module| module.foreign.iter().map(|used| (module.path.as_path(), used)))
    }

    /// What the crate's root passes on: the path of each name.
    pub(crate) fn passed_on_by_root(&self) -> impl Iterator<Item = (&String, &Place)> {
        self.files[&Vec::new()].passed_on.iter()
    }

    /// The module that a path's thing stands in, through whatever passes it on. None where it comes from another crate.
    fn home(&self, mut path: Place) -> Option<Place> {
        for _ in 0..16 {
            let depth = (0..=path.len()).rev().find(|depth| self.files.contains_key(&path[..*depth]))?;
            let (module, rest) = path.split_at(depth);
            let passed = rest.first().and_then(|name| self.files[module].names.get(name));
            let Some(from) = passed else { return Some(module.to_vec()) };
            if from.first().is_some_and(|first| first == FOREIGN) {
                return None;
            }
            path = from.iter().chain(&rest[1..]).cloned().collect();
        }
        None
    }
}

/// The first part of a place that is in another crate.
const FOREIGN: &str = "another crate";

/// Reads one file; modules within it belong to it, tests do not.
struct Reader {
    place: Place,
    /// How deep in modules written within the file.
    inner: Vec<String>,
    children: Vec<String>,
    uses: BTreeSet<Place>,
    passed_on: BTreeMap<String, Place>,
    names: BTreeMap<String, Place>,
    foreign: BTreeSet<Place>,
}

impl Reader {
    fn new(place: Place) -> Self {
        Self {
            place,
            inner: Vec::new(),
            children: Vec::new(),
            uses: BTreeSet::new(),
            passed_on: BTreeMap::new(),
            names: BTreeMap::new(),
            foreign: BTreeSet::new(),
        }
    }

    /// A path as written, from the crate's root on, or into another crate.
    fn place_of(&self, path: &[String]) -> Option<Place> {
        let mut here = [self.place.clone(), self.inner.clone()].concat();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                here.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    here.pop()?;
                    rest = &rest[1..];
                }
            }
            first if self.children.iter().any(|child| child == first) => {}
            _ => return Some([vec![FOREIGN.to_owned()], path.to_vec()].concat()),
        }
        // A module within the file is the file's.
        if here.starts_with(&self.place) {
            here.truncate(self.place.len());
        }
        Some([here, rest.to_vec()].concat())
    }

    fn note(&mut self, path: &[String]) {
        match self.place_of(path) {
            Some(place) if place.first().is_some_and(|first| first == FOREIGN) => {
                self.foreign.insert(place[1..].to_vec());
            }
            Some(place) => {
                self.uses.insert(place);
            }
            None => {}
        }
    }

    fn tree(&mut self, tree: &UseTree, before: &[String], passes_on: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident), passes_on),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, before, passes_on)),
            UseTree::Name(name) if name.ident == "self" => {
                self.leaf(before, before.last().cloned(), passes_on)
            }
            UseTree::Name(name) => self.leaf(&with(&name.ident), Some(name.ident.to_string()), passes_on),
            UseTree::Rename(rename) => {
                let path = if rename.ident == "self" { before.to_vec() } else { with(&rename.ident) };
                self.leaf(&path, Some(rename.rename.to_string()), passes_on);
            }
            UseTree::Glob(_) => self.leaf(before, passes_on.then(|| "*".to_owned()), passes_on),
        }
    }

    fn leaf(&mut self, path: &[String], name: Option<String>, passes_on: bool) {
        if let (Some(name), Some(place)) = (name, self.place_of(path)) {
            // Whatever a file imports, the files below it can name through it.
            self.names.insert(name.clone(), place.clone());
            if passes_on {
                self.passed_on.insert(name, place);
            }
        }
        // A name that is only passed on is not used here.
        if !passes_on {
            self.note(path);
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_file(&mut self, file: &'ast syn::File) {
        let modules = file.items.iter().filter_map(|item| match item {
            Item::Mod(module) if module.content.is_none() && !is_test(&module.attrs) => {
                Some(module.ident.to_string())
            }
            _ => None,
        });
        self.children = modules.collect();
        visit::visit_file(self, file);
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if is_test(&module.attrs) {
            return;
        }
        self.inner.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.inner.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            let passes_on = !matches!(item.vis, Visibility::Inherited);
            self.tree(&item.tree, &[], passes_on);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if parts.len() > 1 {
            self.note(&parts);
        }
        visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
    })
}
