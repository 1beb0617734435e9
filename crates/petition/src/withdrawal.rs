//! The code by which a person can withdraw a signature.

use std::fmt;
use std::str::FromStr;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// How many characters a code has, five bits each.
const LENGTH: usize = 10;

/// Crockford's base32: digits and letters without I, L, O and U.
const SYMBOLS: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A withdrawal code: ten characters of Crockford base32, from 50 random bits.
///
/// Shown as `ABCDE-FGHJK`. Reading is forgiving: small letters, O for 0, I and L for 1, hyphens and spaces
/// anywhere. It has no `Debug`, and is wiped when dropped: who has the code can withdraw the signature.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct WithdrawalCode([u8; LENGTH]);

impl WithdrawalCode {
    /// The code made of the first 50 of 56 random bits. The caller brings them from a cryptographic source.
    #[must_use]
    pub fn from_random(mut random: [u8; 7]) -> WithdrawalCode {
        let mut bits = random.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte)) >> 6;
        let mut code = [0; LENGTH];
        for place in code.iter_mut().rev() {
            *place = symbol(bits);
            bits >>= 5;
        }
        random.zeroize();
        WithdrawalCode(code)
    }

    /// The ten characters, without a hyphen: the form in a signature.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The symbol of the last five bits.
fn symbol(bits: u64) -> u8 {
    SYMBOLS.get(usize::try_from(bits & 31).unwrap_or_default()).copied().unwrap_or(b'0')
}

impl fmt::Display for WithdrawalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.as_str().split_at(LENGTH / 2);
        write!(f, "{first}-{second}")
    }
}

impl FromStr for WithdrawalCode {
    type Err = WithdrawalCodeError;

    fn from_str(text: &str) -> Result<WithdrawalCode, WithdrawalCodeError> {
        let mut code = WithdrawalCode([0; LENGTH]);
        let mut length = 0;
        for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–')) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let symbol = u8::try_from(c).ok().filter(|symbol| SYMBOLS.contains(symbol));
            let symbol = symbol.ok_or(WithdrawalCodeError::Character)?;
            *code.0.get_mut(length).ok_or(WithdrawalCodeError::Length)? = symbol;
            length += 1;
        }
        if length == LENGTH { Ok(code) } else { Err(WithdrawalCodeError::Length) }
    }
}

/// Why a text is no withdrawal code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawalCodeError {
    /// Not ten characters.
    #[error("a withdrawal code has ten characters")]
    Length,
    /// A character that is in no code.
    #[error("a withdrawal code is made of digits and letters without U")]
    Character,
}

impl WithdrawalCodeError {
    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            WithdrawalCodeError::Length => "withdrawal-code/length",
            WithdrawalCodeError::Character => "withdrawal-code/character",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(typed: &str, expect: Result<&str, WithdrawalCodeError>) {
        let read = typed.parse::<WithdrawalCode>();
        assert_eq!(read.as_ref().map(WithdrawalCode::as_str).map_err(|error| *error), expect, "{typed}");
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        check("ABCDE-FGHJK", Ok("ABCDEFGHJK"));
        check("abcde fghjk", Ok("ABCDEFGHJK"));
        check(" a b-c–d e f g h j k ", Ok("ABCDEFGHJK"));
        check("oOiIlL-00112", Err(WithdrawalCodeError::Length));
        check("oOiIl-L0112", Ok("0011110112"));
        check("ABCDE-FGHJ", Err(WithdrawalCodeError::Length));
        check("", Err(WithdrawalCodeError::Length));
        check("ABCDE-FGHJU", Err(WithdrawalCodeError::Character));
        check("ABCDE-FGHJé", Err(WithdrawalCodeError::Character));
    }

    #[test]
    fn a_code_is_shown_in_two_fives() {
        assert_eq!(WithdrawalCode::from_random([0; 7]).to_string(), "00000-00000");
        assert_eq!(WithdrawalCode::from_random([255; 7]).to_string(), "ZZZZZ-ZZZZZ");
        assert_eq!(
            WithdrawalCode::from_random([0b0000_1000, 0, 0, 0, 0, 0, 0b0100_0000]).to_string(),
            "10000-00001"
        );
    }

    proptest! {
        #[test]
        fn a_code_shown_is_a_code_read(random: [u8; 7]) {
            let code = WithdrawalCode::from_random(random);
            prop_assert!(code.to_string().parse::<WithdrawalCode>() == Ok(code.clone()));
            prop_assert!(code.to_string().to_lowercase().parse::<WithdrawalCode>() == Ok(code));
        }

        #[test]
        fn each_of_the_fifty_bits_matters(random: [u8; 7], bit in 0usize..50) {
            let mut other = random;
            other[bit / 8] ^= 0x80 >> (bit % 8);
            prop_assert!(WithdrawalCode::from_random(random) != WithdrawalCode::from_random(other));
        }
    }
}
