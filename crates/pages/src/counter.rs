//! Lines that count signatures: "0 have signed. Let's get to 100!", "At 100 signatures, …".

use crate::part::{Milestone, Why};
use crate::tokens::{Token, TokenKind, tokens};
use crate::vocabulary::{FILLERS, GOALS, MISSING, SIGNATURES};

/// What a line counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counter {
    pub(crate) signed: Option<u64>,
    pub(crate) goal: Option<u64>,
    pub(crate) milestones: Vec<Milestone>,
    /// Whether every word of it was known.
    pub(crate) is_plain: bool,
}

impl Counter {
    pub(crate) fn why(&self) -> Why {
        if self.is_plain { Why::Counter } else { Why::ShortLine }
    }
}

/// What a line is that belongs to a counter but does not count by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CounterPiece {
    /// A number alone.
    Number(u64),
    /// A share of the goal, alone.
    Percent,
    /// "Signatures", "Supporters".
    SignedLabel,
    /// "Next goal".
    GoalLabel,
}

/// The most bytes of a line that may be a counter, and a milestone's note in it.
const LINE_MAX_BYTES: usize = 600;
/// The most words of a line with an unknown word that is still a counter.
const SHORT_MAX: usize = 7;
/// The most words of a label.
const LABEL_MAX: usize = 4;

/// What a line counts, if it does nothing else.
pub(crate) fn find_counter(line: &str) -> Option<Counter> {
    if line.len() > LINE_MAX_BYTES {
        return None;
    }
    let mut counter = Counter { is_plain: true, ..Counter::default() };
    for sentence in sentences(line) {
        let words = tokens(sentence);
        if let Some(milestone) = milestone(sentence, &words) {
            counter.milestones.push(milestone);
        } else if words.iter().all(is_known) {
            let (signed, goal) = counts(sentence, &words);
            counter.signed = counter.signed.or(signed);
            counter.goal = counter.goal.or(goal);
        } else if let Some(last) = counter.milestones.last_mut() {
            last.note = format!("{} {sentence}", last.note);
        } else {
            return short(line);
        }
    }
    let counts = counter.signed.is_some() || counter.goal.is_some() || !counter.milestones.is_empty();
    counts.then_some(counter)
}

/// What a line is that is a piece of a counter.
pub(crate) fn counter_piece(line: &str) -> Option<CounterPiece> {
    if line.len() > LINE_MAX_BYTES {
        return None;
    }
    let words = tokens(line);
    match words.as_slice() {
        [Token { kind: TokenKind::Number(number), range }] => {
            let is_alone = line.len() == range.len()
                || line.strip_suffix('+').is_some_and(|rest| rest.len() == range.len());
            is_alone.then_some(CounterPiece::Number(*number))
        }
        [Token { kind: TokenKind::Percent, .. }] => Some(CounterPiece::Percent),
        _ if words.is_empty() || words.len() > LABEL_MAX || words.iter().any(is_number) => None,
        _ if !words.iter().all(is_known) => None,
        _ if words.iter().any(|word| is_in(word, Class::Goal)) => Some(CounterPiece::GoalLabel),
        _ if words.iter().any(|word| is_in(word, Class::Signature)) => Some(CounterPiece::SignedLabel),
        _ => None,
    }
}

/// A short line with one number that speaks of signatures, whatever else it says.
fn short(line: &str) -> Option<Counter> {
    let words = tokens(line);
    let is_sentence = line.ends_with(['.', '?', ':', ';', ',', '。', '？', '؟', '።', '"', '”', '»']);
    let numbers = words.iter().filter(|word| is_number(word)).count();
    let speaks = words.iter().any(|word| is_in(word, Class::Signature));
    if is_sentence || numbers != 1 || !speaks || words.len() > SHORT_MAX || comma(line, &words).is_some() {
        return None;
    }
    let (signed, goal) = counts(line, &words);
    (signed.is_some() || goal.is_some()).then_some(Counter { signed, goal, ..Counter::default() })
}

