use super::marks::Marks;
use super::{MOST_TARGETS, Replaying};
use crate::app::fixtures::record;
use crate::domain::delivery::DeliveryId;
use crate::domain::name::EndpointName;
use crate::domain::replay::Progress;

#[test]
fn the_last_target_comes_first_and_only_so_many_are_remembered() {
    let (mut replaying, endpoint) = (Replaying::default(), EndpointName::from("a"));
    for number in 0..=MOST_TARGETS {
        replaying.remember(&endpoint, &format!("http://a.test/{number}"));
    }
    replaying.remember(&endpoint, "http://a.test/3");
    let targets = replaying.targets(&endpoint);
    assert_eq!(targets.len(), MOST_TARGETS);
    assert_eq!(targets[..2], ["http://a.test/3", "http://a.test/8"]);
    assert_eq!(targets.iter().filter(|target| *target == "http://a.test/3").count(), 1);
    assert!(replaying.targets(&EndpointName::from("b")).is_empty());
}

#[test]
fn progress_is_known_as_long_as_something_is_under_way() {
    let mut replaying = Replaying::default();
    replaying.begin();
    replaying.begin();
    replaying.advance(Progress { total: 3, ..Progress::default() });
    assert_eq!(replaying.progress().map(|progress| progress.total), Some(3));
    replaying.end();
    assert!(replaying.is_running());
    replaying.end();
    assert!(!replaying.is_running());
    // It comes too late.
    replaying.advance(Progress::default());
    assert_eq!(replaying.progress(), None);
}

#[test]
fn marks_are_in_the_order_of_arrival_whatever_the_order_of_marking() {
    let mut marks = Marks::default();
    for id in [7, 3, 5] {
        marks.toggle(&record(id).summary());
    }
    assert_eq!(marks.iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [3, 5, 7]);
    assert_eq!(marks.last(), Some(DeliveryId(5)));
    marks.toggle(&record(5).summary());
    assert_eq!((marks.count(), marks.last()), (2, None));
    assert!(marks.holds(DeliveryId(3)) && !marks.holds(DeliveryId(5)));
}
