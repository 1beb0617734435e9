//! A name in its parts, whatever the order of the culture that it is from.

use crate::forms::{
    text::fold_words,
    tokens::{Script, Tokens, script},
    words::{Address, is_long_family, is_vietnamese_family},
};

/// A name in its parts; words are numbers of [`Tokens`].
#[derive(Default)]
pub(crate) struct Name {
    /// What the person is called, the first of them first.
    pub(crate) given: Vec<u32>,
    /// The family's, the father's or the last name. Empty where there is one word only.
    pub(crate) family: Vec<u32>,
    /// Which of several of this name in a family; 0 where it is not said.
    pub(crate) generation: u8,
    /// How the title addresses the person.
    pub(crate) address: Address,
}

/// Takes a name apart. What is in `name` and `folded` before makes no difference.
pub(crate) fn parse_name(text: &str, tokens: &mut Tokens, folded: &mut String, name: &mut Name) {
    name.given.clear();
    name.family.clear();
    (name.generation, name.address) = (0, Address::Unsaid);
    fold_words(text, folded);
    if split_characters(folded, tokens, name) {
        return;
    }
    // Whatever stands before a comma is the family, unless only a title or "Jr." follows.
    let mut is_after_comma = false;
    let mut words = folded.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        if word == "," {
            is_after_comma = is_after_comma || !name.given.is_empty();
            if is_after_comma && name.family.is_empty() {
                std::mem::swap(&mut name.given, &mut name.family);
            }
            continue;
        }
        let number = match servant(word) {
            Some("") if words.peek().is_some_and(|next| *next != ",") => {
                let mut next = words.next().unwrap_or_default();
                if is_article(next) {
                    next = words.next().unwrap_or_default();
                }
                tokens.number(&servant_of(without_article(next)))
            }
            Some(rest) if !rest.is_empty() => tokens.number(&servant_of(rest)),
            _ => tokens.number(without_particle(without_article(word))),
        };
        name.given.push(number);
    }
    strip(tokens, name);
    if name.given.is_empty() {
        std::mem::swap(&mut name.given, &mut name.family);
    }
    if name.family.is_empty() {
        find_family(tokens, name);
    }
}

/// Takes titles, generations, degrees and particles out.
fn strip(tokens: &Tokens, name: &mut Name) {
    let Name { given, family, generation, address } = name;
    for part in [&mut *given, &mut *family] {
        while let Some(title) = part.first().and_then(|word| tokens.get(*word).role.title) {
            if part.len() < 2 {
                break;
            }
            if title != Address::Unsaid {
                *address = title;
            }
            part.remove(0);
        }
    }
    for (part, names_elsewhere) in [(&mut *family, usize::from(!given.is_empty())), (&mut *given, 0)] {
        while let Some(role) = part.last().map(|word| tokens.get(*word).role) {
            let least = if role.is_late { 3 } else { 2 };
            if (role.generation == 0 && !role.is_degree) || part.len() + names_elsewhere < least {
                break;
            }
            if role.generation != 0 {
                *generation = role.generation;
            }
            part.pop();
        }
    }
    if !family.is_empty()
        && given.iter().all(|word| tokens.get(*word).role.generation != 0 || tokens.get(*word).role.is_degree)
    {
        // "Martin King, Jr."
        *generation =
            given.iter().map(|word| tokens.get(*word).role.generation).max().unwrap_or(0).max(*generation);
        given.clear();
    }
    for part in [given, family] {
        let mut place = 0;
        let whole = part.len();
        part.retain(|word| {
            place += 1;
            place == 1 || place == whole || !tokens.get(*word).role.is_particle
        });
        if part.len() > 1
            && part.first().is_some_and(|word| tokens.get(*word).role.is_particle)
            && whole > part.len()
        {
            part.remove(0);
        }
    }
}

/// Which of the words is the family's: the last, or the first where names are said that way.
fn find_family(tokens: &Tokens, name: &mut Name) {
    let Name { given, family, .. } = name;
    if given.len() < 2 {
        return;
    }
    let first = given[0];
    let token = tokens.get(first);
    let is_marked = given.iter().any(|word| {
        let word = tokens.word(*word);
        matches!(word, "thi" | "thị" | "van" | "văn")
            || word.contains(['ư', 'ơ', 'ă', 'đ', 'ạ', 'ộ', 'ế', 'ầ'])
    });
    let is_vietnamese = is_vietnamese_family(tokens.word(first), tokens.form(token.plain), is_marked);
    if matches!(token.script, Script::Han | Script::Hangul) || is_vietnamese {
        family.push(given.remove(0));
        if is_vietnamese {
            // The last word is what a Vietnamese person is called.
            given.reverse();
        }
    } else if let Some(last) = given.pop() {
        let token = tokens.get(last);
        if is_vietnamese_family(tokens.word(last), tokens.form(token.plain), is_marked) {
            given.reverse();
        }
        family.push(last);
    }
}

