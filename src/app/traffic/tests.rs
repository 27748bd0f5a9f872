use std::net::SocketAddr;

use super::Traffic;
use crate::app::fixtures::at;
use crate::domain::delivery::DeliveryId;
use crate::domain::page::Stock;
use crate::domain::refusal::{Refusal, RefusalReason};

#[expect(clippy::unnecessary_wraps, reason = "it is what the store answers")]
fn counted(count: u64, up_to: i64) -> Option<Stock> {
    Some(Stock { count, up_to: DeliveryId(up_to) })
}

#[test]
fn the_rate_is_that_of_the_last_full_seconds_and_falls_to_nothing() {
    let mut traffic = Traffic::default();
    traffic.advance(at(0));
    for second in 0..5 {
        for _ in 0..10 {
            traffic.capture(DeliveryId(99), at(second));
        }
    }
    assert!((traffic.per_second() - 8.0).abs() < f64::EPSILON, "the fifth second still runs");
    traffic.advance(at(5));
    assert!((traffic.per_second() - 10.0).abs() < f64::EPSILON);
    assert_eq!(traffic.history()[54..], [10, 10, 10, 10, 10, 0]);
    traffic.advance(at(10));
    assert!(traffic.per_second().abs() < f64::EPSILON);
    assert!(traffic.is_moving(), "the history still moves");
    traffic.advance(at(65));
    assert!(!traffic.is_moving());
}

#[test]
fn a_clock_that_jumps_neither_panics_nor_invents_traffic() {
    let mut traffic = Traffic::default();
    for second in [0, 10_000, 9_999, 0, i64::from(i32::MAX)] {
        traffic.capture(DeliveryId(99), at(second));
        let seen: u32 = traffic.history().iter().sum();
        assert!(seen <= 2, "{seen} at {second}");
    }
    assert_eq!(traffic.captured(), 5);
}

#[test]
fn the_store_is_counted_again_when_arrivals_may_have_missed_the_count() {
    let mut traffic = Traffic::default();
    traffic.counting();
    assert!(!traffic.recount(), "a count is on its way");
    traffic.capture(DeliveryId(99), at(0));
    traffic.count(counted(10, 10));
    assert_eq!(traffic.stored(), Some(10));
    assert!(traffic.recount(), "nobody knows whether the ten hold the arrival");
    traffic.count(counted(11, 11));
    assert!(!traffic.recount());
    traffic.capture(DeliveryId(99), at(1));
    assert_eq!(traffic.stored(), Some(12));
    traffic.lag(5);
    assert!(traffic.recount());
}

#[test]
fn a_delivery_that_is_told_of_after_it_was_counted_is_not_counted_twice() {
    let mut traffic = Traffic::default();
    traffic.counting();
    traffic.count(counted(10, 12));
    for id in 11..=13 {
        traffic.capture(DeliveryId(id), at(0));
    }
    assert_eq!((traffic.stored(), traffic.captured()), (Some(11), 3));
    traffic.forget(1);
    assert_eq!(traffic.stored(), Some(10));
    assert!(traffic.recount(), "nobody knows whether it was gone when the store was counted");
}

#[test]
fn only_the_last_refusals_are_kept_and_all_are_counted() {
    let mut traffic = Traffic::default();
    for number in 0..250 {
        traffic.refuse(Refusal {
            at: at(number),
            peer: SocketAddr::from(([127, 0, 0, 1], 1)),
            reason: RefusalReason::NoEndpoint,
            message: number.to_string(),
        });
    }
    assert_eq!(traffic.refused(), 250);
    assert_eq!(traffic.refusals().len(), Traffic::MOST_REFUSALS);
    assert_eq!(traffic.refusals().next().map(|refusal| &*refusal.message), Some("249"));
}
