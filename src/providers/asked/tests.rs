use jiff::Timestamp;
use serde_json::json;

use super::{asked, narrowed};
use crate::domain::event::{Event, ProviderId};
use crate::domain::ledger::{LedgerEntry, LedgerId};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn entry(requested: i64, gone: Option<i64>, record: &serde_json::Value) -> LedgerEntry {
    LedgerEntry {
        id: LedgerId(1),
        account: "acme".into(),
        provider: ProviderId::Avinode,
        requested_at: at(requested),
        target: "https://hooks.example.test/".to_owned(),
        name: "inspector".to_owned(),
        answer: None,
        subscription: Some("whs-1".to_owned()),
        seen: record.as_object().cloned(),
        gone_since: gone.map(at),
        deleted_at: None,
    }
}

#[test]
fn what_was_asked_for_counts_when_it_was_asked_for() {
    let ledger = [
        entry(10, None, &json!({"eventTypes": ["TripRequest", "EmptyLegs"]})),
        entry(20, Some(30), &json!({"eventTypes": ["TripRequestMine", "TripRequest", 7]})),
        entry(10, None, &json!({"event_mask": "*"})),
        entry(10, None, &json!(null)),
    ];
    let early = ["EmptyLegs", "TripRequest"];
    let both = ["EmptyLegs", "TripRequest", "TripRequestMine"];
    for (second, expected) in [(9, &[][..]), (10, &early), (20, &both), (30, &both), (31, &early)] {
        assert_eq!(asked(&ledger, at(second)), expected, "{second}");
    }
}

#[test]
fn candidates_are_narrowed_to_what_is_asked_for_and_never_to_none() {
    let of = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let open = Event { candidates: of(&["TripRequest", "TripRequestMine"]), ..Event::default() };
    for (asked, expected) in [
        (&["TripRequest", "EmptyLegs"][..], &["TripRequest"][..]),
        (&["TripRequestMine", "TripRequest"], &["TripRequest", "TripRequestMine"]),
        (&["EmptyLegs"], &["TripRequest", "TripRequestMine"]),
        (&[], &["TripRequest", "TripRequestMine"]),
    ] {
        let found = narrowed(&open, &of(asked));
        assert_eq!((found.candidates, found.kind), (of(expected), None), "{asked:?}");
    }
    let told = Event::of_kind("EmptyLegs");
    assert_eq!(narrowed(&told, &of(&["TripRequest"])), told);
}
