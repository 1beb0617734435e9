//! Signatures as bytes.

use petition::{
    CONTENT_MAX_BYTES, Ink, Method, PLACE_MAX_BYTES, PaperLine, Petition, Severity, Shift, Signature,
    SignatureError, VOLUNTEER_MAX_BYTES, WithdrawalCode,
};
use uuid::Uuid;

use crate::typed::{asks_everything, draft, facts, ink, petition};
use petition::Facts;

/// As long as the limits let anything be.
fn longest(petition: &Petition) -> Signature {
    let typed = draft(&"李".repeat(200), |draft| {
        draft.language = format!("en{}-abcd", "-abcdefgh".repeat(3));
        draft.email =
            format!("{}@{}.{}.{}.org", "a".repeat(64), "b".repeat(61), "c".repeat(61), "d".repeat(61));
        draft.phone = "+49 1521 1234567".into();
        draft.country = "DE".into();
        draft.postal_code = "李".repeat(20);
        draft.city = format!("{}aa", "李".repeat(66));
        draft.region = draft.city.clone();
        draft.street = "李".repeat(100);
        draft.comment = "éé".repeat(500);
        draft.of_age = true;
        draft.ink = Some(ink(818));
    });
    let facts = Facts {
        signed_at: u64::MAX,
        shift: Some(Shift { id: Uuid::max(), place: "李".repeat(100), volunteer: "李".repeat(100) }),
        withdrawal_code: Some(WithdrawalCode::from_random([255; 7])),
        paper: Some(PaperLine { sheet: u32::MAX, line: u32::MAX }),
        ..facts()
    };
    let problems = typed.validate(petition, Method::Kiosk);
    assert!(problems.iter().all(|problem| problem.severity == Severity::Warning), "{problems:?}");
    let mut signature = typed.sign(petition, facts, true).unwrap_or_else(|_| unreachable!());
    signature.phone = Some("+123456789012345".to_owned());
    signature
}

#[test]
fn the_longest_signature_that_the_limits_allow_can_be_sealed() {
    let everything = asks_everything("required");
    let signature = longest(&everything);
    assert_eq!(signature.full_name.len(), 600);
    assert_eq!(signature.email.as_ref().unwrap().len(), 254);
    assert_eq!(signature.address.city.as_ref().unwrap().len(), 200);
    assert_eq!(signature.address.street.as_ref().unwrap().len(), 300);
    assert_eq!(signature.comment.as_ref().unwrap().len(), 2000);
    assert_eq!(signature.shift.as_ref().unwrap().place.len(), PLACE_MAX_BYTES);
    assert_eq!(signature.shift.as_ref().unwrap().volunteer.len(), VOLUNTEER_MAX_BYTES);
    let bytes = signature.to_cbor().unwrap();
    assert!(bytes.len() <= CONTENT_MAX_BYTES, "{}", bytes.len());
    assert!(Signature::from_cbor(&bytes).is_ok_and(|back| back == signature));
}

#[test]
fn a_signature_that_no_one_could_read_back_is_not_written() {
    let good = draft("Ada", |_| {}).sign(&petition(""), facts(), true).unwrap_or_else(|_| unreachable!());
    let refused = |more: fn(&mut Signature)| {
        let mut signature = good.clone();
        more(&mut signature);
        signature.to_cbor().err()
    };
    assert_eq!(refused(|_| {}), None);
    for (key, more) in [
        (4, (|s| s.signed_at += 1) as fn(&mut Signature)),
        (5, |s| s.language.clear()),
        (7, |s| s.full_name.clear()),
        (7, |s| s.full_name = "e\u{301}".into()),
        (8, |s| s.email = Some(String::new())),
        (9, |s| s.phone = Some("555-0100".into())),
        (10, |s| s.address.country = Some("usa".into())),
        (10, |s| s.address.city = Some(String::new())),
        (11, |s| s.comment = Some(String::new())),
        (13, |s| s.ink = Some(Ink::default())),
        (18, |s| s.typed_signature = Some(String::new())),
        (20, |s| s.phone_as_typed = Some(String::new())),
        (20, |s| {
            s.phone = Some("+12065550100".into());
            s.phone_as_typed = Some("206 555 0100".into());
        }),
        (18, |s| {
            s.ink = Some(ink(3));
            s.typed_signature = Some("Ada".into());
        }),
    ] {
        assert_eq!(refused(more), Some(SignatureError::Value(key)));
    }
    assert_eq!(refused(|s| s.comment = Some("a".repeat(9000))), Some(SignatureError::TooLong));
}
