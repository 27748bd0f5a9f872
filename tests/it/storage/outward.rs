//! What goes out is kept: attempts with their delivery, the ledger and the leases for ever.

use std::time::Duration;

use bytes::Bytes;
use hookscope::domain::attempt::{
    Attempt, AttemptError, AttemptId, Call, Outcome, Purpose, Response, Timing,
};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::event::ProviderId;
use hookscope::domain::headers::Headers;
use hookscope::domain::ledger::{Lease, LedgerEntry, NewEntry, Sighting};
use hookscope::domain::name::AccountName;
use hookscope::domain::url::Url;
use hookscope::storage::Store;
use hookscope::storage::error::StoreError;
use http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::arbitrary::{captured, headers, now, request, text, time};
use super::{memory, open, run};

pub(super) fn url(text: &str) -> Url {
    Url::parse(text).expect("an address")
}

/// A fetch that is about a delivery, if one is named, answered 200 with this body.
pub(super) fn fetch(delivery: Option<i64>, body: impl Into<Bytes>) -> Attempt {
    Attempt {
        delivery: delivery.map(DeliveryId),
        account: Some("acme".into()),
        purpose: Purpose::Fetch,
        call: Call::new(Method::GET, url("https://api.test/rfqs/1?a=b"), Headers::default()),
        started_at: now(),
        timing: Timing::default(),
        outcome: answered(200, body),
    }
}

fn answered(status: u16, body: impl Into<Bytes>) -> Outcome {
    let status = StatusCode::from_u16(status).expect("three digits");
    let headers = Headers::from_pairs([("Content-Type", "application/json")]);
    Outcome::Answered(Response { status, headers, body: body.into() })
}

pub(super) fn lease(subscription: &str) -> Lease {
    Lease {
        account: "acme".into(),
        subscription: subscription.to_owned(),
        previous_target: "https://theirs.test/hook".to_owned(),
        target: "https://ours.test/hook".to_owned(),
        taken_at: now(),
    }
}

pub(super) fn new_entry(account: &str) -> NewEntry {
    NewEntry {
        account: account.into(),
        provider: ProviderId::Avinode,
        requested_at: now(),
        target: "https://ours.test/hook".to_owned(),
        name: "bookings, Ünï".to_owned(),
    }
}

fn record(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(record) => record,
        other => panic!("no object: {other}"),
    }
}

