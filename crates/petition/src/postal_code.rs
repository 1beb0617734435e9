//! Postal codes: the usual shapes of every country that has them, and one spelling for each.

use zeroize::Zeroizing;

use crate::characters::{Limit, room_for};

/// How long a postal code may be.
pub(crate) const POSTAL_CODE_LIMIT: Limit = Limit { graphemes: 20, bytes: 60 };

/// The usual shapes of the countries' codes as they are written there: N a digit, A a letter, X either, anything else
/// stands for itself.
const USUAL: [(&str, &[&str]); 45] = [
    ("FO IS LS MG OM PG GN", &["NNN"]),
    (
        "AF AL AM AT AU BD BE BG CC CH CV CX CY DK ET GE GL GW HM HU LI LR MK MZ NE NF NO NZ PH SJ TN ZA",
        &["NNNN"],
    ),
    (
        "AX BA BL BT CU DE DO DZ EE EG EH ES FI FR GF GP GT HN HR ID IQ IT JO KE KR KW LK MA MC ME MF MM MN MQ MU MV MX MY \
         NA NC NI NP PE PF PK PM RE SD SM SN TH TR UA UY VA WF YT ZM",
        &["NNNNN"],
    ),
    ("BY CN CO EC IN KG NG RO RU SG TJ TM UZ", &["NNNNNN"]),
    ("CL", &["NNNNNNN"]),
    ("US AS FM GU MH MP PR PW UM VI SA", &["NNNNN", "NNNNN-NNNN"]),
    ("AD", &["AANNN"]),
    ("AI", &["AA-NNNN", "NNNN"]),
    ("AR", &["NNNN", "ANNNNAAA", "ANNNN"]),
    ("AZ", &["AA NNNN", "NNNN"]),
    ("BB", &["AANNNNN"]),
    ("BH", &["NNN", "NNNN"]),
    ("BM", &["AA NN", "AA AA"]),
    ("BN", &["AANNNN"]),
    ("BR", &["NNNNN-NNN"]),
    ("CA", &["ANA NAN"]),
    ("CR", &["NNNNN", "NNNN"]),
    ("CZ GR SE SK", &["NNN NN"]),
    ("FK GS IO PN SH TC", &["AAAA NAA"]),
    (
        "GB",
        &[
            "AN NAA",
            "ANN NAA",
            "AAN NAA",
            "AANN NAA",
            "ANA NAA",
            "AANA NAA",
            "AAA NAA",
            "AAAA N",
            "AAAA NN",
            "AAAA NNN",
            "AAAA NNNN",
        ],
    ),
    ("GG IM JE", &["AAN NAA", "AANN NAA"]),
    ("GI", &["AANN NAA"]),
    ("HT", &["AANNNN", "NNNN"]),
    ("IE", &["ANN XXXX", "ANA XXXX"]),
    ("IL", &["NNNNNNN", "NNNNN"]),
    ("IR", &["NNNNN-NNNNN"]),
    ("JP", &["NNN-NNNN"]),
    ("KH RS", &["NNNNN", "NNNNNN"]),
    ("KY", &["AAN-NNNN"]),
    ("KZ", &["NNNNNN", "ANNANAN"]),
    ("LA", &["NNNNN"]),
    ("LB", &["NNNN NNNN", "NNNN"]),
    ("LT", &["AA-NNNNN", "NNNNN"]),
    ("LU", &["NNNN", "A-NNNN"]),
    ("LV MD SI", &["AA-NNNN", "NNNN"]),
    ("MT", &["AAA NNNN", "AAA NN"]),
    ("NL", &["NNNN AA"]),
    ("PL", &["NN-NNN"]),
    ("PT", &["NNNN-NNN", "NNNN"]),
    ("PY SV VE", &["NNNN", "NNNNNN"]),
    ("SO", &["AA NNNNN"]),
    ("SZ", &["ANNN"]),
    ("TW", &["NNN", "NNN-NN", "NNN-NNN"]),
    ("TZ VN", &["NNNNN", "NNNNNN"]),
    ("VC VG", &["AANNNN"]),
];

/// Countries without postal codes, or where hardly anybody has one.
const WITHOUT: &str = "AE AG AN AO AW BF BI BJ BO BQ BS BV BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK JM KI KM KN \
     KP LC LY ML MO MR MS MW NR NU PA PS QA RW SB SC SL SR SS ST SX SY TD TF TG TK TL TO TT TV UG VU WS YE ZW";

/// Whether a form may ask somebody there for a postal code: not where nobody has one.
pub(crate) fn has_postal_codes(country: &str) -> bool {
    !WITHOUT.split_ascii_whitespace().any(|without| without == country)
}

