//! The signatures of the commands, read from their sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, Expr, FnArg, GenericArgument, Item, ItemFn, Lit, Meta, Pat, PathArguments, ReturnType, Type,
};

use crate::commands;

/// What a command is given and answers.
#[derive(Clone)]
pub(super) struct Signature {
    /// The first part of its path.
    pub(super) area: String,
    pub(super) name: String,
    /// Its documentation, a line each.
    pub(super) documentation: Vec<String>,
    /// Names and types of what a page gives: not what Tauri gives.
    pub(super) given: Vec<(String, Shape)>,
    pub(super) answer: Shape,
    pub(super) is_async: bool,
    /// Marked as a command without options.
    pub(super) has_plain_attribute: bool,
}

/// A type, as it crosses the border.
#[derive(Clone)]
pub(super) enum Shape {
    Nothing,
    Text,
    Number,
    Truth,
    /// One of ours, by its name.
    Named(String),
    Optional(Box<Shape>),
    List(Box<Shape>),
    /// Called again and again while the command works.
    Channel(Box<Shape>),
}

impl Signature {
    /// Our own types in it.
    pub(super) fn named_types(&self) -> Vec<String> {
        let mut names = Vec::new();
        let shapes = self.given.iter().map(|(_, shape)| shape).chain([&self.answer]);
        shapes.for_each(|shape| shape.collect(&mut names));
        names
    }
}

impl Shape {
    fn collect(&self, names: &mut Vec<String>) {
        match self {
            Self::Named(name) => names.push(name.clone()),
            Self::Optional(inner) | Self::List(inner) | Self::Channel(inner) => inner.collect(names),
            Self::Nothing | Self::Text | Self::Number | Self::Truth => {}
        }
    }

    fn of(written: &Type) -> Self {
        let path = match written {
            Type::Tuple(tuple) if tuple.elems.is_empty() => return Self::Nothing,
            Type::Path(path) => path.path.segments.last().unwrap(),
            _ => panic!("a command takes and gives owned values"),
        };
        let inner = || Box::new(Self::of(argument(&path.arguments)));
        match path.ident.to_string().as_str() {
            "String" | "Secret" | "PathBuf" | "Uuid" => Self::Text,
            "u8" | "u16" | "u32" | "u64" | "i64" | "usize" | "f64" => Self::Number,
            "bool" => Self::Truth,
            "Option" => Self::Optional(inner()),
            "Vec" => Self::List(inner()),
            "Channel" => Self::Channel(inner()),
            name => Self::Named(name.to_owned()),
        }
    }
}

/// The commands of the list, in its order.
pub(super) fn listed() -> Vec<Signature> {
    commands::ALL.iter().map(|path| read(path)).collect()
}

/// The names of all functions that are marked as commands, listed or not.
pub(super) fn all_in_the_sources() -> Vec<String> {
    let mut found = Vec::new();
    look_through(&sources(), &mut found);
    assert!(!found.is_empty());
    found
}

fn look_through(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look_through(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.extend(commands_of(&path).into_iter().map(|command| command.sig.ident.to_string()));
        }
    }
}

fn read(path: &[&str]) -> Signature {
    let (name, modules) = path.split_last().unwrap();
    let file = modules.iter().fold(sources(), |folder, module| folder.join(module)).with_extension("rs");
    let command = commands_of(&file).into_iter().find(|command| command.sig.ident == name);
    let command = command.unwrap_or_else(|| panic!("{name} is not in {}", file.display()));
    let given = command.sig.inputs.iter().filter_map(|input| {
        let FnArg::Typed(input) = input else { panic!("{name} takes itself") };
        let Pat::Ident(pattern) = &*input.pat else { panic!("what {name} takes has no name") };
        (!is_of_tauri(&input.ty)).then(|| (pattern.ident.to_string(), Shape::of(&input.ty)))
    });
    Signature {
        area: modules[0].to_owned(),
        name: (*name).to_owned(),
        documentation: command.attrs.iter().filter_map(documentation).collect(),
        given: given.collect(),
        answer: answer(&command),
        is_async: command.sig.asyncness.is_some(),
        has_plain_attribute: command
            .attrs
            .iter()
            .any(|it| is_command(it) && matches!(it.meta, Meta::Path(_))),
    }
}

fn commands_of(file: &Path) -> Vec<ItemFn> {
    let source = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
    let functions = source.items.into_iter().filter_map(|item| match item {
        Item::Fn(function) => Some(function),
        _ => None,
    });
    functions.filter(|function| function.attrs.iter().any(is_command)).collect()
}

fn is_command(attribute: &Attribute) -> bool {
    attribute.path().segments.iter().map(|part| part.ident.to_string()).eq(["tauri", "command"])
}

fn is_of_tauri(written: &Type) -> bool {
    let Type::Path(path) = written else { return false };
    let name = path.path.segments.last().unwrap().ident.to_string();
    ["State", "AppHandle", "WebviewWindow"].contains(&name.as_str())
}

/// Of `Result<T, Failure>`: the `T`.
fn answer(command: &ItemFn) -> Shape {
    let name = &command.sig.ident;
    let ReturnType::Type(_, written) = &command.sig.output else { panic!("{name} cannot fail") };
    let Type::Path(path) = &**written else { panic!("{name} gives no result") };
    let result = path.path.segments.last().unwrap();
    assert_eq!(result.ident, "Result", "{name} gives no result");
    Shape::of(argument(&result.arguments))
}

fn argument(arguments: &PathArguments) -> &Type {
    let PathArguments::AngleBracketed(arguments) = arguments else { panic!("a type without its own") };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => inner,
        _ => panic!("a type without its own"),
    }
}

fn documentation(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(value) = &attribute.meta else { return None };
    match &value.value {
        Expr::Lit(literal) if value.path.is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/src")
}
