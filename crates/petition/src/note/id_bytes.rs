//! An id as 16 bytes of CBOR.

use minicbor::{
    Decoder, Encoder,
    decode::Error as DecodeError,
    encode::{Error as EncodeError, Write},
};
use uuid::Uuid;

pub(super) fn encode<C, W: Write>(
    id: &Uuid,
    e: &mut Encoder<W>,
    _: &mut C,
) -> Result<(), EncodeError<W::Error>> {
    e.bytes(id.as_bytes())?.ok()
}

pub(super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Uuid, DecodeError> {
    Uuid::from_slice(d.bytes()?).map_err(|_| DecodeError::message("an id has 16 bytes"))
}
