//! The text of a petition: which lines are its body, and the Markdown that they make.

use std::collections::BTreeSet;

use crate::line::{Line, LineKind, Span};
use crate::markdown::{block_line, heading_line};
use crate::marks::with_marks;
use crate::take::references::{bullet_end, from_byte, listed};
use crate::take::roles::{Page, Role, ends_sentence, is_prose, weight};

/// The lines of the body: from the first sentence after the title to the last before the end, with what belongs to them.
pub(crate) fn body_lines(page: &Page<'_>, after: usize) -> Vec<usize> {
    let end = end_of_text(page, after);
    let free: Vec<usize> = page.free().map(|(at, _)| at).filter(|at| (after..end).contains(at)).collect();
    let prose = |at: &&usize| page.lines.get(**at).is_some_and(is_prose);
    let (Some(first), Some(last)) = (free.iter().find(prose), free.iter().rfind(prose)) else {
        // No sentence at all: whatever is there is the text.
        return free;
    };
    let first = above(page, *first, after);
    let last = below(page, *last, end);
    free.into_iter().filter(|at| (first..=last).contains(at)).collect()
}

/// Where the text ends: where the page counts again what it counted above, unless more text comes after that than before it.
fn end_of_text(page: &Page<'_>, after: usize) -> usize {
    let prose = |range: std::ops::Range<usize>| -> usize {
        page.free()
            .filter(|(at, line)| range.contains(at) && is_prose(line))
            .map(|(_, line)| weight(&line.text))
            .sum()
    };
    let first = page.free().find(|(at, line)| *at >= after && is_prose(line)).map_or(after, |(at, _)| at);
    let repeat = (first..page.end).find(|at| page.roles.get(*at) == Some(&Role::Repeat));
    match repeat {
        Some(repeat) if prose(after..repeat) >= prose(repeat..page.end) => repeat,
        _ => page.end,
    }
}

/// The first of the lines right above the first sentence that belong to it.
fn above(page: &Page<'_>, first: usize, after: usize) -> usize {
    (after..first).rev().take_while(|at| page.is_free(*at)).last().unwrap_or(first)
}

/// The last of the lines right below the last sentence that belong to it: items, what follows a colon, and who wrote it.
fn below(page: &Page<'_>, last: usize, end: usize) -> usize {
    let mut lists = page.lines.get(last).is_some_and(|line| ends_in_colon(&line.text));
    let mut reached = last;
    for at in last + 1..end {
        let Some(line) = page.lines.get(at).filter(|_| page.is_free(at)) else { break };
        if let LineKind::Heading(_) = line.kind {
            // It belongs to the text if what it heads does.
            continue;
        }
        let is_item =
            line.kind != LineKind::Text || bullet_end(&line.text) > 0 || listed(&line.text).is_some();
        if ends_in_colon(&line.text) {
            lists = true;
        } else if line.text.ends_with([',', '،', '，']) || line.text.starts_with(['—', '–']) {
            // Who wrote it, below "Yours,".
            let is_name = |next: &usize| page.is_free(*next) && *next < end;
            return Some(at + 1)
                .filter(|_| line.text.ends_with([',', '،', '，']))
                .filter(is_name)
                .unwrap_or(at);
        } else if !(is_item || lists || ends_sentence(&line.text)) {
            break;
        }
        reached = at;
    }
    reached
}

fn ends_in_colon(text: &str) -> bool {
    text.ends_with([':', '：', '፦'])
}

/// A block of the body.
struct Block<'a> {
    kind: BlockKind,
    lines: Vec<&'a Line>,
    /// Where the text of the first line begins.
    text_at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    Paragraph,
    Heading(u8),
    Bullet,
    Numbered(u32),
    Quote,
}

/// The shortest line that a text is broken at, and the longest.
const BROKEN_MIN_CHARS: usize = 40;
const BROKEN_MAX_CHARS: usize = 120;

/// The body as Markdown, its marks of `known` references as a petition has them.
pub(crate) fn body_markdown(page: &Page<'_>, body: &[usize], known: &BTreeSet<u32>) -> String {
    let lines: Vec<&Line> = body.iter().filter_map(|at| page.lines.get(*at)).collect();
    let gaps = lines.iter().skip(1).filter(|line| line.gap).count();
    let has_gaps = gaps > 0 && gaps * 2 >= lines.len() - 1;
    let mut markdown = String::new();
    let mut list = List::default();
    for block in blocks(&lines) {
        let is_broken = is_broken(&block.lines);
        // Where a page has few blank lines, each line is a paragraph; where it has many, a line's end is one in a paragraph.
        let paragraphs: Vec<&[&Line]> = if block.kind == BlockKind::Paragraph && !has_gaps && !is_broken {
            block.lines.chunks(1).collect()
        } else {
            vec![&block.lines]
        };
        for paragraph in paragraphs {
            let (separator, marker) = list.next(block.kind);
            if !markdown.is_empty() {
                markdown.push_str(separator);
            }
            write_block(&mut markdown, &block, paragraph, &marker, is_broken, known);
        }
    }
    markdown
}

fn write_block(
    markdown: &mut String,
    block: &Block<'_>,
    lines: &[&Line],
    marker: &str,
    is_broken: bool,
    known: &BTreeSet<u32>,
) {
    let indent = if block.kind == BlockKind::Quote { marker.to_owned() } else { " ".repeat(marker.len()) };
    for (at, line) in lines.iter().enumerate() {
        let text_at = if at == 0 { block.text_at } else { 0 };
        let spans = with_marks(&from_byte(&line.spans, text_at), known);
        let text =
            if let BlockKind::Heading(_) = block.kind { heading_line(&spans) } else { block_line(&spans) };
        if at == 0 {
            markdown.push_str(marker);
        } else {
            markdown.push_str(if is_broken || is_item(block.kind) { "\n" } else { "\\\n" });
            markdown.push_str(&indent);
        }
        markdown.push_str(&text);
    }
}

