//! From a draft to a signature: everything that is wrong at once, or the signature.

use zeroize::Zeroizing;

use crate::address::{
    CITY_LIMIT, POSTAL_CODE_LIMIT, REGION_LIMIT, STREET_LIMIT, country_code, has_usual_postal_code,
};
use crate::characters::{Limit, is_unshowable, many_lines, normalized, one_line};
use crate::contact::{email_problem, phone_number};
use crate::draft::{Asked, Draft, Field, Ink, Problem, ProblemCode, Severity};
use crate::ink::InkError;
use crate::language::is_language_tag;
use crate::name::{NAME_LIMIT, name_problems};
use crate::signature::{Address, Consents, Facts, Method, Shift, Signature};
use crate::text::Petition;

/// The most bytes of a shift's place that a signature carries.
pub const PLACE_MAX_BYTES: usize = 120;
/// The most bytes of a volunteer's name that a signature carries.
pub const VOLUNTEER_MAX_BYTES: usize = 60;

/// How long a comment may be.
const COMMENT_LIMIT: Limit = Limit { graphemes: 1000, bytes: 2000 };

/// A signature keeps the minute.
const MINUTE: u64 = 60;

impl Problem {
    /// Something that must be mended.
    pub(crate) fn error(field: Field, code: ProblemCode) -> Problem {
        Problem { field, code, severity: Severity::Error }
    }

    /// Something odd but possible.
    pub(crate) fn warning(field: Field, code: ProblemCode) -> Problem {
        Problem { field, code, severity: Severity::Warning }
    }

    /// Whether it stops the signing.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Draft {
    /// Everything that is wrong or odd with the draft as a signature of this petition, taken in this way, in the order of
    /// the form. What the petition does not ask is not looked at.
    ///
    /// What is missing on paper cannot be asked for any more: it is a warning. The handwritten signature stays on the paper.
    #[must_use]
    pub fn validate(&self, petition: &Petition, method: Method) -> Vec<Problem> {
        Examined::of(self, petition, method).problems
    }

    /// The signature that the draft is, normalised. Warnings do not stop it. What the petition does not ask is left
    /// out.
    ///
    /// # Errors
    /// All problems, warnings among them, where at least one is an error.
    pub fn sign(&self, petition: &Petition, facts: Facts) -> Result<Signature, Vec<Problem>> {
        let examined = Examined::of(self, petition, facts.method);
        if examined.problems.iter().any(Problem::is_error) {
            return Err(examined.problems);
        }
        let text = petition.text_of(&self.text_hash).unwrap_or(petition.original());
        let language = if is_language_tag(&self.language) { &self.language } else { text.language() };
        let has_translations = !petition.translations().is_empty();
        Ok(Signature {
            id: facts.id,
            petition: petition.id(),
            text_hash: text.hash(),
            signed_at: facts.signed_at - facts.signed_at % MINUTE,
            language: language.to_owned(),
            text_language: has_translations.then(|| text.language().to_owned()),
            method: facts.method,
            full_name: examined.full_name.to_string(),
            email: kept(examined.email),
            phone: kept(examined.phone),
            address: Address {
                country: examined.country.map(str::to_owned),
                postal_code: kept(examined.postal_code),
                city: kept(examined.city),
                region: kept(examined.region),
                street: kept(examined.street),
            },
            comment: kept(examined.comment),
            of_age: petition.asks(Field::OfAge).map(|_| self.of_age),
            ink: examined.ink.cloned(),
            typed_signature: kept(examined.typed_signature),
            consents: Consents {
                public_display: self.show_publicly,
                updates: self.send_updates,
                sharing: self.share,
            },
            shift: facts.shift.map(|shift| Shift {
                id: shift.id,
                place: beginning(&shift.place, PLACE_MAX_BYTES),
                volunteer: beginning(&shift.volunteer, VOLUNTEER_MAX_BYTES),
            }),
            withdrawal_code: facts.withdrawal_code,
            paper: facts.paper,
        })
    }
}

/// A value that goes into the signature.
fn kept(value: Option<Zeroizing<String>>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// As much of a text as fits into `most` bytes.
fn beginning(text: &str, most: usize) -> String {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.get(..end).unwrap_or_default().to_owned()
}

/// A draft looked at once: the values to keep, and the problems found, in the order of the form.
struct Examined<'a> {
    problems: Vec<Problem>,
    full_name: Zeroizing<String>,
    email: Option<Zeroizing<String>>,
    phone: Option<Zeroizing<String>>,
    country: Option<&'static str>,
    postal_code: Option<Zeroizing<String>>,
    city: Option<Zeroizing<String>>,
    region: Option<Zeroizing<String>>,
    street: Option<Zeroizing<String>>,
    comment: Option<Zeroizing<String>>,
    ink: Option<&'a Ink>,
    typed_signature: Option<Zeroizing<String>>,
}

