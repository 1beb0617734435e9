//! Rows to people: dates, countries, postal codes and consents as they are written in lists, and what was lost.

mod answers;
mod countries;
mod dates;
mod guard;
mod identity;
mod incoming;
mod months;
mod postal;
mod reader;
mod survey;

pub use answers::{Answers, DateOrder, NoteCode, Repairs, RowNote};
pub use guard::{guarded, unguarded};
pub use identity::Identities;
pub use incoming::{Incoming, People};
pub use signed_at::SignedAt;
pub use survey::{CountryQuestion, NoteCount, Survey, survey};

mod signed_at;

pub(crate) use countries::is_country_name;
pub(crate) use dates::is_date;
