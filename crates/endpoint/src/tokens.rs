//! Challenges and pull tokens: in memory, short-lived.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use data_encoding::BASE64;
use proof::CampaignId;
use rand::Rng;
use wire::{Challenge, ProblemCode, Token};

use crate::problem::Refusal;

const CHALLENGE_SECONDS: i64 = 120;
const TOKEN_SECONDS: i64 = 600;
/// More challenges than this are not waiting for an honest desk.
const MANY: usize = 1_000;

#[derive(Default)]
pub(crate) struct Tokens {
    given: Mutex<Given>,
}

#[derive(Default)]
struct Given {
    challenges: HashMap<String, (CampaignId, i64)>,
    tokens: HashMap<String, (CampaignId, i64)>,
}

impl Tokens {
    /// A new challenge, at a time in Unix seconds.
    pub(crate) fn challenge(&self, campaign: CampaignId, now: i64) -> Result<Challenge, Refusal> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.challenges.retain(|_, (_, expires)| *expires > now);
        if given.challenges.len() >= MANY {
            return Err(Refusal::later(ProblemCode::SlowDown, "too many challenges are open", 30));
        }
        let (nonce, expires) = (random(), now + CHALLENGE_SECONDS);
        given.challenges.insert(nonce.clone(), (campaign, expires));
        Ok(Challenge { nonce, expires })
    }

    /// A token for a challenge that was signed; the challenge is used up.
    pub(crate) fn token(&self, campaign: CampaignId, nonce: &str, now: i64) -> Result<Token, Refusal> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let open =
            given.challenges.remove(nonce).is_some_and(|(of, expires)| of == campaign && expires > now);
        if !open {
            return Err(Refusal::new(ProblemCode::NoToken, "the challenge is unknown, used or too old"));
        }
        given.tokens.retain(|_, (_, expires)| *expires > now);
        let (token, expires) = (random(), now + TOKEN_SECONDS);
        given.tokens.insert(token.clone(), (campaign, expires));
        Ok(Token { token, expires })
    }

    /// Whether a token is good for a campaign now. It is 32 random bytes, found by its hash: nothing is compared
    /// byte by byte with what could be guessed.
    pub(crate) fn check(&self, campaign: CampaignId, token: &str, now: i64) -> Result<(), Refusal> {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        match given.tokens.get(token) {
            Some((of, expires)) if *of == campaign && *expires > now => Ok(()),
            _ => Err(Refusal::new(ProblemCode::NoToken, "a token of this campaign is needed")),
        }
    }
}

fn random() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    BASE64.encode(&bytes)
}
