//! Work that goes on to its end, whoever stops waiting for it.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt as _;
use futures_util::future::CatchUnwind;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// Work that is done where it is awaited, which spares a task for each. Dropped before its end, it goes
/// on as a task of its own.
#[derive(Debug)]
pub(super) struct Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    /// None once it has ended.
    rest: Option<Pin<Box<CatchUnwind<AssertUnwindSafe<F>>>>>,
    /// The tracker waits for it here as it does for a task.
    token: TaskTrackerToken,
}

impl<F> Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    /// Work that this tracker waits for.
    pub(super) fn new(tracker: &TaskTracker, work: F) -> Self {
        // What it shares with others is locked, and a lock whose holder panicked is taken all the same.
        let rest = Box::pin(AssertUnwindSafe(work).catch_unwind());
        Self { rest: Some(rest), token: tracker.token() }
    }
}

impl<F> Future for Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    /// What came of it, or what it panicked with.
    type Output = Result<F::Output, String>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(rest) = &mut self.rest else { return Poll::Pending };
        let outcome = rest.as_mut().poll(context);
        if outcome.is_ready() {
            self.rest = None;
        }
        outcome.map_err(said)
    }
}

/// The message of a panic.
fn said(panic: Box<dyn Any + Send>) -> String {
    let other = |panic: Box<dyn Any + Send>| match panic.downcast_ref::<&str>() {
        Some(said) => (*said).to_owned(),
        None => "it said nothing".to_owned(),
    };
    panic.downcast::<String>().map_or_else(other, |said| *said)
}

impl<F> Drop for Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    fn drop(&mut self) {
        if let Some(rest) = self.rest.take() {
            self.token.task_tracker().spawn(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;
    use std::time::Duration;

    use tokio::sync::oneshot;
    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn work_that_nobody_waits_for_any_more_goes_on_and_is_waited_for_at_the_end() {
        let tracker = TaskTracker::new();
        let (go, gone) = oneshot::channel::<()>();
        let (end, ended) = oneshot::channel();
        let mut work = Lasting::new(&tracker, async move {
            gone.await.expect("it goes on");
            end.send(()).expect("somebody waits");
        });
        assert!((&mut work).now_or_never().is_none());
        drop(work);
        tracker.close();
        assert!(tracker.wait().now_or_never().is_none(), "it has not ended");
        go.send(()).expect("it goes on");
        timeout(Duration::from_secs(10), tracker.wait()).await.expect("it ends");
        assert_eq!(ended.await, Ok(()));
    }

    #[tokio::test]
    async fn a_panic_is_told_and_nothing_is_left() {
        let tracker = TaskTracker::new();
        let rows: [(Box<dyn Any + Send>, &str); 3] = [
            (Box::new("for a test"), "for a test"),
            (Box::new("for a test".to_owned()), "for a test"),
            (Box::new(7), "it said nothing"),
        ];
        for (panic, told) in rows {
            let work = async move { resume_unwind(panic) };
            let outcome: Result<(), _> = Lasting::new(&tracker, work).await;
            assert_eq!(outcome, Err(told.to_owned()));
        }
        assert!(tracker.is_empty());
    }
}
