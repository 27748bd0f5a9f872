use super::Window;
use crate::app::fixtures::record;
use crate::domain::record::Summary;

fn rows(ids: impl IntoIterator<Item = i64>) -> Vec<Summary> {
    ids.into_iter().map(|id| record(id).summary()).collect()
}

fn ids(window: &Window) -> Vec<i64> {
    window.rows_from(0).map(|row| row.id.0).collect()
}

#[test]
fn a_row_goes_where_its_id_belongs_and_only_once() {
    let mut window = Window::new(rows([9, 7, 5]), false, false);
    for (id, place) in [(8, Some(1)), (8, None), (10, Some(0)), (1, Some(5)), (5, None)] {
        assert_eq!(window.insert(record(id).summary()), place, "{id}");
    }
    assert_eq!(ids(&window), [10, 9, 8, 7, 5, 1]);
}

#[test]
fn no_row_goes_beyond_an_end_where_rows_are_missing() {
    let mut window = Window::new(rows([9, 7, 5]), true, true);
    for (id, place) in [(10, None), (4, None), (6, Some(2))] {
        assert_eq!(window.insert(record(id).summary()), place, "{id}");
    }
    assert_eq!(ids(&window), [9, 7, 6, 5]);
}

#[test]
fn pages_that_overlap_are_joined_without_repeats() {
    let mut window = Window::new(rows([9, 7, 5]), true, true);
    assert_eq!(window.extend_newer(rows([12, 11, 9, 8, 7])), 3);
    window.extend_older(rows([5, 4, 2]));
    assert_eq!(ids(&window), [12, 11, 9, 8, 7, 5, 4, 2]);
}

#[test]
fn a_still_window_keeps_its_order_and_takes_nothing_in() {
    let mut window = Window::still(rows([5, 9, 7, 6]));
    assert_eq!(window.insert(record(8).summary()), None);
    assert_eq!((window.to_newer(), window.to_older()), (None, None));
    for (id, place) in [(5, Ok(0)), (7, Ok(2)), (8, Err(0))] {
        assert_eq!(window.place(record(id).id), place, "{id}");
    }
    let gone = [5, 7].map(|id| record(id).id).into();
    assert_eq!(window.remove(&gone, [1, 3]), [1, 2]);
    assert_eq!(ids(&window), [9, 6]);
}

#[test]
fn what_is_beyond_the_bound_is_let_go_and_remembered_as_missing() {
    let most = i64::try_from(Window::MOST).unwrap();
    let full = || Window::new(rows((0..most + 5).rev()), false, false);
    let mut window = full();
    window.drop_oldest();
    assert_eq!((window.len(), window.older, window.newer), (Window::MOST, true, false));
    assert_eq!(window.oldest().map(|id| id.0), Some(5));
    let mut window = full();
    assert_eq!(window.drop_newest(), 5);
    assert_eq!((window.len(), window.older, window.newer), (Window::MOST, false, true));
    assert_eq!(window.drop_newest(), 0);
}
