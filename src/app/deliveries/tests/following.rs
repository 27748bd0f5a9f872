//! What an arrival moves: the selection that follows the newest delivery, and nothing else.

use super::shelf::HEIGHT;
use super::{arrive, list_of, selected};
use crate::app::deliveries::window::Window;
use crate::app::fixtures::record;

#[test]
fn following_keeps_the_newest_delivery_selected() {
    let (mut shelf, mut list) = list_of(3);
    assert_eq!(selected(&list), Some(3));
    arrive(&mut shelf, &mut list, 4);
    assert_eq!((selected(&list), list.unseen().count), (Some(4), 0));
}

#[test]
fn what_came_while_it_stood_still_is_followed_again_however_much_it_was() {
    let (mut shelf, mut list) = list_of(3);
    let newest = 3 + i64::try_from(2 * Window::MOST).unwrap();
    for id in 4..=newest {
        shelf.0.push(id);
        list.arrive(&record(id));
        list.settle(HEIGHT, true);
    }
    assert_eq!(selected(&list), Some(3));
    shelf.serve(&mut list);
    assert_eq!((selected(&list), list.follows(), list.unseen().count), (Some(newest), true, 0));
}

#[test]
fn an_arrival_moves_neither_the_selection_nor_what_is_in_sight() {
    let (mut shelf, mut list) = list_of(50);
    list.move_by(3);
    list.settle(HEIGHT, false);
    for id in 51..=62 {
        arrive(&mut shelf, &mut list, id);
    }
    assert_eq!((selected(&list), list.top(), list.cursor()), (Some(47), 12, Some(15)));
    assert_eq!(list.unseen().count, 12);
    list.first();
    list.settle(HEIGHT, false);
    assert_eq!((selected(&list), list.unseen().count), (Some(62), 0));
    assert!(!list.follows(), "the way to the top was the user's, not the list's");
}

#[test]
fn a_list_that_fits_on_the_screen_hides_no_arrival() {
    let (mut shelf, mut list) = list_of(3);
    list.move_by(1);
    arrive(&mut shelf, &mut list, 4);
    assert_eq!((selected(&list), list.top(), list.unseen().count), (Some(2), 0, 0));
}
