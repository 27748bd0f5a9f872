//! What is made is never forgotten, and what is secret is never kept.

use bytes::Bytes;
use hookscope::domain::ledger::NewEntry;
use hookscope::domain::subscription::Change;
use hookscope::domain::url::Url;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Bench, HERE, acme, draft, impatient, secret_draft, tells_secret};
use crate::standins::avinode::{Standin, Telling, refusal};
use crate::standins::server::Answer;

fn entry(name: &str, requested_at: Timestamp) -> NewEntry {
    let draft = draft(name);
    let provider = hookscope::domain::event::ProviderId::Avinode;
    NewEntry { account: acme(), provider, requested_at, target: draft.target, name: draft.name }
}

fn record(name: &str) -> serde_json::Value {
    json!({"targetURI": format!("{HERE}/avinode"), "displayName": name, "eventTypes": []})
}

#[tokio::test]
async fn a_new_subscription_is_in_the_ledger_with_its_id() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    standin.seed(&record("somebody else's"));
    let id = bench.create(draft("ours")).await;

    let ledger = bench.ledger().await;
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0].subscription.as_deref(), Some(id.as_str()));
    assert_eq!(ledger[0].target, format!("{HERE}/avinode"));
    let states = bench.states().await;
    let expected = [("somebody else's", false, None), ("ours", true, None)];
    assert_eq!(states, expected.map(|(name, ours, drift)| (name.to_owned(), ours, drift)));
}

#[tokio::test]
async fn a_program_that_ends_before_the_answer_finds_its_subscription_by_target_and_name() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let store = &bench.subscribing.outward.store;
    store.begin_subscription(entry("ours", Timestamp::now())).await.unwrap();
    let id = standin.seed(&record("ours"));
    standin.seed(&record("somebody else's"));

    let bench = bench.restarted().await;
    let inventory = bench.list().await;
    assert!(inventory.listed[0].ours && !inventory.listed[1].ours, "{inventory:?}");
    assert_eq!(inventory.remarks, [""; 0]);
    assert_eq!(bench.ledger().await[0].subscription, Some(id));
}

#[tokio::test]
async fn a_program_that_ends_before_it_read_the_answer_reads_it_at_the_next_list() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let store = &bench.subscribing.outward.store;
    let begun = store.begin_subscription(entry("ours", Timestamp::now())).await.unwrap();
    let answer = Bytes::from_static(br#"{"data":{"id":"whs-77","displayName":"ours"}}"#);
    store.keep_subscription_answer(begun, answer).await.unwrap();

    let bench = bench.restarted().await;
    let inventory = bench.list().await;
    // It is known although the provider lost it again.
    assert_eq!(inventory.listed[0].subscription.id, "whs-77");
    assert!(inventory.listed[0].gone_since.is_some());
}

#[tokio::test]
async fn of_two_that_look_alike_none_is_claimed_and_the_doubt_is_told() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let store = &bench.subscribing.outward.store;
    store.begin_subscription(entry("ours", Timestamp::now())).await.unwrap();
    standin.seed(&record("ours"));
    standin.seed(&record("ours"));

    let inventory = bench.list().await;
    assert!(inventory.listed.iter().all(|listed| !listed.ours), "{inventory:?}");
    let [remark] = &inventory.remarks[..] else { panic!("{:?}", inventory.remarks) };
    assert!(remark.contains("the provider lists 2 such"), "{remark}");
}

#[tokio::test]
async fn what_was_never_made_is_waited_for_and_then_let_go() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let store = &bench.subscribing.outward.store;
    let now = Timestamp::now();
    for ago in [SignedDuration::from_secs(10), SignedDuration::from_mins(10)] {
        store.begin_subscription(entry("ours", now - ago)).await.unwrap();
    }
    for _ in 0..2 {
        let remarks = bench.list().await.remarks;
        let [remark] = &remarks[..] else { panic!("{remarks:?}") };
        assert!(remark.contains("lists none such yet"), "{remark}");
    }
    let answers = bench.ledger().await.into_iter().map(|entry| entry.answer);
    assert_eq!(answers.collect::<Vec<_>>(), [None, Some(Bytes::new())]);
}

#[tokio::test]
async fn a_create_that_nobody_answered_is_found_when_the_provider_made_it_all_the_same() {
    let standin = Standin::start();
    let bench = Bench::with(vec![standin.account()], impatient());
    standin.set_answer(Answer::Never);
    let create = Change::Create(draft("ours"));
    let failed = bench.subscribing.change(&acme(), create).await.unwrap_err();
    assert!(!failed.is_certain(), "{failed:?}");
    standin.set_answer(None);
    standin.seed(&record("ours"));
    assert!(bench.list().await.listed[0].ours);
}

