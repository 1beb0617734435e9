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
    /// A given name, the common ones more often.
    pub(crate) fn given(&self, random: &mut Random) -> String {
        self.given[random.rank(self.given.len())].to_owned()
    }

    /// A family name; nearly half of them are rare ones.
    pub(crate) fn family(&self, random: &mut Random) -> String {
        if self.syllables.is_empty() || random.permille(550) {
            return self.family[random.rank(self.family.len())].to_owned();
        }
        let name: String = (0..2 + random.below(2)).map(|_| random.one(&self.syllables)).collect();
        let mut letters = name.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Two families, the father's and the mother's.
    pub(crate) fn is_double(&self) -> bool {
        self.how == "two_families"
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
