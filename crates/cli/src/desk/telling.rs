//! Telling the endpoint what was said at the desk, after a command that said it.

use std::sync::Mutex;

use desk::{Client, Desk};
use serde_json::{Value, json};

/// Tells the endpoint all that was said at the desk. That it cannot be told now is no failure: it is told with the next
/// pull. Gives what to say after `done`, and the members that say the same to a script.
pub(super) async fn tell(desk: Desk, done: &str) -> (String, Value) {
    let client = match desk.campaign().endpoint.as_ref().map(Client::of) {
        None => return (done.to_owned(), json!({})),
        Some(client) => client,
    };
    let told = match client {
        Ok(client) => Desk::tell(&Mutex::new(desk), &client).await.map(|_| ()),
        Err(error) => Err(error.into()),
    };
    match told {
        Ok(()) => (done.to_owned(), json!({ "told": true })),
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
