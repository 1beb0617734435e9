//! A signature, read.

use minicbor::{Decoder, data::Type};
use uuid::Uuid;

use super::{error::SignatureError, format::FORMAT};
use crate::{
    draft::Ink,
    signature::{Address, Consents, Method, PaperLine, Shift, Signature},
};

/// Reads the map of a signature.
pub(super) fn read(d: &mut Decoder<'_>) -> Result<Signature, SignatureError> {
    let mut signature = Signature {
        id: Uuid::nil(),
        petition: Uuid::nil(),
        text_hash: [0; 32],
        signed_at: 0,
        language: String::new(),
        text_language: None,
        method: Method::Kiosk,
        full_name: String::new(),
        email: None,
        phone: None,
        phone_as_typed: None,
        address: Address::default(),
        comment: None,
        of_age: None,
        ink: None,
        typed_signature: None,
        consents: Consents::default(),
        shift: None,
        withdrawal_code: None,
        paper: None,
    };
    let needed = [0, 1, 2, 3, 4, 5, 6, 7, 14];
    read_map(d, &needed, |d, key| {
        match key {
            0 => match d.u64()? {
                FORMAT => {}
                format => return Err(SignatureError::UnknownFormat(format)),
            },
            1 => signature.id = read_id(d, key)?,
            2 => signature.petition = read_id(d, key)?,
            3 => signature.text_hash = d.bytes()?.try_into().map_err(|_| SignatureError::Value(key))?,
            4 => signature.signed_at = d.u64()?,
            5 => signature.language = d.str()?.to_owned(),
            6 => {
                signature.method = match d.u64()? {
                    0 => Method::Kiosk,
                    1 => Method::Paper,
                    _ => return Err(SignatureError::Value(key)),
                }
            }
            7 => signature.full_name = d.str()?.to_owned(),
            8 => signature.email = Some(d.str()?.to_owned()),
            9 => signature.phone = Some(d.str()?.to_owned()),
            10 => signature.address = read_address(d)?,
            11 => signature.comment = Some(d.str()?.to_owned()),
            12 => signature.of_age = Some(d.bool()?),
            13 => signature.ink = Some(Ink::from_bytes(d.bytes()?).map_err(|_| SignatureError::Value(key))?),
            14 => signature.consents = read_consents(d)?,
            15 => signature.shift = Some(read_shift(d)?),
            16 => {
                // A code written otherwise than it is printed is caught when the whole is written again.
                signature.withdrawal_code = Some(d.str()?.parse().map_err(|_| SignatureError::Value(key))?);
            }
            17 => signature.paper = Some(read_paper(d)?),
            18 => signature.typed_signature = Some(d.str()?.to_owned()),
            19 => signature.text_language = Some(d.str()?.to_owned()),
            20 => signature.phone_as_typed = Some(d.str()?.to_owned()),
            _ => return Err(SignatureError::UnknownKey(key)),
        }
        Ok(())
    })?;
    Ok(signature)
}

/// Reads a map with uint keys in order, of which `needed` must be there.
fn read_map<'b>(
    d: &mut Decoder<'b>,
    needed: &[u64],
    mut entry: impl FnMut(&mut Decoder<'b>, u64) -> Result<(), SignatureError>,
) -> Result<(), SignatureError> {
    if d.datatype()? == Type::MapIndef {
        return Err(SignatureError::NotDeterministic);
    }
    let entries = d.map()?.ok_or(SignatureError::NotDeterministic)?;
    let mut needed = needed.iter().peekable();
    let mut last = None;
    for _ in 0..entries {
        let key = d.u64()?;
        if last.is_some_and(|last| key <= last) {
            return Err(SignatureError::KeyOrder(key));
        }
        last = Some(key);
        match needed.peek() {
            Some(next) if **next == key => _ = needed.next(),
            Some(next) if **next < key => return Err(SignatureError::MissingKey(**next)),
            _ => {}
        }
        entry(d, key)?;
    }
    match needed.next() {
        Some(key) => Err(SignatureError::MissingKey(*key)),
        None => Ok(()),
    }
}

/// Reads an id of 16 bytes.
fn read_id(d: &mut Decoder<'_>, key: u64) -> Result<Uuid, SignatureError> {
    Uuid::from_slice(d.bytes()?).map_err(|_| SignatureError::Value(key))
}

/// Reads key 10.
fn read_address(d: &mut Decoder<'_>) -> Result<Address, SignatureError> {
    let mut address = Address::default();
    read_map(d, &[], |d, key| {
        let part = match key {
            0 => &mut address.country,
            1 => &mut address.postal_code,
            2 => &mut address.city,
            3 => &mut address.region,
            4 => &mut address.street,
            _ => return Err(SignatureError::UnknownKey(key)),
        };
        *part = Some(d.str()?.to_owned());
        Ok(())
    })?;
    Ok(address)
}

/// Reads key 14: all three are there, chosen or not.
fn read_consents(d: &mut Decoder<'_>) -> Result<Consents, SignatureError> {
    let mut consents = Consents::default();
    read_map(d, &[0, 1, 2], |d, key| {
        let consent = match key {
            0 => &mut consents.public_display,
            1 => &mut consents.updates,
            2 => &mut consents.sharing,
            _ => return Err(SignatureError::UnknownKey(key)),
        };
        *consent = d.bool()?;
        Ok(())
    })?;
    Ok(consents)
}

/// Reads key 15.
fn read_shift(d: &mut Decoder<'_>) -> Result<Shift, SignatureError> {
    let mut shift = Shift { id: Uuid::nil(), place: String::new(), volunteer: String::new() };
    read_map(d, &[0], |d, key| {
        match key {
            0 => shift.id = read_id(d, 15)?,
            1 => shift.place = d.str()?.to_owned(),
            2 => shift.volunteer = d.str()?.to_owned(),
            _ => return Err(SignatureError::UnknownKey(key)),
        }
        Ok(())
    })?;
    Ok(shift)
}

/// Reads key 17.
fn read_paper(d: &mut Decoder<'_>) -> Result<PaperLine, SignatureError> {
    let mut paper = PaperLine { sheet: 0, line: 0 };
    read_map(d, &[0, 1], |d, key| {
        match key {
            0 => paper.sheet = d.u32()?,
            1 => paper.line = d.u32()?,
            _ => return Err(SignatureError::UnknownKey(key)),
        }
        Ok(())
    })?;
    Ok(paper)
}
