use super::*;

fn clock(format: TimeFormat, zone: &TimeZone) -> Clock<'_> {
    Clock { format, zone, now: time("2026-11-21T10:42:07Z") }
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_short_time_says_as_much_as_is_needed() {
    let zone = TimeZone::fixed(jiff::tz::offset(5));
    for (at, local, utc, relative) in [
        ("2026-11-21T10:42:06.5Z", "15:42:06", "10:42:06", "now"),
        ("2026-11-21T10:41:58Z", "15:41:58", "10:41:58", "9s"),
        ("2026-11-21T00:10:00Z", "05:10:00", "00:10:00", "10h"),
        ("2026-11-20T20:00:00Z", "01:00:00", "Nov 20", "14h"),
        ("2026-03-02T10:00:00Z", "Mar 02", "Mar 02", "264d"),
        ("2024-03-02T10:00:00Z", "2024-03", "2024-03", "994d"),
        ("2026-11-21T10:43:00Z", "15:43:00", "10:43:00", "now"),
    ] {
        for (format, expected) in
            [(TimeFormat::Local, local), (TimeFormat::Utc, utc), (TimeFormat::Relative, relative)]
        {
            let text = clock(format, &zone).short(time(at));
            assert_eq!(text, expected, "{at} {format:?}");
            assert!(text.len() <= COLUMNS);
        }
    }
}

#[test]
fn a_long_time_is_whole() {
    let zone = TimeZone::fixed(jiff::tz::offset(1));
    let at = time("2026-11-21T10:40:07.123456Z");
    let long = |format| clock(format, &zone).long(at);
    assert_eq!(long(TimeFormat::Local), "2026-11-21 11:40:07.123 +01");
    assert_eq!(long(TimeFormat::Utc), "2026-11-21 10:40:07.123 UTC");
    assert_eq!(long(TimeFormat::Relative), "1m ago, 2026-11-21 11:40:07.123 +01");
}

#[test]
fn a_time_of_the_last_days_is_told_by_its_weekday() {
    let zone = TimeZone::fixed(jiff::tz::offset(5));
    for (at, local, relative) in [
        ("2026-11-21T10:42:06Z", "Sat 15:42", "1s ago"),
        ("2026-11-16T06:12:00Z", "Mon 11:12", "5d ago"),
        ("2026-11-14T06:12:00Z", "2026-11-14", "7d ago"),
    ] {
        assert_eq!(clock(TimeFormat::Local, &zone).weekday(time(at)), local);
        assert_eq!(clock(TimeFormat::Relative, &zone).weekday(time(at)), relative);
    }
}
