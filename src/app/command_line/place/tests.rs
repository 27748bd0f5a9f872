use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

use super::{Place, place};
use crate::domain::delivery::DeliveryId;

fn read(text: &str) -> Option<Place> {
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    place(text, &TimeZone::fixed(offset(1)), now)
}

#[test]
fn a_place_is_a_number_or_the_end_of_the_time_that_is_named() {
    let cases = [
        ("10:42", "2026-11-22T09:43:00Z"),
        ("10:42:07", "2026-11-22T09:42:08Z"),
        // Not yet today.
        ("13:30", "2026-11-21T12:31:00Z"),
        ("2026-11-21", "2026-11-21T23:00:00Z"),
        ("2026-11-21T10:42", "2026-11-21T09:43:00Z"),
        ("2026-11-21T10:42:07Z", "2026-11-21T10:42:08Z"),
    ];
    for (text, before) in cases {
        let before = before.parse::<Timestamp>().unwrap();
        assert_eq!(read(text), Some(Place::Before(before)), "{text}");
    }
    for text in ["12345", "#12345"] {
        assert_eq!(read(text), Some(Place::Delivery(DeliveryId(12_345))), "{text}");
    }
    for text in ["", "25:00", "#", "99999999999999999999", "noon"] {
        assert_eq!(read(text), None, "{text}");
    }
}
