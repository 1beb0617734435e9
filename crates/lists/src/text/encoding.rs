//! The encoding of a text: by its mark, by being valid, by its pattern, or guessed.

use std::io::{Read, Seek, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::ListError;
use crate::source::{EncodingGuess, EncodingHow};

const CHUNK: usize = 1 << 16;

/// How much of what is not ASCII the detector is shown: more does not change its mind.
const SHOWN_MAX: usize = 1 << 20;

/// The encoding of that name, or label (WHATWG Encoding Standard §4.2).
pub(crate) fn known_encoding(name: &str) -> Result<&'static Encoding, ListError> {
    Encoding::for_label_no_replacement(name.as_bytes()).ok_or(ListError::UnknownEncoding)
}

/// Reads the whole text once, in pieces: a letter with an accent may stand in its last line alone.
pub(crate) fn guess_encoding<R: Read + Seek>(reader: &mut R) -> Result<EncodingGuess, ListError> {
    reader.seek(SeekFrom::Start(0))?;
    let mut chunk = vec![0; CHUNK];
    let mut length = fill(reader, &mut chunk)?;
    let guess = |encoding: &'static Encoding, how| EncodingGuess { name: encoding.name().to_owned(), how };
    if let Some((encoding, _)) = Encoding::for_bom(&chunk[..length]) {
        // The mark of UTF-32 begins as that of UTF-16 does.
        let is_utf_32 = encoding == UTF_16LE && chunk[..length].get(2..4) == Some(&[0, 0]);
        return if is_utf_32 { Err(ListError::NotText) } else { Ok(guess(encoding, EncodingHow::Mark)) };
    }
    if memchr::memchr(0, &chunk[..length]).is_some() {
        let encoding = wide_encoding(&chunk[..length]).ok_or(ListError::NotText)?;
        return Ok(guess(encoding, EncodingHow::Pattern));
    }
    let mut utf_8 = Utf8Check::default();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let mut shown = 0;
    while length > 0 {
        let bytes = &chunk[..length];
        // Such as what a program of Windows added to a text in UTF-16.
        if memchr::memchr(0, bytes).is_some() {
            return Err(ListError::NotText);
        }
        utf_8.feed(bytes);
        let is_plain = bytes.is_ascii() && !bytes.contains(&0x1b);
        if !is_plain && shown < SHOWN_MAX {
            detector.feed(bytes, false);
            shown += length;
        }
        length = fill(reader, &mut chunk)?;
    }
    detector.feed(&[], true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    // ISO-2022-JP is of ASCII bytes alone, and so valid UTF-8.
    if guessed == encoding_rs::ISO_2022_JP {
        return Ok(guess(guessed, EncodingHow::Guessed));
    }
    let (encoding, how) =
        if utf_8.is_whole() { (UTF_8, EncodingHow::Valid) } else { (guessed, EncodingHow::Guessed) };
    Ok(guess(encoding, how))
}

/// Fills the buffer as far as there are bytes.
fn fill<R: Read>(reader: &mut R, buffer: &mut [u8]) -> Result<usize, ListError> {
    let mut length = 0;
    while length < buffer.len() {
        match reader.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(length)
}

/// UTF-16 without a mark, by where its NUL bytes are: every table has signs of ASCII, and they are half NUL.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.chunks_exact(2);
    let count = |low: usize, high: usize| {
        let is_ascii =
            |pair: &&[u8]| pair[high] == 0 && matches!(pair[low], b'\t' | b'\n' | b'\r' | b' '..=b'~');
        pairs.clone().filter(is_ascii).count()
    };
    let (little, big) = (count(0, 1), count(1, 0));
    let (encoding, most, least) =
        if little > big { (UTF_16LE, little, big) } else { (UTF_16BE, big, little) };
    // Where a text of other bytes stands before or after, most of its line ends are not of that width.
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let high = usize::from(encoding == UTF_16LE);
    let wide_ends = pairs.clone().filter(|pair| pair[high] == 0 && is_end(&pair[1 - high])).count();
    let ends = bytes.iter().filter(|byte| is_end(byte)).count();
    let even = &bytes[..bytes.len() & !1];
    let is_text = most > 8 * least
        && wide_ends * 2 >= ends
        && pairs.clone().all(|pair| pair != [0, 0])
        && !encoding.decode_without_bom_handling(even).1;
    (is_text && most > 0).then_some(encoding)
}

/// Whether bytes that come in pieces are UTF-8.
struct Utf8Check {
    is_valid: bool,
    /// The beginning of a character whose rest is in the next piece.
    begun: Vec<u8>,
}

impl Default for Utf8Check {
    fn default() -> Self {
        Self { is_valid: true, begun: Vec::new() }
    }
}

impl Utf8Check {
    fn feed(&mut self, mut bytes: &[u8]) {
        while self.is_valid && !self.begun.is_empty() {
            let Some((first, rest)) = bytes.split_first() else { return };
            self.begun.push(*first);
            bytes = rest;
            match std::str::from_utf8(&self.begun) {
                Ok(_) => self.begun.clear(),
                Err(error) => self.is_valid = error.error_len().is_none(),
            }
        }
        if let Err(error) = std::str::from_utf8(bytes) {
            match error.error_len() {
                Some(_) => self.is_valid = false,
                None => self.begun = bytes[error.valid_up_to()..].to_vec(),
            }
        }
    }

    fn is_whole(&self) -> bool {
        self.is_valid && self.begun.is_empty()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], name: &str, how: EncodingHow) {
        let guess = guess_encoding(&mut Cursor::new(bytes)).unwrap();
        assert_eq!((guess.name.as_str(), guess.how), (name, how));
    }

    fn utf_16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    const TABLE: &str =
        "Nom;Ville\r\nÉlise N'Guessan;Orléans\r\nChloé Petit;Besançon\r\nFrançois Müller;Nîmes\r\n";

    #[test]
    fn marks_and_valid_texts_are_certain() {
        check(TABLE.as_bytes(), "UTF-8", EncodingHow::Valid);
        check(b"name,email\n", "UTF-8", EncodingHow::Valid);
        check(format!("\u{feff}{TABLE}").as_bytes(), "UTF-8", EncodingHow::Mark);
        check(&utf_16(&format!("\u{feff}{TABLE}"), false), "UTF-16LE", EncodingHow::Mark);
        check(&utf_16(&format!("\u{feff}{TABLE}"), true), "UTF-16BE", EncodingHow::Mark);
    }

    #[test]
    fn wide_texts_without_a_mark_are_known_by_their_pattern() {
        check(&utf_16(TABLE, false), "UTF-16LE", EncodingHow::Pattern);
        check(&utf_16(TABLE, true), "UTF-16BE", EncodingHow::Pattern);
        check(&utf_16("氏名,市\n山田太郎,東京\n", true), "UTF-16BE", EncodingHow::Pattern);
    }

    #[test]
    fn code_pages_are_guessed() {
        let encoded = |encoding: &'static Encoding, text: &str| encoding.encode(text).0.into_owned();
        check(&encoded(encoding_rs::WINDOWS_1252, TABLE), "windows-1252", EncodingHow::Guessed);
        let cyrillic = "Имя;Город\nИван Петров;Москва\nМария Сидорова;Новосибирск\n";
        check(&encoded(encoding_rs::WINDOWS_1251, cyrillic), "windows-1251", EncodingHow::Guessed);
        let japanese =
            "氏名,市区町村,理由\n山田太郎,東京都千代田区,賛成します\n鈴木花子,大阪府大阪市,お願いします\n";
        check(&encoded(encoding_rs::SHIFT_JIS, japanese), "Shift_JIS", EncodingHow::Guessed);
    }

    #[test]
    fn an_accent_in_the_last_line_is_found() {
        let mut bytes = b"name,city\n".to_vec();
        (0..20_000).for_each(|_| bytes.extend_from_slice(b"Ada Example,London\n"));
        let mut latin = bytes.clone();
        latin.extend_from_slice(b"Zo\xeb Example,Orl\xe9ans\n");
        check(&latin, "windows-1252", EncodingHow::Guessed);
        bytes.extend_from_slice("Zoë Example,Orléans\n".as_bytes());
        check(&bytes, "UTF-8", EncodingHow::Valid);
    }

    #[test]
    fn a_character_may_lie_across_two_pieces() {
        for before in CHUNK - 4..CHUNK + 1 {
            let text = format!("{}€😀,x\n", "a".repeat(before));
            check(text.as_bytes(), "UTF-8", EncodingHow::Valid);
        }
    }

    #[test]
    fn bytes_of_no_text_are_told() {
        for bytes in [&b"a,b\0\0\0\n"[..], b"\xff\xfe\0\0a\0\0\0", &[0; 100]] {
            assert!(matches!(guess_encoding(&mut Cursor::new(bytes)), Err(ListError::NotText)));
        }
    }
}
