//! Challenges and pull tokens that prove themselves: nothing is kept for an open one, and another instance with the
//! same key takes a token of this one.

use std::{collections::HashMap, sync::Mutex};

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use proof::{CampaignId, Seed};
use rand::Rng;
use sha2::Sha256;
use wire::{Challenge, ProblemCode, Token};
use zeroize::Zeroizing;

use super::problem::Refusal;
use crate::guard::guard;

const CHALLENGE_SECONDS: i64 = 120;
const TOKEN_SECONDS: i64 = 600;
/// So many challenges of a campaign can be used up within their time: the root key has signed for each.
const MOST_USED: usize = 1_000;
/// Random bytes, so that no two are the same.
const SALT: usize = 8;
/// Salt and expiry (u64).
const HEAD: usize = SALT + 8;
/// What is left of HMAC-SHA256 in both.
const MAC: usize = 16;

/// 8 random bytes ‖ expiry (u64) ‖ the first 16 of HMAC-SHA256 over what it is for ‖ campaign ‖ those 16.
type Sealed = [u8; HEAD + MAC];

/// Gives challenges and tokens, and knows its own again.
pub(crate) struct BearerTokens {
    key: Hmac<Sha256>,
    /// Unix seconds: nobody knows what was used before.
    since: i64,
    used: Mutex<HashMap<CampaignId, HashMap<Sealed, i64>>>,
}

#[derive(Clone, Copy)]
enum For {
    Challenge,
    Token,
}

impl BearerTokens {
    /// Under a key that follows from the endpoint's seed. `now` in Unix seconds.
    pub(crate) fn new(seed: &Seed, now: i64) -> Self {
        let derived = keyed(seed.expose()).chain_update(b"undersigned endpoint tokens v1\n").finalize();
        Self { key: keyed(&derived.into_bytes().into()), since: now, used: Mutex::default() }
    }

    /// A new challenge, at a time in Unix seconds.
    pub(crate) fn challenge(&self, campaign: CampaignId, now: i64) -> Challenge {
        let expires = now + CHALLENGE_SECONDS;
        Challenge { nonce: BASE64.encode(&self.seal(For::Challenge, campaign, expires)), expires }
    }

    /// A token for a challenge that was signed; the challenge is used up.
    pub(crate) fn token(&self, campaign: CampaignId, nonce: &str, now: i64) -> Result<Token, Refusal> {
        let refused = || Refusal::new(ProblemCode::NoToken, "the challenge is unknown, used or too old");
        let (sealed, expires) = self.open(For::Challenge, campaign, nonce, now).ok_or_else(refused)?;
        if expires - CHALLENGE_SECONDS < self.since {
            return Err(refused());
        }
        self.use_up(campaign, sealed, expires, now)?;
        let expires = now + TOKEN_SECONDS;
        Ok(Token { token: BASE64.encode(&self.seal(For::Token, campaign, expires)), expires })
    }

    /// Whether a token is good for a campaign now.
    pub(crate) fn check(&self, campaign: CampaignId, token: &str, now: i64) -> Result<(), Refusal> {
        match self.open(For::Token, campaign, token, now) {
            Some(_) => Ok(()),
            None => Err(Refusal::new(ProblemCode::NoToken, "a token of this campaign is needed")),
        }
    }

    fn use_up(&self, campaign: CampaignId, sealed: Sealed, expires: i64, now: i64) -> Result<(), Refusal> {
        let mut used = guard(&self.used);
        used.retain(|_, challenges| {
            challenges.retain(|_, expires| *expires > now);
            !challenges.is_empty()
        });
        let challenges = used.entry(campaign).or_default();
        if challenges.contains_key(&sealed) {
            return Err(Refusal::new(ProblemCode::NoToken, "the challenge is unknown, used or too old"));
        }
        if challenges.len() >= MOST_USED {
            return Err(Refusal::later(ProblemCode::SlowDown, "too many tokens were asked for", 30));
        }
        challenges.insert(sealed, expires);
        Ok(())
    }

    fn seal(&self, what: For, campaign: CampaignId, expires: i64) -> Sealed {
        let mut sealed = [0; HEAD + MAC];
        rand::rng().fill_bytes(&mut sealed[..SALT]);
        sealed[SALT..HEAD].copy_from_slice(&expires.unsigned_abs().to_be_bytes());
        let mac = self.mac(what, campaign, &sealed[..HEAD]).finalize().into_bytes();
        sealed[HEAD..].copy_from_slice(&mac[..MAC]);
        sealed
    }

