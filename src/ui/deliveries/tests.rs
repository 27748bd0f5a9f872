use super::Column::{Account, Event, Place, Provider, Resource, Size, Standing, Status, Time};
use super::*;

#[test]
fn a_size_takes_at_most_five_columns() {
    for (bytes, text) in [
        (0, "0"),
        (999, "999"),
        (1_000, "1.0K"),
        (2_660, "2.6K"),
        (10_239, "10K"),
        (1_023_000, "999K"),
        (1_048_576, "1.0M"),
        (10 * 1_048_576, "10M"),
        (5_000_000_000, "4.7G"),
    ] {
        assert_eq!(size(bytes), text, "{bytes}");
    }
    assert!(size(u64::MAX).len() <= 9);
}

#[test]
fn every_width_is_used_whole_and_not_exceeded() {
    for width in 40..=300 {
        for places in
            [Places::One, Places::Endpoints, Places::Accounts, Places::EndpointsAndAccounts]
        {
            let layout = Layout::new(width, places);
            let used = MARK + taken(&layout.columns, layout.gap) + MARGIN;
            assert_eq!(used, usize::from(width), "{width}");
        }
    }
}

#[test]
fn columns_are_given_up_from_the_least_wanted_on() {
    let columns = |width, places| {
        let layout = Layout::new(width, places);
        layout.columns.iter().map(|(shape, _)| shape.column).collect::<Vec<_>>()
    };
    let endpoints = |width| columns(width, Places::Endpoints);
    assert_eq!(endpoints(40), [Time, Event, Standing, Status]);
    assert_eq!(endpoints(54), [Time, Place, Event, Resource, Standing, Status]);
    assert_eq!(endpoints(80), [Time, Place, Provider, Event, Resource, Standing, Status, Size]);
    let both = |width| columns(width, Places::EndpointsAndAccounts);
    assert_eq!(both(54), [Time, Account, Event, Resource, Standing, Status]);
    assert_eq!(both(80), [Time, Account, Provider, Event, Resource, Standing, Status, Size]);
    assert_eq!(both(120)[..3], [Time, Place, Account]);
}
