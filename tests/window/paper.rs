//! From Enter to the next line of a paper sheet, while somebody types faster than anybody can.

use serde_json::{Value, json};
use system_tests::{Computer, Window};
use table::{SheetLine, Table};

const LINES: usize = 200;
const LIMIT: f64 = 30.0;

/// Notes, for each Enter that ends a line, how long it took until the next key is the next line's first, and until the frame in
/// which that line stands has been drawn.
const WATCH: &str = "
    window.enters = [];
    const line = () => document.querySelector('[data-testid=line-title]')?.textContent;
    document.addEventListener('keydown', ({ key, timeStamp }) => {
        if (key !== 'Enter') return;
        const before = line();
        // Whatever the page does with the key, it has done by then.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            if (line() === before) return;
            // What a key has put there meanwhile is of the next line, or `assert_whole` fails.
            const taken = document.activeElement?.id === 'line-full_name';
            const enter = { ready: taken ? performance.now() - timeStamp : null };
            window.enters.push(enter);
            requestAnimationFrame(() => requestAnimationFrame(() => (enter.drawn = performance.now() - timeStamp)));
        };
        port2.postMessage(null);
    }, true);
";

fn name(number: usize) -> String {
    format!("Person Number{number:03}")
}

/// Types a sheet by keys alone, ten milliseconds each.
pub(crate) async fn lines_typed(computer: &Computer, window: &Window) -> Vec<Value> {
    window.click("nav-paper").await.unwrap();
    window.wait_for("[data-testid=sheet-number]:focus").await.unwrap();
    type_keys(computer, "1\n");
    window.wait_for_text("line-title", "Line 1").await.unwrap();
    window.run(WATCH, Vec::new()).await.unwrap();
    for number in 1..=LINES {
        type_keys(computer, &format!("{}\n{:05}\n", name(number), 98_000 + number));
    }
    window.wait_for_present(&format!("[data-line='{LINES}'][data-kept=true]")).await.unwrap();
    // As text: the driver takes no fractions. Two frames later the last line is drawn too.
    let tell = "const [done] = arguments;
        const told = () => done(JSON.stringify(window.enters));
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(told)));";
    let enters = window.client().execute_async(tell, Vec::new()).await.unwrap();
    let enters: Vec<Value> = serde_json::from_str(enters.as_str().unwrap()).unwrap();
    assert_eq!(enters.len(), LINES, "an Enter that was not taken");
    let row = |what: &str, moment: &str| {
        let mut times: Vec<f64> = enters.iter().map(|enter| enter[moment].as_f64().unwrap()).collect();
        let median = crate::median(&mut times);
        json!({
            "what": format!("200 lines of paper typed at 10 ms a key: from Enter until {what}, the median; beside the limit"),
            "figure": format!("{median:.0} ms"), "peer": format!("{LIMIT:.0} ms"), "ratio": median / LIMIT,
        })
    };
    vec![
        row("the next key is the next line's", "ready"),
        row("the frame with the next line has been drawn", "drawn"),
    ]
}

/// What the table has of the sheet is what was typed.
pub(crate) fn assert_whole(table: &Table) {
    let lines = table.sheet().unwrap().unwrap().lines;
    assert_eq!(lines.len(), LINES);
    for (line, number) in lines.iter().zip(1..) {
        let SheetLine::Entered { draft, .. } = &line.line else { panic!("line {number} is no signature") };
        assert_eq!(line.number as usize, number);
        assert_eq!(draft.full_name, name(number));
        assert_eq!(draft.postal_code, format!("{:05}", 98_000 + number));
    }
}

fn type_keys(computer: &Computer, text: &str) {
    let key = |sign: char| match sign {
        '\n' => "Return".to_owned(),
        ' ' => "space".to_owned(),
        other => other.to_string(),
    };
    let keys: Vec<String> = text.chars().map(key).collect();
    let typed = computer.command("xdotool").args(["key", "--delay", "10"]).args(keys).status().unwrap();
    assert!(typed.success());
}
