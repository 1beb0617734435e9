//! Words of a name that are no name: titles, particles, and what separates father and son.

/// How a title addresses somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Address {
    /// It does not say, or there is none.
    #[default]
    Unsaid,
    /// Mr, señor.
    Man,
    /// Mrs, señora.
    Woman,
}

/// What a word may be beside a name, by where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Role {
    /// A title, in front.
    pub(crate) title: Option<Address>,
    /// The generation, at the end: 1 the eldest. 0 where it says none.
    pub(crate) generation: u8,
    /// It is a generation only after two names: it can be a name itself.
    pub(crate) is_late: bool,
    /// A degree or an honour, at the end.
    pub(crate) is_degree: bool,
    /// Between names: "de la", "bin".
    pub(crate) is_particle: bool,
}

const TITLES: [&str; 20] = [
    "dr",
    "doctor",
    "prof",
    "professor",
    "rev",
    "hon",
    "mx",
    "ing",
    "lic",
    "sheikh",
    "shaykh",
    "haji",
    "hajji",
    "alhaj",
    "maitre",
    "الدكتور",
    "الدكتوره",
    "دكتور",
    "д р",
    "пд",
];
const MEN: [&str; 16] = [
    "አቶ",
    "mr",
    "mister",
    "sir",
    "sr",
    "senor",
    "don",
    "monsieur",
    "mons",
    "herr",
    "ato",
    "ong",
    "господин",
    "пан",
    "السيد",
    "lord",
];
const WOMEN: [&str; 21] = [
    "ወይዘሮ",
    "mrs",
    "ms",
    "miss",
    "madam",
    "mme",
    "mlle",
    "madame",
    "sra",
    "srta",
    "senora",
    "senorita",
    "dona",
    "frau",
    "weizero",
    "woizero",
    "weyzero",
    "госпожа",
    "пані",
    "السيده",
    "lady",
];
const GENERATIONS: [&[&str]; 4] = [
    &["sr", "senior", "padre", "pere", "старший", "i"],
    &["jr", "junior", "jnr", "hijo", "fils", "filho", "ii", "2nd", "младший", "молодший"],
    &["iii", "3rd", "nieto", "neto"],
    &["iv", "4th"],
];
const LATE: [&str; 12] = [
    "senior",
    "padre",
    "pere",
    "junior",
    "hijo",
    "fils",
    "filho",
    "nieto",
    "neto",
    "i",
    "старший",
    "младший",
];
const DEGREES: [&str; 12] =
    ["phd", "md", "esq", "dds", "dvm", "cpa", "rn", "msc", "bsc", "mba", "ret", "obe"];
const PARTICLES: [&str; 34] = [
    "de", "del", "dela", "delos", "la", "las", "los", "le", "y", "e", "da", "do", "dos", "das", "di", "du",
    "des", "van", "von", "der", "den", "ter", "te", "zu", "zur", "al", "el", "ul", "bin", "ibn", "ben",
    "bint", "ould", "بن",
];

/// What a folded word may be beside a name; `plain` is the word in plain letters.
pub(crate) fn role(word: &str, plain: &str) -> Role {
    // Vietnamese names have marks, and no particles: "Lê" and "Đỗ" are families.
    let is_plain = word.is_ascii();
    // Nor is a word of another script that comes out as a title in plain letters: "عمر" is no "mr".
    let is_latin = word.chars().all(|letter| letter < '\u{250}');
    let is_one_of = |words: &[&str]| words.contains(&word) || (is_latin && words.contains(&plain));
    let title = if is_one_of(&MEN) {
        Some(Address::Man)
    } else if is_one_of(&WOMEN) {
        Some(Address::Woman)
    } else {
        is_one_of(&TITLES).then_some(Address::Unsaid)
    };
    let generation = (1..).zip(GENERATIONS).find(|(_, words)| is_one_of(words)).map_or(0, |(rank, _)| rank);
    Role {
        title,
        generation,
        is_late: is_one_of(&LATE),
        is_degree: is_plain && DEGREES.contains(&word),
        is_particle: (is_plain || word == "بن") && PARTICLES.contains(&word),
    }
}

/// Whether a name begins with its family, by this first word and the rest: Vietnamese.
pub(crate) fn is_vietnamese_family(word: &str, plain: &str, is_sure_elsewhere: bool) -> bool {
    const SURE: [&str; 14] = [
        "nguyen", "tran", "pham", "huynh", "hoang", "phan", "bui", "ngo", "duong", "dinh", "trinh", "truong",
        "doan", "vo",
    ];
    const UNSURE: [&str; 16] = [
        "le", "ho", "do", "ly", "vu", "dang", "mai", "cao", "ha", "lam", "dao", "luong", "to", "ta", "chau",
        "thai",
    ];
    SURE.contains(&plain) || ((is_sure_elsewhere || !word.is_ascii()) && UNSURE.contains(&plain))
}

/// Families of two characters, Chinese and Korean: the first character alone would be another family.
pub(crate) fn is_long_family(two: &str) -> bool {
    matches!(
        two,
        "欧阳"
            | "歐陽"
            | "司马"
            | "司馬"
            | "上官"
            | "诸葛"
            | "諸葛"
            | "皇甫"
            | "司徒"
            | "夏侯"
            | "남궁"
            | "황보"
            | "제갈"
            | "선우"
            | "독고"
    )
}