/// "At 100 signatures, this petition …": the words before the comma are a counter's, and those after it say more.
fn milestone(sentence: &str, words: &[Token]) -> Option<Milestone> {
    let comma = comma(sentence, words)?;
    let (head, tail): (Vec<&Token>, Vec<&Token>) = words.iter().partition(|word| word.range.end <= comma);
    let mut numbers = head.iter().filter_map(|word| match word.kind {
        TokenKind::Number(number) => Some(number),
        _ => None,
    });
    let at = numbers.next().filter(|at| *at > 0)?;
    let speaks = head.iter().any(|word| is_in(word, Class::Signature));
    let says_more =
        tail.iter().filter(|word| !is_known(word)).map(|word| word.range.len()).sum::<usize>() > 5;
    let is_milestone =
        numbers.next().is_none() && speaks && says_more && head.iter().all(|word| is_known(word));
    is_milestone.then(|| Milestone { at, note: sentence.to_owned() })
}

/// Where the first comma or colon is that is not within a number.
fn comma(sentence: &str, words: &[Token]) -> Option<usize> {
    let commas = sentence.match_indices([',', '،', '，', '、', ':', '：', '፣']).map(|(at, _)| at);
    commas.into_iter().find(|at| !words.iter().any(|word| word.range.contains(at)))
}

/// How many signed, and the goal, in a sentence of a counter's words.
fn counts(sentence: &str, words: &[Token]) -> (Option<u64>, Option<u64>) {
    let numbers: Vec<(usize, u64)> = words
        .iter()
        .enumerate()
        .filter_map(|(place, word)| match word.kind {
            TokenKind::Number(number) => Some((place, number)),
            _ => None,
        })
        .collect();
    let is_missing = words.iter().any(|word| is_in(word, Class::Missing));
    let speaks = words.iter().any(|word| is_in(word, Class::Signature));
    let goal_word = words.iter().position(|word| is_in(word, Class::Goal));
    let signed = |number: u64| (!is_missing).then_some(number);
    let (signed, goal) = match (numbers.as_slice(), goal_word) {
        ([(_, number)], Some(_)) => (None, Some(*number)),
        ([(_, number)], None) if speaks => (signed(*number), None),
        ([(first, one), (_, two)], Some(word)) => {
            // The number after the goal's word is the goal; where none is before it, the one next to it.
            if word > *first || sentence.contains('/') {
                (signed(*one), Some(*two))
            } else {
                (signed(*two), Some(*one))
            }
        }
        ([(_, one), (_, two)], None) if speaks || sentence.contains('/') => (signed(*one), Some(*two)),
        _ => (None, None),
    };
    // A goal of nothing is none.
    (signed, goal.filter(|goal| *goal > 0))
}

/// The sentences of a line.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.trim();
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            let ends = match c {
                '.' | '!' | '?' | '؟' | '|' | '•' | '·' => next.is_none_or(char::is_whitespace),
                '。' | '！' | '？' | '።' => true,
                _ => false,
            };
            if ends {
                end = at + c.len_utf8();
                break;
            }
        }
        let (sentence, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(sentence)
    })
}

#[derive(Clone, Copy)]
enum Class {
    Signature,
    Goal,
    Missing,
}

fn is_in(token: &Token, class: Class) -> bool {
    let TokenKind::Word(word) = &token.kind else { return false };
    match class {
        Class::Signature => SIGNATURES.has(word),
        Class::Goal => GOALS.has(word),
        Class::Missing => MISSING.has(word),
    }
}

fn is_number(token: &Token) -> bool {
    !matches!(token.kind, TokenKind::Word(_))
}

