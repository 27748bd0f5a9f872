use std::time::Duration;

use super::{Progress, Tally};

#[test]
fn rate_and_time_left_are_those_of_what_is_done() {
    let half =
        Progress { total: 40, done: 10, elapsed: Duration::from_secs(5), ..Progress::default() };
    assert!((half.rate() - 2.0).abs() < f64::EPSILON);
    assert_eq!(half.left(), Some(Duration::from_secs(15)));
}

#[test]
fn nothing_is_foretold_before_the_first_has_ended() {
    for progress in [
        Progress { total: 40, ..Progress::default() },
        Progress { total: 40, elapsed: Duration::from_secs(5), ..Progress::default() },
    ] {
        assert_eq!(progress.left(), None, "{progress:?}");
    }
}

#[test]
fn only_the_first_failure_is_told_and_every_one_is_counted() {
    let mut tally = Tally::default();
    assert!(tally.is_success());
    tally.count_unsent(2, "it is gone");
    tally.count_unsent(1, "it cannot be signed");
    assert_eq!((tally.unsent, tally.first_failure.as_deref()), (3, Some("it is gone")));
    assert!(!tally.is_success());
    assert_eq!(tally.sent(), 0);
}
