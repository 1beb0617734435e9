//! Waiting for something that has a deadline.

use std::time::{Duration, Instant};

use anyhow::bail;

const PAUSE: Duration = Duration::from_millis(25);

/// Asks `check` until it gives a value, at most for `within`. `what` names the thing in the failure.
///
/// An error of `check` counts as "not yet"; the last one is told when the deadline has passed.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut check: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let deadline = Instant::now() + within;
    loop {
        let last = match check().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if Instant::now() > deadline {
            let seconds = within.as_secs_f32();
            match last {
                Some(error) => return Err(error.context(format!("waited {seconds} s for {what}"))),
                None => bail!("waited {seconds} s for {what}"),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
