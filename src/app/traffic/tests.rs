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
fn what_arrives_counts_once_whether_the_count_on_its_way_has_it_or_not() {
    for up_to in 8_i64..=13 {
        let mut traffic = Traffic::default();
        traffic.counting();
        assert!(!traffic.recount(), "a count is on its way");
        for id in [11, 9, 10] {
            traffic.capture(DeliveryId(id), at(0));
        }
        // Two are deleted before all of this.
        traffic.count(counted(up_to.cast_unsigned() - 2, up_to));
        assert_eq!(traffic.stored(), Some(up_to.max(11).cast_unsigned() - 2), "up to {up_to}");
        for id in [12, 14, 13] {
            traffic.capture(DeliveryId(id), at(0));
        }
        assert_eq!(traffic.stored(), Some(12), "up to {up_to}");
        assert!(!traffic.recount(), "there is no doubt");
        assert_eq!(traffic.captured(), 6);
    }
}

#[test]
fn the_store_is_counted_again_when_arrivals_were_lost_or_deliveries_are_gone() {
    let mut traffic = Traffic::default();
    traffic.count(counted(10, 12));
    traffic.lag(5);
    assert!(traffic.recount());
    traffic.count(counted(15, 17));
    assert!(!traffic.recount());
    traffic.forget(1);
    assert_eq!(traffic.stored(), Some(14));
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
