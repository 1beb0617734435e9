//! HTML, of the clipboard or a file, to lines: what a browser would show, in its order.

use std::collections::HashMap;
use std::sync::Arc;

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

use crate::address::{followed, raised};
use crate::error::PageError;
use crate::line::{LineKind, Sheet, SheetWriter, Span};

/// Reads HTML. Tags that are wrongly nested or never closed are taken as they come: no tree is made.
pub(crate) fn lines_of_html(html: &str) -> Result<Sheet, PageError> {
    let mut emitter = DefaultEmitter::default();
    // A script's text is no tags.
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => reader.open(&tag)?,
            Token::EndTag(tag) => reader.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text))?,
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let usual = reader.usual();
    reader.writer.end(usual);
    reader.writer.sheet.check()
}

/// Elements that have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements of which a browser shows no text, or none that is the page's.
const UNSEEN: [&str; 16] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video",
    "select", "textarea", "datalist", "noembed", "noframes",
];

/// Elements that stand within a line; all others begin and end one.
const INLINE: [&str; 40] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "nobr", "o:p", "output", "picture", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
];

/// What an open element does to the text in it.
#[derive(Clone, Copy, Default)]
struct Look {
    is_unseen: bool,
    is_title: bool,
    is_aside: bool,
    is_link: bool,
    is_raised: bool,
    is_quote: bool,
    is_list: bool,
    is_verbatim: bool,
    strong: Option<bool>,
    emphasis: Option<bool>,
}

struct Open {
    name: String,
    look: Look,
}

/// A list that is open, and the number of its next item, where it is numbered.
struct List {
    next: Option<u32>,
}

#[derive(Default)]
struct Reader {
    writer: SheetWriter,
    open: Vec<Open>,
    /// How many of each name are open.
    names: HashMap<String, usize>,
    /// How many of what is open are so.
    unseen: usize,
    titles: usize,
    asides: usize,
    raised: usize,
    quotes: usize,
    verbatim: usize,
    strong: Vec<bool>,
    emphasis: Vec<bool>,
    links: Vec<Option<Arc<str>>>,
    lists: Vec<List>,
}

impl Reader {
    /// What a line is where nothing else is said.
    fn usual(&self) -> LineKind {
        if self.quotes > 0 { LineKind::Quote } else { LineKind::Text }
    }