/// Whether a word may stand in a counter.
fn is_known(token: &Token) -> bool {
    match &token.kind {
        TokenKind::Word(word) => {
            FILLERS.has(word) || SIGNATURES.has(word) || GOALS.has(word) || MISSING.has(word)
        }
        TokenKind::Number(_) | TokenKind::Percent => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Counter, CounterPiece, counter_piece, find_counter};

    #[track_caller]
    fn check(line: &str, signed: Option<u64>, goal: Option<u64>) {
        let found = find_counter(line).unwrap_or_default();
        assert_eq!((found.signed, found.goal, found.milestones), (signed, goal, vec![]), "{line}");
    }

    #[test]
    fn counters_of_many_pages_are_read() {
        check("0 have signed. Let’s get to 100!", Some(0), Some(100));
        check("1,234 have signed. Let's get to 1,500!", Some(1234), Some(1500));
        check("1,234 supporters", Some(1234), None);
        check("87 Signatures", Some(87), None);
        check("1,234 of 1,500 signatures", Some(1234), Some(1500));
        check("1,234 / 1,500", Some(1234), Some(1500));
        check("Next goal: 5,000", None, Some(5000));
        check("13 more signatures needed to reach 200", None, Some(200));
        check("12.3K signatures", Some(12_300), None);
        check("2,345 grandmothers signed", Some(2345), None);
        check("1.234 han firmado. ¡Lleguemos a 1.500!", Some(1234), Some(1500));
        check("1\u{202f}234 personnes ont signé. Prochain objectif : 1\u{202f}500", Some(1234), Some(1500));
        check("1.234 von 5.000 Unterschriften", Some(1234), Some(5000));
        check("1.234 Unterstützende", Some(1234), None);
        check("Đã có 87 người ký. Hãy đạt mục tiêu 100!", Some(87), Some(100));
        check("已有87人签名。让我们达到100个签名！", Some(87), Some(100));
        check("87명이 서명했습니다. 다음 목표 100명", Some(87), Some(100));
        check("Подписали 87 человек. Следующая цель: 100", Some(87), Some(100));
        check("Зібрано 87 підписів з 100", Some(87), Some(100));
        check("87 توقيعا. الهدف التالي: 100", Some(87), Some(100));
        check("٨٧ توقيع", Some(87), None);
        check("87 ሰዎች ፈርመዋል። ግባችን 100", Some(87), Some(100));
        check("87 qof ayaa saxiixay. Hadafka xiga: 100", Some(87), Some(100));
        check("87 na ang lumagda. Abutin natin ang 100!", Some(87), Some(100));
    }

    #[test]
    fn sentences_of_a_text_are_no_counters() {
        for line in [
            "In 2019 the council promised 40 new trees.",
            "Last year 1,204 people signed a letter to the board, and the board never answered.",
            "They signed 3 contracts.",
            "2,000 supporters of the club marched through the old town in May, which nobody expected.",
            "We have 2 hours",
            "",
            "2024",
            "2023年我们收集签名反对这项计划",
        ] {
            check(line, None, None);
        }
    }

    #[test]
    fn a_milestone_has_its_count_and_all_its_words() {
        let check = |line: &str, at: u64| {
            let Counter { milestones, .. } = find_counter(line).unwrap_or_default();
            let found: Vec<_> = milestones.iter().map(|found| (found.at, found.note.as_str())).collect();
            assert_eq!(found, [(at, line)]);
        };
        check("At 100 signatures, this petition is more likely to be featured in recommendations!", 100);
        check("At 10,000 signatures, the government answers. It has done so before.", 10_000);
        check("Con 500 firmas, es más probable que esta petición aparezca en la prensa local", 500);
        check("À 1 000 signatures, cette pétition a plus de chances d’être recommandée !", 1000);
        check("达到200个签名后，本请愿会出现在推荐之中！", 200);
        let both = find_counter("12 have signed. At 50 signatures, the mayor will read it aloud!")
            .unwrap_or_default();
        assert_eq!((both.signed, both.milestones.len()), (Some(12), 1));
    }

    #[test]
    fn pieces_of_a_counter_are_known() {
        assert_eq!(counter_piece("1,234"), Some(CounterPiece::Number(1234)));
        assert_eq!(counter_piece("45%"), Some(CounterPiece::Percent));
        assert_eq!(counter_piece("Verified signatures"), Some(CounterPiece::SignedLabel));
        assert_eq!(counter_piece("Next goal"), Some(CounterPiece::GoalLabel));
        assert_eq!(counter_piece("Supporters of the library"), None);
        assert_eq!(counter_piece("The people"), None);
    }
}
