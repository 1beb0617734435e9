//! What the organizer said, told to the endpoint again and again (`docs/protocol.md` §9).

use std::sync::Mutex;

use proof::VerifierKey;
use wire::{Client, ClientError, EndpointAddress, ProblemCode};

use crate::{desk::Desk, error::DeskError, guard::guard, storage};

/// Asks the endpoint at an address for its key, which is then the only one that is spoken to there.
pub async fn find_endpoint(url: &str) -> Result<EndpointAddress, ClientError> {
    let key = Client::new(url)?.about().await?.endpoint;
    Ok(EndpointAddress { url: url.to_owned(), key })
}

impl Desk {
    /// Tells the endpoint all that was said so far: the campaign, every revocation, every confirmation, the newest update. One that knows
    /// them learns nothing new; one that forgot them (a new disk, an older copy) knows them then. Gives the endpoint's
    /// key. The desk is never locked while waiting.
    ///
    /// Errors: [`ClientError::OtherEndpoint`], with nothing told; [`DeskError::CampaignRefused`].
    pub async fn tell(desk: &Mutex<Self>, client: &Client) -> Result<VerifierKey, DeskError> {
        let told = tell_all(desk, client).await;
        guard(desk).untold = told.as_ref().err().map(DeskError::code);
        told
    }

    /// Tells the campaign's endpoint all that was said ([`Desk::tell`]), where it has one; gives whether it has.
    pub async fn tell_endpoint(desk: &Mutex<Self>) -> Result<bool, DeskError> {
        let client = guard(desk).client()?;
        match client {
            Some(client) => Self::tell(desk, &client).await.map(|_| true),
            None => Ok(false),
        }
    }

    /// The way to the campaign's endpoint; none where it has none.
    pub fn client(&self) -> Result<Option<Client>, ClientError> {
        self.about.endpoint.as_ref().map(Client::of).transpose()
    }

    /// Why the endpoint does not know all that was said, by the code of what failed when it was last told; none when it
    /// was told all of it once, or nobody tried since this desk was opened.
    pub fn untold(&self) -> Result<Option<&'static str>, DeskError> {
        let told = storage::campaign::get(&self.db)?.told;
        Ok(if told < self.said()?.len() as u64 + 1 { self.untold } else { None })
    }

    /// Signs the tally of now, numbered above any that the endpoint has, and publishes it. What the organizer said is
    /// told before. A tally that was signed and did not arrive goes out with the next pull.
    pub async fn publish_tally(desk: &Mutex<Self>, client: &Client, now: i64) -> Result<(), DeskError> {
        Self::tell(desk, client).await?;
        learn_tally(desk, client).await?;
        let (campaign, note) = {
            let mut desk = guard(desk);
            (desk.about.id, desk.tally(now)?)
        };
        client.post_document(campaign, note).await?;
        Ok(())
    }

    /// Every note for the endpoint beside campaign, tally and update.
    fn said(&self) -> Result<Vec<String>, DeskError> {
        let mut notes = storage::revocation::list_notes(&self.db)?;
        notes.extend(storage::confirmation::list_notes(&self.db)?);
        Ok(notes)
    }
}

async fn tell_all(desk: &Mutex<Desk>, client: &Client) -> Result<VerifierKey, DeskError> {
    let key = client.identify().await?;
    let (about, said) = {
        let desk = guard(desk);
        (desk.campaign(), desk.said()?)
    };
    if about.endpoint.is_some_and(|endpoint| endpoint.key != key) {
        return Err(ClientError::OtherEndpoint.into());
    }
    let news = client.put_campaign(about.id, about.note).await.map_err(|error| match error.problem() {
        Some(ProblemCode::CampaignRefused) => DeskError::CampaignRefused(about.id),
        _ => error.into(),
    })?;
    if news {
        // What it has of the tables' logs from now on need not be what it had.
        storage::pulled::delete_all(&guard(desk).db)?;
    }
    let told = said.len() as u64 + 1;
    for note in said {
        client.post_document(about.id, note).await?;
    }
    let update = storage::campaign::get(&guard(desk).db)?.update;
    if let Some(note) = update {
        match client.post_document(about.id, note).await {
            // Another desk of this campaign published a newer one.
            Err(error) if error.problem() == Some(ProblemCode::Stale) => {}
            told => drop(told?),
        }
    }
    storage::campaign::set_told(&guard(desk).db, told)?;
    Ok(key)
}

/// Publishes the newest tally again where the endpoint has an older one, or none.
pub(crate) async fn restore_tally(desk: &Mutex<Desk>, client: &Client) -> Result<(), DeskError> {
    let published = learn_tally(desk, client).await?;
    let (campaign, newest) = {
        let desk = guard(desk);
        (desk.about.id, desk.newest_tally()?)
    };
    if let Some((seq, note)) = newest
        && seq > published
    {
        client.post_document(campaign, note).await?;
    }
    Ok(())
}

/// Takes the endpoint's tally where it is newer than what is known here, and gives its number; 0 when there is none.
async fn learn_tally(desk: &Mutex<Desk>, client: &Client) -> Result<u64, DeskError> {
    let campaign = guard(desk).about.id;
    match client.tally(campaign).await? {
        Some(note) => guard(desk).learn_tally(&note),
        None => Ok(0),
    }
}
