//! The formats of numbers (ISO/IEC 29500-1 §18.8.31), as far as they keep every digit: noughts before them and signs between them, as
//! of postal codes and telephone numbers. Of all others it is only known whether they show a date.

/// Longer formats than people write are not read.
const CODE_MAX: usize = 255;

/// What a format makes of a number.
pub(super) enum Mask {
    /// Something that takes digits away or adds to them: the number is taken as it is.
    Other,
    /// A date, or a time of day.
    Date,
    /// Its digits, among other signs.
    Digits(Vec<Section>),
}

/// A part of a format, for the numbers that it is for.
pub(super) struct Section {
    condition: Option<(Comparison, f64)>,
    items: Vec<Item>,
}

#[derive(Clone, Copy)]
enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Other,
}

#[derive(Clone, Copy)]
enum Item {
    /// The place of a digit, and what stands there where the number has none.
    Digit(Option<char>),
    Sign(char),
}

impl Mask {
    /// Of a format's code.
    pub(super) fn of(code: &str) -> Self {
        if code.len() > CODE_MAX {
            return Self::Other;
        }
        let mut sections = vec![Section { condition: None, items: Vec::new() }];
        // Whether anything is in it that is neither digits nor signs; it may still be a date.
        let mut is_other = false;
        let mut letters = code.chars().peekable();
        while let Some(letter) = letters.next() {
            let Some(section) = sections.last_mut() else { break };
            let items = &mut section.items;
            match letter {
                '0' => items.push(Item::Digit(Some('0'))),
                '?' => items.push(Item::Digit(Some(' '))),
                '#' => items.push(Item::Digit(None)),
                ';' => sections.push(Section { condition: None, items: Vec::new() }),
                '"' => items.extend(letters.by_ref().take_while(|letter| *letter != '"').map(Item::Sign)),
                '\\' => items.extend(letters.next().map(Item::Sign)),
                // As wide as the sign after it, and filled with the sign after it.
                '_' | '*' => drop(letters.next()),
                '[' => {
                    let inner: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    // Hours, minutes and seconds that go on beyond a day are no time of day.
                    if inner.chars().all(|letter| matches!(letter.to_ascii_lowercase(), 'h' | 'm' | 's')) {
                        return Self::Other;
                    }
                    if inner.starts_with(['<', '>', '=']) {
                        section.condition = condition(&inner);
                    }
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' if !is_general(code) => {
                    return Self::Date;
                }
                '-' | ' ' | '(' | ')' | '/' | ':' | '+' => items.push(Item::Sign(letter)),
                _ => is_other = true,
            }
        }
        if is_other { Self::Other } else { Self::Digits(sections) }
    }

    /// What it shows of a number of these digits; none where it is not for such numbers.
    pub(super) fn show(sections: &[Section], value: f64, digits: &str) -> Option<String> {
        let has_conditions = sections.iter().any(|section| section.condition.is_some());
        let section = if has_conditions {
            sections.iter().find(|section| {
                section.condition.is_none_or(|(comparison, limit)| comparison.holds(value, limit))
            })?
        } else if value == 0.0 && sections.len() > 2 {
            &sections[2]
        } else {
            sections.first()?
        };
        let first = section.items.iter().position(|item| matches!(item, Item::Digit(_)))?;
        let mut left = digits.bytes().rev().map(char::from);
        let mut shown = Vec::new();
        for (place, item) in section.items.iter().enumerate().rev() {
            match item {
                Item::Sign(sign) => shown.push(*sign),
                Item::Digit(filling) => shown.extend(left.next().or(*filling)),
            }
            if place == first {
                shown.extend(left.by_ref());
            }
        }
        Some(shown.into_iter().rev().collect())
    }
}

fn is_general(code: &str) -> bool {
    code.to_ascii_lowercase().contains("general")
}

fn condition(text: &str) -> Option<(Comparison, f64)> {
    const SIGNS: [(&str, Comparison); 6] = [
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("<>", Comparison::Other),
        ("<", Comparison::Less),
        (">", Comparison::More),
        ("=", Comparison::Equal),
    ];
    let (sign, comparison) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign))?;
    Some((*comparison, text[sign.len()..].trim().parse().ok()?))
}

impl Comparison {
    fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::Less => value < limit,
            Self::AtMost => value <= limit,
            Self::More => value > limit,
            Self::AtLeast => value >= limit,
            Self::Equal => value == limit,
            Self::Other => value != limit,
        }
    }
}
