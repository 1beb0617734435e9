//! Whatever is typed, and whatever bytes come.

use petition::{
    Address, Consents, Ink, Method, PaperLine, Point, Shift, Signature, SignatureError, WithdrawalCode,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::typed::{asks_everything, draft, facts, ink, petition};

/// Signatures have no `Debug`, so that a failing case shows only its bytes.
#[derive(Clone)]
struct Any(Signature);

impl std::fmt::Debug for Any {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02x?}", self.0.to_cbor().map(|bytes| bytes.to_vec()))
    }
}

prop_compose! {
    fn any_facts()(
        id: u128, minutes in 0..u64::MAX / 60, paper: bool, shift: Option<(u128, String, String)>,
        code: Option<[u8; 7]>, line: Option<(u32, u32)>
    ) -> (u128, u64, bool, Option<(u128, String, String)>, Option<[u8; 7]>, Option<(u32, u32)>) {
        (id, minutes * 60, paper, shift, code, line)
    }
}

prop_compose! {
    fn any_signature()(
        (id, signed_at, paper, shift, code, line) in any_facts(),
        full_name in "[\\p{L}]{1,30}", email: Option<String>, phone in prop::option::of("\\+[1-9][0-9]{1,14}"), typed_phone: Option<String>,
        country in prop::option::of("[A-Z]{2}"), city: Option<String>, street: Option<String>, comment: Option<String>,
        of_age: Option<bool>, typed: Option<String>, points in prop::option::of(1usize..50), consents: (bool, bool, bool), text_hash: [u8; 32],
        text_language in prop::option::of("[a-z]{2,3}(-[A-Za-z]{4})?")
    ) -> Any {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        Any(Signature {
            id: Uuid::from_u128(id),
            petition: Uuid::from_u128(!id),
            text_hash,
            signed_at,
            language: "am".to_owned(),
            text_language,
            method: if paper { Method::Paper } else { Method::Kiosk },
            full_name: draft(&full_name, |_| {}).sign(&petition(""), facts(), true).map_or("Ada".to_owned(), |s| s.full_name.clone()),
            email: given(email),
            phone_as_typed: phone.is_none().then_some(typed_phone).flatten().filter(|typed| !typed.is_empty()),
            phone,
            address: {
                let mut address = Address::default();
                address.country = country;
                address.city = given(city);
                address.street = given(street);
                address
            },
            comment: given(comment),
            of_age,
            ink: points.map(ink),
            typed_signature: given(typed).filter(|_| points.is_none()),
            consents: Consents { public_display: consents.0, updates: consents.1, sharing: consents.2 },
            shift: shift.map(|(id, place, volunteer)| Shift { id: Uuid::from_u128(id), place, volunteer }),
            withdrawal_code: code.map(WithdrawalCode::from_random),
            paper: line.map(|(sheet, line)| PaperLine { sheet, line }),
        })
    }
}

proptest! {
    #[test]
    fn a_signature_comes_back_from_its_bytes_and_from_no_others(
        signature in any_signature(), cut: prop::sample::Index, more in prop::collection::vec(any::<u8>(), 1..5)
    ) {
        let bytes = signature.0.to_cbor()?;
        prop_assert!(Signature::from_cbor(&bytes).is_ok_and(|back| back == signature.0));
        prop_assert!(Signature::from_cbor(&bytes[..cut.index(bytes.len())]).is_err());
        let longer = [bytes.as_slice(), &more].concat();
        prop_assert_eq!(Signature::from_cbor(&longer).err(), Some(SignatureError::TrailingBytes));
    }

    #[test]
    fn bytes_that_are_taken_are_the_bytes_that_are_written(
        signature in any_signature(), at: prop::sample::Index, byte: u8
    ) {
        let mut bytes = signature.0.to_cbor()?.to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = Signature::from_cbor(&bytes) {
            prop_assert!(read.to_cbor()?.as_slice() == bytes);
        }
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Signature::from_cbor(&bytes).is_err());
    }

    #[test]
    fn nothing_typed_makes_the_rules_panic_and_what_is_signed_can_be_sealed(
        typed in prop::collection::vec("\\PC{0,40}|.{0,300}|[+0-9() -]{0,20}|[a-z.@]{0,20}|[A-Z]{2}", 12),
        width: u16, height: u16, strokes in prop::collection::vec(prop::collection::vec(any::<(u16, u16, u8)>(), 0..9), 0..5),
        of_age: bool, required: bool
    ) {
        let everything = asks_everything(if required { "required" } else { "optional" });
        let mut typed = typed.into_iter();
        let mut next = || typed.next().unwrap_or_default();
        let draft = draft(&next(), |draft| {
            draft.language = next();
            draft.email = next();
            draft.phone = next();
            draft.country = next();
            draft.postal_code = next();
            draft.city = next();
            draft.region = next();
            draft.street = next();
            draft.comment = next();
            draft.of_age = of_age;
            let strokes = strokes
                .into_iter()
                .map(|stroke| stroke.into_iter().map(|(x, y, pressure)| Point { x, y, pressure }).collect())
                .collect();
            draft.ink = Some(Ink { width, height, strokes });
        });
        let problems = draft.validate(&everything, Method::Kiosk);
        prop_assert!(problems.is_sorted_by_key(|problem| problem.field));
        if let Ok(signature) = draft.sign(&everything, facts(), true) {
            prop_assert!(problems.iter().all(|problem| !problem.is_error()));
            let bytes = signature.to_cbor()?;
            prop_assert!(Signature::from_cbor(&bytes).is_ok_and(|back| back == signature));
        }
    }
}
