//! Whether the endpoint runs, or is about to end.

use tokio::sync::watch;

/// Whether the endpoint runs, or is about to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// It takes requests.
    Serving,
    /// It takes no more, and finishes those that run.
    Draining,
    /// What has not arrived by now is told to come back.
    Ending,
}

/// Returns when it is that far, or further.
pub(crate) async fn is_at(stage: &mut watch::Receiver<Stage>, which: Stage) {
    // Without anybody who could say more, it has ended.
    let _ended = stage.wait_for(|stage| *stage >= which).await.is_err();
}
