//! What is kept in another form than it was typed in: shown to whoever typed it.

use serde::Serialize;
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::draft::{Draft, Field};
use crate::examine::Examined;
use crate::mend::as_seen;
use crate::signature::Method;
use crate::text::Petition;

/// A field of text as it is kept. It has no `Debug`: it is what somebody typed.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Mended {
    /// Which field.
    pub field: Field,
    /// What is kept of it.
    pub kept: String,
}

impl Draft {
    /// The fields that are kept in another form than they were typed in, in the order of the form, as far as anybody can see
    /// the difference. What stops the signing is not among them.
    #[must_use]
    pub fn mended(&self, petition: &Petition, method: Method) -> Vec<Mended> {
        let examined = Examined::of(self, petition, method);
        let form = |value: &Option<Zeroizing<String>>| value.as_deref().cloned();
        let forms = [
            (Field::FullName, &self.full_name, Some(examined.full_name.to_string())),
            (Field::Email, &self.email, form(&examined.email)),
            (Field::Phone, &self.phone, examined.phone.as_ref().map(|phone| phone.shown.to_string())),
            (Field::PostalCode, &self.postal_code, form(&examined.postal_code)),
            (Field::City, &self.city, form(&examined.city)),
            (Field::Region, &self.region, form(&examined.region)),
            (Field::Street, &self.street, form(&examined.street)),
            (Field::Ink, &self.typed_signature, form(&examined.typed_signature)),
        ];
        // What is asked about is shown in any case: that it is kept as it was typed, too.
        let is_doubtful = |field| {
            field == Field::Phone && examined.phone.as_ref().is_some_and(|phone| phone.doubt.is_some())
        };
        let stops =
            |field| examined.problems.iter().any(|problem| problem.field == field && problem.is_error());
        let mended = forms.into_iter().filter_map(|(field, typed, kept)| {
            let kept =
                kept.filter(|kept| !stops(field) && (is_doubtful(field) || as_seen(kept) != as_seen(typed)))?;
            Some(Mended { field, kept })
        });
        mended.collect()
    }
}
