//! Words for what is wrong or odd with a draft: which field has which problem.

use table::{Field, Problem, ProblemCode};

/// A problem as a sentence.
pub(super) fn words(problem: &Problem) -> String {
    let (field, name) = field(problem.field);
    let severity = if problem.is_error() { "" } else { " (a warning)" };
    format!("{name} ({field}): {}{severity}", what(problem.code))
}

/// That a field is kept in another form than the draft has it in. What somebody typed is not said again.
pub(super) fn mended_words(mended: Field) -> String {
    let (field, name) = field(mended);
    format!("{name} ({field}): is kept as the table reads it")
}

/// A field as the draft names it, and as people do.
fn field(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::FullName => ("full_name", "Full name"),
        Field::Email => ("email", "E-mail address"),
        Field::Phone => ("phone", "Telephone number"),
        Field::Country => ("country", "Country"),
        Field::PostalCode => ("postal_code", "Postal code"),
        Field::City => ("city", "City"),
        Field::Region => ("region", "Region"),
        Field::Street => ("street", "Street"),
        Field::Comment => ("comment", "Comment"),
        Field::OfAge => ("of_age", "Statement of age"),
        Field::Ink => ("ink", "Handwritten signature"),
    }
}

fn what(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Missing => "is needed and missing",
        ProblemCode::TooLong => "is too long",
        ProblemCode::ControlCharacters => "holds characters that cannot be shown",
        ProblemCode::LooksLikeUrl => "holds a web address",
        ProblemCode::LooksLikeEmail => "holds an e-mail address",
        ProblemCode::NoLetters => "has no letter in it",
        ProblemCode::UnusualName => "is unusually short, or has many marks on one letter",
        ProblemCode::EmailNoAt => "has no @",
        ProblemCode::EmailNoDomain => "has nothing after the @",
        ProblemCode::EmailShape => "cannot be an address",
        ProblemCode::PhoneShape => "is not known as a number, of the country or of any",
        ProblemCode::PhoneNoCountry => "needs a + and the country's code, or a country",
        ProblemCode::UnknownCountry => "is not a code of two letters, such as US",
        ProblemCode::PostalCodeShape => "has not the usual shape of the country",
        ProblemCode::AgeNotStated => "is needed and not made",
        ProblemCode::InkTooLarge => "has more strokes than a signature holds",
        ProblemCode::InkShape => "has a stroke that is empty or outside its box",
        ProblemCode::TextChanged => "the petition's text is not the one that the draft was written under",
    }
}
