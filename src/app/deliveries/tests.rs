mod following;
mod shelf;
mod sorting;

use std::sync::Arc;

use proptest::prelude::*;

use super::window::Window;
use super::{Applied, Deliveries, PAGE_ROWS};
use crate::app::fixtures::{at, record};
use shelf::{HEIGHT, Shelf};

use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;

fn applied(text: &str) -> Applied {
    Applied { text: text.to_owned(), filter: Arc::new(Filter::parse(text, at(0)).unwrap()) }
}

fn list_of(count: i64) -> (Shelf, Deliveries) {
    let (shelf, mut list) = (Shelf((1..=count).collect()), Deliveries::default());
    shelf.serve(&mut list);
    (shelf, list)
}

fn arrive(shelf: &mut Shelf, list: &mut Deliveries, id: i64) {
    shelf.0.push(id);
    list.arrive(&record(id));
    list.settle(HEIGHT, false);
}

fn selected(list: &Deliveries) -> Option<i64> {
    list.selected().map(|id| id.0)
}

#[test]
fn deliveries_of_one_commit_may_arrive_in_any_order() {
    let (mut shelf, mut list) = list_of(3);
    for id in [6, 4, 5, 4] {
        list.arrive(&record(id));
    }
    shelf.0.extend(4..=6);
    shelf.serve(&mut list);
    let ids = list.window().rows_from(0).map(|row| row.id.0).collect::<Vec<_>>();
    assert_eq!(ids, [6, 5, 4, 3, 2, 1]);
}

#[test]
fn scrolling_down_reads_on_and_the_end_is_the_oldest_delivery() {
    let (shelf, mut list) = list_of(5_000);
    assert_eq!(list.window().len(), PAGE_ROWS);
    list.move_by(150);
    shelf.serve(&mut list);
    assert_eq!((selected(&list), list.window().len()), (Some(4_850), 2 * PAGE_ROWS));
    list.last();
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(1));
    list.move_by(-1);
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(2));
    list.first();
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(5_000));
}

#[test]
fn a_page_of_an_earlier_filter_is_dropped() {
    let (shelf, mut list) = list_of(20);
    list.apply(applied("id:1..5"), None);
    let cursor = list.ask(HEIGHT).unwrap();
    let old = (list.generation(), shelf.page(&list.filter().filter, cursor));
    list.apply(applied("id:7"), None);
    list.loaded(old.0, cursor, Ok(old.1));
    assert_eq!(list.window().len(), 20, "the rows before stay until the page is here");
    shelf.serve(&mut list);
    assert_eq!((list.window().len(), selected(&list)), (1, Some(7)));
}

#[test]
fn an_arrival_that_does_not_match_changes_nothing_in_the_list() {
    let (mut shelf, mut list) = list_of(20);
    list.apply(applied("id:1..5"), None);
    shelf.serve(&mut list);
    let before = list.window().clone();
    assert!(!list.arrive(&record(21)));
    shelf.0.push(21);
    shelf.serve(&mut list);
    assert_eq!((list.window(), list.unseen().count), (&before, 0));
}

#[test]
fn the_selection_outlives_the_filter_that_found_it() {
    let (shelf, mut list) = list_of(2_000);
    list.apply(applied("id:500"), None);
    shelf.serve(&mut list);
    list.set_follow(false);
    list.apply(Applied::default(), list.selected());
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(500));
    list.move_by(-1);
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(501), "its neighbours are there");
    list.apply(applied("id:600..700"), list.selected());
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(700), "nothing older matches, so the newest is taken");
}

#[test]
fn lost_arrivals_come_from_the_store() {
    let (mut shelf, mut list) = list_of(20);
    shelf.0.extend(21..=1_000);
    list.lost(None);
    list.arrive(&record(1_000));
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(1_000));
    list.move_by(5);
    shelf.0.extend(1_001..=1_100);
    list.lost(None);
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(995));
    assert!(list.unseen().or_more);
    let newest = list.window().id(0).map(|id| id.0);
    assert_eq!(newest, Some(1_100), "what was lost was read from the store");
}

#[test]
fn arrivals_during_a_load_are_neither_lost_nor_doubled() {
    let (mut shelf, mut list) = list_of(20);
    list.apply(applied("id:1..40"), None);
    let cursor = list.ask(HEIGHT).unwrap();
    arrive(&mut shelf, &mut list, 21);
    let page = shelf.page(&list.filter().filter, cursor);
    arrive(&mut shelf, &mut list, 22);
    list.loaded(list.generation(), cursor, Ok(page));
    list.settle(HEIGHT, false);
    assert_eq!((list.window().len(), selected(&list)), (22, Some(22)));
}