fn any_attempt() -> impl Strategy<Value = Attempt> {
    let body = || vec(any::<u8>(), 0..20_000).prop_map(Bytes::from);
    let response = (100_u16..1_000, headers(), body()).prop_map(|(status, headers, body)| {
        let status = StatusCode::from_u16(status).expect("three digits");
        Outcome::Answered(Response { status, headers, body })
    });
    let failed = (select(&AttemptError::ALL[..]), text())
        .prop_map(|(error, message)| Outcome::Failed { error, message });
    let took = || (0_u64..1 << 40).prop_map(Duration::from_micros);
    let timing = (option::of(took()), option::of(took()), took())
        .prop_map(|(connect, first_byte, total)| Timing { connect, first_byte, total });
    let url = select(
        &[
            "http://localhost:3000",
            "https://api.test/v1/rfqs/a%20b?x=%41&y",
            "HTTPS://API.test/Ä?ü",
            "http://[::1]:80?q",
        ][..],
    );
    let call = (url.prop_map(self::url), request(), any::<bool>())
        .prop_map(|(url, request, insecure)| Call { insecure, ..Call::of(url, request) });
    let purpose = select(&Purpose::ALL[..]);
    let account = option::of(select(&["one", "TWO"][..]).prop_map(AccountName::from));
    (account, purpose, call, time(), timing, prop_oneof![response, failed]).prop_map(
        |(account, purpose, call, started_at, timing, outcome)| Attempt {
            delivery: Some(DeliveryId(1)),
            account,
            purpose,
            call,
            started_at,
            timing,
            outcome,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_byte_of_an_attempt_is_kept(attempts in vec(any_attempt(), 1..4)) {
        run(async {
            let store = memory();
            let mut kept = Vec::new();
            for (number, attempt) in (1..).zip(attempts) {
                let id = store.insert_attempt(attempt.clone()).await.expect("stored");
                prop_assert_eq!(id, AttemptId(number));
                kept.push((id, attempt));
            }
            prop_assert_eq!(store.attempts(DeliveryId(1)).await.expect("a read"), kept);
            prop_assert_eq!(store.attempts(DeliveryId(2)).await.expect("a read"), []);
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn times_are_kept_to_the_microsecond() {
    let store = memory();
    let mut attempt = fetch(Some(1), "{}");
    attempt.started_at = Timestamp::from_nanosecond(1_234_567).unwrap();
    attempt.timing.total = Duration::from_nanos(7_654_321);
    store.insert_attempt(attempt).await.unwrap();
    let (_, kept) = store.attempts(DeliveryId(1)).await.unwrap().remove(0);
    assert_eq!(kept.started_at, Timestamp::from_microsecond(1_234).unwrap());
    assert_eq!(kept.timing.total, Duration::from_micros(7_654));
}

#[test]
fn attempts_go_with_their_delivery_and_nothing_else_does() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        let long = vec![b'x'; 10 * 1024 * 1024];
        for n in 1..=3 {
            store.insert(captured(&n.to_string())).await.expect("stored");
            store.insert_attempt(fetch(Some(n), long.clone())).await.expect("stored");
        }
        store.insert_attempt(fetch(None, "about none")).await.expect("stored");
        store.insert_attempt(fetch(Some(3), "{}")).await.expect("stored");
        store.begin_subscription(new_entry("acme")).await.expect("stored");
        store.take_lease(lease("1")).await.expect("stored");
        store.close().await;

        let raw = rusqlite::Connection::open(&file).expect("the file");
        raw.execute("DELETE FROM deliveries WHERE id IN (1, 3)", []).expect("deleted");
        raw.close().expect("closed");

        let store = open(&file).expect("a store");
        for (delivery, left) in [(1, 0), (2, 1), (3, 0)] {
            let attempts = store.attempts(DeliveryId(delivery)).await.expect("a read");
            assert_eq!(attempts.len(), left, "delivery {delivery}");
            for (id, attempt) in attempts {
                assert_eq!(id, AttemptId(delivery));
                assert_eq!(attempt.response().expect("an answer").body, long);
            }
        }
        let next = store.insert_attempt(fetch(None, "{}")).await.expect("stored");
        assert_eq!(next, AttemptId(6), "a number is not given again");
        assert_eq!(store.ledger(None).await.expect("a read").len(), 1);
        assert_eq!(store.open_leases().await.expect("a read").len(), 1);
        store.close().await;
    });
}

#[tokio::test]
async fn the_previous_fetch_is_the_last_that_succeeded_for_the_same_account_and_address() {
    let store = memory();
    let insert = async |change: fn(&mut Attempt), body: &str| {
        let mut attempt = fetch(None, body.to_owned());
        change(&mut attempt);
        store.insert_attempt(attempt).await.unwrap()
    };
    let first = insert(|_| {}, "first").await;
    let second = insert(|it| it.outcome = answered(299, "second"), "").await;
    let others: [fn(&mut Attempt); 7] = [
        |it| it.account = Some("other".into()),
        |it| it.account = None,
        |it| it.call.url = url("https://api.test/rfqs/2"),
        |it| it.purpose = Purpose::Check,
        |it| it.outcome = answered(404, "{}"),
        |it| it.outcome = answered(199, "{}"),
        |it| {
            it.outcome =
                Outcome::Failed { error: AttemptError::Timeout, message: "too slow".to_owned() };
        },
    ];
    for other in others {
        insert(other, "").await;
    }
    let last = insert(|_| {}, "last").await;
    let previous = async |before| {
        let address = url("https://api.test/rfqs/1?a=b");
        let found = store.previous_fetch("acme".into(), address, before).await.unwrap();
        found.map(|(id, attempt)| (id, attempt.response().unwrap().body.clone()))
    };
    assert_eq!(previous(last).await, Some((second, Bytes::from("second"))));
    assert_eq!(previous(second).await, Some((first, Bytes::from("first"))));
    assert_eq!(previous(first).await, None);
}

/// What the ledger knows of its only entry.
async fn entry(store: &Store) -> LedgerEntry {
    let mut entries = store.ledger(None).await.expect("a read");
    assert_eq!(entries.len(), 1);
    entries.remove(0)
}

#[test]
fn the_ledger_knows_each_step_even_if_the_program_ends_right_after_it() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("a.db");
    run(async {
        let store = open(&file).expect("a store");
        let mut copies = 0;
        // What a killed process leaves: the file and its log, nothing flushed, nothing closed.
        let mut after_a_crash = async || {
            copies += 1;
            let copy = directory.path().join(format!("{copies}.db"));
            for suffix in ["", "-wal"] {
                let from = format!("{}{suffix}", file.display());
                std::fs::copy(from, format!("{}{suffix}", copy.display())).expect("a copy");
            }
            let crashed = open(&copy).expect("the copy of a store");
            let entry = entry(&crashed).await;
            crashed.close().await;
            assert_eq!(entry, self::entry(&store).await);
            entry
        };
        let NewEntry { account, provider, requested_at, target, name } = new_entry("acme");
        let id = store.begin_subscription(new_entry("acme")).await.expect("stored");
        let mut expected = LedgerEntry {
            id,
            account,
            provider,
            requested_at,
            target,
            name,
            answer: None,
            subscription: None,
            seen: None,
            gone_since: None,
            deleted_at: None,
        };
        assert_eq!(after_a_crash().await, expected);

        let answer = Bytes::from_static(b"<html>\xff no JSON</html>");
        store.keep_subscription_answer(id, answer.clone()).await.expect("stored");
        expected.answer = Some(answer);
        assert_eq!(after_a_crash().await, expected);

        let seen = record(json!({"z": 1, "id": 77, "a": {"version": [null, "x"]}}));
        store.name_subscription(id, "77".to_owned(), seen.clone()).await.expect("stored");
        expected.subscription = Some("77".to_owned());
        expected.seen = Some(seen.clone());
        assert_eq!(after_a_crash().await, expected);

        let at = |seconds| now() + SignedDuration::from_secs(seconds);
        let changed = record(json!({"id": 77}));
        let present = Sighting::Present(changed.clone());
        for (sighting, seen, gone_since, deleted_at) in [
            (Sighting::Gone(at(1)), &seen, Some(at(1)), None),
            (Sighting::Gone(at(2)), &seen, Some(at(1)), None),
            (present, &changed, None, None),
            (Sighting::Gone(at(3)), &changed, Some(at(3)), None),
            (Sighting::Deleted(at(4)), &changed, Some(at(3)), Some(at(4))),
            (Sighting::Deleted(at(5)), &changed, Some(at(3)), Some(at(4))),
        ] {
            let acme = AccountName::from("acme");
            store.sight_subscription(acme, "77".to_owned(), sighting).await.expect("stored");
            expected = LedgerEntry { seen: Some(seen.clone()), gone_since, deleted_at, ..expected };
            assert_eq!(after_a_crash().await, expected);
        }
        store.close().await;
    });
}

#[tokio::test]
async fn a_sighting_is_about_one_subscription_of_one_account() {
    let store = memory();
    let mut ids = Vec::new();
    for account in ["one", "two", "one"] {
        ids.push(store.begin_subscription(new_entry(account)).await.unwrap());
    }
    for (id, subscription) in ids.iter().zip(["7", "7", "8"]) {
        let seen = record(json!({ "id": subscription }));
        store.name_subscription(*id, subscription.to_owned(), seen).await.unwrap();
    }
    for unknown in ["7 ", "9"] {
        let gone = Sighting::Gone(now());
        store.sight_subscription("one".into(), unknown.to_owned(), gone).await.unwrap();
    }
    store.sight_subscription("one".into(), "7".to_owned(), Sighting::Gone(now())).await.unwrap();
    let told = |entries: Vec<LedgerEntry>| {
        entries.into_iter().map(|it| (it.id, it.gone_since.is_some())).collect::<Vec<_>>()
    };
    let all = told(store.ledger(None).await.unwrap());
    assert_eq!(all, [(ids[0], true), (ids[1], false), (ids[2], false)]);
    let of_one = told(store.ledger(Some("one".into())).await.unwrap());
    assert_eq!(of_one, [(ids[0], true), (ids[2], false)]);
    assert_eq!(store.ledger(Some("none".into())).await.unwrap(), []);
}

#[test]
fn a_lease_is_open_until_it_is_ended_whatever_happens_to_the_program() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    let ids = run(async {
        let store = open(&file).expect("a store");
        let first = store.take_lease(lease("1")).await.expect("stored");
        let second = store.take_lease(lease("2")).await.expect("stored");
        let third = store.take_lease(lease("3")).await.expect("stored");
        store.end_lease(second, now()).await.expect("stored");
        store.end_lease(second, now()).await.expect("ended already");
        // Dropped, not closed.
        [first, second, third]
    });
    run(async {
        let reader = Store::open_to_read(&file).expect("a reader");
        let open = reader.open_leases().await.expect("a read");
        assert_eq!(open, [(ids[0], lease("1")), (ids[2], lease("3"))]);
        reader.close().await;
    });
}

#[tokio::test]
async fn what_is_not_there_cannot_be_filled_in() {
    let store = memory();
    let entry = store.begin_subscription(new_entry("acme")).await.unwrap();
    let lease = store.take_lease(lease("1")).await.unwrap();
    let (mut no_entry, mut no_lease) = (entry, lease);
    (no_entry.0, no_lease.0) = (7, 7);
    let refused = [
        store.keep_subscription_answer(no_entry, Bytes::new()).await,
        store.name_subscription(no_entry, "1".to_owned(), Map::new()).await,
        store.end_lease(no_lease, now()).await,
    ];
    for result in refused {
        assert!(matches!(result, Err(StoreError::Failed(_))), "{result:?}");
    }
    assert_eq!(store.ledger(None).await.unwrap()[0].answer, None);
    assert_eq!(store.open_leases().await.unwrap().len(), 1);
}

#[test]
fn attempts_and_deliveries_share_their_commits() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        let pairs = (1..=500).map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let attempt = store.insert_attempt(fetch(Some(n), n.to_string())).await;
                attempt.expect("stored");
                store.insert(captured(&n.to_string())).await.expect("stored")
            })
        });
        for pair in pairs.collect::<Vec<_>>() {
            let id = pair.await.expect("no panic").id;
            assert_eq!(store.attempts(id).await.expect("a read").len(), 1);
        }
        store.close().await;
    });
    let raw = rusqlite::Connection::open(&file).expect("the file");
    let commits = raw.query_row("SELECT count(*) FROM commits", [], |row| row.get::<_, i64>(0));
    let commits = commits.expect("a count");
    assert!(commits < 250, "{commits} commits for 500 deliveries with as many attempts");
}
