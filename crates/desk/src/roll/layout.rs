//! How the file of a roll is laid out: what stands between its values, and which of them is what.

use serde::Deserialize;
use ts_rs::TS;

/// Which values of a line are what. Each is the heading of a column, or its number from 1 where there are no headings; several are
/// put together with a space between them. What a look-up does not need (party, race, telephone, which elections) is not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct RollColumns {
    /// The number that is one person's.
    pub number: Vec<String>,
    /// The full name, where it is one value.
    pub name: Vec<String>,
    /// First and middle names.
    pub given: Vec<String>,
    /// Family name.
    pub family: Vec<String>,
    /// Jr., Sr., III.
    pub suffix: Vec<String>,
    /// Date or year of birth.
    pub birth: Vec<String>,
    /// House number, street and flat.
    pub street: Vec<String>,
    /// Postal code.
    pub postal_code: Vec<String>,
    /// City.
    pub city: Vec<String>,
    /// The area for which quotas are: a county, a district.
    pub area: Vec<String>,
    /// Whether the entry is in force.
    pub status: Vec<String>,
}

/// How the file of a roll is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollLayout {
    /// What stands between values; none where they stand at fixed places.
    pub delimiter: Option<u8>,
    /// A value that holds the delimiter is in quotation marks.
    pub is_quoted: bool,
    /// The first line holds headings.
    pub has_headings: bool,
    /// Of fixed places: how many characters each value takes, in order.
    pub widths: Vec<usize>,
    /// Which value is what.
    pub columns: RollColumns,
    /// Statuses of entries that are on the roll no more: they are not read.
    pub ended: Vec<String>,
}

/// The layouts that are known by name.
pub const ROLL_LAYOUTS: [&str; 7] =
    ["members", "washington", "oregon", "california", "ohio", "florida", "north-carolina"];

impl RollLayout {
    /// The layout of that name: `members` is a list with headings in English, the others are the voter files of states.
    pub fn named(name: &str) -> Option<Self> {
        let tab = Some(b'\t');
        let layout = |delimiter, is_quoted, columns: RollColumns, ended: &[&str]| Self {
            delimiter,
            is_quoted,
            has_headings: true,
            widths: Vec::new(),
            columns,
            ended: texts(ended),
        };
        Some(match name {
            "members" => layout(Some(b','), true, members(), &[]),
            "washington" => layout(
                Some(b'|'),
                false,
                RollColumns {
                    number: texts(&["StateVoterID"]),
                    given: texts(&["FName", "MName"]),
                    family: texts(&["LName"]),
                    suffix: texts(&["NameSuffix"]),
                    birth: texts(&["Birthdate", "Birthyear"]),
                    street: texts(&[
                        "RegStNum",
                        "RegStFrac",
                        "RegStPreDirection",
                        "RegStName",
                        "RegStType",
                        "RegStPostDirection",
                        "RegUnitType",
                        "RegUnitNum",
                    ]),
                    postal_code: texts(&["RegZipCode"]),
                    city: texts(&["RegCity"]),
                    area: texts(&["CountyCode"]),
                    status: texts(&["StatusCode"]),
                    ..RollColumns::default()
                },
                &[],
            ),
            "oregon" => layout(
                tab,
                false,
                RollColumns {
                    number: texts(&["VOTER_ID"]),
                    given: texts(&["FIRST_NAME", "MIDDLE_NAME"]),
                    family: texts(&["LAST_NAME"]),
                    suffix: texts(&["NAME_SUFFIX"]),
                    birth: texts(&["BIRTH_DATE"]),
                    street: texts(&["RES_ADDRESS_1"]),
                    postal_code: texts(&["ZIP_CODE"]),
                    city: texts(&["CITY"]),
                    area: texts(&["COUNTY"]),
                    status: texts(&["STATUS"]),
                    ..RollColumns::default()
                },
                &[],
            ),
            "california" => layout(
                tab,
                false,
                RollColumns {
                    number: texts(&["RegistrantID"]),
                    given: texts(&["FirstName", "MiddleName"]),
                    family: texts(&["LastName"]),
                    suffix: texts(&["Suffix"]),
                    birth: texts(&["DOB"]),
                    street: texts(&[
                        "AddressNumber",
                        "HouseFractionNumber",
                        "StreetDirPrefix",
                        "StreetName",
                        "StreetType",
                        "StreetDirSuffix",
                        "UnitType",
                        "UnitNumber",
                    ]),
                    postal_code: texts(&["Zip"]),
                    city: texts(&["City"]),
                    area: texts(&["CountyCode"]),
                    status: texts(&["Status"]),
                    ..RollColumns::default()
                },
                &[],
            ),
            "ohio" => layout(
                Some(b','),
                true,
                RollColumns {
                    number: texts(&["SOS_VOTERID"]),
                    given: texts(&["FIRST_NAME", "MIDDLE_NAME"]),
                    family: texts(&["LAST_NAME"]),
                    suffix: texts(&["SUFFIX"]),
                    birth: texts(&["DATE_OF_BIRTH"]),
                    street: texts(&["RESIDENTIAL_ADDRESS1", "RESIDENTIAL_SECONDARY_ADDR"]),
                    postal_code: texts(&["RESIDENTIAL_ZIP"]),
                    city: texts(&["RESIDENTIAL_CITY"]),
                    area: texts(&["COUNTY_NUMBER"]),
                    status: texts(&["VOTER_STATUS"]),
                    ..RollColumns::default()
                },
                &[],
            ),
            "florida" => Self { has_headings: false, ..layout(tab, false, florida(), &[]) },
            "north-carolina" => layout(
                tab,
                true,
                RollColumns {
                    number: texts(&["ncid"]),
                    given: texts(&["first_name", "middle_name"]),
                    family: texts(&["last_name"]),
                    suffix: texts(&["name_suffix_lbl"]),
                    birth: texts(&["birth_year"]),
                    street: texts(&["res_street_address"]),
                    postal_code: texts(&["zip_code"]),
                    city: texts(&["res_city_desc"]),
                    area: texts(&["county_desc"]),
                    status: texts(&["status_cd"]),
                    ..RollColumns::default()
                },
                // Denied, removed, temporary.
                &["D", "R", "S"],
            ),
            _ => return None,
        })
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn members() -> RollColumns {
    RollColumns {
        number: texts(&["number"]),
        name: texts(&["name"]),
        birth: texts(&["birth"]),
        street: texts(&["street"]),
        postal_code: texts(&["postal_code"]),
        city: texts(&["city"]),
        area: texts(&["area"]),
        status: texts(&["status"]),
        ..RollColumns::default()
    }
}

fn florida() -> RollColumns {
    RollColumns {
        area: texts(&["1"]),
        number: texts(&["2"]),
        family: texts(&["3"]),
        suffix: texts(&["4"]),
        given: texts(&["5", "6"]),
        street: texts(&["8", "9"]),
        city: texts(&["10"]),
        postal_code: texts(&["12"]),
        birth: texts(&["22"]),
        status: texts(&["29"]),
        ..RollColumns::default()
    }
}
