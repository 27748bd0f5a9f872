use std::collections::BTreeSet;

use http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use rusqlite::Connection;

use super::{Order, rows, tally};
use crate::domain::delivery::DeliveryId;
use crate::domain::event::ProviderId;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::domain::verdict::{Reason, Unchecked, Verdict};
use crate::storage::entry::Entry;
use crate::storage::entry::tests::captured;
use crate::storage::writer::Writer;
use crate::storage::{deliveries, findings, lists, plan, schema, search};

const TERMS: &[&str] = &[
    "needle",
    "\":3,\"",
    "/n=3",
    "provider:channex",
    "provider:avinode,channex",
    "endpoint:DESK",
    "account:acme",
    "account:none",
    "account:acme,none",
    "event:lead",
    "event:maybe,trip",
    "auth:verified",
    "auth:refuted",
    "auth:stale",
    "auth:no_secret",
    "status:5xx",
    "status:200",
    "method:put",
    "is:repeat",
    "since:30m",
    "until:30m",
    "until:10m",
    "id:3..20",
    "id:7,9,>30",
];

/// What is different from one delivery to the next, a digit each.
type Digits = [u32; 8];

fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("in range")
}

fn entry(digits: Digits) -> Entry {
    let [provider, endpoint, account, event, verdict, status, time, body] = digits;
    let mut captured = captured(&format!(r#"{{"n":{body},"text":"a needle"}}"#));
    if body == 0 {
        captured.delivery.request.body = "{}".into();
    }
    captured.delivery.received_at = now() - SignedDuration::from_mins(i64::from(time) * 12);
    captured.delivery.endpoint = ["default", "desk"][endpoint as usize % 2].into();
    captured.delivery.request.method = [Method::POST, Method::PUT][status as usize % 2].clone();
    captured.inspection.provider =
        [None, Some(ProviderId::Avinode), Some(ProviderId::Channex)][provider as usize % 3];
    captured.inspection.account =
        [None, Some("acme".into()), Some("nord".into())][account as usize % 3].clone();
    captured.inspection.event.kind = [None, Some("lead".to_owned())][event as usize % 2].clone();
    if event == 2 {
        captured.inspection.event.candidates = vec!["maybe".to_owned(), "trip".to_owned()];
    }
    captured.inspection.verdict = verdicts(verdict);
    captured.status = [StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE][status as usize / 2 % 2];
    Entry::new(captured)
}

fn verdicts(number: u32) -> Verdict {
    let refuted = |reason| Verdict::Refuted {
        scheme: "github".into(),
        reason,
        message: String::new(),
        clues: Vec::new(),
    };
    match number {
        0 => Verdict::Verified { scheme: "github".into(), notes: Vec::new() },
        1 => refuted(Reason::Stale),
        2 => refuted(Reason::SignatureMismatch),
        3 => Verdict::Unchecked { why: Unchecked::NoSecret },
        _ => Verdict::Unchecked { why: Unchecked::NoScheme },
    }
}

/// What happens to a delivery after it was stored.
#[derive(Clone, Copy, Debug)]
enum Change {
    Delete,
    Answer(u16),
    Inspect(u32),
    Assign,
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Delete),
        proptest::sample::select(&[200, 503, 404][..]).prop_map(Change::Answer),
        (0..5_u32).prop_map(Change::Inspect),
        Just(Change::Assign),
    ]
}

fn change(connection: &Connection, id: i64, change: Change) {
    let number = DeliveryId(id);
    match change {
        Change::Delete => connection.execute("DELETE FROM deliveries WHERE id = ?", [id]).map(drop),
        Change::Answer(status) => {
            let status = StatusCode::from_u16(status).expect("a status");
            findings::answered(connection, number, status)
        }
        Change::Inspect(verdict) => findings::replace(connection, number, &verdicts(verdict)),
        Change::Assign => findings::assign(connection, number, &"acme".into()),
    }
    .expect("the store takes it");
}

fn found(connection: &Connection, filter: &Filter, cursor: Cursor, limit: usize) -> Vec<i64> {
    let order = Order::of(cursor);
    let mut found = Vec::new();
    for stretch in plan::plan(connection, filter, cursor).expect("a plan") {
        let left = limit - found.len();
        let rows = rows(connection, filter, &stretch, order, left).expect("rows");
        found.extend(rows.into_iter().map(|row| row.id.0));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn what_is_listed_is_found_as_what_is_not_whatever_became_of_it(
        digits in proptest::collection::vec(proptest::array::uniform8(0..5_u32), 1..50),
        listed in proptest::collection::vec(1..20_i64, 0..4),
        changes in proptest::collection::vec((1..50_i64, any_change()), 0..8),
        late in proptest::collection::vec((1..50_i64, any_change()), 0..8),
        filters in proptest::collection::vec(
            proptest::collection::vec((any::<bool>(), proptest::sample::select(TERMS)), 1..4),
            1..12,
        ),
        from in 1..50_i64,
        limit in 1..60_usize,
    ) {
        let mut connection = Connection::open_in_memory().expect("a connection");
        schema::make(&mut connection).expect("tables");
        search::add_functions(&connection).expect("functions");
        let mut writer = Writer::new(connection, None, 100).expect("a writer");
        let entries = digits.iter().map(|digits| entry(*digits)).collect::<Vec<_>>();
        for stored in writer.store(&entries.iter().collect::<Vec<_>>(), &[]).0 {
            stored.expect("stored");
        }
        let connection = writer.connection();
        let last = i64::try_from(entries.len()).expect("they are few");
        for (id, what) in changes {
            change(connection, id, what);
        }
        let mut up_to = 0;
        for count in listed {
            let to = last.min(up_to + count);
            if to > up_to {
                lists::list(connection, up_to + 1, to).expect("listed");
                up_to = to;
            }
        }
        for (id, what) in late {
            change(connection, id, what);
        }
        let records = (1..=last)
            .filter_map(|id| deliveries::load(connection, DeliveryId(id)).expect("a read"))
            .collect::<Vec<_>>();
        for terms in filters {
            let sign = |negated: bool| if negated { "-" } else { "" };
            let terms = terms.iter().map(|(negated, term)| format!("{}{term}", sign(*negated)));
            let text = terms.collect::<Vec<_>>().join(" ");
            let filter = Filter::parse(&text, now()).expect("a filter");
            let matching = records.iter().filter(|record| filter.matches(record));
            let matching = matching.map(|record| record.id.0).collect::<BTreeSet<_>>();
            let ups = |least: i64| matching.range(least..).copied().take(limit).collect::<Vec<_>>();
            let downs =
                |most: i64| matching.range(..=most).rev().copied().take(limit).collect::<Vec<_>>();
            let id = DeliveryId(from);
            for (cursor, expected) in [
                (Cursor::Newest, downs(i64::MAX)),
                (Cursor::Oldest, ups(0)),
                (Cursor::Before(id), downs(from - 1)),
                (Cursor::After(id), ups(from + 1)),
            ] {
                let found = found(connection, &filter, cursor, limit);
                prop_assert_eq!(found, expected, "{} {:?}", text, cursor);
            }
            let plan = plan::plan(connection, &filter, Cursor::Newest).expect("a plan");
            let counts = plan.iter().map(|part| tally(connection, &filter, part).expect("a count"));
            prop_assert_eq!(counts.sum::<u64>(), matching.len() as u64, "{}", text);
        }
    }
}
