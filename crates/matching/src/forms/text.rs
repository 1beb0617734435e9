//! A text as its words in one form: case, apostrophes, marks that nobody sees and what separates words make no difference.

use unicode_normalization::char::is_combining_mark;

use crate::fold::fold_name;

/// The words of a text, put into `words` with one space between them, letters with their marks. A comma is a word of its own.
pub(crate) fn fold_words(text: &str, words: &mut String) {
    words.clear();
    if text.is_ascii() {
        return push_words(text.chars().map(|letter| letter.to_ascii_lowercase()), words);
    }
    let seen: String = text.chars().filter(|letter| !is_unseen(*letter) && !is_apostrophe(*letter)).collect();
    let folded = fold_name(&seen);
    push_words(folded.chars().filter(|letter| !is_unseen(*letter)).map(one_letter), words);
}

/// The same words in plain Latin letters and digits; what no table knows stays as it is.
pub(crate) fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let latin: String = any_ascii::any_ascii(word)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    if latin.is_empty() { word.to_owned() } else { latin }
}

fn push_words(letters: impl Iterator<Item = char>, words: &mut String) {
    let mut is_apart = true;
    for letter in letters {
        if letter.is_alphanumeric() || is_combining_mark(letter) {
            if is_apart && !words.is_empty() {
                words.push(' ');
            }
            is_apart = false;
            words.push(letter);
        } else if letter == ',' {
            words.push_str(if words.is_empty() { "," } else { " ," });
            is_apart = true;
        } else if !is_apostrophe(letter) && !is_unseen(letter) {
            is_apart = true;
        }
    }
}

/// Letters that are written in several ways within one language, as one of them; commas of other scripts as ours.
fn one_letter(letter: char) -> char {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' | 'ۀ' => 'ه',
        'ک' => 'ك',
        'ё' => 'е',
        'ሐ' | 'ኀ' | 'ኃ' | 'ሃ' | 'ሓ' => 'ሀ',
        'ሠ' => 'ሰ',
        'ዐ' | 'ኣ' | 'ዓ' => 'አ',
        'ፀ' => 'ጸ',
        '،' | '፣' | '、' => ',',
        other => other,
    }
}

/// Marks without a width, and those that a language may leave out: vowel signs of Arabic and Hebrew, and the dot that folding
/// leaves over a Turkish i.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{307}' | '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5c7}'
        | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter,
        '\'' | '`' | '´' | '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{55a}'
        | '\u{5f3}' | '\u{a78c}' | '\u{ff07}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        let mut words = "left over".to_owned();
        fold_words(text, &mut words);
        assert_eq!(words, wanted);
    }

    #[test]
    fn what_nobody_means_makes_no_difference() {
        check("O'Brien", "obrien");
        check("O’BRIEN", "obrien");
        check("O´Brien", "obrien");
        check("O\u{200b}Bri\u{ad}en", "obrien");
        check("İbrahim", "ibrahim");
        check("Holloway-Test", "holloway test");
        check("Holloway\u{2010}Test", "holloway test");
        check("Quill, Hector  B.", "quill , hector b");
        check("Зоя Ёлкина", "зоя елкина");
        check("مُحَمَّد أحمد", "محمد احمد");
        check("ኃይለ", "ሀይለ");
        check("", "");
    }

    #[test]
    fn marks_stay_until_plain_letters_are_asked_for() {
        check("Nguyễn Thị Hòa", "nguyễn thị hòa");
        assert_eq!(plain("hòa"), "hoa");
        assert_eq!(plain("łukasz"), "lukasz");
        assert_eq!(plain("김"), "gim");
        assert_eq!(plain("王"), "wang");
        assert_eq!(plain("щербаков"), "shcherbakov");
        assert_eq!(plain("አበበ"), "abebe");
        assert_eq!(plain("محمد"), "mhmd");
    }
}
