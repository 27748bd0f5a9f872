use proptest::prelude::*;

use super::{parse, print};

#[test]
fn a_filter_of_ari_stays_one_event_and_empty_places_are_none() {
    let rate = "ari:rate,stop_sell:*:04c60000-0000-4000-8000-000000000001";
    for (mask, events) in [
        ("*", vec!["*"]),
        ("booking", vec!["booking"]),
        ("booking_new;booking_modification", vec!["booking_new", "booking_modification"]),
        ("booking; ari:rate:*:* ;", vec!["booking", "ari:rate:*:*"]),
        (rate, vec![rate]),
        ("", vec![]),
        (" ; ;", vec![]),
    ] {
        assert_eq!(parse(mask), events, "{mask}");
    }
}

#[test]
fn no_event_is_no_mask() {
    for events in [vec![], vec![String::new()], vec![" ;".to_owned()]] {
        assert_eq!(print(&events), None, "{events:?}");
    }
}

proptest! {
    #[test]
    fn events_come_back_out_of_their_mask(
        events in prop::collection::vec("[a-z_]{1,12}|\\*|ari:[a-z,*]{1,9}:[0-9a-f,*-]{1,9}:\\*", 1..6),
    ) {
        let mask = print(&events).unwrap();
        prop_assert_eq!(parse(&mask), events);
    }

    #[test]
    fn a_mask_that_was_read_is_printed_the_same_way_again(mask in "[a-z:;*, ]{0,40}") {
        let events = parse(&mask);
        let printed = print(&events).unwrap_or_default();
        prop_assert_eq!(parse(&printed), events);
    }
}
