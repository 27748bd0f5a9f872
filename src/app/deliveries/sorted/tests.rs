use std::sync::Arc;

use http::StatusCode;

use super::*;
use crate::app::deliveries::pins::Pins;
use crate::app::fixtures::record;
use crate::domain::delivery::DeliveryId;
use crate::domain::pin::{Pin, cells_in};
use crate::domain::verdict::Standing;

/// Rows newest first, numbered from 1, with these ids of resources.
fn rows(resources: &[Option<&str>]) -> Vec<Summary> {
    let rows = (1..).zip(resources).map(|(id, resource)| Summary {
        resource: resource.map(str::to_owned),
        ..record(id).summary()
    });
    let mut rows = rows.collect::<Vec<_>>();
    rows.reverse();
    rows
}

fn ids(rows: &[Summary]) -> Vec<i64> {
    rows.iter().map(|row| row.id.0).collect()
}

fn sorted(column: &Column, rows: &[Summary], pins: &Pins) -> [Vec<i64>; 2] {
    [false, true].map(|is_reversed| {
        let order = Order { column: column.clone(), is_reversed };
        ids(&order.sort(rows.to_vec(), pins))
    })
}

#[test]
fn numbers_come_before_text_and_what_is_missing_last_whichever_way_it_is_sorted() {
    for (resources, upwards, downwards) in [
        (&[Some("10"), Some("9"), Some("1.5")][..], [3, 2, 1], [1, 2, 3]),
        (&[Some("b"), Some("A"), Some("c")], [2, 1, 3], [3, 1, 2]),
        (&[Some("b"), None, Some("7")], [3, 1, 2], [1, 3, 2]),
        (&[None, Some("x"), None], [2, 3, 1], [2, 3, 1]),
        // Those that are equal stay as they came: the newest first.
        (&[Some("x"), Some("x"), Some("x")], [3, 2, 1], [3, 2, 1]),
        (&[Some("x"), Some("a"), Some("x")], [2, 3, 1], [3, 1, 2]),
        // Numbers that a computer takes for the same.
        (
            &[Some("9007199254740993"), Some("9007199254740992"), Some("9007199254740991")],
            [3, 2, 1],
            [1, 2, 3],
        ),
    ] {
        let both = sorted(&Column::Id, &rows(resources), &Pins::default());
        assert_eq!(both, [upwards.to_vec(), downwards.to_vec()], "{resources:?}");
    }
}

#[test]
fn each_column_sorts_by_what_it_shows() {
    let mut rows = rows(&[None; 4]);
    let standings = [Standing::Verified, Standing::Unchecked, Standing::Stale, Standing::Refuted];
    let rest = standings.into_iter().zip([200, 500, 404, 201]).zip([5, 1_000, 30, 30]);
    for ((row, (standing, status)), size) in
        rows.iter_mut().zip(rest.clone().map(|(one, _)| one)).zip(rest.map(|(_, size)| size))
    {
        (row.standing, row.size) = (standing, size);
        row.status = StatusCode::from_u16(status).expect("a status");
        row.event = (size == 30).then(|| format!("e{status}"));
        row.endpoint = format!("at{}", 9 - row.id.0).as_str().into();
    }
    for (column, upwards) in [
        (Column::Auth, [1, 2, 3, 4]),
        (Column::Status, [4, 1, 2, 3]),
        (Column::Size, [4, 2, 1, 3]),
        (Column::Event, [1, 2, 4, 3]),
        (Column::Endpoint, [4, 3, 2, 1]),
        (Column::Account, [4, 3, 2, 1]),
        (Column::Provider, [4, 3, 2, 1]),
    ] {
        let [found, _] = sorted(&column, &rows, &Pins::default());
        assert_eq!(found, upwards, "{column:?}");
    }
}

#[test]
fn a_pinned_column_sorts_by_what_bodies_have_there() {
    let pin = Pin::new("/price").expect("a pointer");
    let mut pins = Pins::default();
    assert!(pins.pin(pin.clone()));
    let bodies = [r#"{"price":"12.50"}"#, r#"{"price":9}"#, "{}", r#"{"price":"ask"}"#, "no"];
    let cells = (1..)
        .zip(bodies)
        .map(|(id, body)| (DeliveryId(id), cells_in(std::slice::from_ref(&pin), body.as_bytes())));
    let asked = (1..=5).map(DeliveryId).collect::<Vec<_>>();
    assert_eq!(pins.ask(&asked), Some(asked));
    assert!(pins.loaded(&Arc::from([pin.clone()]), Some(cells.collect())));
    let both = sorted(&Column::Pinned(pin), &rows(&[None; 5]), &pins);
    assert_eq!(both, [vec![2, 1, 4, 5, 3], vec![4, 1, 2, 5, 3]]);
}
