//! What came in of late, counted over a real file.

use hookscope::domain::event::{Event, ProviderId};
use hookscope::domain::name::AccountName;
use hookscope::domain::overview::{MINUTES, MOST, MOST_TIMED};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use super::arbitrary::captured;
use super::{open, run};

#[test]
fn the_store_counts_its_newest_deliveries_by_what_is_known_of_them() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    let now = Timestamp::now();
    run(async {
        let store = open(&file).expect("a store");
        for (body, minutes_ago, provider, status) in [
            ("a", 120, None, 200),
            ("b", 30, Some(ProviderId::Channex), 500),
            ("b", 29, Some(ProviderId::Channex), 502),
            ("c", 0, Some(ProviderId::Avinode), 200),
        ] {
            let mut captured = captured(body);
            captured.delivery.received_at = now - SignedDuration::from_mins(minutes_ago);
            captured.inspection.provider = provider;
            captured.inspection.account = provider.map(|_| AccountName::from("acme"));
            captured.inspection.event.kind = provider.map(|_| "booking_new".to_owned());
            if body == "c" {
                let candidates = ["TripRequest", "TripChat"].map(str::to_owned).to_vec();
                captured.inspection.event = Event { kind: None, candidates, ..Event::default() };
            }
            captured.status = StatusCode::from_u16(status).expect("a status");
            store.insert(captured).await.expect("stored");
        }
        store.close().await;
        let store = open(&file).expect("a store");
        let overview = store.overview(now).await.expect("an overview");
        assert_eq!(overview.looked_at, 4);
        let minutes = [MINUTES - 31, MINUTES - 30, MINUTES - 1].map(|at| overview.minutes[at]);
        assert_eq!((minutes, overview.minutes.iter().sum::<u32>()), ([1, 1, 1], 3));
        let named = |name: &str, count| (name.to_owned(), count);
        assert_eq!(overview.providers.named, [named("channex", 2), named("avinode", 1)]);
        assert_eq!(overview.providers.nameless, 1);
        assert_eq!(overview.accounts.named, [named("acme", 3)]);
        assert_eq!(overview.events.named, [named("booking_new", 2), named("TripRequest?", 1)]);
        assert_eq!(overview.verdicts.named, [named("unchecked", 4)]);
        let last =
            overview.unaccepted.iter().map(|row| (row.id.0, row.repeat, row.status.as_u16()));
        assert_eq!(last.collect::<Vec<_>>(), [(3, 2, 502)], "of each event the last one");
        store.close().await;
    });
}

#[test]
fn of_many_only_the_newest_are_looked_at() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        let inserts = (0..MOST + 5).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.insert(captured("hi")).await })
        });
        for insert in inserts.collect::<Vec<_>>() {
            insert.await.expect("no panic").expect("stored");
        }
        let overview = store.overview(Timestamp::now()).await.expect("an overview");
        assert_eq!(overview.looked_at, u64::from(MOST));
        let answers = overview.answers.expect("most are measured");
        assert!(answers.of <= MOST_TIMED as usize && answers.median <= answers.p99, "{answers:?}");
        store.close().await;
    });
}