    /// One of ours that is not over, and when it will be.
    fn open(&self, what: For, campaign: CampaignId, text: &str, now: i64) -> Option<(Sealed, i64)> {
        let sealed: Sealed = BASE64.decode(text.as_bytes()).ok()?.try_into().ok()?;
        let (head, mac) = sealed.split_at(HEAD);
        // Compared in constant time.
        self.mac(what, campaign, head).verify_truncated_left(mac).ok()?;
        let expires = i64::from_be_bytes(head[SALT..].try_into().ok()?);
        (expires > now).then_some((sealed, expires))
    }

    fn mac(&self, what: For, campaign: CampaignId, head: &[u8]) -> Hmac<Sha256> {
        let what: &[u8] = match what {
            For::Challenge => b"challenge\n",
            For::Token => b"token\n",
        };
        // Both are of a fixed length, so no two of these are the same bytes.
        self.key.clone().chain_update(what).chain_update(campaign.to_string()).chain_update(head)
    }
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // A key that is shorter than a block is filled up with zeros (RFC 2104 §2).
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    Hmac::new(&(*block).into())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn tokens(seed: u8) -> BearerTokens {
        BearerTokens::new(&Seed::from_bytes([seed; 32]), NOW)
    }

    fn campaign(number: u8) -> CampaignId {
        format!("{number:032x}").parse().unwrap()
    }

    #[track_caller]
    fn check_refused<T>(result: Result<T, Refusal>, code: ProblemCode) {
        assert_eq!(result.err().map(|refusal| refusal.code()), Some(code));
    }

    #[test]
    fn a_challenge_is_good_once_for_its_campaign_and_two_minutes() {
        let tokens = tokens(1);
        let nonce = tokens.challenge(campaign(1), NOW).nonce;
        assert_eq!(BASE64.decode(nonce.as_bytes()).unwrap().len(), 32);
        check_refused(tokens.token(campaign(2), &nonce, NOW), ProblemCode::NoToken);
        check_refused(tokens.token(campaign(1), &nonce, NOW + 120), ProblemCode::NoToken);
        tokens.token(campaign(1), &nonce, NOW + 119).unwrap();
        check_refused(tokens.token(campaign(1), &nonce, NOW + 119), ProblemCode::NoToken);
    }

    #[test]
    fn a_token_is_good_at_every_instance_with_the_key_for_its_campaign_and_ten_minutes() {
        let (one, other, stranger) = (tokens(1), tokens(1), tokens(2));
        let nonce = one.challenge(campaign(1), NOW).nonce;
        let token = one.token(campaign(1), &nonce, NOW).unwrap().token;
        other.check(campaign(1), &token, NOW + 599).unwrap();
        check_refused(other.check(campaign(1), &token, NOW + 600), ProblemCode::NoToken);
        check_refused(other.check(campaign(2), &token, NOW), ProblemCode::NoToken);
        check_refused(stranger.check(campaign(1), &token, NOW), ProblemCode::NoToken);
        check_refused(one.check(campaign(1), &nonce, NOW), ProblemCode::NoToken);
        check_refused(one.token(campaign(1), &token, NOW), ProblemCode::NoToken);
        let bytes = BASE64.decode(token.as_bytes()).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            check_refused(one.check(campaign(1), &BASE64.encode(&changed), NOW), ProblemCode::NoToken);
        }
    }

    #[test]
    fn thousands_of_open_challenges_keep_nobody_out_and_used_ones_only_their_campaign() {
        let tokens = tokens(1);
        (0..10_000).for_each(|_| drop(tokens.challenge(campaign(1), NOW)));
        assert!(tokens.used.lock().unwrap().is_empty(), "nothing is kept for an open one");
        let ask =
            |number, now| tokens.token(campaign(number), &tokens.challenge(campaign(number), now).nonce, now);
        (0..MOST_USED).for_each(|_| drop(ask(1, NOW).unwrap()));
        check_refused(ask(1, NOW), ProblemCode::SlowDown);
        ask(2, NOW).unwrap();
        ask(1, NOW + 121).unwrap();
        assert_eq!(tokens.used.lock().unwrap()[&campaign(1)].len(), 1, "the old ones are forgotten");
    }

    #[test]
    fn after_a_start_a_challenge_from_before_it_is_not_taken_again() {
        let seed = Seed::from_bytes([1; 32]);
        let nonce = BearerTokens::new(&seed, NOW).challenge(campaign(1), NOW).nonce;
        check_refused(
            BearerTokens::new(&seed, NOW + 1).token(campaign(1), &nonce, NOW + 1),
            ProblemCode::NoToken,
        );
    }
}
