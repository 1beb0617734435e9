//! Crockford's base32, for what people read out, type and scan: forgiving to read, in groups to write.

use std::fmt;

use zeroize::Zeroizing;

/// Digits and letters without I, L, O and U.
const SYMBOLS: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// So many are read out in one breath.
const GROUP: usize = 4;

/// Writes bytes, whose bits are a multiple of five, in groups.
pub(crate) fn write(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for place in 0..8 * bytes.len() / 5 {
        if place > 0 && place % GROUP == 0 {
            f.write_str("-")?;
        }
        let symbol = (5 * place..5 * place + 5).fold(0, |symbol, bit| (symbol << 1) | bit_of(bytes, bit));
        write!(f, "{}", char::from(SYMBOLS[usize::from(symbol)]))?;
    }
    Ok(())
}

fn bit_of(bytes: &[u8], bit: usize) -> u8 {
    (bytes[bit / 8] >> (7 - bit % 8)) & 1
}

/// Reads as many bytes, whose bits are a multiple of five. Small letters, O for 0, I and L for 1, hyphens and spaces anywhere are taken.
pub(crate) fn read<const BYTES: usize>(text: &str) -> Option<Zeroizing<[u8; BYTES]>> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    let mut place = 0;
    for c in text.chars().filter(|c| !is_between(*c)) {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        let value = (0..).zip(SYMBOLS).find(|(_, symbol)| char::from(*symbol) == c);
        let (value, _): (u8, u8) = value?;
        if place >= 8 * BYTES / 5 {
            return None;
        }
        for bit in 0..5 {
            let at = 5 * place + bit;
            bytes[at / 8] |= ((value >> (4 - bit)) & 1) << (7 - at % 8);
        }
        place += 1;
    }
    (place == 8 * BYTES / 5).then_some(bytes)
}

/// What stands between characters for the eye alone.
pub(crate) fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–')
}
