//! A draft looked at once: the values to keep, and every problem found.

use zeroize::Zeroizing;

use crate::address::{CITY_LIMIT, REGION_LIMIT, STREET_LIMIT, country_code};
use crate::characters::{Limit, is_unshowable};
use crate::draft::{Asked, Draft, Field, Ink, Problem, ProblemCode};
use crate::email::email_problem;
use crate::ink::InkError;
use crate::mend::{mended_code, mended_email, mended_line, mended_lines};
use crate::name::{NAME_LIMIT, name_problems};
use crate::phone::{PHONE_LIMIT, Phone, read_phone};
use crate::postal_code::{NotUsual, POSTAL_CODE_LIMIT, has_postal_codes, usual_postal_code};
use crate::signature::Method;
use crate::text::Petition;

/// How long a comment may be.
const COMMENT_LIMIT: Limit = Limit { graphemes: 1000, bytes: 2000 };

/// The values to keep, and the problems found, in the order of the form.
pub(crate) struct Examined<'a> {
    pub(crate) problems: Vec<Problem>,
    pub(crate) full_name: Zeroizing<String>,
    pub(crate) email: Option<Zeroizing<String>>,
    pub(crate) phone: Option<Phone>,
    pub(crate) country: Option<&'static str>,
    pub(crate) postal_code: Option<Zeroizing<String>>,
    pub(crate) city: Option<Zeroizing<String>>,
    pub(crate) region: Option<Zeroizing<String>>,
    pub(crate) street: Option<Zeroizing<String>>,
    pub(crate) comment: Option<Zeroizing<String>>,
    pub(crate) ink: Option<&'a Ink>,
    pub(crate) typed_signature: Option<Zeroizing<String>>,
}

impl<'a> Examined<'a> {
    pub(crate) fn of(draft: &'a Draft, petition: &Petition, method: Method) -> Examined<'a> {
        let mut examiner = Examiner { petition, method, problems: Vec::new() };
        // Where the person is, as far as known: for reading a number or a postal code, kept only where it is asked.
        let home = country_code(&mended_code(&draft.country));
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
            comment: examiner.text(Field::Comment, mended_lines(&draft.comment), &COMMENT_LIMIT),
            ink: examiner.ink(draft),
            typed_signature: {
                let typed = examiner.typed_signature(draft);
                examiner.of_age(draft.of_age);
                typed
            },
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
        let full_name = mended_line(typed);
        if full_name.is_empty() {
            self.error(Field::FullName, ProblemCode::Missing);
        } else {
            self.problems.extend(name_problems(&full_name));
        }
        full_name
    }

    fn email(&mut self, typed: &str) -> Option<Zeroizing<String>> {
        let email = self.given(Field::Email, mended_email(typed))?;
        match email_problem(&email) {
            Some(code) => self.error(Field::Email, code),
            None => return Some(email),
        }
        None
    }

    /// A number is never a reason to refuse anybody: one that is not known here is asked about.
    fn phone(&mut self, typed: &str, home: Option<&str>) -> Option<Phone> {
        let mended = self.given(Field::Phone, mended_code(typed))?;
        let phone = read_phone(&mended, home);
        if !PHONE_LIMIT.holds(&mended) {
            self.error(Field::Phone, ProblemCode::TooLong);
        } else if let Some(doubt) = phone.doubt {
            self.warning(Field::Phone, doubt);
        }
        Some(phone)
    }

    fn country(&mut self, typed: &str, country: Option<&'static str>) -> Option<&'static str> {
        self.given(Field::Country, mended_code(typed))?;
        if country.is_none() {
            self.error(Field::Country, ProblemCode::UnknownCountry);
        }
        country
    }

    /// Nor is a postal code, and nobody needs one where there are none.
    fn postal_code(&mut self, typed: &str, home: Option<&str>) -> Option<Zeroizing<String>> {
        let mended = mended_code(typed);
        if mended.is_empty() && home.is_some_and(|home| !has_postal_codes(home)) {
            return None;
        }
        let postal_code = self.text(Field::PostalCode, mended, &POSTAL_CODE_LIMIT)?;
        match home.map(|home| usual_postal_code(home, &postal_code)) {
            Some(Ok(usual)) => return Some(usual),
            Some(Err(NotUsual)) => self.warning(Field::PostalCode, ProblemCode::PostalCodeShape),
            None => {}
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
        self.text(field, mended_line(typed), limit)
    }

    /// A field of free text, mended, within its limit.
    fn text(&mut self, field: Field, mended: Zeroizing<String>, limit: &Limit) -> Option<Zeroizing<String>> {
        let text = self.given(field, mended)?;
        if !limit.holds(&text) {
            self.error(field, ProblemCode::TooLong);
        }
        if is_unshowable(&text) {
            self.error(field, ProblemCode::ControlCharacters);
        }
        Some(text)
    }

    /// A field's value where the petition asks for it and it is not empty. Says so where it is needed.
    fn given(&mut self, field: Field, mended: Zeroizing<String>) -> Option<Zeroizing<String>> {
        let asked = self.petition.asks(field)?;
        if !mended.is_empty() {
            return Some(mended);
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
