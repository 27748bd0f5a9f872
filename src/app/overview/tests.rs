use http::StatusCode;

use super::*;
use crate::app::fixtures::at;
use crate::domain::delivery::DeliveryId;
use crate::domain::event::ProviderId;

#[test]
fn it_is_read_when_it_comes_in_sight_and_then_once_a_second_at_most_when_something_came() {
    let found = || Ok(Arc::new(Overview::default()));
    let mut looking = Looking::default();
    looking.outdated();
    assert!(!looking.shown(false, at(0)), "nobody looks");
    assert!(looking.shown(true, at(0)));
    assert!(!looking.shown(true, at(5)), "it is being read");
    looking.read(found());
    assert!(!looking.shown(true, at(90)), "nothing came");
    assert!(!looking.is_waiting());
    looking.outdated();
    assert!(looking.shown(true, at(90)));
    looking.read(found());
    looking.outdated();
    assert!(!looking.shown(true, at(90)), "within the same second");
    assert!(looking.is_waiting(), "so the loop has to tick");
    assert!(looking.shown(true, at(91)));
    looking.read(found());
    assert!(!looking.shown(false, at(92)));
    assert!(looking.shown(true, at(92)), "it comes in sight again");
}

fn row(id: i64, provider: ProviderId, status: u16, repeat: u32, second: i64) -> Unaccepted {
    let status = StatusCode::from_u16(status).expect("a status");
    let event = Some("booking_new".to_owned());
    Unaccepted { id: DeliveryId(id), provider, event, status, repeat, received_at: at(second) }
}

#[test]
fn the_next_retry_is_the_earliest_to_come_that_is_documented() {
    let channex = ProviderId::Channex;
    let none = "none that is documented".to_owned();
    let due = |second: i64, text: &str| format!("{}  {text}", at(second));
    #[rustfmt::skip]
    let cases = [
        (vec![], none.clone()),
        (vec![row(1, ProviderId::Avinode, 500, 1, 0)], none.clone()),
        (vec![row(1, channex, 404, 1, 0)], none.clone()),
        (vec![row(1, channex, 500, 1, -60)], none),
        (vec![row(1, channex, 500, 1, 0)], due(60, "in 1m: channex with booking_new, #1 got 500 Internal Server Error")),
        (vec![row(2, channex, 503, 2, 0), row(1, channex, 500, 1, -10)], due(50, "in 50s: channex with booking_new, #1 got 500 Internal Server Error")),
    ];
    for (rows, expected) in cases {
        assert_eq!(super::expected(&rows, at(0)).value(), expected, "{rows:?}");
    }
}

#[test]
fn names_stand_with_their_counts_and_what_has_none_says_so() {
    let named = vec![("avinode".to_owned(), 5), ("channex".to_owned(), 2)];
    for (shares, text) in [
        (Shares::default(), "none"),
        (Shares { named: named.clone(), ..Shares::default() }, "avinode 5, channex 2"),
        (Shares { named, others: 7, nameless: 1 }, "avinode 5, channex 2, others 7, not known 1"),
    ] {
        assert_eq!(shared(&shares, "not known"), text);
    }
}
