//! Telling the endpoint what was said at the desk, after a command that said it.

use std::sync::Mutex;

use desk::Desk;
use serde_json::{Value, json};

/// Tells the endpoint all that was said at the desk. That it cannot be told now is no failure: it is told with the next
/// pull. Gives what to say after `done`, and the members that say the same to a script.
pub(super) async fn tell(desk: Desk, done: &str) -> (String, Value) {
    match Desk::tell_endpoint(&Mutex::new(desk)).await {
        Ok(false) => (done.to_owned(), json!({})),
        Ok(true) => (done.to_owned(), json!({ "told": true })),
        Err(error) => (
            format!("{done} The endpoint is not told yet: {error}. It is told with the next pull."),
            json!({ "told": false, "untold": error.code() }),
        ),
    }
}

/// Adds the members of one JSON object to another.
pub(super) fn with(mut value: Value, more: Value) -> Value {
    if let (Value::Object(members), Value::Object(more)) = (&mut value, more) {
        members.extend(more);
    }
    value
}
