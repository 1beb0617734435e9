//! The ledger in memory, a column for each thing that signatures are chosen by: all of a million are looked at while nobody waits.

use std::collections::HashMap;

use zeroize::Zeroizing;

/// Texts of which there are few, each as a small number.
#[derive(Default)]
pub(super) struct Texts {
    values: Vec<String>,
    numbers: HashMap<String, u32>,
    last: u32,
}

impl Texts {
    /// The number of a text, a new one where it has none.
    fn number(&mut self, value: &str) -> u32 {
        // Most are as the one before.
        if self.get(self.last) == Some(value) {
            return self.last;
        }
        self.last = self.find_or_add(value);
        self.last
    }

    fn find_or_add(&mut self, value: &str) -> u32 {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        // More than four thousand million there are not.
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.to_owned());
        self.numbers.insert(value.to_owned(), number);
        number
    }

    /// The number of a text, if any signature has it.
    pub(super) fn find(&self, value: &str) -> Option<u32> {
        self.numbers.get(value).copied()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn get(&self, number: u32) -> Option<&str> {
        self.values.get(number as usize).map(String::as_str)
    }
}

/// A column of such texts.
#[derive(Default)]
pub(super) struct Column {
    pub(super) texts: Texts,
    pub(super) rows: Vec<u32>,
}

impl Column {
    pub(super) fn push(&mut self, value: &str) {
        let number = self.texts.number(value);
        self.rows.push(number);
    }

    /// The text of a row.
    pub(super) fn get(&self, row: u32) -> Option<&str> {
        self.texts.get(*self.rows.get(row as usize)?)
    }

    pub(super) fn set(&mut self, row: usize, value: &str) {
        let number = self.texts.number(value);
        if let Some(known) = self.rows.get_mut(row) {
            *known = number;
        }
    }
}

/// Texts that are long, searched for a part of them. They are in blocks, so that none has to be moved where more come.
#[derive(Default)]
pub(super) struct Searched {
    blocks: Vec<Block>,
}

/// So many rows are in a block.
const BLOCK: usize = 1 << 15;

#[derive(Default)]
struct Block {
    text: Zeroizing<Vec<u8>>,
    /// Where the text of each row ends.
    ends: Vec<u32>,
}

impl Searched {
    pub(super) fn push(&mut self, text: &str) {
        if self.blocks.last().is_none_or(|block| block.ends.len() == BLOCK) {
            self.blocks.push(Block::default());
        }
        let Some(block) = self.blocks.last_mut() else { return };
        block.text.extend_from_slice(text.as_bytes());
        // What is searched for has no such character.
        block.text.push(b'\n');
        block.ends.push(u32::try_from(block.text.len()).unwrap_or(u32::MAX));
    }

    /// Whether a row has this text.
    pub(super) fn is(&self, row: usize, text: &str) -> bool {
        let Some(block) = self.blocks.get(row / BLOCK) else { return false };
        let at = row % BLOCK;
        let end = block.ends.get(at).map_or(0, |end| *end as usize);
        let start =
            at.checked_sub(1).and_then(|before| block.ends.get(before)).map_or(0, |end| *end as usize);
        block.text.get(start..end.saturating_sub(1)) == Some(text.as_bytes())
    }

    /// Marks the rows in whose text `part` is.
    pub(super) fn mark(&self, part: &str, marks: &mut [bool]) {
        let finder = memchr::memmem::Finder::new(part);
        for (block, marks) in self.blocks.iter().zip(marks.chunks_mut(BLOCK)) {
            let (mut rows, mut from) = (marks.iter_mut().zip(&block.ends), 0);
            while let Some(found) = block.text.get(from..).and_then(|rest| finder.find(rest)) {
                let at = from + found;
                let Some((mark, end)) = rows.find(|(_, end)| **end as usize > at) else { break };
                *mark = true;
                // Once is enough of each row.
                from = *end as usize;
            }
        }
    }
}
