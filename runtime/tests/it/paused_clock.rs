//! A clock that only the test advances, while the network works as usual.

use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

/// Stops the clock of the test's runtime until it is dropped.
///
/// Tokio advances a paused clock whenever all tasks are waiting, also for the network, but not while a
/// blocking task runs. So one runs as long as this value exists.
pub struct PausedClock {
    _end_of_task: Sender<()>,
}

impl PausedClock {
    pub async fn new() -> Self {
        let (end, ended) = channel::<()>();
        let (started, has_started) = tokio::sync::oneshot::channel();
        tokio::task::spawn_blocking(move || {
            let _ = started.send(());
            let _ = ended.recv();
        });
        has_started.await.unwrap();
        tokio::time::pause();
        Self { _end_of_task: end }
    }

    pub async fn advance(&self, time: Duration) {
        tokio::time::advance(time).await;
    }
}

impl Drop for PausedClock {
    fn drop(&mut self) {
        tokio::time::resume();
    }
}
