use super::Matches;
use crate::domain::delivery::DeliveryId;
use crate::domain::page::{Cursor, Tally};

fn before(id: i64) -> Cursor {
    Cursor::Before(DeliveryId(id))
}

fn shown(matches: &Matches) -> (u64, bool) {
    (matches.count(), matches.or_more())
}

/// A list whose first page had 200 rows, and goes on.
fn begun() -> Matches {
    let mut matches = Matches::default();
    matches.looked(Cursor::Newest, 200, Some(before(801)));
    matches
}

#[test]
fn it_goes_on_behind_the_pages_that_were_read_and_is_a_lower_bound_until_its_end() {
    let mut matches = begun();
    assert_eq!(shown(&matches), (200, true));
    matches.looked(before(801), 50, Some(before(700)));
    assert_eq!(matches.ask(), Some(before(700)));
    assert_eq!(matches.ask(), None, "one part at a time");
    let next = Some(before(300));
    matches.counted(before(700), Some(Tally { count: 7, next }));
    assert_eq!(shown(&matches), (257, true));
    assert_eq!(matches.ask(), next);
    matches.counted(before(300), Some(Tally { count: 1, next: None }));
    assert_eq!(shown(&matches), (258, false));
    assert_eq!(matches.ask(), None);
}

#[test]
fn a_page_that_is_counted_already_is_not_counted_twice() {
    let mut matches = begun();
    let asked = matches.ask().unwrap();
    matches.looked(asked, 9, None);
    matches.counted(asked, Some(Tally { count: 9, next: None }));
    matches.looked(asked, 9, None);
    assert_eq!(shown(&matches), (209, false));
}

#[test]
fn arrivals_are_added_unless_the_count_will_find_them() {
    let mut matches = Matches::default();
    matches.arrived();
    matches.looked(Cursor::Newest, 3, None);
    matches.arrived();
    assert_eq!(shown(&matches), (4, false));
}

#[test]
fn a_count_that_may_or_may_not_have_an_arrival_is_made_again() {
    let mut matches = Matches::default();
    let asked = matches.ask().unwrap();
    matches.arrived();
    matches.counted(asked, Some(Tally { count: 5, next: None }));
    assert_eq!(shown(&matches), (5, true));
    for _ in 0..3 {
        assert!(matches.is_in_doubt());
        matches.advance();
    }
    assert_eq!(shown(&matches), (5, true), "what was known stays until the new count is done");
    matches.looked(Cursor::Newest, 4, None);
    assert_eq!(shown(&matches), (4, false));
}

#[test]
fn a_count_that_fails_stays_a_lower_bound_and_is_not_tried_for_ever() {
    let mut matches = begun();
    let asked = matches.ask().unwrap();
    matches.counted(asked, None);
    assert_eq!((shown(&matches), matches.ask()), ((200, true), None));
}
