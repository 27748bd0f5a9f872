//! How far each target of forwarding has got is kept.

use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::name::EndpointName;
use hookscope::domain::url::Url;
use hookscope::storage::Store;
use hookscope::storage::error::StoreError;

use super::outward::url;
use super::{open, run};

fn target(endpoint: &str, address: &str) -> (EndpointName, Url) {
    (endpoint.into(), url(address))
}

async fn at(store: &Store, (endpoint, to): &(EndpointName, Url)) -> Result<i64, StoreError> {
    let position = store.forwarded_up_to(endpoint.clone(), to.clone()).await;
    position.map(|DeliveryId(id)| id)
}

#[test]
fn a_target_goes_on_where_it_was_and_one_that_is_new_or_was_gone_begins_anew() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    let (a, b) = (target("shop", "http://a.test/x?y='1'"), target("shop", "http://b.test"));
    let other = target("it's \"other\"", "http://b.test");
    run(async {
        let store = open(&file).expect("a store");
        let all = vec![a.clone(), b.clone(), other.clone()];
        store.configure_forwards(all, DeliveryId(7)).await.expect("kept");
        for (id, expected) in [(9, 9), (8, 9), (12, 12)] {
            let (endpoint, to) = a.clone();
            store.forwarded(endpoint, to, DeliveryId(id)).await.expect("kept");
            assert_eq!(at(&store, &a).await.expect("a read"), expected, "it never goes back");
        }
        assert_eq!(at(&store, &b).await.expect("a read"), 7);
        assert_eq!(at(&store, &other).await.expect("a read"), 7);
        store.close().await;
    });
    run(async {
        let store = open(&file).expect("a store");
        store.configure_forwards(vec![a.clone(), b.clone()], DeliveryId(20)).await.expect("kept");
        assert_eq!(at(&store, &a).await.expect("a read"), 12);
        assert_eq!(at(&store, &b).await.expect("a read"), 7);
        assert!(at(&store, &other).await.is_err(), "it is not configured");
        store.configure_forwards(vec![other.clone()], DeliveryId(30)).await.expect("kept");
        assert_eq!(at(&store, &other).await.expect("a read"), 30);
        store.configure_forwards(Vec::new(), DeliveryId(30)).await.expect("kept");
        assert!(at(&store, &a).await.is_err());
        store.close().await;
    });
}