impl<'a> Examined<'a> {
    fn of(draft: &'a Draft, petition: &Petition, method: Method) -> Examined<'a> {
        let mut examiner = Examiner { petition, method, problems: Vec::new() };
        // Where the person is, as far as known: for reading a number or a postal code, kept only where it is asked.
        let home = country_code(draft.country.trim());
        examiner.text_shown(draft);
        // Evaluated from top to bottom: the order of the form.
        Examined {
            full_name: examiner.full_name(&draft.full_name),
            email: examiner.email(&draft.email),
            phone: examiner.phone(&draft.phone, home),
            country: examiner.country(&draft.country, home),
            postal_code: examiner.postal_code(&draft.postal_code, home),
            city: examiner.line(Field::City, &draft.city, &CITY_LIMIT),
            region: examiner.line(Field::Region, &draft.region, &REGION_LIMIT),
            street: examiner.line(Field::Street, &draft.street, &STREET_LIMIT),
            comment: examiner.text(Field::Comment, many_lines(&draft.comment), &COMMENT_LIMIT),
            ink: {
                examiner.of_age(draft.of_age);
                examiner.ink(draft)
            },
            typed_signature: examiner.typed_signature(draft),
            problems: examiner.problems,
        }
    }
}

/// The strokes, if there are any.
fn drawn(draft: &Draft) -> Option<&Ink> {
    draft.ink.as_ref().filter(|ink| !ink.is_blank())
}

/// Looks at one field after the other, and notes what is wrong.
struct Examiner<'p> {
    petition: &'p Petition,
    method: Method,
    problems: Vec<Problem>,
}

impl Examiner<'_> {
    /// Whether the draft was written under one of this petition's texts.
    fn text_shown(&mut self, draft: &Draft) {
        let other_text = self.petition.text_of(&draft.text_hash).is_none();
        let other_petition = !draft.petition.is_nil() && draft.petition != self.petition.id();
        if other_text || other_petition {
            self.error(Field::FullName, ProblemCode::TextChanged);
        }
    }

    fn full_name(&mut self, typed: &str) -> Zeroizing<String> {
        let full_name = one_line(typed);
        if full_name.is_empty() {
            self.error(Field::FullName, ProblemCode::Missing);
        } else {
            self.problems.extend(name_problems(&full_name));
        }
        full_name
    }

    fn email(&mut self, typed: &str) -> Option<Zeroizing<String>> {
        let email = self.given(Field::Email, normalized(typed.trim()))?;
        match email_problem(&email) {
            Some(code) => self.error(Field::Email, code),
            None => return Some(email),
        }
        None
    }

    fn phone(&mut self, typed: &str, region: Option<&str>) -> Option<Zeroizing<String>> {
        let typed = self.given(Field::Phone, one_line(typed))?;
        match phone_number(&typed, region) {
            Ok(phone) => {
                if !phone.known {
                    self.warning(Field::Phone, ProblemCode::PhoneShape);
                }
                Some(phone.e164)
            }
            Err(code) => {
                self.error(Field::Phone, code);
                None
            }
        }
    }

    fn country(&mut self, typed: &str, country: Option<&'static str>) -> Option<&'static str> {
        self.given(Field::Country, one_line(typed))?;
        if country.is_none() {
            self.error(Field::Country, ProblemCode::UnknownCountry);
        }
        country
    }

    fn postal_code(&mut self, typed: &str, country: Option<&str>) -> Option<Zeroizing<String>> {
        let postal_code = self.line(Field::PostalCode, typed, &POSTAL_CODE_LIMIT)?;
        if country.is_some_and(|country| !has_usual_postal_code(country, &postal_code)) {
            self.warning(Field::PostalCode, ProblemCode::PostalCodeShape);
        }
        Some(postal_code)
    }

    fn of_age(&mut self, stated: bool) {
        if self.petition.asks(Field::OfAge) == Some(Asked::Required) && !stated {
            self.lacks(Field::OfAge, ProblemCode::AgeNotStated);
        }
    }

    fn ink<'a>(&mut self, draft: &'a Draft) -> Option<&'a Ink> {
        self.petition.asks(Field::Ink).filter(|_| !self.is_on_paper())?;
        let ink = drawn(draft)?;
        match ink.to_bytes() {
            Ok(_) => return Some(ink),
            Err(InkError::TooLarge) => self.error(Field::Ink, ProblemCode::InkTooLarge),
            Err(InkError::Shape) => self.error(Field::Ink, ProblemCode::InkShape),
        }
        None
    }

    /// What stands for a handwritten signature where none was drawn.
    fn typed_signature(&mut self, draft: &Draft) -> Option<Zeroizing<String>> {
        if drawn(draft).is_some() || self.is_on_paper() {
            return None;
        }
        self.line(Field::Ink, &draft.typed_signature, &NAME_LIMIT)
    }

    /// A field of one line, within its limit.
    fn line(&mut self, field: Field, typed: &str, limit: &Limit) -> Option<Zeroizing<String>> {
        self.text(field, one_line(typed), limit)
    }

    /// A field of free text, tidied, within its limit.
    fn text(&mut self, field: Field, tidy: Zeroizing<String>, limit: &Limit) -> Option<Zeroizing<String>> {
        let text = self.given(field, tidy)?;
        if !limit.holds(&text) {
            self.error(field, ProblemCode::TooLong);
        }
        if is_unshowable(&text) {
            self.error(field, ProblemCode::ControlCharacters);
        }
        Some(text)
    }

    /// A field's value where the petition asks for it and it is not empty. Says so where it is needed.
    fn given(&mut self, field: Field, tidy: Zeroizing<String>) -> Option<Zeroizing<String>> {
        let asked = self.petition.asks(field)?;
        if !tidy.is_empty() {
            return Some(tidy);
        }
        if asked == Asked::Required {
            self.lacks(field, ProblemCode::Missing);
        }
        None
    }

    fn is_on_paper(&self) -> bool {
        self.method == Method::Paper
    }

    /// Something that is asked for is not there.
    fn lacks(&mut self, field: Field, code: ProblemCode) {
        if self.is_on_paper() { self.warning(field, code) } else { self.error(field, code) }
    }

    fn error(&mut self, field: Field, code: ProblemCode) {
        self.problems.push(Problem::error(field, code));
    }

    fn warning(&mut self, field: Field, code: ProblemCode) {
        self.problems.push(Problem::warning(field, code));
    }
}
