//! What an attempt has in common with its delivery is kept once.

use bytes::Bytes;
use hookscope::domain::attempt::{AttemptId, Purpose};
use hookscope::domain::delivery::DeliveryId;

use super::arbitrary::captured;
use super::outward::fetch;
use super::{open, run};

#[test]
fn a_body_that_an_attempt_repeats_is_kept_once() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    let body = Bytes::from(vec![b'x'; 1024 * 1024]);
    run(async {
        let store = open(&file).expect("a store");
        let mut delivery = captured("1");
        delivery.delivery.request.body = body.clone();
        store.insert(delivery).await.expect("stored");
        let mut replay = fetch(Some(1), "{}");
        (replay.purpose, replay.call.repeats_body) = (Purpose::Replay, true);
        replay.call.request.body = body;
        for _ in 0..8 {
            store.insert_attempt(replay.clone()).await.expect("stored");
        }
        let kept = store.attempts(DeliveryId(1)).await.expect("a read");
        assert_eq!(kept, (1..=8).map(|n| (AttemptId(n), replay.clone())).collect::<Vec<_>>());
        store.close().await;
    });
    let size = std::fs::metadata(&file).expect("the file").len();
    assert!(size < 2 * 1024 * 1024, "{size} bytes");
}