fn is_item(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Bullet | BlockKind::Numbered(_))
}

/// What stands between blocks, and before each.
#[derive(Default)]
struct List {
    before: Option<BlockKind>,
    is_bracket: bool,
}

impl List {
    fn next(&mut self, kind: BlockKind) -> (&'static str, String) {
        let before = self.before.replace(kind);
        match (before, kind) {
            (Some(BlockKind::Bullet), BlockKind::Bullet) => ("\n", "- ".to_owned()),
            (Some(BlockKind::Numbered(last)), BlockKind::Numbered(number)) => {
                // A list whose numbers do not grow would be counted anew: another mark makes another list.
                self.is_bracket ^= number <= last;
                (if number > last { "\n" } else { "\n\n" }, self.number(number))
            }
            (_, BlockKind::Bullet) => ("\n\n", "- ".to_owned()),
            (_, BlockKind::Numbered(number)) => ("\n\n", self.number(number)),
            (_, BlockKind::Quote) => ("\n\n", "> ".to_owned()),
            (_, BlockKind::Heading(level)) => {
                ("\n\n", format!("{} ", "#".repeat(usize::from(level.clamp(2, 6)))))
            }
            (_, BlockKind::Paragraph) => ("\n\n", String::new()),
        }
    }

    fn number(&self, number: u32) -> String {
        format!("{number}{} ", if self.is_bracket { ')' } else { '.' })
    }
}

/// Lines as blocks.
fn blocks<'a>(lines: &[&'a Line]) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let (kind, text_at) = kind_of(lines, at);
        let belongs = !line.gap
            && match blocks.last() {
                Some(Block { kind: BlockKind::Paragraph, .. }) => kind == BlockKind::Paragraph,
                Some(Block { kind: BlockKind::Quote, .. }) => kind == BlockKind::Quote,
                Some(Block { kind: BlockKind::Bullet | BlockKind::Numbered(_), lines, .. }) => {
                    kind == BlockKind::Paragraph
                        && lines.last().is_some_and(|last| last.text.chars().count() >= BROKEN_MIN_CHARS)
                }
                _ => false,
            };
        match blocks.last_mut().filter(|_| belongs) {
            Some(block) => block.lines.push(line),
            None => blocks.push(Block { kind, lines: vec![line], text_at }),
        }
    }
    blocks
}

fn kind_of(lines: &[&Line], at: usize) -> (BlockKind, usize) {
    let Some(line) = lines.get(at) else { return (BlockKind::Paragraph, 0) };
    match line.kind {
        LineKind::Heading(level) => (BlockKind::Heading(level), 0),
        LineKind::Bullet => (BlockKind::Bullet, 0),
        LineKind::Numbered(number) => (BlockKind::Numbered(number), 0),
        LineKind::Quote => (BlockKind::Quote, 0),
        LineKind::Footnote(_) => (BlockKind::Paragraph, 0),
        LineKind::Text => of_text(lines, at, &line.text),
    }
}

/// What a line of plain text is: an item by its bullet, or by its number where its neighbour has the next one.
fn of_text(lines: &[&Line], at: usize, text: &str) -> (BlockKind, usize) {
    let bullet = bullet_end(text);
    // A dash may as well begin a quotation or a name: it is a bullet beside another.
    let dash = |line: Option<&&Line>| line.is_some_and(|line| line.text.starts_with(['-', '–', '—', '*']));
    let is_dash = text.starts_with(['-', '–', '—', '*']);
    let beside_dash = dash(lines.get(at + 1)) || dash(at.checked_sub(1).and_then(|before| lines.get(before)));
    if bullet > 0 && (!is_dash || beside_dash) {
        return (BlockKind::Bullet, bullet);
    }
    let number = |line: &&Line| listed(&line.text).map(|(number, _)| number);
    if let Some((this, text_at)) = listed(text) {
        let next = lines.get(at + 1).and_then(number) == Some(this + 1);
        let before = at.checked_sub(1).and_then(|before| lines.get(before)).and_then(number)
            == Some(this.wrapping_sub(1));
        if next || before {
            return (BlockKind::Numbered(this), text_at);
        }
    }
    (BlockKind::Paragraph, 0)
}

/// Whether lines are one text that was broken at a width: no line had room for the next one's first word.
fn is_broken(lines: &[&Line]) -> bool {
    let lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
    let width = lengths.iter().copied().max().unwrap_or_default();
    if lines.len() < 2 || !(BROKEN_MIN_CHARS..=BROKEN_MAX_CHARS).contains(&width) {
        return false;
    }
    let is_full = lines.iter().skip(1).zip(&lengths).all(|(next, length)| {
        let word = next.text.split_whitespace().next().unwrap_or_default().chars().count();
        length + 1 + word > width
    });
    let ended = lines.iter().rev().skip(1).filter(|line| ends_sentence(&line.text)).count();
    let spaced = lines.iter().all(|line| weight(&line.text) < line.text.chars().count() * 2);
    is_full && spaced && ended * 2 < lines.len()
}

/// The pieces of a reference as Markdown of one line.
pub(crate) fn reference_markdown(spans: &[Span]) -> String {
    block_line(spans)
}
