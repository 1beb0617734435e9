//! From a draft to a signature: everything that is wrong at once, or the signature.

use zeroize::Zeroizing;

use crate::draft::{Draft, Field, Problem, ProblemCode, Severity};
use crate::examine::Examined;
use crate::language::is_language_tag;
use crate::phone::PhoneForm;
use crate::signature::{Address, Consents, Facts, Method, Shift, Signature};
use crate::text::Petition;

/// The most bytes of a shift's place that a signature carries.
pub const PLACE_MAX_BYTES: usize = 120;
/// The most bytes of a volunteer's name that a signature carries.
pub const VOLUNTEER_MAX_BYTES: usize = 60;

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

    /// The signature that the draft is, normalised. Warnings stop it unless `pass_warnings` is set. What the petition does
    /// not ask is left out.
    ///
    /// # Errors
    /// All problems, as of [`Draft::validate`], where at least one stops it.
    pub fn sign(
        &self,
        petition: &Petition,
        facts: Facts,
        pass_warnings: bool,
    ) -> Result<Signature, Vec<Problem>> {
        let examined = Examined::of(self, petition, facts.method);
        if examined.problems.iter().any(|problem| !pass_warnings || problem.is_error()) {
            return Err(examined.problems);
        }
        let (phone, phone_as_typed) = match examined.phone.map(|phone| phone.form) {
            Some(PhoneForm::E164(number)) => (Some(number.to_string()), None),
            Some(PhoneForm::AsTyped(typed)) => (None, Some(typed.to_string())),
            None => (None, None),
        };
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
            phone,
            phone_as_typed,
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
