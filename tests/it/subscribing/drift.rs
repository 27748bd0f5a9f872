//! How what the provider has comes to differ from what we left there.

use hookscope::domain::ledger::{Drift, Listed};
use hookscope::domain::subscription::Change;
use jiff::Timestamp;
use serde_json::json;

use super::{Bench, acme, draft};
use crate::standins::avinode::Standin;
use crate::standins::channex::Channex;

#[tokio::test]
async fn what_a_rebuild_removed_is_gone_since_it_was_missed_first_until_it_is_back() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    bench.create(draft("ours")).await;
    let record = standin.settings().remove(0);
    standin.rebuild();

    let first = bench.list().await.listed;
    assert_eq!((first[0].ours, first[0].drift), (true, Some(Drift::Gone)));
    let bench = bench.restarted().await;
    let second = bench.list().await.listed;
    let since = |listed: &[Listed]| listed[0].gone_since.map(Timestamp::as_microsecond);
    assert_eq!(since(&second), since(&first));
    assert_eq!(second[0].subscription.name, "ours");
    assert_eq!(second[0].subscription.events, ["TripRequest"]);

    // The stand-in gives another id to whatever is made, so what is back gets its own one here.
    let id = standin.seed(&record);
    standin.change(&id, "id", record["id"].clone());
    let back = bench.list().await.listed;
    assert_eq!((back[0].drift, back[0].gone_since), (None, None));
    standin.rebuild();
    assert_ne!(since(&bench.list().await.listed), since(&first));
}

#[tokio::test]
async fn what_is_gone_is_missed_until_it_is_made_anew_or_let_go() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    bench.create(draft("one")).await;
    let two = bench.create(draft("two")).await;
    bench.list().await;
    standin.rebuild();
    assert_eq!(bench.list().await.listed.len(), 2);
    bench.create(draft("one")).await;
    let listed = bench.list().await.listed;
    let states = listed.iter().map(|listed| (listed.subscription.name.as_str(), listed.drift));
    assert_eq!(states.collect::<Vec<_>>(), [("one", None), ("two", Some(Drift::Gone))]);

    let asked = standin.requests().len();
    bench.subscribing.change(&acme(), Change::Delete { id: two }).await.unwrap();
    assert_eq!(standin.requests().len(), asked);
    assert_eq!(bench.list().await.listed.len(), 1);
}

#[tokio::test]
async fn what_somebody_else_changed_stays_marked_until_we_change_it_ourselves() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let id = bench.create(draft("ours")).await;
    assert_eq!(bench.list().await.listed[0].drift, None);
    standin.change(&id, "active", json!(false));

    for _ in 0..2 {
        assert_eq!(bench.list().await.listed[0].drift, Some(Drift::Changed));
    }
    let of = Box::new(bench.only().await);
    let change = Change::SetActive { of, active: true };
    bench.subscribing.change(&acme(), change).await.unwrap();
    for _ in 0..2 {
        assert_eq!(bench.list().await.listed[0].drift, None);
    }
}

#[tokio::test]
async fn a_change_that_failed_does_not_hide_what_somebody_else_changed() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let id = bench.create(draft("ours")).await;
    let of = Box::new(bench.only().await);
    standin.change(&id, "displayName", json!("theirs"));
    let change = Change::SetActive { of, active: false };
    bench.subscribing.change(&acme(), change).await.unwrap_err();
    assert_eq!(bench.list().await.listed[0].drift, Some(Drift::Changed));
}

#[tokio::test]
async fn a_target_that_does_not_lead_here_any_more_is_told() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let id = bench.create(draft("ours")).await;
    standin.change(&id, "targetURI", json!("https://elsewhere.example.test/avinode"));
    assert_eq!(bench.list().await.listed[0].drift, Some(Drift::Elsewhere));
}

#[tokio::test]
async fn what_we_deleted_is_not_missed() {
    let standin = Channex::start();
    let bench = Bench::new(vec![standin.organization("acme", "key-of-acme", "property-1")]);
    let mut wanted = draft("");
    wanted.events = vec!["*".to_owned()];
    let id = bench.create(wanted).await;
    assert!(bench.list().await.listed[0].ours);
    bench.subscribing.change(&acme(), Change::Delete { id }).await.unwrap();
    assert!(bench.list().await.listed.is_empty());
    assert!(bench.ledger().await[0].deleted_at.is_some());
}
