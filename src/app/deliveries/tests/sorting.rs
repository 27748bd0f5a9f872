//! The list in another order.

use super::{Deliveries, HEIGHT, PAGE_ROWS, Shelf, applied, arrive, list_of, selected};
use crate::app::deliveries::column::Column;
use crate::app::deliveries::sorted::{MOST, Order, Sorted};
use crate::app::fixtures::record;
use crate::domain::delivery::DeliveryId;
use crate::domain::page::Cursor;
use crate::domain::pin::{Pin, cells_in};

fn by(column: Column, is_reversed: bool) -> Order {
    Order { column, is_reversed }
}

fn pin(pointer: &str) -> Pin {
    Pin::new(pointer).unwrap()
}

/// Answers until neither pages nor values are asked for.
fn serve(shelf: &Shelf, list: &mut Deliveries) {
    shelf.serve(list);
    while let Some(ids) = list.ask_cells(HEIGHT) {
        let pins = list.pins().pinned().clone();
        let cells =
            ids.iter().map(|id| (*id, cells_in(&pins, &record(id.0).delivery.request.body)));
        assert!(list.cells_loaded(&pins, Some(cells.collect())));
        shelf.serve(list);
    }
}

fn sort(shelf: &Shelf, list: &mut Deliveries, order: Order) {
    list.sort(order);
    serve(shelf, list);
}

fn ids(list: &Deliveries) -> Vec<i64> {
    list.window().rows_from(0).map(|row| row.id.0).collect()
}

#[test]
fn a_picture_has_the_newest_that_match_and_tells_whether_there_are_more() {
    let most = i64::try_from(MOST).unwrap();
    for (count, filter, first, rows, has_more) in [
        (most + 300, "", 301, MOST, true),
        (most, "", 1, MOST, false),
        (most + 1, "", 2, MOST, true),
        (20, "", 1, 20, false),
        (1_500, "id:>1400", 1_401, 100, false),
        (20, "id:>20", 0, 0, false),
    ] {
        let (shelf, mut list) = list_of(count);
        list.apply(applied(filter), None);
        list.pin(pin("/id"));
        list.sort(by(Column::Pinned(pin("/id")), false));
        assert_eq!(list.sorted().and_then(Sorted::has_more), None, "it is not taken yet");
        serve(&shelf, &mut list);
        assert_eq!(list.sorted().and_then(Sorted::has_more), Some(has_more), "{count} {filter}");
        assert_eq!((selected(&list).unwrap_or(0), list.window().len()), (first, rows));
        let ids = ids(&list);
        assert!(ids.is_sorted(), "{count} {filter}");
    }
}

#[test]
fn what_arrives_does_not_disturb_a_picture_and_is_counted_once() {
    let (mut shelf, mut list) = list_of(30);
    list.sort(by(Column::Size, true));
    let cursor = list.ask(HEIGHT).unwrap();
    arrive(&mut shelf, &mut list, 31);
    let page = shelf.page(&list.filter().filter, cursor);
    // This one is in the page already, the other one is not.
    arrive(&mut shelf, &mut list, 32);
    list.loaded(list.generation(), cursor, Ok(page));
    shelf.serve(&mut list);
    let before = ids(&list);
    assert_eq!((before.len(), before.contains(&31), list.unseen().count), (31, true, 1));
    for id in 33..=40 {
        arrive(&mut shelf, &mut list, id);
    }
    list.lost(Some(2));
    serve(&shelf, &mut list);
    assert_eq!((ids(&list), list.unseen().count, list.unseen().or_more), (before, 11, false));
    list.sort(by(Column::Size, true));
    serve(&shelf, &mut list);
    assert_eq!((list.window().len(), list.unseen().count), (40, 0));
}

#[test]
fn the_selection_is_kept_but_for_the_first_row_and_goes_along_back_to_the_stream() {
    let (shelf, mut list) = list_of(500);
    sort(&shelf, &mut list, by(Column::Size, false));
    assert_eq!((selected(&list), list.follows()), (Some(9), false));
    list.move_by(4);
    sort(&shelf, &mut list, by(Column::Size, true));
    assert_eq!((selected(&list), list.cursor()), (Some(5), Some(495)));
    assert!(list.unsort());
    serve(&shelf, &mut list);
    assert_eq!((selected(&list), list.follows(), list.sorted().is_none()), (Some(5), false, true));
    assert!(!list.unsort(), "it is as it came");
}

#[test]
fn every_way_out_of_a_picture_leads_into_the_stream() {
    for (leave, expected, follows) in [
        ((|list| list.set_follow(true)) as fn(&mut Deliveries), 1_200, true),
        (|list| list.go_to(DeliveryId(7)), 7, false),
        (|list| assert!(list.unsort()), 209, false),
    ] {
        let (shelf, mut list) = list_of(1_200);
        sort(&shelf, &mut list, by(Column::Size, false));
        list.select(790);
        leave(&mut list);
        serve(&shelf, &mut list);
        assert_eq!((selected(&list), list.follows()), (Some(expected), follows));
        assert!(list.sorted().is_none() && !list.window().is_still());
    }
    let (shelf, mut list) = list_of(1_200);
    sort(&shelf, &mut list, by(Column::Size, false));
    list.go_to(DeliveryId(900));
    list.last();
    list.first();
    serve(&shelf, &mut list);
    assert!(list.sorted().is_some(), "what is in it is gone to there");
}

