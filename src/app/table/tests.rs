use super::*;
use Column::{Account, Arrival, Auth, Endpoint, Event, Id, Provider, Size, Status};

fn pins(count: usize) -> Vec<Pin> {
    ["/a", "/b", "/c", "/d"].into_iter().take(count).filter_map(Pin::new).collect()
}

fn columns(width: u16, belonging: Belonging, pinned: usize) -> Vec<Column> {
    let places = arrange(width, belonging, &pins(pinned), None).into_iter();
    places.map(|place| place.column).collect()
}

#[test]
fn every_width_is_used_whole_and_not_exceeded_and_columns_do_not_overlap() {
    use Belonging::{Accounts, Endpoints, EndpointsAndAccounts, One};
    for width in 40..=300 {
        for belonging in [One, Endpoints, Accounts, EndpointsAndAccounts] {
            for pinned in 0..=4 {
                let places = arrange(width, belonging, &pins(pinned), None);
                let last = places.last().expect("there are always some");
                assert_eq!(last.x + last.width + MARGIN, width, "{width} {pinned}");
                let overlap = places.windows(2).find(|two| two[0].x + two[0].width >= two[1].x);
                assert_eq!(overlap, None, "{width} {pinned}");
            }
        }
    }
}

#[test]
fn columns_are_given_up_from_the_least_wanted_on() {
    let endpoints = |width| columns(width, Belonging::Endpoints, 0);
    assert_eq!(endpoints(40), [Arrival, Event, Auth, Status]);
    assert_eq!(endpoints(54), [Arrival, Endpoint, Event, Id, Auth, Status]);
    assert_eq!(endpoints(80), [Arrival, Endpoint, Provider, Event, Id, Auth, Status, Size]);
    let both = |width| columns(width, Belonging::EndpointsAndAccounts, 0);
    assert_eq!(both(54), [Arrival, Account, Event, Id, Auth, Status]);
    assert_eq!(both(80), [Arrival, Account, Provider, Event, Id, Auth, Status, Size]);
    assert_eq!(both(120)[..3], [Arrival, Endpoint, Account]);
}

#[test]
fn pinned_columns_take_the_place_of_those_that_are_less_wanted() {
    let pinned = |count| pins(count).into_iter().map(Column::Pinned).collect::<Vec<_>>();
    let with =
        |count, before: &[Column], behind: &[Column]| [before, &pinned(count), behind].concat();
    for (width, count, expected) in [
        (40, 1, with(1, &[Arrival, Event], &[Auth])),
        (54, 1, with(1, &[Arrival, Event, Id], &[Auth, Status])),
        (54, 4, with(2, &[Arrival, Event], &[Auth])),
        (80, 1, with(1, &[Arrival, Endpoint, Event, Id], &[Auth, Status, Size])),
        (80, 2, with(2, &[Arrival, Endpoint, Event, Id], &[Auth, Status])),
        (80, 4, with(4, &[Arrival, Event], &[Auth, Status])),
        (200, 4, with(4, &[Arrival, Endpoint, Provider, Event, Id], &[Auth, Status, Size])),
    ] {
        assert_eq!(columns(width, Belonging::Endpoints, count), expected, "{width} {count}");
    }
}

#[test]
fn what_is_sorted_by_stays_where_there_is_little_room() {
    for column in Column::ALL.into_iter().chain(pins(1).into_iter().map(Column::Pinned)) {
        for width in 41..=60 {
            let belonging = Belonging::EndpointsAndAccounts;
            let places = arrange(width, belonging, &pins(4), Some(&column));
            let is_there = places.iter().any(|place| place.column == column);
            assert!(is_there || column == Column::Endpoint, "{column:?} {width}");
        }
    }
}
