//! Notes, checkpoints and receipts: what is written comes back, and nothing else is believed.
#![expect(clippy::unwrap_used, reason = "tests")]

use proof::{
    CampaignId, Checkpoint, CheckpointError, Frontier, Hash, KeyKind, Note, NoteError, Origin, Receipt,
    ReceiptError, Seed, SigningKey, VerifierKey, cosign, leaf_hash,
};
use proptest::prelude::*;
use uuid::Uuid;

fn key(number: u8) -> SigningKey {
    SigningKey::new(format!("key/{number}"), KeyKind::Signer, &Seed::from_bytes([number; 32]))
}

fn origin() -> Origin {
    let root = SigningKey::root(&Seed::from_bytes([1; 32]));
    Origin {
        campaign: CampaignId::of_root(root.verifier().public_key()),
        table: Uuid::from_u128(5),
        generation: 1,
    }
}

#[test]
fn a_note_of_another_program_verifies() {
    // The example of the signed-note package's own documentation (golang.org/x/mod/sumdb/note).
    let key: VerifierKey =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse().unwrap();
    let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    let line = "\u{2014} PeterNeumann \
        x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let note: Note = format!("{text}\n{line}").parse().unwrap();
    note.verify(&key).unwrap();
    assert_eq!(note.text(), text);
}

