//! The ledger as CSV: the same bytes for the same ledger, whatever way it came together.

use std::{collections::HashSet, io::Write};

use jiff::Timestamp;
use petition::{Signature, is_e164};
use uuid::Uuid;

use crate::{
    desk::Desk,
    error::DeskError,
    ledger::LedgerFilter,
    standing::Standing,
    storage::{self, signature::Stored},
};

/// A spreadsheet takes a file without it for one of its system's old character set, and accents are wrong.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

const COLUMNS: [&str; 35] = [
    "signature",
    "petition_title",
    "petition",
    "standing",
    "duplicate_of",
    "reason",
    "name",
    "email",
    "phone",
    "country",
    "postal_code",
    "city",
    "region",
    "street",
    "comment",
    "age_stated",
    "ink",
    "typed_signature",
    "public_display",
    "updates",
    "sharing",
    "signed_at",
    "time_doubtful",
    "language",
    "method",
    "paper_sheet",
    "paper_line",
    "place",
    "shift",
    "table_label",
    "table",
    "generation",
    "index",
    "text_hash",
    "text_language",
];

impl Desk {
    /// Writes every signature of the ledger that agrees with a filter as CSV (RFC 4180, UTF-8 with a byte order mark, with a header) and gives how
    /// many there are: `docs/csv.md`.
    ///
    /// Ordered by petition title, time of signing and signature id. Where a spreadsheet could see a formula begin stands
    /// an apostrophe, which [`unguarded`](crate::unguarded) takes off. Withdrawal codes, volunteers and ink strokes are
    /// not in it.
    pub fn export_csv(&self, filter: &LedgerFilter, mut out: impl Write) -> Result<u64, DeskError> {
        let mut keys = storage::signature::list_keys(&self.db)?;
        if *filter != LedgerFilter::default() {
            let found: HashSet<Uuid> = self.reader()?.find(filter)?.into_iter().collect();
            keys.retain(|(_, _, id)| found.contains(id));
        }
        let mut keys: Vec<_> = keys
            .into_iter()
            .map(|(petition, signed_at, id)| (self.petitions.title(petition), signed_at, id))
            .collect();
        keys.sort_unstable();
        out.write_all(BYTE_ORDER_MARK).map_err(csv::Error::from)?;
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        csv.write_record(COLUMNS)?;
        for (title, _, id) in &keys {
            let (stored, signature) = self.view().get_signature(*id)?;
            let text_language = self.petitions.language_of(&signature).unwrap_or_default();
            let cells = cells(title, *id, &stored, (&signature, text_language));
            csv.write_record(COLUMNS.into_iter().zip(cells).map(|(column, cell)| inert(column, cell)))?;
        }
        csv.flush().map_err(csv::Error::from)?;
        Ok(keys.len() as u64)
    }
}

fn cells(
    title: &str,
    id: Uuid,
    stored: &Stored,
    (signature, text_language): (&Signature, String),
) -> [String; COLUMNS.len()] {
    let standing = Standing::of(stored.settled.clone());
    let (standing, duplicate_of) = match &standing {
        Standing::Counted => ("counted", None),
        Standing::Duplicate { of } => ("duplicate", Some(of)),
        Standing::Void { .. } => ("void", None),
        Standing::Withdrawn => ("withdrawn", None),
        Standing::Erased => ("erased", None),
        Standing::InReview => ("in_review", None),
    };
    let address = &signature.address;
    let shift = signature.shift.as_ref();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let line = |line: Option<u32>| line.map(|line| line.to_string()).unwrap_or_default();
    [
        id.to_string(),
        title.to_owned(),
        signature.petition.to_string(),
        standing.to_owned(),
        duplicate_of.map(Uuid::to_string).unwrap_or_default(),
        text(&stored.settled.reason),
        signature.full_name.clone(),
        text(&signature.email),
        signature.phone.clone().or_else(|| signature.phone_as_typed.clone()).unwrap_or_default(),
        text(&address.country),
        text(&address.postal_code),
        text(&address.city),
        text(&address.region),
        text(&address.street),
        text(&signature.comment),
        signature.of_age.map(yes_or_no).unwrap_or_default().to_owned(),
        yes_or_no(signature.ink.is_some()).to_owned(),
        text(&signature.typed_signature),
        yes_or_no(signature.consents.public_display).to_owned(),
        yes_or_no(signature.consents.updates).to_owned(),
        yes_or_no(signature.consents.sharing).to_owned(),
        utc(signature.signed_at),
        yes_or_no(stored.is_time_doubtful).to_owned(),
        signature.language.clone(),
        storage::facets::name_of(signature.method).to_owned(),
        line(signature.paper.map(|paper| paper.sheet)),
        line(signature.paper.map(|paper| paper.line)),
        shift.map(|shift| shift.place.clone()).unwrap_or_default(),
        shift.map(|shift| shift.id.to_string()).unwrap_or_default(),
        stored.label.clone(),
        stored.table.to_string(),
        stored.generation.to_string(),
        stored.index.to_string(),
        data_encoding::HEXLOWER.encode(&signature.text_hash),
        text_language,
    ]
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// RFC 3339 in UTC; the bare seconds of a time that no calendar has.
fn utc(seconds: u64) -> String {
    let timestamp = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    timestamp.map_or_else(|| seconds.to_string(), |timestamp| timestamp.to_string())
}

/// A cell that no spreadsheet runs. A telephone number is a number to all of them, and to whoever dials it.
fn inert(column: &str, cell: String) -> String {
    if column == "phone" && is_e164(&cell) { cell } else { lists::guarded(&cell) }
}