    fn open(&mut self, tag: &StartTag<()>) -> Result<(), PageError> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let usual = self.usual();
        match name.as_str() {
            "br" => self.writer.break_line(usual),
            _ if self.unseen > 0 || INLINE.contains(&name.as_str()) => {}
            "li" => {
                let kind = self.lists.last_mut().map(|list| item(list, attribute(tag, "value")));
                self.writer.end(usual);
                self.writer.begin(Some(kind.unwrap_or(LineKind::Bullet)), usual);
            }
            _ => self.writer.begin(heading(&name), usual),
        }
        if VOID.contains(&name.as_str()) {
            return Ok(());
        }
        let look = look(&name, tag);
        self.unseen += usize::from(look.is_unseen);
        self.titles += usize::from(look.is_title);
        self.asides += usize::from(look.is_aside);
        self.writer.is_aside = self.asides > 0;
        self.raised += usize::from(look.is_raised);
        self.quotes += usize::from(look.is_quote);
        self.verbatim += usize::from(look.is_verbatim);
        self.strong.extend(look.strong);
        self.emphasis.extend(look.emphasis);
        if look.is_link {
            self.links.push(attribute(tag, "href").and_then(|address| followed(&address)));
        }
        if look.is_list {
            let start = attribute(tag, "start").and_then(|start| start.trim().parse().ok());
            self.lists.push(List { next: (name == "ol").then(|| start.unwrap_or(1)) });
        }
        *self.names.entry(name.clone()).or_default() += 1;
        self.open.push(Open { name, look });
        Ok(())
    }

    /// Closes an element and what is open in it. An end without a start is nothing.
    fn close(&mut self, name: &str) {
        let usual = self.usual();
        let is_block = !INLINE.contains(&name) && self.unseen == 0;
        if self.names.get(name).is_none_or(|open| *open == 0) {
            if is_block {
                self.writer.begin(None, usual);
            }
            return;
        }
        if is_block {
            self.writer.end(usual);
        }
        while let Some(open) = self.open.pop() {
            if let Some(count) = self.names.get_mut(&open.name) {
                *count = count.saturating_sub(1);
            }
            self.undo(open.look);
            if open.name == name {
                break;
            }
        }
    }

    fn undo(&mut self, look: Look) {
        self.unseen -= usize::from(look.is_unseen);
        self.titles -= usize::from(look.is_title);
        self.asides -= usize::from(look.is_aside);
        self.writer.is_aside = self.asides > 0;
        self.raised -= usize::from(look.is_raised);
        self.quotes -= usize::from(look.is_quote);
        self.verbatim -= usize::from(look.is_verbatim);
        if look.strong.is_some() {
            self.strong.pop();
        }
        if look.emphasis.is_some() {
            self.emphasis.pop();
        }
        if look.is_link {
            self.links.pop();
        }
        if look.is_list {
            self.lists.pop();
        }
    }

    fn text(&mut self, text: &str) -> Result<(), PageError> {
        if self.titles > 0 {
            self.writer.sheet.page_title.get_or_insert_with(|| text.chars().take(1000).collect());
            return Ok(());
        }
        if self.unseen > 0 {
            return Ok(());
        }
        if self.verbatim == 0 {
            return self.piece(text);
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.writer.break_line(self.usual());
            }
            self.piece(line)?;
        }
        Ok(())
    }

    fn piece(&mut self, text: &str) -> Result<(), PageError> {
        let text = if self.raised > 0 { raised(text) } else { text.to_owned() };
        self.writer.text(Span {
            text,
            strong: self.strong.last().copied().unwrap_or_default(),
            emphasis: self.emphasis.last().copied().unwrap_or_default(),
            address: self.links.last().cloned().flatten(),
        })
    }
}

/// What an element does to its text.
fn look(name: &str, tag: &StartTag<()>) -> Look {
    let style: String =
        attribute(tag, "style").unwrap_or_default().to_lowercase().split_whitespace().collect();
    let styled = |what: &[&str]| what.iter().any(|what| style.contains(what));
    let is_hidden = attribute(tag, "hidden").is_some() || styled(&["display:none", "visibility:hidden"]);
    let strong = if styled(&["font-weight:normal", "font-weight:400"]) {
        Some(false)
    } else {
        (matches!(name, "b" | "strong") || styled(&["font-weight:bold", "font-weight:6", "font-weight:7"]))
            .then_some(true)
    };
    let emphasis = if styled(&["font-style:normal"]) {
        Some(false)
    } else {
        (matches!(name, "i" | "em" | "cite" | "dfn") || styled(&["font-style:italic"])).then_some(true)
    };
    Look {
        is_unseen: UNSEEN.contains(&name) || is_hidden,
        is_title: name == "title",
        is_aside: matches!(name, "nav" | "footer") || attribute(tag, "role").as_deref() == Some("navigation"),
        is_link: name == "a",
        is_raised: name == "sup" || styled(&["vertical-align:super"]),
        is_quote: name == "blockquote",
        is_list: matches!(name, "ol" | "ul" | "menu"),
        is_verbatim: name == "pre"
            || styled(&["white-space:pre;", "white-space:pre-wrap", "white-space:pre-line"]),
        strong,
        emphasis,
    }
}

fn heading(name: &str) -> Option<LineKind> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(LineKind::Heading(level - b'0')),
        _ => None,
    }
}

fn item(list: &mut List, value: Option<String>) -> LineKind {
    let Some(next) = &mut list.next else { return LineKind::Bullet };
    if let Some(value) = value.and_then(|value| value.trim().parse().ok()) {
        *next = value;
    }
    let number = *next;
    *next = next.saturating_add(1);
    LineKind::Numbered(number)
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}