/// Chinese and Korean names are one word: the family's character or two, then the rest.
fn split_characters(folded: &str, tokens: &mut Tokens, name: &mut Name) -> bool {
    const TITLES: [(&str, Address); 6] = [
        ("先生", Address::Man),
        ("女士", Address::Woman),
        ("小姐", Address::Woman),
        ("太太", Address::Woman),
        ("씨", Address::Unsaid),
        ("님", Address::Unsaid),
    ];
    if !matches!(script(folded), Script::Han | Script::Hangul) || folded.contains(',') {
        return false;
    }
    let (mut word, mut address) = (folded, Address::Unsaid);
    for (title, meant) in TITLES {
        if let Some(rest) = word.strip_suffix(title).filter(|rest| rest.chars().count() >= 2) {
            (word, address) = (rest.trim_end(), meant);
        }
    }
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    if word.contains(' ') || !(2..=5).contains(&letters.len()) {
        return false;
    }
    let third = letters.get(2).map_or(word.len(), |(at, _)| *at);
    let length = if letters.len() > 2 && is_long_family(&word[..third]) { third } else { letters[1].0 };
    name.family.push(tokens.number(&word[..length]));
    name.given.push(tokens.number(&word[length..]));
    name.address = address;
    true
}

/// What follows "servant of" in an Arabic name, which is one name in one, two or three words. None in other words.
fn servant(word: &str) -> Option<&str> {
    const ALONE: [&str; 9] = ["abd", "abdul", "abdel", "abdal", "abdu", "abdi", "cabdi", "abdur", "عبد"];
    const IN_FRONT: [&str; 9] =
        ["abdul", "abdel", "abdal", "abdur", "abdir", "cabdul", "cabdi", "abdi", "عبدال"];
    if !word.starts_with(['a', 'c', 'ع']) {
        return None;
    }
    if ALONE.contains(&word) {
        return Some("");
    }
    IN_FRONT.iter().find_map(|front| word.strip_prefix(front)).filter(|rest| rest.chars().count() > 1)
}

/// The one form of such a name, in its own script.
fn servant_of(name: &str) -> String {
    let front = if script(name) == Script::Abjad { "عبد" } else { "abd" };
    format!("{front}{name}")
}

fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ul" | "ur" | "ar" | "as" | "ال")
}

/// A Spanish or Philippine family whose particles are written with it.
fn without_particle(word: &str) -> &str {
    const FAMILIES: [&str; 12] = [
        "cruz", "rosa", "torre", "pena", "vega", "fuente", "santos", "reyes", "angeles", "rosario", "carmen",
        "castillo",
    ];
    let bare = ["delos", "dela", "del"].iter().find_map(|particle| word.strip_prefix(particle));
    bare.filter(|bare| FAMILIES.contains(bare)).unwrap_or(word)
}

/// An Arabic word without its article, which Latin letters write apart or not at all.
fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, given: &str, family: &str, generation: u8) {
        let (mut tokens, mut name) = (Tokens::default(), Name::default());
        parse_name(text, &mut tokens, &mut String::new(), &mut name);
        let words = |part: &[u32]| part.iter().map(|word| tokens.word(*word)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            (words(&name.given), words(&name.family), name.generation),
            (given.into(), family.into(), generation),
            "{text}"
        );
    }

    #[test]
    fn the_order_of_a_name_is_its_cultures() {
        check("Hector Balderas Quill", "hector balderas", "quill", 0);
        check("Quill, Hector Balderas", "hector balderas", "quill", 0);
        check("María de la Cruz", "maría", "cruz", 0);
        check("De la Cruz, María", "maría", "cruz", 0);
        check("Nguyễn Thị Hòa", "hòa thị", "nguyễn", 0);
        check("Hoa Nguyen", "hoa", "nguyen", 0);
        check("王小明", "小明", "王", 0);
        check("欧阳娜娜", "娜娜", "欧阳", 0);
        check("김 민수", "민수", "김", 0);
        check("김민수 씨", "민수", "김", 0);
        check("አበበ ቢቂላ", "አበበ", "ቢቂላ", 0);
        check("عبد الرحمن بن علي", "عبدرحمن", "علي", 0);
        check("Abdul Rahman Ali", "abdrahman", "ali", 0);
        check("Abdel-Rahman Ali", "abdrahman", "ali", 0);
        check("Cher", "cher", "", 0);
        check("", "", "", 0);
    }

    #[test]
    fn titles_go_and_generations_are_told_apart() {
        check("Dr. Adaeze Nwokolo-Sample", "adaeze nwokolo", "sample", 0);
        check("Martin King Jr.", "martin", "king", 2);
        check("Martin King, Jr.", "martin", "king", 2);
        check("King Jr., Martin", "martin", "king", 2);
        check("Martin King III", "martin", "king", 3);
        check("Juan Pérez hijo", "juan", "pérez", 2);
        check("Sr. Juan Pérez", "juan", "pérez", 0);
        check("Juan Pérez Sr.", "juan", "pérez", 1);
        check("Junior Santos", "junior", "santos", 0);
        check("Mary Smith, PhD", "mary", "smith", 0);
    }
}
