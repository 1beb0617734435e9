//! The pages' client: a function for every command, and the shape of each for whoever answers in the shell's place.

use std::{collections::BTreeSet, fmt::Write};

use super::signatures::{Shape, Signature};

/// The files `tableCommands.ts` and the like: of each area, a function for each command. With their names.
pub(super) fn clients(signatures: &[Signature]) -> Vec<(String, String)> {
    let areas: BTreeSet<&str> = signatures.iter().map(|signature| signature.area.as_str()).collect();
    let of = |area: &str| {
        let own: Vec<Signature> = signatures.iter().filter(|one| one.area == area).cloned().collect();
        (format!("{area}Commands.ts"), client(&own))
    };
    areas.into_iter().map(of).collect()
}

fn client(signatures: &[Signature]) -> String {
    let given = || signatures.iter().flat_map(|signature| &signature.given);
    let channel = if given().any(|(_, shape)| matches!(shape, Shape::Channel(_))) { "Channel, " } else { "" };
    let mut text = format!(
        "// Generated from the commands of the shell. A command that fails rejects with a `Failure`.\n\n\
         import {{ {channel}invoke }} from \"@tauri-apps/api/core\";\n{}",
        imports(signatures)
    );
    signatures.iter().for_each(|signature| add(&mut text, signature));
    text
}

/// The file `CommandShapes.ts`: what each command is given and answers.
pub(super) fn shapes(signatures: &[Signature]) -> String {
    let mut text = format!(
        "// Generated from the commands of the shell, for whoever answers in its place.\n\n\
         import type {{ Channel }} from \"@tauri-apps/api/core\";\n{}\n\
         /** What each command is given and answers. */\nexport interface Commands {{\n",
        imports(signatures)
    );
    for signature in signatures {
        let given =
            signature.given.iter().map(|(name, shape)| format!("{}: {}", camel(name), crossing(shape)));
        let given: Vec<_> = given.collect();
        let given = if given.is_empty() {
            "Record<string, never>".to_owned()
        } else {
            format!("{{ {} }}", given.join("; "))
        };
        let answer = if matches!(signature.answer, Shape::Nothing) {
            "null".to_owned()
        } else {
            typed(&signature.answer)
        };
        writeln!(text, "  {}: {{ given: {given}; answer: {answer} }};", signature.name).unwrap();
    }
    text.push_str("}\n");
    text
}

fn imports(signatures: &[Signature]) -> String {
    let names: BTreeSet<String> = signatures.iter().flat_map(Signature::named_types).collect();
    names.iter().map(|name| format!("import type {{ {name} }} from \"./{name}\";\n")).collect()
}

fn add(text: &mut String, signature: &Signature) {
    let takes = signature.given.iter().map(|(name, shape)| format!("{}: {}", camel(name), typed(shape)));
    let takes = takes.collect::<Vec<_>>().join(", ");
    let gives = |name: &String, shape: &Shape| match shape {
        Shape::Channel(_) => format!("{0}: new Channel({0})", camel(name)),
        _ => camel(name),
    };
    let gives = signature.given.iter().map(|(name, shape)| gives(name, shape)).collect::<Vec<_>>().join(", ");
    let gives = if gives.is_empty() { gives } else { format!(", {{ {gives} }}") };
    write!(
        text,
        "\n{}export const {} = ({takes}) => invoke<{}>(\"{}\"{gives});\n",
        documentation(&signature.documentation),
        camel(&signature.name),
        typed(&signature.answer),
        signature.name,
    )
    .unwrap();
}

fn documentation(lines: &[String]) -> String {
    if let [line] = lines {
        return format!("/** {line} */\n");
    }
    let lines = lines.iter().map(|line| format!(" * {line}\n").replace(" * \n", " *\n"));
    format!("/**\n{} */\n", lines.collect::<String>())
}

/// A type as a page writes it.
fn typed(shape: &Shape) -> String {
    match shape {
        Shape::Nothing => "void".to_owned(),
        Shape::Text => "string".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Truth => "boolean".to_owned(),
        Shape::Named(name) => name.clone(),
        Shape::Optional(inner) => format!("{} | null", typed(inner)),
        Shape::List(inner) => format!("Array<{}>", typed(inner)),
        Shape::Channel(inner) => format!("(message: {}) => void", typed(inner)),
    }
}

/// A type as the shell gets it.
fn crossing(shape: &Shape) -> String {
    match shape {
        Shape::Channel(inner) => format!("Channel<{}>", typed(inner)),
        other => typed(other),
    }
}

/// `pass_warnings` → `passWarnings`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let mut letters = part.chars();
        let head = letters.next().into_iter().flat_map(char::to_uppercase);
        name + &head.collect::<String>() + letters.as_str()
    })
}
