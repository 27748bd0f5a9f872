//! Deliveries that are deleted on the screen, and when the store deletes them.

use hookscope::domain::filter::Filter;
use hookscope::domain::page::Cursor;
use hookscope::storage::Store;

use super::Running;
use crate::support::within;

async fn stored(store: &Store) -> Vec<i64> {
    let page = store.page(Filter::default().into(), Cursor::Newest, 10).await.unwrap();
    page.rows.iter().map(|row| row.id.0).collect()
}

/// Three deliveries, the newest of which was deleted on the screen.
async fn begun() -> Running {
    let running = Running::start(120, 40).await;
    for number in 1..=3 {
        running.post(&format!("/n/{number}"), "{}").await;
        running.screen.wait_for(&format!("/n/{number}")).await;
    }
    running.press("d");
    running.screen.wait_for("1 deleted").await;
    assert!(!running.screen.contents().contains("/n/3"));
    assert_eq!(stored(&running.listening.store).await, [3, 2, 1], "it can be brought back");
    running
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_comes_back_on_a_key_and_stays_stored() {
    let running = begun().await;
    running.press("U");
    running.screen.wait_for("/n/3").await;
    running.press("Q");
    within(running.ended).await.unwrap().unwrap();
    assert_eq!(stored(&running.listening.store).await, [3, 2, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_is_gone_from_the_store_when_the_program_has_ended() {
    let running = begun().await;
    running.press("Q");
    within(running.ended).await.unwrap().unwrap();
    assert_eq!(stored(&running.listening.store).await, [2, 1]);
}
