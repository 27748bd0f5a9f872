use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;
use uuid::Uuid;

use super::{AHEAD, AHEAD_BYTES, Missing, Planned, Schedule};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::domain::plan::{Pace, Plan};
use crate::domain::url::Url;

fn plan(count: i64, pace: Pace) -> Plan {
    let target = Url::parse("http://127.0.0.1:3000").unwrap();
    Plan { pace, ..Plan::verbatim((1..=count).map(DeliveryId).collect(), target) }
}

/// Received so many milliseconds after the epoch.
fn received(milliseconds: i64) -> Arc<Delivery> {
    Arc::new(Delivery {
        uid: Uuid::nil(),
        received_at: Timestamp::UNIX_EPOCH + SignedDuration::from_millis(milliseconds),
        reading: Duration::ZERO,
        peer: "127.0.0.1:1".parse().unwrap(),
        endpoint: "default".into(),
        request: Request {
            method: Method::POST,
            target: "/".to_owned(),
            version: Version::Http11,
            headers: Headers::default(),
            body: Bytes::new(),
        },
    })
}

/// A schedule of deliveries that were received at these milliseconds.
fn schedule(plan: &Plan, times: &'static [i64]) -> Schedule {
    let found = |id: DeliveryId| {
        let at = usize::try_from(id.0 - 1).ok().and_then(|index| times.get(index));
        (id, at.map(|at| received(*at)).ok_or_else(|| "it is gone".to_owned()))
    };
    Schedule::new(plan, move |ids| async move { ids.into_iter().map(found).collect() })
}

async fn load(schedule: &mut Schedule) -> Vec<Missing> {
    poll_fn(|context| schedule.poll_load(context)).await
}

/// Everything that goes out, with how many milliseconds after the start, if each is taken in time.
async fn times(schedule: &mut Schedule) -> Vec<(i64, u128)> {
    let begun = schedule.from;
    let mut now = begun;
    let mut taken = Vec::new();
    while !schedule.is_over() {
        if schedule.wants_more() {
            let _ = load(schedule).await;
            continue;
        }
        now = now.max(schedule.next().expect("it is not over").due);
        let Planned { of, .. } = schedule.take_due(now).expect("it is due");
        taken.push((of.delivery.0, now.duration_since(begun).as_millis()));
    }
    taken
}

#[tokio::test]
async fn the_original_spacing_is_that_of_the_arrivals() {
    let plan = plan(4, Pace::Original);
    // The last one is from before the others, as whoever names them may want it.
    let mut schedule = schedule(&plan, &[5_000, 5_020, 9_000, 1_000]);
    assert_eq!(times(&mut schedule).await, [(1, 0), (2, 20), (3, 4_000), (4, 4_000)]);
}

#[tokio::test]
async fn a_gap_lies_between_any_two_and_repeats_are_no_exception() {
    let plan = Plan { times: 2, ..plan(2, Pace::Gap(Duration::from_millis(250))) };
    let mut schedule = schedule(&plan, &[0, 0]);
    assert_eq!(times(&mut schedule).await, [(1, 0), (1, 250), (2, 500), (2, 750)]);
}

#[tokio::test]
async fn who_takes_late_starts_the_next_gap_late() {
    let gap = Duration::from_millis(250);
    let mut schedule = schedule(&plan(2, Pace::Gap(gap)), &[0, 0]);
    load(&mut schedule).await;
    let late = Instant::now() + Duration::from_secs(5);
    schedule.take_due(late).unwrap();
    assert_eq!(schedule.next().unwrap().due, late + gap);
}

#[tokio::test]
async fn a_gap_longer_than_time_itself_is_no_fault() {
    let mut schedule = schedule(&plan(2, Pace::Gap(Duration::MAX)), &[0, 0]);
    load(&mut schedule).await;
    let now = Instant::now();
    schedule.take_due(now).unwrap();
    assert!(schedule.next().unwrap().due > now + Duration::from_secs(3_600 * 24 * 365));
}

#[tokio::test]
async fn a_retry_goes_out_at_its_time_and_is_read_anew() {
    let mut schedule = schedule(&plan(1, Pace::AtOnce), &[0]);
    load(&mut schedule).await;
    let now = Instant::now();
    let first = schedule.take_due(now).unwrap();
    assert!(first.delivery.is_some());
    load(&mut schedule).await;
    assert!(schedule.is_over());

    let due = now + Duration::from_secs(60);
    schedule.retry(first.of, due);
    assert!(!schedule.is_over());
    assert!(schedule.take_due(due - Duration::from_millis(1)).is_none());
    let second = schedule.take_due(due).unwrap();
    assert!(second.delivery.is_none());
    assert_eq!((second.of.nth, second.of.id), (2, first.of.id));
    assert!(schedule.is_over());
}

#[tokio::test]
async fn what_is_gone_is_told_with_how_often_it_would_have_gone_out() {
    let plan = Plan { times: 3, ..plan(2, Pace::AtOnce) };
    let mut schedule = schedule(&plan, &[0]);
    let missing = load(&mut schedule).await;
    let missing = missing.iter().map(|missing| (missing.delivery, missing.times));
    assert_eq!(missing.collect::<Vec<_>>(), [(DeliveryId(2), 3)]);
    while schedule.take_due(Instant::now()).is_some() {}
    load(&mut schedule).await;
    assert!(schedule.is_over());
}

#[tokio::test]
async fn after_its_end_nothing_goes_out() {
    let mut schedule = schedule(&plan(2, Pace::AtOnce), &[0, 0]);
    load(&mut schedule).await;
    schedule.end();
    assert!(schedule.is_over() && !schedule.wants_more());
    assert!(schedule.take_due(Instant::now() + Duration::from_secs(1)).is_none());
}

#[tokio::test]
async fn of_ten_thousand_deliveries_only_a_few_are_in_memory() {
    let read = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&read);
    let mut schedule = Schedule::new(&plan(10_000, Pace::AtOnce), move |ids| {
        counter.fetch_add(ids.len(), Ordering::Relaxed);
        async move { ids.into_iter().map(|id| (id, Ok(received(0)))).collect() }
    });
    let mut sent = 0;
    while sent < 10_000 {
        if schedule.wants_more() {
            load(&mut schedule).await;
        }
        let planned = schedule.take_due(Instant::now()).unwrap();
        // Every one fails and waits for its next try.
        schedule.retry(planned.of, Instant::now() + Duration::from_secs(3_600));
        sent += 1;
        assert_eq!(Arc::strong_count(planned.delivery.as_ref().unwrap()), 1, "nobody keeps it");
        assert!(read.load(Ordering::Relaxed) <= sent + 2 * AHEAD);
    }
    assert_eq!(read.load(Ordering::Relaxed), 10_000);
}

#[tokio::test]
async fn of_long_deliveries_no_more_is_read_than_has_room() {
    let read = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&read);
    let mut schedule = Schedule::new(&plan(100, Pace::AtOnce), move |ids| {
        counter.fetch_add(1, Ordering::Relaxed);
        let mut long = Delivery::clone(&received(0));
        long.request.body = vec![0; AHEAD_BYTES].into();
        async move { vec![(ids[0], Ok(Arc::new(long)))] }
    });
    for sent in 1..=100 {
        assert!(schedule.wants_more());
        load(&mut schedule).await;
        assert!(!schedule.wants_more());
        schedule.take_due(Instant::now()).unwrap();
        assert_eq!(read.load(Ordering::Relaxed), sent);
    }
    load(&mut schedule).await;
    assert!(schedule.is_over());
}