/// A mended postal code as it is written in its country (alpha-2, upper case), where it has a usual shape there: however
/// it was spaced, hyphened and capitalised, one code has one spelling.
///
/// # Errors
/// It has not the usual shape. A country whose shapes are not known here takes anything as it is.
pub(crate) fn usual_postal_code(country: &str, mended: &str) -> Result<Zeroizing<String>, NotUsual> {
    let of_country =
        |(countries, _): &&(&str, _)| countries.split_ascii_whitespace().any(|one| one == country);
    let Some((_, shapes)) = USUAL.iter().find(of_country) else {
        return Ok(Zeroizing::new(mended.to_owned()));
    };
    shapes.iter().find_map(|shape| written_as(shape, mended)).ok_or(NotUsual)
}

/// A postal code of a shape that its country does not have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotUsual;

/// The code written as the shape is, if it has that shape.
fn written_as(shape: &str, code: &str) -> Option<Zeroizing<String>> {
    let mut signs = code.chars().filter(|c| !is_separator(*c));
    let mut written = room_for(shape);
    for place in shape.chars() {
        let fits = match place {
            'N' => |c: char| c.is_ascii_digit(),
            'A' => |c: char| c.is_ascii_alphabetic(),
            'X' => |c: char| c.is_ascii_alphanumeric(),
            separator => {
                written.push(separator);
                continue;
            }
        };
        written.push(signs.next().filter(|c| fits(*c))?.to_ascii_uppercase());
    }
    signs.next().is_none().then_some(written)
}

/// Spaces and dashes of every length; the long vowel sign is what a Japanese keyboard writes for one.
fn is_separator(c: char) -> bool {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
    c.is_whitespace()
        || c == '\u{30fc}'
        || c == '\u{2212}'
        || c.general_category() == GeneralCategory::DashPunctuation
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::address::country_codes;
    use crate::mend::mended_code;

    #[track_caller]
    fn check(country: &str, typed: &str, expect: Result<&str, NotUsual>) {
        let found = usual_postal_code(country, &mended_code(typed));
        assert_eq!(
            found.as_ref().map(|code| code.as_str()).map_err(|_| NotUsual),
            expect,
            "{country} {typed}"
        );
    }

    #[test]
    fn a_code_has_one_spelling_however_it_was_typed() {
        for (country, meant, typed) in [
            ("US", "98101", &["98101", " 9 8 1 0 1 ", "９８１０１"][..]),
            ("US", "98101-1234", &["98101-1234", "98101–1234", "98101 1234", "981011234"]),
            ("CA", "M5V 2T6", &["M5V 2T6", "m5v2t6", "m5v-2t6"]),
            ("GB", "SW1A 1AA", &["SW1A1AA", "sw1a 1aa ", "ＳＷ１Ａ １ＡＡ"]),
            ("GB", "M1 1AE", &["m11ae"]),
            ("GB", "GIR 0AA", &["gir0aa"]),
            ("GB", "BF1 0AA", &["bf1 0aa"]),
            ("GB", "BFPO 57", &["bfpo57"]),
            ("IE", "D6W XY45", &["d6wxy45"]),
            ("IE", "A65 F4E2", &["A65 F4E2"]),
            ("JP", "100-0001", &["１００－０００１", "1000001", "100ー0001", "100−0001"]),
            ("FR", "20000", &["20 000", "２００００"]),
            ("CZ", "110 00", &["11000", "110 00"]),
            ("PL", "00-950", &["00950", "00 - 950"]),
            ("NL", "1011 AB", &["1011ab"]),
            ("BR", "01310-100", &["01310100"]),
            ("KR", "03051", &["０３０５１"]),
            ("EG", "11511", &["١١٥١١"]),
            ("KZ", "A25D5G0", &["a25d5g0"]),
            ("SO", "JH 09010", &["jh09010"]),
        ] {
            check(country, meant, Ok(meant));
            for typed in typed {
                check(country, typed, Ok(meant));
            }
        }
        check("HK", "any thing-at all", Ok("any thing-at all"));
    }

    #[test]
    fn what_is_not_usual_is_known() {
        for (country, typed) in [
            ("US", "9810"),
            ("US", "K1A 0B1"),
            ("CA", "12345"),
            ("GB", "12345"),
            ("GB", "SWIA IAA"),
            ("DE", "D-10115"),
            ("FR", "75008 CEDEX 08"),
            ("JP", "〒100-0001"),
            ("US", "98101-12345"),
        ] {
            check(country, typed, Err(NotUsual));
        }
    }

    #[test]
    fn every_country_has_usual_shapes_or_none_and_stands_once() {
        let with: Vec<&str> =
            USUAL.iter().flat_map(|(countries, _)| countries.split_ascii_whitespace()).collect();
        let without: Vec<&str> = WITHOUT.split_ascii_whitespace().collect();
        let all: BTreeSet<&str> = with.iter().chain(&without).copied().collect();
        assert_eq!(all.len(), with.len() + without.len(), "a country stands twice");
        let unknown: Vec<&str> = country_codes().filter(|country| !all.contains(country)).collect();
        assert_eq!(unknown, ["AQ"]);
        assert!(!has_postal_codes("AE") && has_postal_codes("US"));
    }
}
