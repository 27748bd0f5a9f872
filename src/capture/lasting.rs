//! Work that goes on to its end, whoever stops waiting for it.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt as _;
use futures_util::future::CatchUnwind;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// What came of it; an error is what it panicked with.
type Outcome<T> = Result<T, Box<dyn Any + Send>>;

/// Work that is done where it is awaited, which spares a task for each. Dropped before its end, it goes
/// on as a task of its own.
#[derive(Debug)]
pub(super) struct Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    /// None once it has ended.
    rest: Option<Pin<Box<CatchUnwind<AssertUnwindSafe<F>>>>>,
    tracker: TaskTracker,
    /// The tracker waits for it here as it does for a task.
    _token: TaskTrackerToken,
}

impl<F> Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    /// Work that this tracker waits for.
    pub(super) fn new(tracker: &TaskTracker, work: F) -> Self {
        // What it shares with others is locked, and a lock whose holder panicked is taken all the same.
        let rest = Box::pin(AssertUnwindSafe(work).catch_unwind());
        Self { rest: Some(rest), tracker: tracker.clone(), _token: tracker.token() }
    }
}

impl<F> Future for Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    type Output = Outcome<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(rest) = &mut self.rest else { return Poll::Pending };
        let outcome = rest.as_mut().poll(context);
        if outcome.is_ready() {
            self.rest = None;
        }
        outcome
    }
}

impl<F> Drop for Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    fn drop(&mut self) {
        if let Some(rest) = self.rest.take() {
            self.tracker.spawn(rest);
        }
    }
}

#[cfg(test)]
mod tests {
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
        let told = Lasting::new(&tracker, async { panic!("for a test") }).await;
        let told: Result<(), _> = told;
        assert_eq!(told.expect_err("it panicked").downcast_ref(), Some(&"for a test"));
        assert!(tracker.is_empty());
    }
}