#[test]
fn what_is_rare_comes_part_by_part_newest_first_and_is_counted_on_the_way() {
    let (shelf, mut list) = list_of(1_000);
    list.apply(applied("id:950,940,500,20"), None);
    let mut seen = Vec::new();
    list.settle(HEIGHT, false);
    while let Some(cursor) = list.ask(HEIGHT) {
        assert_eq!(list.ask_count(), None, "what is read anyway is not counted beside it");
        let page = shelf.part(&list.filter().filter, cursor, 300);
        list.loaded(list.generation(), cursor, Ok(page));
        list.settle(HEIGHT, false);
        let matches = list.matches().expect("there is a filter");
        seen.push((list.window().len(), matches.count(), matches.or_more()));
        assert_eq!(selected(&list), Some(950));
    }
    assert_eq!(seen, [(2, 2, true), (3, 3, true), (3, 3, true), (4, 4, false)]);
    assert_eq!(list.ask_count(), None, "all are counted already");
}

#[test]
fn what_is_frequent_is_counted_behind_the_first_page() {
    let (shelf, mut list) = list_of(1_000);
    assert_eq!(list.matches(), None, "without a filter there is nothing to count");
    list.apply(applied("id:>100"), None);
    shelf.serve(&mut list);
    let shown =
        |list: &Deliveries| list.matches().map(|matches| (matches.count(), matches.or_more()));
    assert_eq!(shown(&list), Some((200, true)));
    shelf.count(&mut list, 150);
    assert_eq!(shown(&list), Some((900, false)));
}

#[test]
fn a_delivery_is_gone_to_wherever_it_is_and_the_nearest_older_one_if_it_is_not() {
    let (mut shelf, mut list) = list_of(5_000);
    shelf.0.retain(|id| *id != 70);
    for (wanted, found) in [(4_990, 4_990), (77, 77), (70, 69), (9_999, 5_000)] {
        list.go_to(DeliveryId(wanted));
        shelf.serve(&mut list);
        assert_eq!(selected(&list), Some(found), "{wanted}");
        assert!(!list.follows());
    }
}

#[test]
fn a_selection_that_was_deleted_gives_way_to_its_neighbour() {
    let (mut shelf, mut list) = list_of(2_000);
    list.move_by(50);
    shelf.0.retain(|id| !(1_900..=1_960).contains(id));
    list.lost(None);
    list.go_to(DeliveryId(1_950));
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(1_950), "it is on the screen still");
    list.apply(applied("id:>1"), list.anchor());
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(1_899));
}

#[test]
fn a_failure_is_told_and_not_tried_again_until_asked_for() {
    let (shelf, mut list) = list_of(20);
    list.apply(applied("id:7"), None);
    let cursor = list.ask(HEIGHT).unwrap();
    list.loaded(list.generation(), cursor, Err("the disk is gone".to_owned()));
    assert_eq!(list.failure(), Some("the disk is gone"));
    assert_eq!(list.ask(HEIGHT), None);
    list.retry();
    shelf.serve(&mut list);
    assert_eq!((list.failure(), selected(&list)), (None, Some(7)));
}

#[test]
fn memory_is_bounded_at_either_end() {
    let (mut shelf, mut list) = list_of(12_000);
    for _ in 0..120 {
        list.move_by(100);
        shelf.serve(&mut list);
        assert!(list.window().len() <= Window::MOST);
    }
    assert_eq!(selected(&list), Some(1));
    assert!(list.window().newer, "the newest rows were let go");
    arrive(&mut shelf, &mut list, 12_001);
    assert_ne!(list.window().id(0), Some(DeliveryId(12_001)), "a gap would lie between");
    list.set_follow(true);
    shelf.serve(&mut list);
    assert_eq!(selected(&list), Some(12_001));
    for id in 12_002..23_000 {
        arrive(&mut shelf, &mut list, id);
    }
    assert_eq!(list.window().len(), Window::MOST);
}

#[test]
fn rows_are_searched_around_the_ends() {
    let (_, mut list) = list_of(30);
    assert!(list.search("hooks/1"));
    assert_eq!(selected(&list), Some(19));
    assert!(!list.search("nothing says this"));
    assert_eq!(selected(&list), Some(19));
}

