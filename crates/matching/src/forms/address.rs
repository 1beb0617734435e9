//! Addresses in one form: house number, flat and street apart, and the words of a street as one writes them short.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use strsim::osa_distance;

use crate::forms::text::{fold_words, plain};

/// A street address in its parts. Each may be empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Street {
    /// The street's words in plain letters; kinds of streets and directions short, and last.
    pub(crate) name: String,
    /// The number of the house.
    pub(crate) number: String,
    /// The flat in it.
    pub(crate) unit: String,
}

/// Words that say which kind of street it is, or where it points: the short form first. In the languages of the kiosk.
const KINDS: [&[&str]; 42] = [
    &["st", "street", "str", "saint", "strasse", "sq.", "straat"],
    &["ave", "avenue", "av", "avenida", "avda", "aven"],
    &["rd", "road"],
    &["blvd", "boulevard", "bd", "boul", "bulevar", "bul", "bulvar", "blv"],
    &["ln", "lane"],
    &["dr", "drive", "drv"],
    &["ct", "court", "crt"],
    &["pl", "place", "ploshchad", "ploshcha", "plaza", "plz", "pza", "placa"],
    &["ter", "terrace", "terr", "tce"],
    &["pkwy", "parkway", "pky"],
    &["hwy", "highway", "shosse"],
    &["cir", "circle", "circuit", "cct", "crcl"],
    &["sq", "square", "skver"],
    &["cres", "crescent", "cr"],
    &["cl", "close"],
    &["gr", "grove"],
    &["way", "wy"],
    &["trl", "trail"],
    &["aly", "alley", "allee", "alleya", "callejon"],
    &["ca", "calle", "c", "kalye", "cll"],
    &["cra", "carrera", "kra"],
    &["rue", "r"],
    &["ch", "chemin"],
    &["imp", "impasse"],
    &["ul", "ulitsa", "ulitsya", "vul", "vulytsya", "vulitsya", "vulitsa", "ulica"],
    &["pr", "prospekt", "prosp", "prt"],
    &["per", "pereulok", "provulok", "prov", "pereul"],
    &["nab", "naberezhnaya", "naberezhna"],
    &["duong", "d", "dg"],
    &["pho", "p"],
    &["hem", "ngo", "ngach"],
    &["lu", "road."],
    &["jie", "jie."],
    &["ro", "no."],
    &["gil", "kil"],
    &["n", "north", "norte", "nord"],
    &["s", "south", "sur", "sud"],
    &["e", "east", "este", "est"],
    &["w", "west", "oeste", "ouest"],
    &["ne", "northeast", "noreste"],
    &["nw", "northwest", "noroeste"],
    &["se", "southeast", "sureste"],
];

/// South-west, which comes out as a word of its own in most of the languages.
const SOUTH_WEST: &[&str] = &["sw", "southwest", "suroeste"];

/// What stands before the number of a flat.
const UNITS: [&str; 33] = [
    "apt",
    "apartment",
    "unit",
    "flat",
    "ste",
    "suite",
    "no",
    "apto",
    "apartamento",
    "dpto",
    "depto",
    "piso",
    "puerta",
    "appt",
    "appartement",
    "bat",
    "kv",
    "kvartira",
    "of",
    "rm",
    "room",
    "can",
    "ho",
    "hao",
    "shi",
    "phong",
    "can ho",
    "interior",
    "int",
    "bis",
    "floor",
    "fl",
    "ap",
];

/// What a word of a street address is, where it is no name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A kind of street, or a direction: its short form.
    Kind(&'static str),
    /// A flat's number follows it.
    Unit,
}

static WORDS: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    let kinds = KINDS.iter().chain([&SOUTH_WEST]).rev();
    let kinds = kinds.flat_map(|words| words.iter().map(|word| (*word, Word::Kind(words[0]))));
    kinds.chain(UNITS.map(|word| (word, Word::Unit))).collect()
});

/// Kinds of streets that are long enough to be known where a space or a letter of them is wrong.
static LONG: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let kinds = KINDS.iter().filter(|words| words[0].len() > 1).copied().flatten().copied();
    kinds
        .filter(|word| word.len() >= 5 && *word != "saint" && word.bytes().all(|letter| letter != b'.'))
        .collect()
});

/// A street address in its parts, whatever the order and the language.
pub(crate) fn parse_street(text: &str, words: &mut String) -> Street {
    let mut street = Street::default();
    let apart: String;
    let text = if text.contains(['#', '№', '/']) {
        apart = text.replace(['#', '№'], " unit ").replace('/', " unit ");
        &apart
    } else {
        text
    };
    fold_words(text, words);
    if let Some(mended) = mend(words) {
        *words = mended;
    }
    let mut kinds: Vec<&str> = Vec::new();
    let mut is_unit = false;
    for word in words.split(' ').filter(|word| *word != ",") {
        let letters = plain(word);
        let has_digit = letters.bytes().any(|letter| letter.is_ascii_digit());
        let meant = WORDS.get(&*letters);
        if letters == "dom" {
            // A house's number follows it.
        } else if meant == Some(&Word::Unit) {
            is_unit = true;
        } else if is_unit && (has_digit || letters.len() <= 2) {
            street.unit.push_str(letters.trim_start_matches('0'));
            is_unit = false;
        } else if letters.as_bytes().first().is_some_and(u8::is_ascii_digit) && !is_ordinal(&letters) {
            let part = if street.number.is_empty() { &mut street.number } else { &mut street.unit };
            part.push_str(letters.trim_start_matches('0'));
        } else if let Some(Word::Kind(kind)) = meant {
            kinds.push(kind);
        } else if !letters.is_empty() {
            if !street.name.is_empty() {
                street.name.push(' ');
            }
            street.name.push_str(&letters);
        }
    }
    kinds.sort_unstable();
    for kind in kinds {
        street.name.push_str(if street.name.is_empty() { "" } else { " " });
        street.name.push_str(kind);
    }
    street
}

