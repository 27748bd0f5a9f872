use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

use super::{Line, Place, parse};
use crate::domain::delivery::DeliveryId;

fn read(text: &str) -> Result<Line, String> {
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    parse(text, &TimeZone::fixed(offset(1)), now)
}

#[test]
fn goto_takes_a_number_or_a_time_and_goes_to_the_end_of_what_it_names() {
    let cases = [
        ("goto 10:42", "2026-11-22T09:43:00Z"),
        ("goto 10:42:07", "2026-11-22T09:42:08Z"),
        // Not yet today.
        ("goto 13:30", "2026-11-21T12:31:00Z"),
        ("  goto   2026-11-21 ", "2026-11-21T23:00:00Z"),
        ("goto 2026-11-21T10:42", "2026-11-21T09:43:00Z"),
        ("goto 2026-11-21T10:42:07Z", "2026-11-21T10:42:08Z"),
    ];
    for (text, before) in cases {
        let before = before.parse::<Timestamp>().unwrap();
        assert_eq!(read(text), Ok(Line::GoTo(Place::Before(before))), "{text}");
    }
    for text in ["goto 12345", "goto #12345"] {
        assert_eq!(read(text), Ok(Line::GoTo(Place::Delivery(DeliveryId(12_345)))), "{text}");
    }
}

#[test]
fn what_is_not_understood_says_what_to_type_instead() {
    for (text, mistake) in [
        ("", "there is no command; one is goto 10:42"),
        ("quit", "there is no command quit; one is goto 10:42"),
        ("goto", "goto takes a number, a time such as 10:42, or a day such as 2026-11-21"),
        ("goto 25:00", "goto takes a number, a time such as 10:42, or a day such as 2026-11-21"),
        ("goto #", "goto takes a number, a time such as 10:42, or a day such as 2026-11-21"),
        (
            "goto 99999999999999999999",
            "goto takes a number, a time such as 10:42, or a day such as 2026-11-21",
        ),
    ] {
        assert_eq!(read(text).unwrap_err(), mistake, "{text}");
    }
}
