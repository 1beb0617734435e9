//! Names of the twelve languages of the kiosk: the common ones as they are, the rare ones made of syllables.

use std::sync::LazyLock;

use super::random::Random;

/// What people of one language are called.
pub(crate) struct Culture {
    given: Vec<&'static str>,
    family: Vec<&'static str>,
    /// What rare families are made of; none where there are hardly any.
    syllables: Vec<&'static str>,
    how: &'static str,
}

/// English first, then the others.
pub(crate) static CULTURES: LazyLock<Vec<Culture>> = LazyLock::new(|| {
    let lines = include_str!("names.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let cultures = lines.map(|line| {
        let mut parts = line.split('\t').skip(1);
        let how = parts.next().unwrap();
        let mut names = || parts.next().unwrap().split('|').filter(|name| !name.is_empty()).collect();
        Culture { how, given: names(), family: names(), syllables: names() }
    });
    cultures.collect()
});

impl Culture {
    /// What one person is called: common names more often. Chinese and Korean parents put two of many syllables together, and most
    /// Vietnamese have a name between.
    pub(crate) fn given(&self, random: &mut Random) -> String {
        const BETWEEN: [&str; 12] =
            ["Thị", "Văn", "Minh", "Ngọc", "Thanh", "Đức", "Kim", "Hồng", "Quốc", "Thu", "Xuân", "Hữu"];
        let given = self.given[random.common(self.given.len())];
        match self.how {
            "family_first_one_word" if random.permille(600) => {
                let syllable = |random: &mut Random, name: &str| {
                    let letters: Vec<char> = name.chars().collect();
                    letters[random.below(letters.len())]
                };
                let other = random.one(&self.given);
                [syllable(random, given), syllable(random, other)].iter().collect()
            }
            "family_first" if random.permille(800) => format!("{} {given}", random.one(&BETWEEN)),
            // The fifty commonest names are those of two in three.
            _ if !self.syllables.is_empty() && random.permille(350) => self.made_up(random, 2),
            _ => given.to_owned(),
        }
    }

    /// A family name. In the languages that have rare ones, a quarter of all share the commonest; elsewhere nearly all do.
    pub(crate) fn family(&self, random: &mut Random) -> String {
        if self.syllables.is_empty() {
            return self.family[random.rank(self.family.len())].to_owned();
        }
        if random.permille(250) {
            return self.family[random.common(self.family.len())].to_owned();
        }
        let syllables = if random.permille(200) { 2 } else { 3 };
        self.made_up(random, syllables)
    }

    fn made_up(&self, random: &mut Random, syllables: usize) -> String {
        let name: String = (0..syllables).map(|_| random.one(&self.syllables)).collect();
        let mut letters = name.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Two families, the father's and the mother's.
    pub(crate) fn is_double(&self) -> bool {
        self.how == "two_families"
    }

    /// Whether the last word is what one is called.
    pub(crate) fn is_vietnamese(&self) -> bool {
        self.how == "family_first"
    }

    /// Whether the whole name is one word.
    pub(crate) fn is_one_word(&self) -> bool {
        self.how == "family_first_one_word"
    }

    /// The name as it is said.
    pub(crate) fn full(&self, given: &str, family: &str) -> String {
        match self.how {
            "family_first_one_word" => format!("{family}{given}"),
            "family_first" => format!("{family} {given}"),
            _ => format!("{given} {family}"),
        }
    }
}