#[test]
fn roots_are_those_of_certificate_transparency() {
    let leaves: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let hex = |hash: Hash| data_encoding::HEXLOWER.encode(&hash.0);
    let frontier = Frontier::of_leaves(leaves.iter().map(|leaf| leaf_hash(leaf)));
    assert_eq!(hex(frontier.root()), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    assert_eq!(
        hex(Frontier::default().root()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[test]
fn a_line_of_an_unknown_key_is_ignored_and_a_wrong_one_of_a_known_key_refuses() {
    let note = Note::new("text\n").unwrap().signed(&key(1)).signed(&key(2));
    note.verify(key(1).verifier()).unwrap();
    note.verify(key(2).verifier()).unwrap();
    assert_eq!(note.verify(key(3).verifier()), Err(NoteError::NotSignedBy));
    let changed: Note = note.to_string().replacen("text", "next", 1).parse().unwrap();
    assert_eq!(changed.verify(key(1).verifier()), Err(NoteError::BadSignature));
}

#[track_caller]
fn check_refused(note: &str) {
    assert_eq!(note.parse::<Note>(), Err(NoteError::Shape), "{note:?}");
}

#[test]
fn what_is_no_note_is_refused() {
    let good = Note::new("text\n").unwrap().signed(&key(1)).to_string();
    good.parse::<Note>().unwrap();
    check_refused("");
    check_refused("text\n");
    check_refused("text\n\n");
    check_refused(good.trim_end());
    check_refused(&good.replace('\u{2014}', "-"));
    check_refused(&good.replace("text", "te\txt"));
    check_refused(&good.replace("text", "te\rxt"));
    check_refused(&format!("{good}\n"));
    check_refused(&good.replace("key/1 ", "key/1"));
    assert!(Note::new("no newline at the end").is_err());
}

#[test]
fn a_verifier_key_with_a_changed_byte_is_refused() {
    let text = key(1).verifier().to_string();
    assert_eq!(&text.parse::<VerifierKey>().unwrap(), key(1).verifier());
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(changed.parse::<VerifierKey>().is_err(), "{changed}");
    }
}

#[test]
fn a_checkpoint_belongs_to_the_log_of_its_key() {
    let device = origin().device_key(&Seed::from_bytes([9; 32]));
    let checkpoint = Checkpoint::at(origin(), &Frontier::of_leaves([leaf_hash(b"one")]));
    let note = checkpoint.signed(&device).unwrap();
    assert_eq!(Checkpoint::verify(&note, device.verifier()).unwrap(), checkpoint);
    let other = Origin { generation: 2, ..origin() };
    let stranger = other.device_key(&Seed::from_bytes([9; 32]));
    let foreign = checkpoint.signed(&stranger).unwrap();
    assert_eq!(Checkpoint::verify(&foreign, stranger.verifier()), Err(CheckpointError::OtherLog));
    for text in ["00000000-0000-0000-0000-000000000005/01", "00000000000000000000000000000005/1"] {
        assert!(format!("{}/{text}", origin().campaign).parse::<Origin>().is_err(), "{text}");
    }
}

#[test]
fn a_receipt_covers_its_checkpoint_and_no_other() {
    let endpoint = SigningKey::endpoint(&Seed::from_bytes([3; 32]));
    let checkpoint = Checkpoint::at(origin(), &Frontier::of_leaves([leaf_hash(b"one")]));
    let line = cosign(&checkpoint, &endpoint, 1_700_000_000);
    let receipt = Receipt::verify(&line, &checkpoint, endpoint.verifier()).unwrap();
    assert_eq!((receipt.size(), receipt.time(), receipt.line()), (1, 1_700_000_000, line.as_str()));
    let stranger = SigningKey::endpoint(&Seed::from_bytes([4; 32]));
    assert_eq!(Receipt::verify(&line, &checkpoint, stranger.verifier()), Err(ReceiptError::OtherEndpoint));
    let longer = Checkpoint { size: 2, ..checkpoint };
    assert_eq!(Receipt::verify(&line, &longer, endpoint.verifier()), Err(ReceiptError::BadSignature));
    // A table cannot make its own receipt by signing the checkpoint as a note.
    let note = longer.signed(&key(1)).unwrap();
    assert!(Receipt::verify(&note.signatures()[0].to_string(), &longer, key(1).verifier()).is_err());
}

proptest! {
    #[test]
    fn a_note_prints_the_bytes_it_was_read_from(
        lines in prop::collection::vec("[^\\x00-\\x1f]{0,40}", 1..6),
        keys in prop::collection::vec(any::<u8>(), 1..4),
    ) {
        let text = lines.join("\n") + "\n";
        let note = keys.iter().fold(Note::new(text).unwrap(), |note, number| note.signed(&key(*number)));
        let printed = note.to_string();
        let read: Note = printed.parse().unwrap();
        prop_assert_eq!(&read, &note);
        prop_assert_eq!(read.to_string(), printed);
        for number in keys {
            prop_assert!(read.verify(key(number).verifier()).is_ok());
        }
    }

    #[test]
    fn any_text_that_reads_as_a_note_prints_as_itself(text in "(\\PC|\n|\u{2014} ){0,120}") {
        if let Ok(note) = text.parse::<Note>() {
            prop_assert_eq!(note.to_string(), text);
        }
    }

    #[test]
    fn a_flipped_bit_anywhere_in_a_checkpoint_note_is_refused(bit in 0_usize..8, at in any::<prop::sample::Index>()) {
        let device = origin().device_key(&Seed::from_bytes([9; 32]));
        let note = Checkpoint::at(origin(), &Frontier::of_leaves([leaf_hash(b"one")])).signed(&device).unwrap();
        let mut bytes = note.to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let believed = String::from_utf8(bytes)
            .ok()
            .and_then(|text| text.parse::<Note>().ok())
            .is_some_and(|note| Checkpoint::verify(&note, device.verifier()).is_ok());
        prop_assert!(!believed);
    }

    #[test]
    fn a_frontier_gives_the_root_of_the_whole_tree(leaves in prop::collection::vec(any::<u64>(), 0..70)) {
        let mut tree = ct_merkle::mem_backed_tree::MemoryBackedTree::<sha2::Sha256, Vec<u8>>::new();
        let mut frontier = Frontier::default();
        for leaf in leaves {
            let leaf = leaf.to_be_bytes().to_vec();
            frontier.push(leaf_hash(&leaf));
            tree.push(leaf);
            let root = tree.root();
            prop_assert_eq!(&frontier.root().0[..], root.as_bytes().as_slice());
            let kept = Frontier::from_bytes(frontier.size(), &frontier.to_bytes()).unwrap();
            prop_assert_eq!(&kept, &frontier);
        }
        prop_assert!(Frontier::from_bytes(frontier.size() + 2, &[&frontier.to_bytes()[..], &[0; 1]].concat()).is_err());
    }
}
