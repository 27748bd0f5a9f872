use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Found, Known, compare};
use crate::domain::addresses::Addresses;
use crate::domain::endpoint::Endpoint;
use crate::domain::event::ProviderId;
use crate::domain::ledger::{Drift, Lease, LedgerEntry, LedgerId, Listed};
use crate::domain::name::AccountName;
use crate::domain::subscription::Subscription;

const OURS: &str = "https://dev.example.test/avinode";
const ELSEWHERE: &str = "https://elsewhere.example.test/avinode";

fn record(members: &Value) -> Map<String, Value> {
    members.as_object().unwrap().clone()
}

fn found(id: &str, target: &str, masked: &Value) -> Found {
    let (events, raw) = (vec!["TripRequest".to_owned()], record(masked));
    let (name, target) = ("inspector".to_owned(), target.to_owned());
    let subscription = Subscription { id: id.to_owned(), name, target, active: true, events, raw };
    Found { subscription, masked: record(masked) }
}

fn entry(id: Option<&str>, seen: Option<&Value>) -> LedgerEntry {
    LedgerEntry {
        id: LedgerId(1),
        account: AccountName::from("acme"),
        provider: ProviderId::Avinode,
        requested_at: Timestamp::UNIX_EPOCH,
        target: OURS.to_owned(),
        name: "inspector".to_owned(),
        answer: None,
        subscription: id.map(str::to_owned),
        seen: seen.map(record),
        gone_since: None,
        deleted_at: None,
    }
}

fn lease(subscription: &str, target: &str) -> Lease {
    Lease {
        account: AccountName::from("acme"),
        subscription: subscription.to_owned(),
        previous_target: "https://before.example.test".to_owned(),
        target: target.to_owned(),
        taken_at: Timestamp::UNIX_EPOCH,
    }
}

fn compared(found: Vec<Found>, ledger: &[LedgerEntry], leases: &[Lease]) -> Vec<Listed> {
    let here = Endpoint::any_path(Some("https://dev.example.test".to_owned()));
    let addresses = Addresses::of([&here]);
    compare(found, Known { ledger, leases, addresses: &addresses }, |entry, id| Subscription {
        id: id.to_owned(),
        name: entry.name.clone(),
        target: entry.target.clone(),
        active: false,
        events: vec!["TripRequest".to_owned()],
        raw: Map::new(),
    })
}

#[test]
fn a_changed_record_is_known_whatever_its_version_and_the_order_of_its_events() {
    let seen = json!({
        "active": true, "version": 3, "eventTypes": ["A", "B"], "note": null, "nested": {"x": [1]}
    });
    for (now, changed) in [
        (
            json!({"active": true, "version": 3, "eventTypes": ["A", "B"], "nested": {"x": [1]}}),
            false,
        ),
        (
            json!({"active": true, "version": 9, "eventTypes": ["B", "A"], "nested": {"x": [1]}}),
            false,
        ),
        (
            json!({"active": false, "version": 3, "eventTypes": ["A", "B"], "nested": {"x": [1]}}),
            true,
        ),
        (json!({"active": true, "version": 3, "eventTypes": ["A"], "nested": {"x": [1]}}), true),
        (
            json!({"active": true, "version": 3, "eventTypes": ["A", "A"], "nested": {"x": [1]}}),
            true,
        ),
        (
            json!({"active": true, "version": 3, "eventTypes": ["A", "B"], "nested": {"x": [2]}}),
            true,
        ),
        (
            json!({"active": true, "version": 3, "eventTypes": ["A", "B"], "nested": {"x": [1], "y": 1}}),
            true,
        ),
        (json!({"active": true, "version": 3, "eventTypes": ["A", "B"]}), true),
        (
            json!({"active": true, "version": 3, "eventTypes": ["A", "B"], "nested": {"x": [1]}, "new": 1}),
            true,
        ),
    ] {
        let listed = compared(vec![found("1", OURS, &now)], &[entry(Some("1"), Some(&seen))], &[]);
        assert_eq!(listed[0].drift, changed.then_some(Drift::Changed), "{now}");
        assert!(listed[0].ours);
    }
}

#[test]
fn what_is_not_in_the_ledger_has_nothing_to_differ_from() {
    let listed = compared(vec![found("1", ELSEWHERE, &json!({}))], &[entry(None, None)], &[]);
    assert_eq!((listed[0].ours, listed[0].drift), (false, None));
}

#[test]
fn a_first_sighting_is_no_change() {
    let now = json!({"active": true});
    for seen in [None, Some(json!({}))] {
        let ledger = [entry(Some("1"), seen.as_ref())];
        assert_eq!(compared(vec![found("1", OURS, &now)], &ledger, &[])[0].drift, None);
    }
}

#[test]
fn a_target_that_is_not_ours_is_elsewhere_unless_it_is_leased() {
    let record = json!({"active": true});
    let ledger = [entry(Some("1"), Some(&json!({"active": false})))];
    let elsewhere = || vec![found("1", ELSEWHERE, &record)];
    assert_eq!(compared(elsewhere(), &ledger, &[])[0].drift, Some(Drift::Elsewhere));

    let leased = compared(elsewhere(), &ledger, &[lease("1", ELSEWHERE)]);
    assert_eq!((leased[0].leased, leased[0].drift), (true, Some(Drift::Changed)));
    for other in [lease("2", ELSEWHERE), lease("1", OURS)] {
        let listed = compared(elsewhere(), &ledger, &[other]);
        assert_eq!((listed[0].leased, listed[0].drift), (false, Some(Drift::Elsewhere)));
    }
}

#[test]
fn what_the_provider_lost_is_shown_behind_the_rest_and_what_we_deleted_is_not() {
    let since = Timestamp::from_second(1_000).unwrap();
    let gone = LedgerEntry { gone_since: Some(since), ..entry(Some("1"), None) };
    let deleted = LedgerEntry { deleted_at: Some(since), ..entry(Some("2"), None) };
    let unnamed = entry(None, None);
    let others = || vec![found("3", OURS, &json!({}))];
    let listed = compared(others(), &[gone.clone(), deleted, unnamed], &[]);
    let seen = listed.iter().map(|listed| (listed.subscription.id.as_str(), listed.drift));
    assert_eq!(seen.collect::<Vec<_>>(), [("3", None), ("1", Some(Drift::Gone))]);
    assert_eq!(listed[1].gone_since, Some(since));
}

#[test]
fn what_was_made_anew_is_not_missed_any_more() {
    let lost = entry(Some("1"), None);
    let anew = LedgerEntry { id: LedgerId(2), ..entry(Some("2"), None) };
    let ledger = [lost, anew];
    let gone = |found| {
        let listed = compared(vec![found], &ledger, &[]);
        listed.iter().filter(|listed| listed.drift == Some(Drift::Gone)).count()
    };
    assert_eq!(gone(found("2", OURS, &json!({}))), 0);
    let mut other = found("2", OURS, &json!({}));
    other.subscription.events.push("EmptyLegs".to_owned());
    assert_eq!(gone(other), 1);
    // The older one does not stand for the newer one.
    assert_eq!(gone(found("1", OURS, &json!({}))), 1);
}
