//! Where replays went is kept.

use std::collections::{BTreeMap, BTreeSet};

use hookscope::domain::name::EndpointName;
use hookscope::domain::replay_targets::ReplayTargets;
use hookscope::storage::Store;
use jiff::Timestamp;

use super::outward::url;
use super::{open, run};

async fn used(store: &Store, endpoints: &[&str], address: &str, second: i64) {
    let endpoints = endpoints.iter().copied().map(EndpointName::from).collect::<BTreeSet<_>>();
    let at = Timestamp::from_second(second).expect("a time");
    store.use_replay_target(endpoints, url(address), at).await.expect("kept");
}

#[test]
fn the_last_target_of_an_endpoint_comes_first_and_is_known_after_a_restart() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        assert_eq!(store.replay_targets().await.expect("a read"), BTreeMap::new());
        used(&store, &["a", "it's \"b\""], "http://x.test/?q='1'", 1).await;
        used(&store, &["a"], "http://y.test", 2).await;
        used(&store, &["a"], "http://x.test/?q='1'", 3).await;
        used(&store, &["it's \"b\""], "http://y.test", 4).await;
        store.close().await;
        let store = Store::open_to_read(&file).expect("a reader");
        let (x, y) = (url("http://x.test/?q='1'"), url("http://y.test"));
        let expected =
            [("a".into(), vec![x.clone(), y.clone()]), ("it's \"b\"".into(), vec![y, x])];
        assert_eq!(store.replay_targets().await.expect("a read"), expected.into());
        store.close().await;
    });
}

#[test]
fn only_the_last_targets_of_an_endpoint_are_kept() {
    let directory = tempfile::tempdir().expect("a directory");
    run(async {
        let store = open(&directory.path().join("hookscope.db")).expect("a store");
        used(&store, &["other"], "http://x.test", 0).await;
        for number in 1..=25 {
            used(&store, &["a"], &format!("http://x.test/{number}"), number).await;
        }
        let targets = store.replay_targets().await.expect("a read");
        let last = (6..=25).rev().map(|number| url(&format!("http://x.test/{number}")));
        assert_eq!(targets[&EndpointName::from("a")], last.collect::<Vec<_>>());
        assert_eq!(targets[&EndpointName::from("a")].len(), ReplayTargets::MOST);
        assert_eq!(targets[&EndpointName::from("other")].len(), 1);
        store.close().await;
    });
}
