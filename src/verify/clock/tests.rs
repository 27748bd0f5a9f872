use std::time::Duration;

use jiff::Timestamp;

use super::{TimeFormat, Window};
use crate::domain::verdict::Reason;

#[test]
fn a_time_is_read_in_its_own_form_only() {
    for (format, text, seconds) in [
        (TimeFormat::Unix, "1614265330", Some(1_614_265_330)),
        (TimeFormat::Unix, "9223372036854775807", Some(i64::MAX)),
        (TimeFormat::Unix, "9223372036854775808", None),
        (TimeFormat::Unix, "-1614265330", None),
        (TimeFormat::Unix, "+1614265330", None),
        (TimeFormat::Unix, "1614265330.5", None),
        (TimeFormat::Unix, " 1614265330", None),
        (TimeFormat::Unix, "", None),
        (TimeFormat::Unix, "１６", None),
        (TimeFormat::UnixMillis, "1614265330999", Some(1_614_265_330)),
        (TimeFormat::Rfc3339, "2021-02-25T15:02:10.9Z", Some(1_614_265_330)),
        (TimeFormat::Rfc3339, "2021-02-25T16:02:10+01:00", Some(1_614_265_330)),
        (TimeFormat::Rfc3339, "2021-02-25T16:02:10", None),
        (TimeFormat::HttpDate, "Thu, 25 Feb 2021 15:02:10 GMT", Some(1_614_265_330)),
        (TimeFormat::HttpDate, "2021-02-25T16:02:10Z", None),
    ] {
        assert_eq!(format.read(text.as_bytes()), seconds, "{format:?} {text:?}");
    }
    assert_eq!(TimeFormat::Unix.read(b"\xff"), None);
}

#[test]
fn every_form_reads_what_it_writes() {
    let at = "2026-11-21T10:00:00.25Z".parse::<Timestamp>().unwrap();
    for format in
        [TimeFormat::Unix, TimeFormat::UnixMillis, TimeFormat::Rfc3339, TimeFormat::HttpDate]
    {
        assert_eq!(format.read(format.write(at).as_bytes()), Some(at.as_second()), "{format:?}");
    }
}

#[test]
fn the_limits_of_the_window_are_allowed_and_a_second_beyond_is_not() {
    let at = Timestamp::new(1000, 999_999_999).unwrap();
    let both = Window { back: Some(Duration::from_secs(300)), ahead: Some(Duration::from_secs(5)) };
    let past_only = Window { ahead: None, ..both };
    for (window, signed, refused) in [
        (both, 1000, None),
        (both, 700, None),
        (both, 699, Some(Reason::Stale)),
        (both, 1005, None),
        (both, 1006, Some(Reason::InFuture)),
        (both, i64::MAX, Some(Reason::InFuture)),
        (past_only, i64::MAX, None),
        (Window::default(), 0, None),
    ] {
        let reason = window.judge(signed, at).err().map(|refutation| refutation.reason);
        assert_eq!(reason, refused, "{signed}");
    }
}
