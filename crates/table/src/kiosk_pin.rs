//! The PIN that ends the kiosk: its rule, its hash, and the waits after wrong tries.

use argon2::{Algorithm, Argon2, Params, Version};
use rand::CryptoRng;
use wire::PinResetCode;
use zeroize::Zeroizing;

use crate::{error::TableError, random::random, storage::pin, table::Table};

/// Seconds to wait after so many wrong tries in a row; the last is for all that follow.
const DELAYS: [u32; 8] = [0, 0, 5, 15, 30, 60, 120, 300];

/// What came of a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinOutcome {
    /// It is right.
    Right,
    /// It is wrong; the next try counts after this long.
    Wrong {
        /// Seconds.
        wait_seconds: u32,
    },
    /// It was not looked at: the wait of the last wrong try is not over.
    Wait {
        /// Seconds that are left.
        wait_seconds: u32,
    },
}

/// The hash of a PIN that may be kept: 6 to 12 digits, and none that is tried first.
pub(crate) fn new_pin(digits: &str, rng: &mut impl CryptoRng) -> Result<pin::Row, TableError> {
    check_strength(digits)?;
    let salt = random(rng);
    Ok(pin::Row { salt, hash: *hash(digits, &salt)?, failures: 0, failed_at: 0 })
}

/// Whether a PIN may be kept.
pub(crate) fn check_strength(digits: &str) -> Result<(), TableError> {
    if !(6..=12).contains(&digits.len()) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(TableError::PinShape);
    }
    let digits = digits.as_bytes();
    let step = |pair: &[u8]| (pair[1] + 10 - pair[0]) % 10;
    let is_run = |by: u8| digits.windows(2).all(|pair| step(pair) == by);
    let repeats = |part: usize| digits[part..] == digits[..digits.len() - part];
    if is_run(0) {
        Err(TableError::PinOneDigit)
    } else if is_run(1) || is_run(9) {
        Err(TableError::PinRun)
    } else if (2..=digits.len() / 2).any(repeats) {
        Err(TableError::PinRepeats)
    } else {
        Ok(())
    }
}

impl Table {
    /// Whether it has a PIN that ends the kiosk. One without is not handed to signers.
    pub fn has_pin(&self) -> Result<bool, TableError> {
        Ok(pin::find(&self.storage.connection)?.is_some())
    }

    /// Sets the PIN that ends the kiosk, kept as an Argon2id hash in the encrypted database, at a time (Unix seconds). Where
    /// there is one, `old` must be it: a wrong one counts as a wrong try.
    ///
    /// Errors: [`TableError::PinShape`] and those of a weak PIN, before `old` is looked at; [`TableError::PinNeeded`],
    /// [`TableError::PinWrong`].
    pub fn set_pin(
        &mut self,
        old: Option<&str>,
        new: &str,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), TableError> {
        let row = new_pin(new, rng)?;
        if self.has_pin()? {
            match self.check_pin(old.ok_or(TableError::PinNeeded)?, now)? {
                PinOutcome::Right => {}
                PinOutcome::Wrong { wait_seconds } | PinOutcome::Wait { wait_seconds } => {
                    return Err(TableError::PinWrong { wait_seconds });
                }
            }
        }
        Ok(pin::set(&self.storage.connection, &row)?)
    }

    /// Whether it may be handed to signers: a shift runs that is not paused, and a PIN takes it back.
    ///
    /// Errors: [`TableError::NoShift`], [`TableError::Paused`], [`TableError::NoPin`], [`TableError::AllEnded`].
    pub fn check_hand_over(&self) -> Result<(), TableError> {
        self.collecting()?;
        match self.has_pin()? {
            _ if self.is_all_ended() => Err(TableError::AllEnded),
            false => Err(TableError::NoPin),
            true => Ok(()),
        }
    }

