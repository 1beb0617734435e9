//! HTML of the clipboard and of files: what a browser would show, with its addresses and emphasis.

use pages::{PageError, Why, read_html};
use petition::Petition;
use uuid::Uuid;

use crate::every_line_is_told;

#[track_caller]
fn check_body(html: &str, expect: &str) {
    let found = read_html(&format!("<h1>Title of it</h1>{html}")).unwrap();
    every_line_is_told(&found);
    assert_eq!(found.body.map(|body| body.value).unwrap_or_default(), expect);
}

#[test]
fn a_page_of_html_has_its_parts_and_the_addresses_of_its_references() {
    let html = r##"<!DOCTYPE html><html lang="en"><head><title>Keep the mill pond &middot; Nowhere</title>
        <style>p { color: red }</style><script>var a = "<p>Not a text.</p>";</script></head><body>
        <nav><a href="/">Home</a><a href="/start">Start a petition</a></nav>
        <div hidden>Do not show this line to anybody, please.</div>
        <h1>Keep the mill pond</h1>
        <div><b>412 have signed.</b> Let&rsquo;s get to 500!</div>
        <p><a href="https://nowhere.example/u/1">Friends of the Pond</a> started this petition to <strong>Alder Council</strong></p>
        <p>The pond is <em>older than the town</em>.<sup><a href="#r1">1</a></sup> It holds 300 m<sup>2</sup> of water
        and, since <a href="https://town.example/minutes?a=1&amp;b=2">the meeting in May</a>, a plan to fill it [2].</p>
        <h2>What we ask</h2><ul><li>Leave the pond.<li>Mend the <b>sluice</b>.</ul>
        <p>It is ours to keep, and nobody has told us why it should go [3].</p>
        <h2>References</h2>
        <ol><li id="r1"><a href="https://archive.example/map">Map of 1790</a></li><li>Minutes, <i>p. 3</i></li></ol>
        <button>Share</button><footer>Report a policy violation</footer></body></html>"##;
    let found = read_html(html).unwrap();
    every_line_is_told(&found);
    let parts = found.parts();
    assert_eq!(
        (parts.title.as_str(), found.title.as_ref().unwrap().why),
        ("Keep the mill pond", Why::PageTitle)
    );
    assert_eq!(
        (parts.started_by.as_str(), parts.addressed_to.as_str()),
        ("Friends of the Pond", "Alder Council")
    );
    assert_eq!((found.signed.map(|signed| signed.value), parts.goal), (Some(412), Some(500)));
    assert_eq!(
        parts.body,
        "The pond is *older than the town*.(1) It holds 300 m² of water and, since [the meeting in \
         May](<https://town.example/minutes?a=1&amp;b=2>), a plan to fill it (2).\n\n## What we ask\n\n- Leave the pond.\n- Mend \
         the **sluice**.\n\nIt is ours to keep, and nobody has told us why it should go \\[3\\]."
    );
    let references: Vec<&str> = parts.references.iter().map(|reference| reference.text.as_str()).collect();
    assert_eq!(references, ["[Map of 1790](<https://archive.example/map>)", "Minutes, *p. 3*"]);
    assert_eq!(
        serde_json::to_value(&found.doubts).unwrap(),
        serde_json::json!([{"code": "mark_without_reference", "number": 3, "lines": [9]}])
    );
    let written = pages::write(&parts);
    assert_eq!(written.problems, []);
    assert_eq!(Petition::parse(Uuid::nil(), 1, &written.source).unwrap().references().len(), 2);
}

#[test]
fn a_mark_that_leads_to_an_address_is_a_reference() {
    let found = read_html(
        r#"<h1>Title of it</h1><p>It is known <a href="https://a.example/study">[1]</a> and <a href="javascript:x()">said</a> <a href="https://a.example/page#n2">[2]</a>.</p>"#,
    )
    .unwrap();
    assert_eq!(
        found.body.as_ref().unwrap().value,
        "It is known (1) and said [\\[2\\]](<https://a.example/page#n2>)."
    );
    let reference = &found.references[0];
    assert_eq!(
        (reference.value.text.as_str(), reference.why),
        ("<https://a.example/study>", Why::LinkOfMark)
    );
}

#[test]
fn text_is_written_as_it_looks() {
    check_body("<p>One<br>two<br><br>three</p><p>four</p>", "One\\\ntwo\n\nthree\n\nfour");
    check_body("<p>One\n   two</p>   <p>&nbsp;</p><div>three</div>", "One two\n\nthree");
    check_body("<ol start=4><li>a<li value=9>b</ol><p>c</p><ol><li>d</ol>", "4. a\n9. b\n\nc\n\n1. d");
    check_body("<ol><li>a</ol><ol><li>b</ol>", "1. a\n\n1) b");
    check_body("<blockquote>Said<br>he.</blockquote><p>Text</p>", "> Said\\\n> he.\n\nText");
    check_body(
        "<p>1 &lt; 2 *and* &amp;amp; <code>_x_</code> # no</p>",
        "1 \\< 2 \\*and\\* \\&amp; \\_x\\_ # no",
    );
    check_body(
        "<b style='font-weight:normal'><p><span style='font-weight:700'>Bold</span> not</p></b>",
        "**Bold** not",
    );
    check_body("<p>a<b>b</b>c <b> spaced </b>“<i>q</i>” x<b>“q”</b>y</p>", "a**b**c **spaced** “*q*” x“q”y");
    check_body("<p>Seen<span style='display: none'>not</span></p><template>no</template>", "Seen");
    check_body("<pre>one\ntwo</pre>", "one\n\ntwo");
    check_body("</div></p>Loose <b>text", "Loose **text**");
    check_body(
        "<nav>Über uns</nav><p>This is all of it.</p><footer><ul><li>Über uns</ul></footer>",
        "This is all of it.",
    );
    check_body("<table><tr><td>a<td>b</table>", "a\n\nb");
}

#[test]
fn html_without_text_or_with_too_much_has_a_clear_answer() {
    let check = |html: &str, expect| assert_eq!(read_html(html).err(), Some(expect));
    check("", PageError::Empty);
    check("<html><body><script>let a = 1</script></body></html>", PageError::Empty);
    check("<!-- <p>text</p>", PageError::Empty);
    check(&"<li>an item".repeat(1_000_000), PageError::TooLong);
    check(&"x".repeat(pages::FILE_MAX_BYTES + 1), PageError::TooLarge);
}

/// As deep and as wrong as HTML can be, in time that grows with its length.
#[test]
fn deep_and_broken_html_is_read() {
    let most = 2 * 1024 * 1024;
    for piece in [
        "<div>",
        "<b>",
        "<b><i>",
        "<p>",
        "</p>",
        "</b>",
        "<b></i>",
        "<ul><li>",
        "<ol>",
        "<blockquote>",
        "<a href=x>",
        "<table><tr><td>",
        "<",
        "<a ",
        "&",
        "&amp",
        "<![CDATA[",
        "<!--",
        "<script>",
        "<svg><title>",
        "<sup>1</sup>",
        "<li>",
        "<b>a</b><i>b</i>",
        "<a href='https://a.example'>x</a><b>y</b>",
        "\u{0}",
        "<p hidden>",
    ] {
        let html = format!("<h1>Title of it all</h1>{}end", piece.repeat(most / piece.len()));
        match read_html(&html) {
            Ok(found) => assert!(!found.seen.is_empty()),
            Err(error) => assert_eq!(error, PageError::TooLong),
        }
    }
}
