//! Pages as people paste them, with what must be found in each: `shown` has the pages, and the parts beside them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod broken;
mod files;
mod html;
mod layouts;
mod round;
mod word;

use std::{env, fs, path::Path};

use pages::{Found, Part, read_text};
use petition::Petition;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Each page of `shown`, read, has the parts in the file beside it. `UPDATE_SHOWN=1` writes that file, to be looked at.
#[test]
fn every_page_has_the_parts_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shown");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "txt") {
            continue;
        }
        count += 1;
        let found = read_text(&fs::read_to_string(&path).unwrap()).unwrap();
        let parts = serde_json::to_string_pretty(&short(&found)).unwrap() + "\n";
        let beside = path.with_extension("json");
        if env::var_os("UPDATE_SHOWN").is_some() {
            fs::write(&beside, &parts).unwrap();
        }
        if fs::read_to_string(&beside).unwrap_or_default() != parts {
            wrong.push(format!("{}: {parts}", path.file_name().unwrap().display()));
        }
        every_line_is_told(&found);
    }
    assert!(count >= 12, "only {count} pages were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What was found, as short as it can be read: each part with its lines, `~` before what is likely and `?` before a guess.
fn short(found: &Found) -> Value {
    fn part<T: serde::Serialize>(part: &Part<T>) -> Value {
        let why = serde_json::to_value(part.why).unwrap();
        let sure = match part.sure {
            pages::Sure::Sure => "",
            pages::Sure::Likely => "~",
            pages::Sure::Guess => "?",
        };
        json!([part.value, part.lines, format!("{sure}{}", why.as_str().unwrap())])
    }
    let mut parts = Map::new();
    for (name, found) in [
        ("title", &found.title),
        ("started_by", &found.started_by),
        ("addressed_to", &found.addressed_to),
        ("language", &found.language),
        ("body", &found.body),
        ("references_heading", &found.references_heading),
    ] {
        let value = found.as_ref().map(part).unwrap_or_default();
        parts.insert(name.to_owned(), value);
    }
    if let Some(Value::Array(body)) = parts.get_mut("body") {
        let lines: Vec<&str> = body[0].as_str().unwrap().split('\n').collect();
        body[0] = json!(lines);
    }
    if let Some(Value::Array(language)) = parts.get_mut("language") {
        language.remove(1);
    }
    parts.insert("goal".to_owned(), found.goal.as_ref().map(part).unwrap_or_default());
    parts.insert("signed".to_owned(), found.signed.as_ref().map(part).unwrap_or_default());
    parts.insert("milestones".to_owned(), found.milestones.iter().map(part).collect());
    parts.insert("references".to_owned(), found.references.iter().map(part).collect());
    parts.insert("doubts".to_owned(), json!(found.doubts));
    let left = found.left_over.iter().map(|left| json!([left.line, left.text, left.kind]));
    parts.insert("left_over".to_owned(), left.collect());
    Value::Object(parts)
}

/// Every line that is not blank is a part's or is left over, and never both.
#[track_caller]
fn every_line_is_told(found: &Found) {
    let mut told: Vec<u32> = Vec::new();
    let mut add = |lines: &[u32]| told.extend(lines);
    for part in [&found.title, &found.started_by, &found.addressed_to, &found.body, &found.references_heading]
    {
        part.iter().for_each(|part| add(&part.lines));
    }
    found.goal.iter().for_each(|part| add(&part.lines));
    found.signed.iter().for_each(|part| add(&part.lines));
    found.milestones.iter().for_each(|part| add(&part.lines));
    found.references.iter().for_each(|part| add(&part.lines));
    let left: Vec<u32> = found.left_over.iter().map(|left| left.line).collect();
    let blank = |line: &str| line.trim_matches(['\u{200b}', '\u{feff}', '\u{2060}']).trim().is_empty();
    for (number, line) in (1..).zip(&found.seen).filter(|(_, line)| !blank(line)) {
        assert!(told.contains(&number) != left.contains(&number), "line {number}: {line}");
    }
}

/// A petition of the parts as they were found, its missing names filled in.
fn petition_of(found: &Found) -> Petition {
    let mut parts = found.parts();
    for part in [&mut parts.title, &mut parts.started_by, &mut parts.addressed_to] {
        if part.is_empty() {
            "Someone".clone_into(part);
        }
    }
    if parts.language.is_empty() {
        "en".clone_into(&mut parts.language);
    }
    // That there are two of a number is told, and the organizer's to mend.
    parts.references.sort_by_key(|reference| reference.number);
    parts.references.dedup_by_key(|reference| reference.number);
    let written = pages::write(&parts);
    assert_eq!(written.problems, [], "{}", written.source);
    Petition::parse(Uuid::nil(), 1, &written.source).unwrap()
}

#[test]
fn every_page_becomes_a_petition() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shown")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "txt") {
            petition_of(&read_text(&fs::read_to_string(&path).unwrap()).unwrap());
        }
    }
}
