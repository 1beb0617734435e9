//! What a column can hold, and the headings by which that is known.

use std::{collections::HashMap, sync::LazyLock};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fold::fold;

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Nothing that a signature has.
    #[default]
    Ignored,
    /// The platform's own id of the signature or the signer.
    OwnId,
    /// Mr, Dr, Frau.
    Title,
    /// The whole name.
    FullName,
    /// First names.
    Given,
    /// Middle names.
    Middle,
    /// Family names.
    Family,
    /// Jr, III.
    Suffix,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Street and number.
    Street,
    /// Second line of the street.
    Street2,
    /// City.
    City,
    /// State, province, region.
    Region,
    /// Postal code.
    PostalCode,
    /// Country: a code or a name, in any of many languages.
    Country,
    /// "I'm signing because…".
    Comment,
    /// When it was signed: a day, or a day and a time.
    SignedAt,
    /// The language of the page, BCP 47.
    Language,
    /// Whether the name may be shown publicly.
    ShowPublicly,
    /// Whether updates may be sent.
    SendUpdates,
    /// Whether the signature may be shared with partners.
    Share,
}

/// One line a kind: its name here, then the headings of Change.org, Action Network, ActionKit, CiviCRM, Google Forms and of lists that
/// people make themselves, in the languages of the kiosk and more.
const HEADINGS: &str = include_str!("headings.txt");

static BY_HEADING: LazyLock<HashMap<String, Holds>> = LazyLock::new(|| {
    let mut by_heading = HashMap::new();
    for line in HEADINGS.lines() {
        let mut names = line.split('|');
        let holds = names.next().and_then(Holds::of_name).unwrap_or_default();
        for name in names {
            // What stands first wins: `Estado` is a state before it is anything else.
            by_heading.entry(fold(name)).or_insert(holds);
        }
    }
    by_heading
});

impl Holds {
    /// By its heading.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        // Google Forms writes the question as it was asked: `Email address *`, `Name:`; people explain: `Name (as on your ID)`.
        let bare = heading.split(['(', '[', '（']).next().unwrap_or_default();
        let of = |text: &str| BY_HEADING.get(&fold(text)).copied();
        of(heading).or_else(|| of(bare)).or_else(|| own_heading(heading))
    }

    fn of_name(name: &str) -> Option<Self> {
        serde::Deserialize::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(
            name,
        ))
        .ok()
    }
}

fn own_heading(heading: &str) -> Option<Holds> {
    (heading == "signature").then_some(Holds::OwnId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_headings_names_a_kind() {
        for line in HEADINGS.lines() {
            let name = line.split('|').next().unwrap_or_default();
            assert!(Holds::of_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn headings_of_platforms_are_known() {
        use Holds::*;
        let platforms: [&[(&str, Holds)]; 7] = [
            &[
                ("Name", FullName),
                ("City", City),
                ("State", Region),
                ("Postal Code", PostalCode),
                ("Country", Country),
                ("Signed On", SignedAt),
            ],
            &[
                ("first_name", Given),
                ("zip_code", PostalCode),
                ("can2_state_abbreviated", Region),
                ("can2_user_city", City),
                ("Timestamp (EST)", SignedAt),
                ("can2_subscription_status", SendUpdates),
            ],
            &[
                ("user_id", OwnId),
                ("prefix", Title),
                ("middle_name", Middle),
                ("address1", Street),
                ("address2", Street2),
                ("postal", PostalCode),
                ("lang", Language),
                ("created_at", SignedAt),
                ("plus4", Ignored),
            ],
            &[
                ("Internal Contact ID", OwnId),
                ("Display Name", FullName),
                ("Supplemental Address 1", Street2),
                ("Individual Prefix", Title),
                ("Activity Date", SignedAt),
            ],
            &[
                ("Zeitstempel", SignedAt),
                ("Horodateur", SignedAt),
                ("Marca temporal", SignedAt),
                ("Email Address *", Email),
                ("Name (as on your ID)", FullName),
            ],
            &[
                ("signature", OwnId),
                ("petition_title", Ignored),
                ("postal_code", PostalCode),
                ("signed_at", SignedAt),
                ("public_display", ShowPublicly),
                ("updates", SendUpdates),
                ("sharing", Share),
                ("typed_signature", Ignored),
            ],
            &[
                ("Código postal", PostalCode),
                ("Nom", Family),
                ("Prénom", Given),
                ("PLZ", PostalCode),
                ("Straße und Hausnummer", Street),
                ("氏名", FullName),
                ("郵便番号", PostalCode),
                ("البريد الإلكتروني", Email),
            ],
        ];
        for (heading, holds) in platforms.into_iter().flatten() {
            assert_eq!(Holds::of_heading(heading), Some(*holds), "{heading}");
        }
        for unknown in ["", "Favourite colour", "Q1", "Column 3"] {
            assert_eq!(Holds::of_heading(unknown), None, "{unknown}");
        }
    }
}
