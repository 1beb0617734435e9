//! A signature, written.

use minicbor::{
    Encoder,
    encode::{self, Write},
};

use super::format::FORMAT;
use crate::signature::{Address, Consents, Method, PaperLine, Signature};

/// Writes the map, keys in order.
pub(super) fn write<W: Write>(
    signature: &Signature,
    e: &mut Encoder<W>,
) -> Result<(), encode::Error<W::Error>> {
    let ink = signature.ink.as_ref().and_then(|ink| ink.to_bytes().ok());
    let optional = [
        signature.email.is_some(),
        signature.phone.is_some(),
        !signature.address.is_empty(),
        signature.comment.is_some(),
        signature.of_age.is_some(),
        ink.is_some(),
        signature.shift.is_some(),
        signature.withdrawal_code.is_some(),
        signature.paper.is_some(),
        signature.typed_signature.is_some(),
        signature.text_language.is_some(),
        signature.phone_as_typed.is_some(),
    ];
    e.map(9 + count(&optional))?;
    e.u8(0)?.u64(FORMAT)?;
    e.u8(1)?.bytes(signature.id.as_bytes())?;
    e.u8(2)?.bytes(signature.petition.as_bytes())?;
    e.u8(3)?.bytes(&signature.text_hash)?;
    e.u8(4)?.u64(signature.signed_at)?;
    e.u8(5)?.str(&signature.language)?;
    e.u8(6)?.u8(match signature.method {
        Method::Kiosk => 0,
        Method::Paper => 1,
    })?;
    e.u8(7)?.str(&signature.full_name)?;
    write_text(e, 8, signature.email.as_deref())?;
    write_text(e, 9, signature.phone.as_deref())?;
    if !signature.address.is_empty() {
        let Address { country, postal_code, city, region, street } = &signature.address;
        e.u8(10)?;
        write_texts(e, &[country, postal_code, city, region, street].map(Option::as_deref))?;
    }
    write_text(e, 11, signature.comment.as_deref())?;
    if let Some(of_age) = signature.of_age {
        e.u8(12)?.bool(of_age)?;
    }
    if let Some(ink) = ink {
        e.u8(13)?.bytes(&ink)?;
    }
    let Consents { public_display, updates, sharing } = signature.consents;
    e.u8(14)?.map(3)?.u8(0)?.bool(public_display)?.u8(1)?.bool(updates)?.u8(2)?.bool(sharing)?;
    if let Some(shift) = &signature.shift {
        let texts = [&shift.place, &shift.volunteer];
        e.u8(15)?.map(1 + count(&texts.map(|text| !text.is_empty())))?;
        e.u8(0)?.bytes(shift.id.as_bytes())?;
        for (key, text) in (1..).zip(texts) {
            write_text(e, key, Some(text.as_str()).filter(|text| !text.is_empty()))?;
        }
    }
    write_text(e, 16, signature.withdrawal_code.as_ref().map(|code| code.as_str()))?;
    if let Some(PaperLine { sheet, line }) = signature.paper {
        e.u8(17)?.map(2)?.u8(0)?.u32(sheet)?.u8(1)?.u32(line)?;
    }
    write_text(e, 18, signature.typed_signature.as_deref())?;
    write_text(e, 19, signature.text_language.as_deref())?;
    write_text(e, 20, signature.phone_as_typed.as_deref())
}

/// How many of them are there.
fn count(there: &[bool]) -> u64 {
    there.iter().map(|there| u64::from(*there)).sum()
}

/// Writes a key with its text, where there is one.
fn write_text<W: Write>(
    e: &mut Encoder<W>,
    key: u8,
    text: Option<&str>,
) -> Result<(), encode::Error<W::Error>> {
    if let Some(text) = text {
        e.u8(key)?.str(text)?;
    }
    Ok(())
}

/// Writes a map of those texts that are there, with their places as keys.
fn write_texts<W: Write>(e: &mut Encoder<W>, texts: &[Option<&str>]) -> Result<(), encode::Error<W::Error>> {
    e.map(texts.iter().flatten().count() as u64)?;
    for (key, text) in (0..).zip(texts) {
        write_text(e, key, *text)?;
    }
    Ok(())
}
