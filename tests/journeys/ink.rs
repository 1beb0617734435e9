//! F15: whoever lays a hand on the glass and signs finds the signature drawn, and nothing of the hand.

use std::time::Duration;

use serde_json::{Value, json};
use system_tests::{Place, TouchScreen, Window, eventually};

use crate::{
    street::EVERYTHING,
    touch::{open, tap},
};

const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_finger_signs_beside_the_hand_that_rests() {
    let (_street, window, mut glass) = open(EVERYTHING).await;
    tap(&window, &mut glass, "kiosk-sign").await;
    let at = signature_box(&window).await;
    // The hand comes first, and stays for two strokes and a dot.
    glass.down(0, at(0.9, 0.9)).unwrap();
    draw(&mut glass, &[at(0.1, 0.3), at(0.2, 0.7), at(0.4, 0.3)]);
    are_drawn(&window, 1).await;
    draw(&mut glass, &[at(0.45, 0.4), at(0.6, 0.4)]);
    are_drawn(&window, 2).await;
    draw(&mut glass, &[at(0.5, 0.2)]);
    are_drawn(&window, 3).await;
    glass.up(0).unwrap();
    // Another hand lies elsewhere on the screen.
    glass.down(0, (200.0, 60.0)).unwrap();
    draw(&mut glass, &[at(0.1, 0.8), at(0.3, 0.8)]);
    glass.up(0).unwrap();
    are_drawn(&window, 4).await;
    let right = window
        .run("return Math.max(...[...document.querySelectorAll('path.ink')].map((path) => { const { x, width } = path.getBBox(); return (x + width) / path.ownerSVGElement.viewBox.baseVal.width }))", Vec::new())
        .await
        .unwrap();
    assert!(right.as_f64().unwrap() < 0.65, "ink where only the hand lay: {right}");
    window.screenshot("kiosk-hand-rests").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_pen_signs_over_the_hand_that_rests_and_is_cancelled() {
    let (_street, window, mut glass) = open(EVERYTHING).await;
    tap(&window, &mut glass, "kiosk-sign").await;
    let at = signature_box(&window).await;
    let script = "const [hand, ...way] = arguments[0];
        const box = document.querySelector('[data-testid=field-ink]');
        const tell = (name, [clientX, clientY], more) => box.dispatchEvent(new PointerEvent(name, {
            bubbles: true, cancelable: true, buttons: 1, pressure: 0.5, clientX, clientY, ...more }));
        const palm = { pointerId: 21, pointerType: 'touch', width: 50, height: 70 };
        const pen = { pointerId: 22, pointerType: 'pen' };
        // There is no such pen that could be captured.
        box.setPointerCapture = () => {};
        tell('pointerdown', hand, palm);
        tell('pointerdown', way[0], pen);
        for (const place of way) tell('pointermove', place, pen);
        tell('pointercancel', hand, palm);
        tell('pointerup', way.at(-1), pen);";
    let places: Vec<Place> = [at(0.9, 0.9), at(0.1, 0.5), at(0.3, 0.2), at(0.5, 0.6)].into();
    window.run(script, vec![json!(places)]).await.unwrap();
    are_drawn(&window, 1).await;
    // The next one draws as well, by whatever it is drawn.
    window.draw("field-ink", &[(0.2, 0.8), (0.6, 0.8)]).await.unwrap();
    are_drawn(&window, 2).await;
    window.close().await.unwrap();
}

/// Gives places of the signature's box by parts of its width and height.
async fn signature_box(window: &Window) -> impl Fn(f64, f64) -> Place + use<> {
    window.wait_for("[data-testid=field-ink]").await.unwrap();
    let script = "const { x, y, width, height } = document.querySelector('[data-testid=field-ink]').getBoundingClientRect();
        return [x, y, width, height]";
    let sides = window.run(script, Vec::new()).await.unwrap();
    let [x, y, width, height] = serde_json::from_value::<[f64; 4]>(sides).unwrap();
    move |across, down| (x + width * across, y + height * down)
}

/// One stroke of a second finger.
fn draw(glass: &mut TouchScreen, places: &[Place]) {
    let (first, more) = places.split_first().unwrap();
    glass.down(1, *first).unwrap();
    for place in more {
        glass.move_to(1, *place).unwrap();
    }
    glass.up(1).unwrap();
}

/// That many strokes are drawn, and told to those who do not see them.
async fn are_drawn(window: &Window, strokes: usize) {
    let script = "const box = document.querySelector('[data-testid=field-ink]');
        return [box.querySelectorAll('path.ink').length, box.ariaLabel]";
    eventually(&format!("{strokes} strokes"), PATIENCE, async || {
        let Value::Array(seen) = window.run(script, Vec::new()).await? else { return Ok(None) };
        let told = seen[1].as_str().is_some_and(|label| label.contains(&strokes.to_string()));
        Ok((seen[0] == strokes && told).then_some(()))
    })
    .await
    .unwrap();
}