#[tokio::test]
async fn a_create_that_was_answered_with_nothing_is_found_by_the_next_list() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    standin.set_answer(Answer::new(201, &[], ""));
    let done = bench.subscribing.change(&acme(), Change::Create(draft("ours"))).await.unwrap();
    assert_eq!(done.id, None);
    standin.set_answer(None);
    let id = standin.seed(&record("ours"));
    assert!(bench.list().await.listed[0].ours);
    assert_eq!(bench.ledger().await[0].subscription, Some(id));
}

#[tokio::test]
async fn a_create_that_was_refused_leaves_nothing_to_look_for() {
    let standin = Standin::start();
    let refused = Bench::new(vec![standin.account()]);
    standin.set_answer(refusal(403, "", "not for you", None));
    let create = || Change::Create(draft("ours"));
    refused.subscribing.change(&acme(), create()).await.unwrap_err();
    standin.set_answer(None);

    // Nobody listens any more where this account's provider was.
    let mut account = standin.account();
    account.base_url = Url::parse("http://127.0.0.1:1/api").unwrap();
    account.hosts = vec![hookscope::domain::url::Host::parse("127.0.0.1:1").unwrap()];
    let unreached = Bench::new(vec![account]);
    let failed = unreached.subscribing.change(&acme(), create()).await.unwrap_err();
    assert!(failed.is_certain(), "{failed:?}");

    standin.seed(&record("ours"));
    let inventory = refused.list().await;
    assert!(!inventory.listed[0].ours && inventory.remarks.is_empty(), "{inventory:?}");
    for bench in [refused, unreached] {
        assert_eq!(bench.ledger().await[0].answer, Some(Bytes::new()));
    }
}

#[tokio::test]
async fn no_secret_is_kept_or_told_whatever_the_provider_repeats() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let escaped = serde_json::to_string(super::PLANTED).unwrap();
    let html = format!("<html>no: {}</html>", super::PLANTED);
    let mut told = Vec::new();
    for answer in [
        Some(Answer::new(500, &[("Content-Type", "text/html")], html.clone())),
        Some(Answer::new(200, &[("Content-Type", "text/html")], html)),
        Some(refusal(400, "ERR_INPUT_GENERIC_INVALID", super::PLANTED, Some("clientSecret"))),
        Some(Answer::new(200, &[], format!("{{\"data\":{{\"id\":\"1\",\"x\":{escaped}}}}}"))),
        None,
    ] {
        standin.set_answer(answer);
        let create = Change::Create(secret_draft("ours"));
        match bench.subscribing.change(&acme(), create).await {
            Ok(done) => told.push(format!("{done:?}")),
            Err(not_done) => told.push(format!("{not_done:?} {not_done}")),
        }
    }
    standin.set_answer(None);
    // The provider has it, and tells it in its lists.
    standin.tell_secrets(Telling::Whole);
    assert_eq!(standin.settings()[0]["clientSecret"], super::PLANTED);
    let of = Box::new(bench.only_ours().await);
    let update = Change::Update { of, draft: secret_draft("renamed") };
    bench.subscribing.change(&acme(), update).await.unwrap();

    for told in &told {
        assert!(!tells_secret(told.as_bytes()), "{told}");
    }
    assert!(!tells_secret(&bench.stored()));
    let closed = bench.restarted().await;
    assert!(!tells_secret(&closed.stored()));
}

impl Bench {
    async fn only_ours(&self) -> hookscope::domain::subscription::Subscription {
        let mut listed = self.list().await.listed.into_iter();
        listed.find(|listed| listed.ours && listed.drift.is_none()).unwrap().subscription
    }
}

#[tokio::test]
async fn every_call_is_an_attempt_in_the_store() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    bench.create(secret_draft("ours")).await;
    bench.list().await;
    let file = bench.file();
    bench.subscribing.outward.store.clone().close().await;
    let connection = rusqlite::Connection::open(file).unwrap();
    let mut rows = connection
        .prepare("SELECT account, purpose, method, status, request_body FROM attempts ORDER BY id")
        .unwrap();
    let rows = rows.query_map([], |row| {
        let body = String::from_utf8(row.get::<_, Vec<u8>>(4)?).unwrap();
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, u16>(3)?,
            body,
        ))
    });
    let rows = rows.unwrap().map(Result::unwrap).collect::<Vec<_>>();
    let [create, list] = &rows[..] else { panic!("{rows:?}") };
    let of = |method: &str| ("acme".to_owned(), "subscription".to_owned(), method.to_owned(), 200);
    assert_eq!((create.0.clone(), create.1.clone(), create.2.clone(), create.3), of("POST"));
    assert_eq!((list.0.clone(), list.1.clone(), list.2.clone(), list.3), of("GET"));
    assert!(create.4.contains(r#""clientSecret":"***""#), "{}", create.4);
    assert_eq!(list.4, "");
}