/// The same words where the last is no kind of street, and would be one but for a space or a letter: "Alder Cresc ent",
/// "Alderc rescent", "Aldercrescent", "Alder Crecsent".
fn mend(words: &str) -> Option<String> {
    let is_word = |word: &&str| {
        *word != ","
            && word.bytes().all(|letter| !letter.is_ascii_digit())
            && WORDS.get(word) != Some(&Word::Unit)
    };
    let last = words.split(' ').rfind(is_word)?;
    let end = plain(last);
    if end.len() < 3 || WORDS.contains_key(&*end) {
        return None;
    }
    let mut all: Vec<&str> = words.split(' ').collect();
    let at = all.iter().rposition(|word| *word == last)?;
    let before = at.checked_sub(1).and_then(|before| all.get(before).copied()).filter(is_word).map(plain);
    // The two together end with it; what is left of them is a word of the name, or nothing.
    let joined = before.as_deref().unwrap_or_default().to_owned() + &end;
    let is_end = |kind: &&&str| {
        let rest = joined.len().saturating_sub(kind.len());
        joined.ends_with(**kind) && (rest > 2 || rest == 0 && joined.len() > end.len())
    };
    let kind = LONG.iter().filter(is_end).max_by_key(|kind| kind.len());
    let (rest, kind) = if let Some(kind) = kind {
        let is_apart = kind.len() <= end.len();
        let whole = if is_apart { &end } else { &joined };
        if !is_apart {
            all.remove(at - 1);
        }
        (whole[..whole.len() - kind.len()].to_owned(), kind)
    } else {
        before?;
        let is_slip = |kind: &&&str| kind.len().abs_diff(end.len()) <= 1 && osa_distance(kind, &end) == 1;
        (String::new(), LONG.iter().find(is_slip)?)
    };
    let at = all.iter().rposition(|word| *word == last)?;
    let mended = format!("{rest} {kind}");
    all[at] = mended.trim_start();
    Some(all.join(" "))
}

/// "42nd" is a street, "42" a house.
fn is_ordinal(word: &str) -> bool {
    let end = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    matches!(end, "st" | "nd" | "rd" | "th" | "a." | "er" | "eme")
}

/// A postal code for comparing: letters and digits alone, an American one without what follows its five digits.
pub fn postal_code_form(code: &str) -> String {
    let nine = code.trim().split_once('-');
    let code = match nine {
        Some((five, four)) if five.len() == 5 && four.len() == 4 && code.is_ascii() => five,
        _ => code,
    };
    plain(code)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// The name of a place for comparing.
pub fn city_form(city: &str) -> String {
    let mut words = String::new();
    fold_words(city, &mut words);
    let mut form = String::with_capacity(words.len());
    for word in words.split(' ') {
        let word = plain(word);
        let word = match &*word {
            "saint" | "sankt" | "sainte" => "st",
            "fort" => "ft",
            "mount" => "mt",
            "," | "city" | "of" | "ciudad" | "de" | "gorod" | "misto" | "tp" => continue,
            other => other,
        };
        form.push_str(word);
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, number: &str, unit: &str) {
        let street = parse_street(text, &mut String::new());
        assert_eq!((&*street.name, &*street.number, &*street.unit), (name, number, unit), "{text}");
    }

    #[test]
    fn one_address_is_one_form() {
        check("1400 SE Division St Apt 3", "division se st", "1400", "3");
        check("1400 Southeast Division Street #3", "division se st", "1400", "3");
        check("77 Sample Court", "sample ct", "77", "");
        check("12 42nd Ave", "42nd ave", "12", "");
        check("ул. Ленина, 5, кв. 12", "lenina ul", "5", "12");
        check("улица Ленина, дом 5, квартира 12", "lenina ul", "5", "12");
        check("вулиця Шевченка 5", "shevchenka ul", "5", "");
        check("Calle Mayor 7, piso 2", "mayor ca", "7", "2");
        check("12 rue de la Paix", "de la paix rue", "12", "");
        check("12/3 đường Lê Lợi", "le loi duong", "12", "3");
        check("Đ. Lê Lợi 12", "le loi duong", "12", "");
    }

    #[test]
    fn a_space_or_a_letter_wrong_in_the_kind_of_street_is_mended() {
        for text in [
            "3 Alder Crescent",
            "3 Alder C rescent",
            "3 Alderc rescent",
            "3 Alder Cresc ent",
            "3 Aldercrescent",
            "3 Alder Crecsent",
        ] {
            check(text, "alder cres", "3", "");
        }
        check("3 Old Alder Plce Apt 4", "old alder pl", "3", "4");
        check("Hauptstraße 5", "haupt st", "5", "");
        check("5 Crescent", "cres", "5", "");
        check("5 Broadway", "broadway", "5", "");
        check("5 Placer", "placer", "5", "");
    }

    #[test]
    fn codes_and_places_are_compared_without_their_marks() {
        assert_eq!(postal_code_form("ls1 4dy"), postal_code_form("LS14DY"));
        assert_eq!(postal_code_form("97202-1234"), "97202");
        assert_eq!(postal_code_form("１００-0001"), "1000001");
        assert_eq!(city_form("Saint Paul"), city_form("St. Paul"));
        assert_eq!(city_form("Sân Jóse"), "sanjose");
    }
}
