//! A store whose file is damaged: what is told, and what can be saved.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hookscope::domain::delivery::DeliveryId;
use hookscope::storage::Store;
use hookscope::storage::error::StoreError;
use hookscope::storage::repair::{Reached, Repair, Watch};

use super::arbitrary::captured;
use super::files::contents;
use super::{ids, load, open, run};

const COUNT: i64 = 2_000;
const PAGE: usize = 8_192;

fn make(file: &Path) {
    run(async {
        let store = open(file).expect("a store");
        for number in 1..=COUNT {
            store.insert(captured(&body(number))).await.expect("stored");
        }
        store.close().await;
    });
}

fn body(number: i64) -> String {
    format!("{number} {}", "x".repeat(700))
}

/// Overwrites the page that a delivery is on.
fn damage(file: &Path, delivery: i64) {
    let mut bytes = fs::read(file).expect("a file");
    let text = format!("{delivery} xxx");
    let place = bytes.windows(text.len()).position(|part| part == text.as_bytes());
    let page = place.expect("the body is in the file") / PAGE;
    bytes[page * PAGE..(page + 1) * PAGE].fill(0xa5);
    fs::write(file, bytes).expect("written");
}

/// Repairs it, and nobody watches.
fn repair(file: &Path) -> Result<Repair, StoreError> {
    Store::repair(file, &mut Watch { ended: &Arc::default(), reached: &mut |_| {} })
}

#[test]
fn a_page_that_is_damaged_is_told_by_who_reads_it() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    make(&file);
    damage(&file, 1_000);
    run(async {
        // The newest can be read, so a start goes well.
        let store = open(&file).expect("a store");
        assert_eq!(load(&store, COUNT).await.delivery.request.body, body(COUNT));
        let error = store.load(DeliveryId(1_000)).await.expect_err("it cannot be read");
        assert!(error.to_string().contains("doctor --repair"), "{error}");
        store.insert(captured("taken all the same")).await.expect("stored");
        store.close().await;
    });
}

#[test]
fn what_can_be_read_of_a_damaged_store_is_copied_and_nothing_is_changed() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    make(&file);
    for delivery in [1, 700, 1_400] {
        damage(&file, delivery);
    }
    let mut before = contents(directory.path());
    // It tells who holds the store.
    before.remove(&directory.path().join("hookscope.db.lock")).expect("a lock file");
    let Ok(Repair::Copied { file: saved, tables }) = repair(&file) else { panic!("it is damaged") };
    let after = contents(directory.path());
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    assert_eq!(after.len(), before.len() + 2);

    let deliveries = tables.iter().find(|copied| copied.table == "deliveries").expect("a table");
    let unread = |id: i64| deliveries.unread.iter().any(|range| range.contains(&id));
    for delivery in [1, 700, 1_400] {
        assert!(unread(delivery), "{delivery} in {:?}", deliveries.unread);
    }
    run(async {
        let store = open(&saved).expect("the copy is a store");
        let there = ids(&store).await;
        assert_eq!(there.len() as u64, deliveries.rows);
        for number in 1..=COUNT {
            assert_ne!(there.contains(&number), unread(number), "{number}");
        }
        // A page holds about ten of them.
        assert!(there.len() > 1_900, "{}", there.len());
        for id in &there {
            assert_eq!(load(&store, *id).await.delivery.request.body, body(*id));
        }
        let next = store.insert(captured("next")).await.expect("stored");
        assert_eq!(next.id, DeliveryId(COUNT + 1));
        store.close().await;
    });
}

#[test]
fn a_second_repair_has_a_file_of_its_own() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    make(&file);
    damage(&file, 700);
    let saved = || match repair(&file) {
        Ok(Repair::Copied { file, .. }) => file,
        other => panic!("{other:?}"),
    };
    let first = saved();
    let bytes = fs::read(&first).expect("the first copy");
    assert_ne!(saved(), first);
    assert_eq!(fs::read(&first).expect("the first copy"), bytes);
}

#[test]
fn only_a_damaged_store_that_nobody_holds_is_repaired() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    assert!(matches!(repair(&file), Err(StoreError::Missing { .. })));
    make(&file);
    assert_eq!(repair(&file).expect("it is read"), Repair::Sound);
    let held = open(&file).expect("a store");
    assert!(matches!(repair(&file), Err(StoreError::Held { .. })));
    run(held.close());
    fs::write(&file, "a shopping list").expect("written");
    assert!(matches!(repair(&file), Err(StoreError::NotAStore { .. })));
}

#[test]
fn what_is_packed_is_copied_as_it_is() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    let long = "packed ".repeat(10_000);
    make(&file);
    run(async {
        let store = open(&file).expect("a store");
        store.insert(captured(&long)).await.expect("stored");
        super::packing::until(&store, 1).await;
        store.close().await;
    });
    damage(&file, 1_000);
    let Repair::Copied { file: copy, .. } = repair(&file).expect("repaired") else {
        panic!("it is damaged");
    };
    run(async {
        let store = Store::open_to_read(&copy).expect("a store");
        assert_eq!(load(&store, COUNT + 1).await.delivery.request.body, long);
        assert_eq!(super::packing::until(&store, 1).await.size, long.len() as u64);
        store.close().await;
    });
}

#[test]
fn a_repair_tells_how_far_it_has_come_and_once_it_is_ended_nothing_is_left_of_it() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    make(&file);
    damage(&file, 700);
    // Without the file that tells who holds the store.
    let kept = || {
        let mut kept = contents(directory.path());
        kept.remove(&directory.path().join("hookscope.db.lock")).expect("a lock file");
        kept
    };
    let before = kept();
    let ended = Arc::<AtomicBool>::default();
    let mut last = None;
    let mut reached = |now: Reached| {
        last = Some(now);
        ended.store(now.done >= 1_000, Ordering::Relaxed);
    };
    let outcome = Store::repair(&file, &mut Watch { ended: &ended, reached: &mut reached });
    assert_eq!(outcome.expect("it is read"), Repair::Ended);
    let Some(Reached { done, total: Some(total) }) = last else { panic!("{last:?}") };
    assert!(done >= 1_000 && done < total, "{done} of {total}");
    assert!(kept() == before, "{:?}", kept().keys());

    let mut told = Vec::new();
    let mut reached = |now: Reached| told.push(now);
    let watch = &mut Watch { ended: &Arc::default(), reached: &mut reached };
    assert!(matches!(Store::repair(&file, watch), Ok(Repair::Copied { .. })));
    assert!(told.is_sorted_by_key(|now| now.done));
    assert_eq!(told.last().map(|now| Some(now.done)), Some(last.and_then(|last| last.total)));
}
