//! Opening envelopes, over all cores, before anything is written.

use std::{collections::HashMap, num::NonZero, thread};

use petition::{Method, Note, Signature};
use proof::CampaignId;
use sealing::{EpochId, OpenError, Opener, epoch_of};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    petitions::known::{KnownPetitions, KnownText},
    storage::facets::Facets,
};

/// Envelopes that are worth a thread of their own.
const WORTH_A_THREAD: usize = 32;

/// A table's clock may be behind the desk's by so many seconds.
const CLOCK_SLACK: i64 = 3600;
/// Paper tells the day: noon in UTC stands for any moment of it, anywhere on earth.
const DAY_SLACK: i64 = 26 * 3600;

/// What came of opening one envelope.
pub(crate) enum Opening {
    /// A signature of this campaign.
    Signature(Box<OpenedSignature>),
    /// A note of the table to the organizer.
    Note(Box<OpenedNote>),
    /// Nothing for the ledger; the reason is a stable code.
    SetAside { petition: Option<Uuid>, reason: &'static str },
}

pub(crate) struct OpenedSignature {
    pub(crate) id: Uuid,
    pub(crate) petition: Uuid,
    pub(crate) signed_at: u64,
    /// It says that it was signed before there was anything to sign.
    pub(crate) is_time_doubtful: bool,
    /// Folded, for searching.
    pub(crate) search: Zeroizing<String>,
    pub(crate) facets: Facets,
    /// Why it is to be looked at before it counts.
    pub(crate) review: Option<&'static str>,
    pub(crate) cbor: Zeroizing<Vec<u8>>,
    /// SHA-256 of the content.
    pub(crate) digest: [u8; 32],
}

pub(crate) struct OpenedNote {
    pub(crate) note: Note,
    pub(crate) cbor: Zeroizing<Vec<u8>>,
}

/// What is needed to open the envelopes of one table.
#[derive(Clone, Copy)]
pub(crate) struct Opens<'a> {
    pub(crate) openers: &'a HashMap<EpochId, Opener>,
    pub(crate) petitions: &'a KnownPetitions,
    pub(crate) campaign: CampaignId,
    pub(crate) table: Uuid,
}

impl Opens<'_> {
    /// Opens envelopes, over all cores, and gives what came of each in their order.
    pub(crate) fn open_all(self, envelopes: &[Vec<u8>]) -> Vec<Opening> {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let threads = cores.min(envelopes.len().div_ceil(WORTH_A_THREAD)).max(1);
        let share = envelopes.len().div_ceil(threads).max(1);
        let mut shares = envelopes.chunks(share);
        let own = shares.next().unwrap_or_default();
        thread::scope(|scope| {
            let others: Vec<_> =
                shares.map(|share| (share, scope.spawn(move || self.open_share(share)))).collect();
            let mut opened = self.open_share(own);
            for (share, other) in others {
                // A thread that could not finish did nothing that is kept: its share is opened here.
                opened.extend(other.join().unwrap_or_else(|_| self.open_share(share)));
            }
            opened
        })
    }

    fn open_share(self, envelopes: &[Vec<u8>]) -> Vec<Opening> {
        envelopes
            .iter()
            .map(|envelope| {
                self.open(envelope)
                    .unwrap_or_else(|(petition, reason)| Opening::SetAside { petition, reason })
            })
            .collect()
    }

    fn open(self, envelope: &[u8]) -> Result<Opening, (Option<Uuid>, &'static str)> {
        let epoch = epoch_of(envelope).map_err(|error| (None, reason(&error)))?;
        let opener = self.openers.get(&epoch).ok_or((None, "envelope/unknown-epoch"))?;
        let opened = opener
            .open(envelope, *self.campaign.as_bytes(), self.table.into_bytes(), self.petitions.ids())
            .map_err(|error| (None, reason(&error)))?;
        let petition = Uuid::from_bytes(opened.petition);
        if petition.is_nil() {
            let note = Note::from_cbor(&opened.content).map_err(|error| (None, error.code()))?;
            return Ok(Opening::Note(Box::new(OpenedNote { note, cbor: opened.content })));
        }
        let set_aside = |reason| (Some(petition), reason);
        let signature = Signature::from_cbor(&opened.content).map_err(|error| set_aside(error.code()))?;
        if signature.petition != petition {
            return Err(set_aside("signature/other-petition"));
        }
        let signed_at = i64::try_from(signature.signed_at).map_err(|_| set_aside("signature/time"))?;
        let slack = match signature.method {
            Method::Kiosk => CLOCK_SLACK,
            Method::Paper => DAY_SLACK,
        };
        let text = self.petitions.find_text(petition, signature.text_hash);
        Ok(Opening::Signature(Box::new(OpenedSignature {
            id: signature.id,
            petition,
            signed_at: signature.signed_at,
            search: searched(&signature),
            facets: Facets::of(&signature),
            is_time_doubtful: text.is_some_and(|text| signed_at < text.made_at - slack),
            review: review(&signature, text),
            digest: Sha256::digest(&*opened.content).into(),
            cbor: opened.content,
        })))
    }
}

/// Why a signature is to be looked at before it counts: it is of no text that is known, or of one in another language than
/// it says.
fn review(signature: &Signature, text: Option<&KnownText>) -> Option<&'static str> {
    let Some(text) = text else { return Some("signature/unknown-text") };
    let said = signature.text_language.as_ref();
    said.is_some_and(|said| *said != text.language).then_some("signature/other-language")
}

/// What a search looks into: a line a value, each folded as the search is.
fn searched(signature: &Signature) -> Zeroizing<String> {
    let shift = signature.shift.as_ref();
    let values = [
        Some(signature.full_name.as_str()),
        signature.email.as_deref(),
        signature.phone.as_deref().or(signature.phone_as_typed.as_deref()),
        signature.address.postal_code.as_deref(),
        signature.address.city.as_deref(),
        signature.address.street.as_deref(),
        signature.comment.as_deref(),
        shift.map(|shift| shift.place.as_str()),
    ];
    let lines: Zeroizing<Vec<String>> =
        Zeroizing::new(values.into_iter().flatten().map(matching::fold_name).collect());
    Zeroizing::new(lines.join("\n"))
}

fn reason(error: &OpenError) -> &'static str {
    match error {
        OpenError::Shape => "envelope/shape",
        OpenError::Suite => "envelope/suite",
        OpenError::OtherEpoch => "envelope/unknown-epoch",
        OpenError::Broken => "envelope/broken",
        OpenError::Padding => "envelope/padding",
    }
}
