//! Other programs that write to a store are noticed, and nothing is done while none does.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use hookscope::app::message::Message;
use hookscope::runtime::watching;
use hookscope::storage::Store;
use hookscope::storage::writes::Writes;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::arbitrary::captured;
use super::{open, run};

/// Short, so that a program that asks in each would be found out soon.
const PAUSE: Duration = Duration::from_millis(5);

/// How long somebody is watched who is to do nothing.
const AWHILE: Duration = Duration::from_millis(500);

/// Watches a store as the dashboard does; what it is told, and how often the store was asked.
fn watch<F: Future<Output = Option<i64>> + Send + 'static>(
    file: &Path,
    version: impl Fn() -> F + Send + Sync + 'static,
) -> (JoinHandle<()>, mpsc::Receiver<Message>, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let counting = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        version()
    };
    let (outside, told) = mpsc::channel(1_000);
    let file = file.to_owned();
    let watching = tokio::spawn(async move {
        let known = counting().await;
        watching::run(file, PAUSE, known, counting, outside).await;
    });
    (watching, told, asked)
}

async fn next(told: &mut mpsc::Receiver<Message>) -> Option<Message> {
    timeout(Duration::from_secs(10), told.recv()).await.expect("told in time")
}

/// Until there is nothing left to be told, and nobody asks for it.
async fn quiet(told: &mut mpsc::Receiver<Message>, asked: &AtomicUsize) {
    loop {
        let before = asked.load(Ordering::Relaxed);
        while told.try_recv().is_ok() {}
        sleep(AWHILE).await;
        if asked.load(Ordering::Relaxed) == before && told.is_empty() {
            return;
        }
    }
}

#[test]
fn who_watches_is_told_of_each_write_and_asks_nothing_meanwhile() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        let reader = Store::open_to_read(&file).expect("a reader");
        let asking = reader.clone();
        let version = move || {
            let asking = asking.clone();
            async move { asking.version().await.ok() }
        };
        let (watching, mut told, asked) = watch(&file, version);
        for n in 1..=3 {
            timeout(Duration::from_secs(30), quiet(&mut told, &asked)).await.expect("it is quiet");
            store.insert(captured(&n.to_string())).await.expect("stored");
            assert_eq!(next(&mut told).await, Some(Message::StoreChanged));
        }
        watching.abort();
        reader.close().await;
        store.close().await;
    });
}

#[test]
fn what_cannot_be_watched_is_asked_again_and_again() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        assert!(Writes::of(&file).is_err(), "there is no log");
        let version = AtomicI64::new(0);
        let (watching, mut told, _) = watch(&file, move || {
            let changed = version.fetch_add(1, Ordering::Relaxed);
            async move { Some(changed) }
        });
        for _ in 0..3 {
            assert_eq!(next(&mut told).await, Some(Message::StoreChanged));
        }
        watching.abort();
    });
}
