use super::{Notice, Toasts};
use crate::app::fixtures::at;

fn texts(toasts: &Toasts) -> Vec<(&str, u32)> {
    toasts.iter().map(|toast| (&*toast.notice.text, toast.times)).collect()
}

#[test]
fn notices_go_away_by_the_time_of_messages_and_errors_stay_longest() {
    let mut toasts = Toasts::default();
    toasts.show(Notice::done("copied"), at(0));
    toasts.show(Notice::error("failed"), at(0));
    toasts.expire(at(2));
    assert_eq!(texts(&toasts), [("copied", 1), ("failed", 1)]);
    toasts.expire(at(3));
    assert_eq!(texts(&toasts), [("failed", 1)]);
    toasts.expire(at(10));
    assert!(toasts.is_empty());
}

#[test]
fn the_same_notice_is_counted_and_stays_longer() {
    let mut toasts = Toasts::default();
    toasts.show(Notice::done("copied"), at(0));
    toasts.show(Notice::done("copied"), at(2));
    toasts.expire(at(4));
    assert_eq!(texts(&toasts), [("copied", 2)]);
}

#[test]
fn the_oldest_notice_makes_room() {
    let mut toasts = Toasts::default();
    for number in 0..10 {
        toasts.show(Notice::done(number.to_string()), at(0));
    }
    assert_eq!(texts(&toasts), [("6", 1), ("7", 1), ("8", 1), ("9", 1)]);
}

#[test]
fn a_clock_that_is_set_back_does_not_keep_a_notice_for_ever() {
    let mut toasts = Toasts::default();
    toasts.show(Notice::error("failed"), at(3_600));
    toasts.expire(at(0));
    assert!(toasts.is_empty());
}