#[test]
fn what_is_deleted_goes_out_of_a_picture_and_an_empty_one_is_taken_again() {
    let (mut shelf, mut list) = list_of(1_300);
    sort(&shelf, &mut list, by(Column::Size, false));
    list.select(5);
    let gone = ids(&list)[4..6].iter().map(|id| DeliveryId(*id)).collect();
    let next = ids(&list)[6];
    list.gone(&gone);
    assert_eq!((selected(&list), list.window().len()), (Some(next), MOST - 2));
    let all = ids(&list).into_iter().map(DeliveryId).collect();
    shelf.0.retain(|id| *id <= 300);
    list.gone(&all);
    serve(&shelf, &mut list);
    assert_eq!((list.window().len(), list.sorted().and_then(Sorted::has_more)), (300, Some(false)));
}

#[test]
fn what_is_deleted_while_a_picture_is_taken_is_not_in_it() {
    let (mut shelf, mut list) = list_of(500);
    list.sort(by(Column::Size, false));
    let cursor = list.ask(HEIGHT).unwrap();
    list.loaded(list.generation(), cursor, Ok(shelf.page(&list.filter().filter, cursor)));
    shelf.0.retain(|id| *id != 450);
    list.gone(&[DeliveryId(450)].into());
    serve(&shelf, &mut list);
    assert_eq!((list.window().len(), ids(&list).contains(&450)), (499, false));
}

#[test]
fn a_page_of_another_order_is_dropped() {
    let (shelf, mut list) = list_of(500);
    list.sort(by(Column::Size, false));
    let (generation, cursor) = (list.generation(), list.ask(HEIGHT).unwrap());
    list.sort(by(Column::Size, true));
    list.loaded(generation, cursor, Ok(shelf.page(&list.filter().filter, Cursor::Oldest)));
    serve(&shelf, &mut list);
    assert_eq!(selected(&list), Some(500));
}

#[test]
fn values_are_read_for_rows_in_sight_alone_and_arrivals_bring_theirs() {
    let (mut shelf, mut list) = list_of(5_000);
    assert_eq!(list.ask_cells(HEIGHT), None, "nothing is pinned");
    assert!(list.pin(pin("/id")));
    let asked = list.ask_cells(HEIGHT).unwrap();
    assert_eq!((asked.len(), asked[0].0), (3 * HEIGHT, 5_000));
    assert_eq!(list.ask_cells(HEIGHT), None, "they are on their way");
    let other = [pin("/name")].into();
    assert!(list.cells_loaded(&other, None), "values of other columns are dropped");
    assert!(!list.cells_loaded(&list.pins().pinned().clone(), None));
    assert_eq!(list.ask_cells(HEIGHT), None, "it failed");
    list.retry();
    serve(&shelf, &mut list);
    let text = |list: &Deliveries, id| {
        list.pins().cell(DeliveryId(id), &pin("/id")).map(|cell| cell.text.clone())
    };
    assert_eq!((text(&list, 5_000), text(&list, 4_000)), (Some("5000".to_owned()), None));
    arrive(&mut shelf, &mut list, 5_001);
    assert_eq!((text(&list, 5_001).as_deref(), list.ask_cells(HEIGHT)), (Some("5001"), None));
    for _ in 0..40 {
        list.move_by(isize::try_from(PAGE_ROWS).unwrap());
        serve(&shelf, &mut list);
    }
    let kept = (1..=5_001).filter(|id| text(&list, *id).is_some()).count();
    assert!((HEIGHT..2_100).contains(&kept), "{kept}");
}

#[test]
fn so_many_columns_are_pinned_and_no_more_and_one_that_goes_takes_its_order_with_it() {
    let (shelf, mut list) = list_of(30);
    for (pointer, has_room) in
        [("/a", true), ("/b", true), ("/id", true), ("/c", true), ("/d", false)]
    {
        assert_eq!(list.pin(pin(pointer)), has_room, "{pointer}");
    }
    sort(&shelf, &mut list, by(Column::Pinned(pin("/id")), false));
    assert_eq!(selected(&list), Some(1));
    list.unpin(&pin("/a"));
    serve(&shelf, &mut list);
    assert!(list.sorted().is_some());
    list.unpin(&pin("/id"));
    serve(&shelf, &mut list);
    assert!(list.sorted().is_none());
    assert_eq!(list.pins().pinned().len(), 2);
}

#[test]
fn what_is_looked_for_is_found_in_pinned_columns_too() {
    let (shelf, mut list) = list_of(30);
    assert!(!list.search("row 7"));
    list.pin(pin("/name"));
    list.settle(HEIGHT, false);
    serve(&shelf, &mut list);
    assert!(list.search("row 27"));
    assert_eq!(selected(&list), Some(27));
}
