//! How a word in plain letters sounds, roughly: spellings of one name from another script come out the same.

/// What spellings of one sound have in common; vowels are kept.
pub(crate) fn sound(plain: &str) -> String {
    const SPELLINGS: [(&str, &str); 37] = [
        ("shch", "sh"),
        ("sch", "sh"),
        ("tch", "ch"),
        ("tsch", "ch"),
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("zh", "j"),
        ("ck", "k"),
        ("cz", "ch"),
        ("tz", "ts"),
        ("ks", "x"),
        ("kn", "n"),
        ("wr", "r"),
        ("ae", "e"),
        ("oe", "o"),
        ("ue", "u"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ea", "i"),
        ("ie", "i"),
        ("ei", "e"),
        ("ey", "e"),
        ("ay", "e"),
        ("ai", "e"),
        ("iy", "i"),
        ("yi", "i"),
        ("eo", "o"),
        ("eu", "u"),
        ("ye", "e"),
        ("q", "k"),
        ("w", "v"),
        ("y", "i"),
        ("z", "s"),
    ];
    let mut rest = plain;
    let mut sound = String::with_capacity(plain.len());
    while let Some(first) = rest.chars().next() {
        let found =
            SPELLINGS.iter().find(|(spelling, _)| spelling.starts_with(first) && rest.starts_with(spelling));
        let (length, heard) = match found {
            Some((spelling, heard)) => (spelling.len(), *heard),
            None if first == 'c' && !rest.starts_with("ch") => {
                let is_soft = matches!(rest.as_bytes().get(1), Some(b'e' | b'i' | b'y'));
                (1, if is_soft { "s" } else { "k" })
            }
            None => (first.len_utf8(), &rest[..first.len_utf8()]),
        };
        // A doubled letter is heard once.
        if !(sound.ends_with(heard) && heard.len() == 1) {
            sound.push_str(heard);
        }
        rest = &rest[length..];
    }
    sound
}

/// What is left without vowels, as in scripts that do not write them.
pub(crate) fn bones(plain: &str) -> String {
    let mut bones = String::with_capacity(plain.len());
    let word = plain.strip_suffix('h').filter(|word| word.len() > 2).unwrap_or(plain);
    for (place, letter) in word.chars().enumerate() {
        let letter = match letter {
            'q' => 'k',
            'x' => 'h',
            'p' => 'b',
            'v' => 'f',
            other => other,
        };
        let is_vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w');
        let is_kept = !is_vowel || (place == 0 && matches!(letter, 'y' | 'w'));
        if is_kept && !bones.ends_with(letter) {
            bones.push(letter);
        }
    }
    bones
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_from_another_script_sound_alike() {
        for (one, other) in [
            ("yuriy", "yuri"),
            ("sergey", "sergei"),
            ("shcherbakov", "scherbakov"),
            ("mueller", "muller"),
            ("minsoo", "minsu"),
            ("yousef", "yusef"),
            ("khadija", "hadija"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} {other}");
        }
        for (one, other) in [("hassan", "hussein"), ("anna", "ann"), ("maria", "marta")] {
            assert_ne!(sound(one), sound(other), "{one} {other}");
        }
    }

    #[test]
    fn a_script_without_vowels_meets_one_with_them() {
        for (arabic, latin) in [
            ("mhmd", "mohammed"),
            ("mhmd", "muhammad"),
            ("ahmd", "ahmed"),
            ("ywsf", "yusuf"),
            ("khald", "khaled"),
            ("fatmh", "fatima"),
            ("mstfy", "mustafa"),
        ] {
            assert_eq!(bones(arabic), bones(latin), "{arabic} {latin}");
        }
    }
}