    /// Tries a PIN at a time (Unix seconds). Waits grow with wrong tries and survive a restart.
    ///
    /// A table without a PIN is ended by any. A clock that was set back restarts a wait, and cannot prolong it.
    pub fn check_pin(&mut self, digits: &str, now: i64) -> Result<PinOutcome, TableError> {
        let Some(row) = pin::find(&self.storage.connection)? else { return Ok(PinOutcome::Right) };
        // Both are hashes under a random salt: how far they agree tells nothing about the digits.
        self.spend_try(row, now, |row| Ok(*hash(digits, &row.salt)? == row.hash))
    }

    /// Sets a new PIN for the PIN reset code of the table's kit, at a time (Unix seconds). A wrong code counts as a wrong
    /// try of the PIN and waits as long; the right one ends the waits.
    ///
    /// Errors: [`TableError::PinShape`] and those of a weak PIN, before the code is looked at; [`TableError::ResetCode`] for what
    /// is no code, which costs no try; [`TableError::NoPinReset`], [`TableError::NoPin`].
    pub fn reset_pin(
        &mut self,
        code: &str,
        new: &str,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<PinOutcome, TableError> {
        let new = new_pin(new, rng)?;
        let row = pin::find(&self.storage.connection)?.ok_or(TableError::NoPin)?;
        let certificate = &self.kit.certificate.body;
        let right = certificate.pin_reset.as_ref().ok_or(TableError::NoPinReset)?;
        // Anybody may read the digest: how far another agrees with it tells nothing that it does not.
        let is_right = code.parse::<PinResetCode>()?.digest(certificate.kit) == *right;
        let outcome = self.spend_try(row, now, |_| Ok(is_right))?;
        if outcome == PinOutcome::Right {
            pin::set(&self.storage.connection, &new)?;
        }
        Ok(outcome)
    }

    /// Tries a secret, unless the wait of the last wrong try is not over.
    fn spend_try(
        &self,
        mut row: pin::Row,
        now: i64,
        is_right: impl FnOnce(&pin::Row) -> Result<bool, TableError>,
    ) -> Result<PinOutcome, TableError> {
        let since = now - row.failed_at;
        if since < 0 {
            row.failed_at = now;
            pin::set(&self.storage.connection, &row)?;
        }
        let left = i64::from(delay(row.failures)) - since.max(0);
        if left > 0 {
            return Ok(PinOutcome::Wait { wait_seconds: u32::try_from(left).unwrap_or(u32::MAX) });
        }
        let right = is_right(&row)?;
        row.failures = if right { 0 } else { row.failures.saturating_add(1) };
        row.failed_at = now;
        pin::set(&self.storage.connection, &row)?;
        Ok(if right { PinOutcome::Right } else { PinOutcome::Wrong { wait_seconds: delay(row.failures) } })
    }
}

fn delay(failures: u32) -> u32 {
    let at = usize::try_from(failures).unwrap_or(usize::MAX).min(DELAYS.len() - 1);
    DELAYS[at]
}

fn hash(digits: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, TableError> {
    let params = Params::new(19 * 1024, 2, 1, Some(32)).map_err(|_| TableError::Damaged)?;
    let mut hash = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(digits.as_bytes(), salt, hash.as_mut_slice())
        .map_err(|_| TableError::Damaged)?;
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(digits: &str, expect: Option<&str>) {
        assert_eq!(check_strength(digits).err().map(|error| error.code()), expect, "{digits}");
    }

    #[test]
    fn a_pin_that_is_tried_first_is_refused_with_the_reason() {
        for good in ["246813", "135790", "112358", "100000", "123457", "918273645012", "123321"] {
            check(good, None);
        }
        for shape in ["", "24681", "2468135790123", "24681a", "24 681", "२४६८१३", "-12345"] {
            check(shape, Some("table/pin-shape"));
        }
        for one in ["000000", "77777777"] {
            check(one, Some("table/pin-one-digit"));
        }
        for run in ["123456", "987654", "890123", "210987", "0123456789"] {
            check(run, Some("table/pin-run"));
        }
        for repeated in ["121212", "123123", "12341234", "1212121", "24682468"] {
            check(repeated, Some("table/pin-repeats"));
        }
    }
}
