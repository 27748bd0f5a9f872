//! Pages and filters over the store.

use std::sync::Arc;

use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::event::ProviderId;
use hookscope::domain::filter::Filter;
use hookscope::domain::name::AccountName;
use hookscope::domain::page::Cursor;
use hookscope::storage::Store;
use jiff::Timestamp;
use proptest::prelude::*;

use super::arbitrary::{any_annotation, any_captured, captured};
use super::{memory, run};

/// Terms that hold for some of the deliveries of [`any_captured`].
const TERMS: &[&str] = &[
    "abc",
    "Abc",
    "ABC",
    "\"a b\"",
    "e-1",
    "/hook",
    "k1",
    "0-8",
    "é",
    "\"\\\"\"",
    "%",
    "provider:avinode",
    "provider:channex,avionte",
    "endpoint:acme",
    "endpoint:ACME,default",
    "account:one",
    "account:none",
    "-account:two,none",
    "event:booking_new",
    "event:trip,OTHER",
    "event:booking",
    "auth:verified",
    "auth:refuted",
    "auth:unchecked",
    "auth:stale",
    "auth:in_future",
    "auth:no_secret,signature_mismatch",
    "status:200",
    "status:2xx,5xx",
    "status:>=400",
    "status:<300",
    "method:post",
    "method:GET,PURGE",
    "since:3h",
    "until:3h",
    "since:1970-01-01",
    "id:1",
    "id:2..4",
    "id:>3,1",
    "is:repeat",
    "is:marked",
    "is:noted",
    "is:tagged",
    "tag:bug",
    "tag:LATER,ask",
    "tag:ask",
    "note:abc",
    "note:ABC",
    "note:\"a b\"",
    "header:a",
    "header:\"b: \",A",
    "/id=abc",
    "/id=1",
    "/id=\"1\"",
    "/list/0=abc",
    "/inner/id=1",
    "/no~1thing=1",
    "/id=\"a b\"",
];

fn now() -> Timestamp {
    super::arbitrary::now()
}

/// How many match, counted part by part.
async fn counted(store: &Store, filter: &Arc<Filter>) -> usize {
    let mut count = 0;
    let mut next = Some(Cursor::Newest);
    while let Some(cursor) = next {
        let tally = store.tally(Arc::clone(filter), cursor).await.expect("a count");
        count += tally.count;
        next = tally.next;
    }
    usize::try_from(count).expect("they are few")
}

fn any_filter() -> impl Strategy<Value = String> {
    let term = (prop_oneof!["", "-"], proptest::sample::select(TERMS));
    let text = |terms: Vec<(String, &str)>| {
        let terms = terms.iter().map(|(sign, term)| format!("{sign}{term}")).collect::<Vec<_>>();
        terms.join(" ")
    };
    proptest::collection::vec(term, 1..4).prop_map(text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_store_finds_what_the_filter_matches(
        deliveries in proptest::collection::vec((any_captured(), any_annotation()), 1..10),
        filters in proptest::collection::vec(any_filter(), 1..12),
    ) {
        run(async {
            let store = memory();
            let mut records = Vec::new();
            for (captured, annotation) in deliveries {
                let mut record = store.insert(Box::new(captured)).await.expect("stored");
                store.comment(record.id, annotation.comment.clone()).await.expect("written");
                store.mark(vec![record.id], annotation.marked).await.expect("marked");
                record.annotation = annotation;
                records.push(record);
            }
            for text in filters {
                let filter = Arc::new(Filter::parse(&text, now()).expect(&text));
                let page = store.page(Arc::clone(&filter), Cursor::Newest, 100).await.expect(&text);
                let found = page.rows.iter().map(|row| row.id).collect::<Vec<_>>();
                let expected = records.iter().rev().filter(|record| filter.matches(record));
                let expected = expected.map(|record| record.id).collect::<Vec<_>>();
                prop_assert_eq!(counted(&store, &filter).await, expected.len(), "{}", text);
                prop_assert_eq!(found, expected, "{}", text);
            }
            Ok(())
        })?;
    }

    #[test]
    fn pages_in_either_direction_cover_everything_once(count in 0_i64..25, limit in 1_usize..8) {
        run(async {
            let store = memory();
            for n in 0..count {
                store.insert(captured(&n.to_string())).await.expect("stored");
            }
            let filter = Arc::new(Filter::parse("-id:3,7", now()).expect("a filter"));
            let wanted = (1..=count).filter(|id| ![3, 7].contains(id)).collect::<Vec<_>>();
            for from_newest in [true, false] {
                let mut cursor = if from_newest { Cursor::Newest } else { Cursor::Oldest };
                let mut seen = Vec::new();
                loop {
                    let page = store.page(Arc::clone(&filter), cursor, limit).await.expect("a page");
                    let ids = page.rows.iter().map(|row| row.id.0).collect::<Vec<_>>();
                    prop_assert!(ids.is_sorted_by(|a, b| a > b), "newest first: {:?}", ids);
                    let ends = if from_newest { (ids.last(), 0) } else { (ids.first(), seen.len()) };
                    cursor = match ends.0 {
                        Some(id) if from_newest => Cursor::Before(DeliveryId(*id)),
                        Some(id) => Cursor::After(DeliveryId(*id)),
                        None => cursor,
                    };
                    let at = if from_newest { seen.len() } else { 0 };
                    seen.splice(at..at, ids);
                    prop_assert_eq!(page.more(), seen.len() < wanted.len());
                    if !page.more() {
                        break;
                    }
                }
                seen.reverse();
                prop_assert_eq!(&seen, &wanted);
            }
            Ok(())
        })?;
    }
}

#[test]
fn the_one_before_is_of_the_same_provider_account_and_event() {
    run(async {
        let store = memory();
        let one = |provider, account: Option<&str>, kind: Option<&str>| {
            let mut captured = captured("body");
            captured.inspection.provider = provider;
            captured.inspection.account = account.map(AccountName::from);
            captured.inspection.event.kind = kind.map(str::to_owned);
            captured
        };
        let (avinode, channex) = (Some(ProviderId::Avinode), Some(ProviderId::Channex));
        let mut elsewhere = one(None, None, None);
        elsewhere.delivery.endpoint = "elsewhere".into();
        for captured in [
            one(avinode, Some("a"), Some("trip")),
            one(avinode, Some("b"), Some("trip")),
            one(channex, Some("a"), Some("trip")),
            one(None, None, None),
            elsewhere,
            one(avinode, Some("a"), Some("other")),
            one(None, None, None),
            one(avinode, Some("a"), Some("trip")),
        ] {
            store.insert(captured).await.expect("stored");
        }
        for (id, before) in
            [(8, Some(1)), (7, Some(4)), (6, None), (5, None), (2, None), (99, None)]
        {
            let found = store.previous(DeliveryId(id)).await.expect("read");
            assert_eq!(found, before.map(DeliveryId), "{id}");
        }
    });
}
