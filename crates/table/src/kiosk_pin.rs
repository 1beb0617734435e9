use argon2::{Algorithm, Argon2, Params, Version};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::{Table, TableError, opening::random, storage::pin};

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

impl Table {
    /// Sets the PIN that ends the kiosk: 4 to 12 digits, kept as an Argon2id hash in the encrypted database.
    pub fn set_pin(&mut self, digits: &str, rng: &mut impl CryptoRng) -> Result<(), TableError> {
        if !(4..=12).contains(&digits.len()) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(TableError::PinShape);
        }
        let salt = random(rng);
        let row = pin::Row { salt, hash: *hash(digits, &salt)?, failures: 0, failed_at: 0 };
        pin::set(&self.storage.connection, &row)
    }

    /// Tries a PIN at a time (Unix seconds). Waits grow with wrong tries and survive a restart.
    ///
    /// A table without a PIN is ended by any. A clock that was set back restarts a wait, and cannot prolong it.
    pub fn check_pin(&mut self, digits: &str, now: i64) -> Result<PinOutcome, TableError> {
        let Some(mut row) = pin::find(&self.storage.connection)? else { return Ok(PinOutcome::Right) };
        let since = now - row.failed_at;
        if since < 0 {
            row.failed_at = now;
            pin::set(&self.storage.connection, &row)?;
        }
        let left = i64::from(delay(row.failures)) - since.max(0);
        if left > 0 {
            return Ok(PinOutcome::Wait { wait_seconds: u32::try_from(left).unwrap_or(u32::MAX) });
        }
        // Both are hashes under a random salt: how far they agree tells nothing about the digits.
        let right = *hash(digits, &row.salt)? == row.hash;
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
