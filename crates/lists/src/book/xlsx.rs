//! A workbook of Excel (ISO/IEC 29500): which sheets it has, where they are, and how its numbers are shown.

use std::collections::HashMap;
use std::io::{Read, Seek};

use super::archive::Directory;
use super::format::Style;
use super::xml::{attribute, for_each_element};
use crate::error::ListError;
use crate::source::Sheet;

/// Sheets beyond so many are no list.
const SHEETS_MAX: usize = 1_000;

/// More styles than Excel keeps.
const STYLES_MAX: usize = 70_000;

/// A workbook's plan.
pub(super) struct Workbook {
    pub(super) sheets: Vec<Place>,
    /// Days are counted from 1904.
    pub(super) is_1904: bool,
    /// The part with the texts.
    pub(super) strings: String,
    /// The part with the styles.
    pub(super) styles: String,
}

/// A sheet, and the part that it is in.
pub(super) struct Place {
    pub(super) sheet: Sheet,
    pub(super) part: String,
}

/// Reads the plan.
pub(super) fn read<R: Read + Seek>(directory: &Directory, mut reader: R) -> Result<Workbook, ListError> {
    let roots = relations(directory, &mut reader, "_rels/.rels", "")?;
    let book = roots.of_kind("/officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let (folder, name) = book.rsplit_once('/').unwrap_or(("", &book));
    let rels = join(folder, &format!("_rels/{name}.rels"));
    let parts = relations(directory, &mut reader, &rels, folder)?;
    let mut sheets = Vec::new();
    let mut is_1904 = false;
    let part = directory.part(&mut reader, &book)?.ok_or(ListError::Damaged)?;
    for_each_element(part, |element| {
        match element.local_name().into_inner() {
            "workbookPr" => {
                is_1904 = attribute(element, "date1904").is_some_and(|value| matches!(&*value, "1" | "true"));
            }
            "sheet" if sheets.len() < SHEETS_MAX => {
                let name = attribute(element, "name").unwrap_or_default().into_owned();
                let is_hidden = attribute(element, "state").is_some_and(|state| state != "visible");
                let id = attribute(element, "id").unwrap_or_default();
                // A sheet that is a chart alone has no rows, and a part of another kind.
                if let Some(part) = parts.sheet(&id) {
                    sheets.push(Place { sheet: Sheet { name, is_hidden }, part });
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    let part_or = |kind: &str, name: &str| parts.of_kind(kind).unwrap_or_else(|| join(folder, name));
    let strings = part_or("/sharedStrings", "sharedStrings.xml");
    let styles = part_or("/styles", "styles.xml");
    Ok(Workbook { sheets, is_1904, strings, styles })
}

/// How the cells of each style show their numbers, in the order of their numbers.
pub(super) fn styles<R: Read + Seek>(
    directory: &Directory,
    reader: R,
    name: &str,
) -> Result<Vec<Style>, ListError> {
    let Some(part) = directory.part(reader, name)? else { return Ok(Vec::new()) };
    let mut codes = HashMap::<u32, String>::new();
    let mut styles = Vec::new();
    // The styles of cells come after the formats; those of named styles, which no cell has, before.
    let mut is_of_cells = false;
    for_each_element(part, |element| {
        let number =
            || attribute(element, "numFmtId").and_then(|number| number.parse::<u32>().ok()).unwrap_or(0);
        match element.local_name().into_inner() {
            "numFmt" if codes.len() < STYLES_MAX => {
                codes.insert(number(), attribute(element, "formatCode").unwrap_or_default().into_owned());
            }
            "cellXfs" => is_of_cells = true,
            "cellStyles" | "dxfs" => is_of_cells = false,
            "xf" if is_of_cells && styles.len() < STYLES_MAX => {
                let number = number();
                styles.push(
                    codes.get(&number).map_or_else(|| Style::of_number(number), |code| Style::of_code(code)),
                );
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// What a part points to: id, kind, and the part pointed to.
struct Relations(Vec<(String, String, String)>);

impl Relations {
    fn of_kind(&self, kind: &str) -> Option<String> {
        self.0.iter().find(|(_, its, _)| its.ends_with(kind)).map(|(_, _, part)| part.clone())
    }

    fn sheet(&self, id: &str) -> Option<String> {
        self.0
            .iter()
            .find(|(its, kind, _)| its == id && kind.ends_with("/worksheet"))
            .map(|(_, _, part)| part.clone())
    }
}

fn relations<R: Read + Seek>(
    directory: &Directory,
    reader: R,
    name: &str,
    folder: &str,
) -> Result<Relations, ListError> {
    let mut relations = Vec::new();
    let Some(part) = directory.part(reader, name)? else { return Ok(Relations(relations)) };
    for_each_element(part, |element| {
        if element.local_name().into_inner() == "Relationship" && relations.len() < 2 * SHEETS_MAX {
            let text = |name| attribute(element, name).unwrap_or_default().into_owned();
            relations.push((text("Id"), text("Type"), join(folder, &text("Target"))));
        }
        Ok(())
    })?;
    Ok(Relations(relations))
}

/// The name of a part as another names it: from the top, or from that one's folder.
fn join(folder: &str, target: &str) -> String {
    if let Some(from_top) = target.strip_prefix('/') {
        return from_top.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
