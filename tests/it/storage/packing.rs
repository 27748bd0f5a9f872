//! Long bodies are packed while nothing arrives, and everybody reads them as they came.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::filter::Filter;
use hookscope::domain::keep::Keep;
use hookscope::domain::page::Cursor;
use hookscope::storage::sizes::Packed;
use hookscope::storage::{Captured, Store};
use jiff::Timestamp;
use tokio::time::{sleep, timeout};

use super::arbitrary::captured;
use super::{load, memory, open, run};

/// A long JSON text with this number in it.
fn long(number: usize) -> String {
    let items = (0..2_000).map(|item| format!("\"item {item} of {number}\"")).collect::<Vec<_>>();
    format!("{{\"number\":{number},\"items\":[{}],\"end\":\"Needle{number}\"}}", items.join(","))
}

async fn packed(store: &Store) -> Packed {
    let sizes = store.upkeep().sizes(Keep::default(), Timestamp::now()).await;
    sizes.expect("the sizes").packed
}

/// Until so many bodies are packed.
pub(super) async fn until(store: &Store, bodies: u64) -> Packed {
    let until = async {
        loop {
            let packed = packed(store).await;
            if packed.bodies == bodies {
                return packed;
            }
            // Asked less, so that the thread that is asked has leisure.
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(Duration::from_secs(30), until).await.expect("packed in time")
}

async fn found(store: &Store, filter: &str) -> Vec<i64> {
    let filter = Filter::parse(filter, Timestamp::UNIX_EPOCH).expect("a filter");
    let page = store.page(Arc::new(filter), Cursor::Newest, 100).await.expect("a page");
    page.rows.iter().map(|row| row.id.0).collect()
}

async fn check(store: &Store) {
    for id in 1..=3 {
        let body = long(usize::try_from(id).expect("small"));
        let record = load(store, id).await;
        assert_eq!(record.summary().size, body.len() as u64);
        assert_eq!(record.delivery.request.body, body);
        assert_eq!(found(store, &format!("Needle{id}")).await, [id]);
        assert_eq!(found(store, &format!("/number={id}")).await, [id]);
    }
    assert_eq!(found(store, "needle -of").await, [] as [i64; 0]);
    let all = store.deliveries((1..=4).map(DeliveryId).collect(), usize::MAX).await.expect("read");
    let bodies = all.into_iter().map(|(_, delivery)| delivery.expect("it is there").request.body);
    assert_eq!(bodies.collect::<Vec<_>>(), [&long(1), &long(2), &long(3), "short"]);
}

async fn insert(store: &Store) -> Vec<Box<Captured>> {
    let bodies = [long(1), long(2), long(3), "short".to_owned()];
    let captured = bodies.map(|body| captured(&body));
    for captured in captured.clone() {
        store.insert(captured).await.expect("stored");
    }
    captured.into()
}

#[test]
fn packed_bodies_are_found_and_read_as_they_came() {
    run(async {
        let store = memory();
        insert(&store).await;
        let packed = until(&store, 3).await;
        let size = (1..=3).map(|number| long(number).len() as u64).sum::<u64>();
        assert_eq!(packed.size, size);
        assert!(packed.stored < size / 4, "{packed:?}");
        check(&store).await;
        let now = Timestamp::now();
        store.upkeep().delete_some(vec![DeliveryId(2)], now).await.expect("deleted");
        assert_eq!(until(&store, 2).await.size, size - long(2).len() as u64);
        store.close().await;
    });
}

#[test]
fn what_was_not_packed_before_the_end_is_packed_after_the_next_start() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        // Closed at once, there is no leisure.
        let store = open(&file).expect("a store");
        insert(&store).await;
        store.close().await;
        let store = open(&file).expect("a store");
        until(&store, 3).await;
        check(&store).await;
        store.close().await;
        check_copy(&file).await;
    });
}

/// A store that nobody holds is read as it is.
async fn check_copy(file: &Path) {
    let reader = Store::open_to_read(file).expect("a reader");
    check(&reader).await;
    assert_eq!(packed(&reader).await.bodies, 3);
    reader.close().await;
}
