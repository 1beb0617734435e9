//! What is no petition's page: a clear answer, in time that grows with its length.

use pages::{PageError, read_text};

use crate::every_line_is_told;

#[track_caller]
fn check(text: &str, expect: PageError) {
    assert_eq!(read_text(text).err(), Some(expect));
}

#[test]
fn what_cannot_be_read_has_a_clear_answer() {
    check("", PageError::Empty);
    check(" \n\t\u{a0}\n\u{feff}", PageError::Empty);
    check("PK\u{3}\u{4}\0\0\0", PageError::NotText);
    check(&"A line of a page.\n".repeat(600_000), PageError::TooLong);
    assert_eq!(PageError::TooLong.code(), "page/too-long");
}

#[test]
fn a_page_without_words_has_no_parts() {
    let found = read_text("12\n34\n1,234\n\n45%").unwrap();
    assert_eq!((found.title, found.body, found.references), (None, None, vec![]));
    assert_eq!(found.left_over.len(), 4);
}

#[test]
fn one_line_is_the_text_and_nothing_is_made_up() {
    let found = read_text("Keep the pond in the park").unwrap();
    assert_eq!(found.title, None);
    assert_eq!(found.body.unwrap().value, "Keep the pond in the park");
}

/// The most text there may be, of each kind that a page is made of: all of it is told, and nobody waits for it.
#[test]
fn a_long_page_of_anything_is_read() {
    let most = pages::TEXT_MAX_BYTES;
    for piece in [
        "a",
        "a\n",
        "1. a\n",
        "[1] a\n[2] b\n\n",
        "(1)",
        "¹,",
        "[",
        "(1,",
        "1,234\n",
        "1,234 supporters\n",
        "Signatures\n",
        "References\n1. a\n",
        "Sources\nhttps://a.example\n",
        "At 10 signatures, the mayor will read this aloud!\n",
        "Ada started this petition to Bo\n",
        "Started by\n",
        "Share\n",
        "Comments\n",
        "A sentence that is long enough to be of a text.\n",
        "• a\n",
        "- a\n",
        "https://a.example ",
        "*_`<&",
        "\n\n",
        "请愿书的内容。\n",
        "\u{301}",
        "1234567890",
    ] {
        let text = format!("Title of it all\n{}", piece.repeat(most / piece.len() - 20));
        every_line_is_told_fast(&read_text(&text).unwrap());
    }
}

/// As [`every_line_is_told`], where there are a million lines of it: each is told once.
fn every_line_is_told_fast(found: &pages::Found) {
    if found.seen.len() < 3000 {
        every_line_is_told(found);
    }
    assert!(!found.left_over.is_empty() || found.body.is_some() || found.title.is_some());
}