#[test]
fn an_arrival_above_a_lost_one_is_not_shown_as_its_neighbour() {
    let (mut shelf, mut list) = list_of(450);
    list.apply(applied("id:>300"), list.selected());
    shelf.serve(&mut list);
    list.apply(applied("id:>300"), list.selected());
    let cursor = list.ask(HEIGHT).expect("another filter asks for its page");
    list.loaded(list.generation(), cursor, Ok(shelf.page(&list.filter().filter, cursor)));
    list.settle(HEIGHT, false);
    let cursor = list.ask(HEIGHT).expect("there may be newer ones");
    let page = shelf.page(&list.filter().filter, cursor);
    list.move_by(108);
    list.settle(HEIGHT, false);
    shelf.0.push(shelf.next());
    list.lost(None);
    let id = shelf.next();
    arrive(&mut shelf, &mut list, id);
    list.loaded(list.generation(), cursor, Ok(page));
    assert_eq!(list.window().id(0), Some(DeliveryId(450)));
    assert!(list.window().newer);
}

/// What can happen to the list, with the store's answer to an earlier question among it.
#[derive(Clone, Debug)]
enum Happening {
    Arrives,
    ArrivesUnseen,
    Moves(isize),
    First,
    Last,
    Follows(bool),
    Filters(&'static str),
    Asks,
    Answers,
    Fails,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => Just(Happening::Arrives),
        1 => Just(Happening::ArrivesUnseen),
        3 => (-400_isize..400).prop_map(Happening::Moves),
        1 => Just(Happening::First),
        1 => Just(Happening::Last),
        1 => any::<bool>().prop_map(Happening::Follows),
        1 => prop_oneof![Just(""), Just("hooks/1"), Just("id:>300"), Just("id:999999")]
            .prop_map(Happening::Filters),
        4 => Just(Happening::Asks),
        4 => Just(Happening::Answers),
        1 => Just(Happening::Fails),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_the_rows_are_an_unbroken_part_of_the_store(
        happenings in proptest::collection::vec(happening(), 0..120),
    ) {
        let (mut shelf, mut list) = list_of(450);
        let mut answer = None;
        for happening in happenings {
            let before = (list.selected(), list.follows());
            let quiet = matches!(happening, Happening::Arrives | Happening::Asks);
            match happening {
                Happening::Arrives => {
                    let id = shelf.next();
                    arrive(&mut shelf, &mut list, id);
                }
                Happening::ArrivesUnseen => {
                    shelf.0.push(shelf.next());
                    list.lost(None);
                }
                Happening::Moves(rows) => list.move_by(rows),
                Happening::First => list.first(),
                Happening::Last => list.last(),
                Happening::Follows(follow) => list.set_follow(follow),
                Happening::Filters(text) => list.apply(applied(text), list.selected()),
                Happening::Asks => {
                    if let Some(cursor) = list.ask(HEIGHT) {
                        let page = shelf.part(&list.filter().filter, cursor, 120);
                        answer = Some((list.generation(), cursor, page));
                    }
                }
                Happening::Answers => {
                    if let Some((generation, cursor, page)) = answer.take() {
                        list.loaded(generation, cursor, Ok(page));
                    }
                }
                Happening::Fails => {
                    if let Some((generation, cursor, _)) = answer.take() {
                        list.loaded(generation, cursor, Err("full".to_owned()));
                        list.retry();
                    }
                }
            }
            list.settle(HEIGHT, false);
            if quiet && !before.1 {
                prop_assert_eq!(list.selected(), before.0, "the selection is the user's");
            }
            if let Some(cursor) = list.cursor() {
                prop_assert!((list.top()..list.top() + HEIGHT).contains(&cursor));
                prop_assert_eq!(list.window().id(cursor), list.selected());
            }
        }
        if let Some((generation, cursor, page)) = answer {
            list.loaded(generation, cursor, Ok(page));
        }
        shelf.serve(&mut list);
        let ids = list.window().rows_from(0).map(|row| row.id.0).collect::<Vec<_>>();
        let all = shelf.0.iter().rev().map(|id| record(*id));
        let all = all.filter(|record| list.filter().filter.matches(record));
        let all = all.map(|record| record.id.0).collect::<Vec<_>>();
        let unbroken = ids.is_empty() || all.windows(ids.len()).any(|part| part == ids);
        prop_assert!(unbroken, "{:?} is not a part of {:?}", ids, all);
        prop_assert!(list.window().newer || ids.first() == all.first());
        prop_assert!(list.window().older || ids.last() == all.last());
        for _ in 0..3 {
            shelf.count(&mut list, 120);
            list.advance();
        }
        shelf.count(&mut list, 120);
        if let Some(matches) = list.matches() {
            prop_assert_eq!((matches.count(), matches.or_more()), (all.len() as u64, false));
        }
        prop_assert!(!list.follows() || list.selected().map(|id| id.0) == all.first().copied());
    }
}
