//! Sealed kits: brought to the endpoint by a desk, and fetched by a table (`docs/protocol.md` §8.9).

use data_encoding::BASE64;
use proof::CampaignId;

use super::{Client, ClientError, LIST, NOTE, SHORT, StatusCode, json};
use crate::{Claim, ClaimId, DepositId, DepositRow, Deposited, Token};

impl Client {
    /// Deposits a sealed kit. Says whether that was news to the endpoint.
    pub async fn deposit(
        &self,
        campaign: CampaignId,
        note: String,
        sealed: &[u8],
    ) -> Result<bool, ClientError> {
        let body = Deposited { deposit: note, sealed: BASE64.encode(sealed) };
        let request = self.http.post(self.url(&format!("/campaigns/{campaign}/deposits"))).json(&body);
        Ok(self.ask(request, SHORT).await?.status == StatusCode::CREATED)
    }

    /// The deposits that the endpoint knows of the campaign.
    pub async fn deposits(
        &self,
        campaign: CampaignId,
        token: &Token,
    ) -> Result<Vec<DepositRow>, ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/deposits"));
        json(self.ask(self.http.get(url).bearer_auth(&token.token), LIST).await?)
    }

    /// Claims a deposit, for the first time or again. Gives what is sealed, unopened.
    pub async fn claim(
        &self,
        campaign: CampaignId,
        deposit: DepositId,
        claim: ClaimId,
    ) -> Result<Vec<u8>, ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/claims"));
        Ok(self.ask(self.http.post(url).json(&Claim { deposit, claim }), NOTE + SHORT).await?.body)
    }
}
