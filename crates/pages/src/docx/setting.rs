//! What a document of Word says beside its text: which styles are headings, which lists have numbers, where links lead.

use std::collections::{HashMap, HashSet};

use super::xml::{Piece, read_xml};
use crate::error::PageError;

/// The level of each style that is a heading. A style's name is in English whatever the language of Word is.
pub(crate) fn headings(styles: &str) -> Result<HashMap<String, u8>, PageError> {
    let mut headings = HashMap::new();
    let mut style = None;
    read_xml(styles, |piece| {
        if let Piece::Start(element) = piece {
            match element.name().as_str() {
                "style" => style = element.attribute("styleId"),
                "name" => {
                    let level = element.value().and_then(|name| level(&name));
                    if let (Some(style), Some(level)) = (style.clone(), level) {
                        headings.insert(style, level);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(headings)
}

fn level(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    if name == "title" {
        return Some(1);
    }
    name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=6).contains(level))
}

/// Which lists have bullets, by the list's number and level.
#[derive(Default)]
pub(crate) struct Lists {
    /// The kind of each list.
    kinds: HashMap<String, String>,
    /// Kinds and levels that have bullets.
    bullets: HashSet<(String, String)>,
}

impl Lists {
    pub(crate) fn has_bullets(&self, list: &str, level: &str) -> bool {
        // A list that is not described is of bullets, as Word shows it.
        self.kinds.get(list).is_none_or(|kind| self.bullets.contains(&(kind.clone(), level.to_owned())))
    }
}

/// Reads the lists' descriptions.
pub(crate) fn lists(numbering: &str) -> Result<Lists, PageError> {
    let mut lists = Lists::default();
    let (mut kind, mut level, mut list) = (String::new(), String::new(), None);
    read_xml(numbering, |piece| {
        if let Piece::Start(element) = piece {
            match element.name().as_str() {
                "abstractNum" => kind = element.attribute("abstractNumId").unwrap_or_default(),
                "lvl" => level = element.attribute("ilvl").unwrap_or_default(),
                "numFmt" if matches!(element.value().as_deref(), Some("bullet" | "none")) => {
                    lists.bullets.insert((kind.clone(), level.clone()));
                }
                "num" => list = element.attribute("numId"),
                "abstractNumId" => {
                    if let (Some(list), Some(kind)) = (list.take(), element.value()) {
                        lists.kinds.insert(list, kind);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(lists)
}

/// Where each link leads.
pub(crate) fn links(relations: &str) -> Result<HashMap<String, String>, PageError> {
    let mut links = HashMap::new();
    read_xml(relations, |piece| {
        if let Piece::Start(element) = piece
            && element.attribute("TargetMode").as_deref() == Some("External")
            && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
        {
            links.insert(id, target);
        }
        Ok(())
    })?;
    Ok(links)
}
