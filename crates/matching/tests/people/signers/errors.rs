//! How somebody signs the second time: the same, nearly the same, or with what goes wrong at a table and on paper.

use super::{
    KINDS, Made, PROVIDERS, Slips,
    names::{CULTURES, Culture},
    random::Random,
};

/// The signature of the same person, at another time.
pub(crate) fn again(random: &mut Random, first: &Made) -> Made {
    let mut second = first.clone();
    second.table = second.table.wrapping_add(random.below(5) as u64);
    second.signed_at += 60 * random.below(60 * 24 * 14) as u64;
    second.slips = Slips::Near;
    if random.permille(350) {
        near(random, &mut second);
        return second;
    }
    second.slips = Slips::Far;
    // One thing at least is otherwise, seldom more than three.
    for _ in 0..1 + random.rank(4) {
        match random.below(10) {
            0..=3 => name(random, &mut second),
            4 | 5 => email(random, &mut second),
            6 => second.phone.clear(),
            7 | 8 => street(random, &mut second),
            _ => place(random, &mut second),
        }
    }
    if random.permille(250) {
        near(random, &mut second);
    }
    second
}

/// Case, marks, spaces: what nobody means.
fn near(random: &mut Random, second: &mut Made) {
    match random.below(6) {
        0 => second.name = second.name.to_uppercase(),
        1 => second.name = second.name.to_lowercase(),
        2 => second.name = second.name.chars().map(without_mark).filter(|letter| *letter != '\'').collect(),
        3 => second.name = format!(" {} ", second.name.replace('\'', "’")),
        4 => second.email = second.email.to_uppercase(),
        _ => {}
    }
}

fn name(random: &mut Random, second: &mut Made) {
    let culture = &CULTURES[second.culture];
    let (mut given, mut family) = (second.given.clone(), second.family.clone());
    match random.below(13) {
        0 => given = nickname(&given).map_or_else(|| slip(random, &given), str::to_owned),
        1 if given.is_ascii() && given.len() > 1 => given = format!("{}.", &given[..1]),
        // What people leave out or add most is a second name, or all of it but a letter.
        2 | 10..=12 => given = other_second(random, &given, culture),
        3 => {
            second.name = format!("{family}, {given}");
            return;
        }
        4 if family.contains(' ') => family = family.split(' ').next().unwrap_or(&family).to_owned(),
        5 => {
            second.name =
                any_ascii::any_ascii(&culture.full(&given, &format!(" {family}"))).trim().to_owned();
            return;
        }
        6 if random.permille(200) => family = culture.family(random),
        7 => given = slip(random, &given),
        _ => family = slip(random, &family),
    }
    second.name = culture.full(&given, &family);
}

fn other_second(random: &mut Random, given: &str, culture: &Culture) -> String {
    let words: Vec<&str> = given.split(' ').collect();
    let first = match *words {
        [_, last] if culture.is_vietnamese() => return last.to_owned(),
        [first, second] if second.is_ascii() && random.permille(400) => {
            return format!("{first} {}.", &second[..1]);
        }
        [first, ..] => first,
        [] => given,
    };
    if words.len() > 1 || culture.is_vietnamese() {
        return first.to_owned();
    }
    let second = culture.given(random);
    if second.is_ascii() && random.permille(600) {
        format!("{first} {}.", &second[..1])
    } else if culture.is_one_word() {
        first.to_owned()
    } else {
        format!("{first} {second}")
    }
}

fn nickname(given: &str) -> Option<&'static str> {
    const NICKNAMES: [(&str, &str); 30] = [
        ("William", "Bill"),
        ("Robert", "Bob"),
        ("James", "Jim"),
        ("Elizabeth", "Liz"),
        ("Michael", "Mike"),
        ("Richard", "Rick"),
        ("Margaret", "Peggy"),
        ("Patricia", "Pat"),
        ("Jennifer", "Jen"),
        ("Joseph", "Joe"),
        ("Thomas", "Tom"),
        ("Charles", "Chuck"),
        ("Daniel", "Dan"),
        ("Matthew", "Matt"),
        ("Anthony", "Tony"),
        ("Andrew", "Andy"),
        ("Edward", "Ted"),
        ("Timothy", "Tim"),
        ("José", "Pepe"),
        ("Francisco", "Paco"),
        ("Guadalupe", "Lupita"),
        ("Concepción", "Concha"),
        ("Rosario", "Charo"),
        ("Александр", "Саша"),
        ("Екатерина", "Катя"),
        ("Наталья", "Наташа"),
        ("Владимир", "Вова"),
        ("Сергей", "Сергій"),
        ("Олена", "Елена"),
        ("Микола", "Николай"),
    ];
    NICKNAMES.iter().find(|(formal, _)| *formal == given).map(|(_, nickname)| *nickname)
}

/// A letter left out, twice, another, or two that changed places.
fn slip(random: &mut Random, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 4 {
        return text.to_owned();
    }
    let at = 1 + random.below(letters.len() - 2);
    match random.below(4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = letters[at - 1],
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

fn email(random: &mut Random, second: &mut Made) {
    let Some((local, domain)) = second.email.split_once('@') else { return };
    let (local, domain) = (local.to_owned(), domain.to_owned());
    second.email = match random.below(6) {
        0 if domain == "gmail.com" => format!("{local}+petition@googlemail.com"),
        1 => format!("{local}@{}", random.one(&PROVIDERS)),
        2 => format!("{}@{domain}", slip(random, &local)),
        3 => format!("n{}@{domain}", random.below(10_000_000)),
        _ => String::new(),
    };
}

fn street(random: &mut Random, second: &mut Made) {
    const SHORT: [&str; 6] = ["St", "Ave", "Rd", "Blvd", "Ln", "Dr."];
    for (kind, short) in KINDS.iter().zip(SHORT) {
        second.street = second.street.replace(kind, short);
    }
    match random.below(6) {
        0 | 1 => second.street = second.street.replace("Apt ", "#"),
        2 => second.street = second.street.split(" Apt").next().unwrap_or_default().to_owned(),
        3 => second.street = slip(random, &second.street),
        4 => second.street.clear(),
        _ => {}
    }
}

fn place(random: &mut Random, second: &mut Made) {
    match random.below(4) {
        0 => second.postal_code = slip(random, &second.postal_code),
        1 => second.postal_code.clear(),
        2 => second.city = slip(random, &second.city),
        // Moved.
        _ if random.permille(300) => {
            second.postal_code = format!("{:05}", 10_001 + random.below(2000) * 7);
            second.city = "Elsewhere".to_owned();
            second.street.clear();
        }
        _ => second.city.clear(),
    }
}

fn without_mark(letter: char) -> char {
    match letter {
        'á' | 'à' => 'a',
        'é' | 'è' | 'ë' => 'e',
        'í' | 'ï' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        'É' => 'E',
        other => other,
    }
}
