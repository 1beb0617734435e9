//! How long a frame takes at the most while somebody scribbles without end in the signature's box.

use serde_json::{Value, json};
use system_tests::Window;

const POINTS: u32 = 100_000;
/// A script of the driver's may take half a minute: the stroke is drawn in parts.
const PARTS: u32 = 20;
const LIMIT: f64 = 50.0;

/// Draws a part of one stroke, 64 points a frame: four times what the quickest mouse tells. Gives the longest time between two
/// frames, until the one after the last point, or after the pen is lifted, is drawn.
const SCRIBBLE: &str = "
    const [from, to, end, done] = arguments;
    const box = document.querySelector('[data-testid=field-ink]');
    const { left, top, width, height } = box.getBoundingClientRect();
    // There is no such pen that could be captured.
    box.setPointerCapture = () => {};
    const tell = (name, at) => box.dispatchEvent(new PointerEvent(name, {
        pointerId: 7, pointerType: 'pen', isPrimary: true, bubbles: true, cancelable: true, button: 0, buttons: 1,
        // Else the kiosk takes it for a table that trembles, and the person for gone.
        movementX: 10,
        clientX: left + width * (0.5 + 0.42 * Math.sin(at / 3601) + 0.04 * Math.sin(at / 20)),
        clientY: top + height * (0.5 + 0.33 * Math.cos(at / 20) + 0.1 * Math.sin(at / 308)),
        pressure: 0.5 + 0.3 * Math.sin(at / 240),
    }));
    if (from === 0) tell('pointerdown', 0);
    let [at, longest, before, after] = [from, 0, null, 3];
    const frame = () => {
        const now = performance.now();
        if (before !== null) longest = Math.max(longest, now - before);
        before = now;
        if (at < to) {
            for (const last = Math.min(to, at + 64); at < last; at += 1) tell('pointermove', at);
            if (at === end) tell('pointerup', at);
        } else if (after > 0) {
            after -= 1;
        } else {
            // As text: the driver takes no fractions.
            return done(String(longest));
        }
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
";

/// One stroke of so many points through the real box, on the page of a petition that asks for ink.
pub(crate) async fn longest_frame(window: &Window) -> Value {
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-ink]").await.unwrap();
    let mut longest = 0_f64;
    for part in 0..PARTS {
        let ends = [part, part + 1, PARTS].map(|part| json!(part * (POINTS / PARTS)));
        let took = window.client().execute_async(SCRIBBLE, ends.to_vec()).await.unwrap();
        longest = longest.max(took.as_str().unwrap().parse().unwrap());
    }
    // The pen is lifted, and the next stroke draws.
    window.wait_for("path.ink").await.unwrap();
    window.draw("field-ink", &[(0.1, 0.2), (0.9, 0.2)]).await.unwrap();
    window.wait_for("path.ink ~ path.ink").await.unwrap();
    json!({
        "what": "100,000 ink points drawn in one stroke, 64 a frame, the longest frame; beside the limit",
        "figure": format!("{longest:.0} ms"), "peer": format!("{LIMIT:.0} ms"), "ratio": longest / LIMIT,
    })
}
