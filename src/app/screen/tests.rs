use std::sync::Arc;

use proptest::prelude::*;
use ratatui::layout::{Rect, Size};

use super::{SIDE_BY_SIDE, SMALLEST, THREE_PANES, screen, tabs};
use crate::app::detail::Detail;
use crate::app::fixtures::{at, session};
use crate::app::health::{Health, Listener, StoreHealth};
use crate::app::keymap::Keymap;
use crate::app::state::{App, Focus};
use crate::app::tab::Tab;

fn app(focus: Focus, zoomed: bool) -> App {
    let health = Health { listener: Listener::Listening, store: StoreHealth::Well };
    let mut app = App::new(session(), health, Arc::new(Keymap::default()), at(0));
    (app.focus, app.zoomed) = (focus, zoomed);
    app
}

#[test]
fn narrow_screens_show_the_pane_with_the_focus_and_wide_ones_both() {
    for (width, focus, zoomed, stream, detail) in [
        (80, Focus::Stream, false, true, false),
        (80, Focus::Detail, false, false, true),
        (SIDE_BY_SIDE - 1, Focus::Stream, false, true, false),
        (SIDE_BY_SIDE, Focus::Stream, false, true, true),
        (THREE_PANES, Focus::Detail, false, true, true),
        (200, Focus::Detail, true, false, true),
        (200, Focus::Stream, true, true, false),
    ] {
        let screen = screen(Size::new(width, 24), &app(focus, zoomed)).unwrap();
        let seen = (screen.stream.is_some(), screen.detail.is_some());
        assert_eq!(seen, (stream, detail), "{width} {focus:?} {zoomed}");
        assert_eq!(screen.divider.is_some(), stream && detail);
        let has_three = width >= THREE_PANES && !zoomed;
        assert_eq!(screen.attempts.is_some(), has_three);
        assert_eq!(screen.attempts_divider.is_some(), has_three);
    }
}

#[test]
fn a_screen_that_is_too_small_has_no_places() {
    let app = app(Focus::Stream, false);
    let Size { width, height } = SMALLEST;
    assert!(screen(SMALLEST, &app).is_some());
    assert_eq!(screen(Size::new(width - 1, height), &app), None);
    assert_eq!(screen(Size::new(width, height - 1), &app), None);
    assert_eq!(screen(Size::new(0, 0), &app), None);
}

#[test]
fn tabs_stand_next_to_each_other_and_the_one_on_top_is_always_there() {
    let mut detail = Detail::default();
    let widths = |detail: &Detail, width| {
        tabs(Rect::new(3, 1, width, 1), detail, detail.tab()).map(|it| it.width)
    };
    assert_eq!(widths(&detail, 60), [10, 9, 6, 6, 8, 10]);
    assert_eq!(widths(&detail, 27), [10, 9, 6, 0, 0, 0]);
    assert_eq!(tabs(Rect::new(3, 1, 60, 1), &detail, Tab::Body)[Tab::Body as usize].x, 22);
    detail.show(Tab::Attempts);
    assert_eq!(widths(&detail, 40), [0, 9, 6, 6, 8, 10]);
    assert_eq!(widths(&detail, 9), [0, 0, 0, 0, 0, 9]);
    assert_eq!(tabs(Rect::new(3, 1, 40, 1), &detail, Tab::Attempts)[Tab::Headers as usize].x, 3);
    detail.show(Tab::Headers);
    assert_eq!(widths(&detail, 12), [0, 9, 0, 0, 0, 0]);
}

proptest! {
    #[test]
    fn everything_lies_on_the_screen_and_nothing_overlaps(
        width in 0_u16..400,
        height in 0_u16..150,
        detail in any::<bool>(),
        zoomed in any::<bool>(),
    ) {
        let focus = if detail { Focus::Detail } else { Focus::Stream };
        let size = Size::new(width, height);
        let Some(screen) = screen(size, &app(focus, zoomed)) else { return Ok(()) };
        let panes = [screen.stream, screen.detail, screen.attempts].into_iter().flatten().collect::<Vec<_>>();
        let mut areas = vec![screen.title, screen.filter, screen.footer];
        areas.extend(screen.divider);
        areas.extend(screen.attempts_divider);
        for pane in &panes {
            areas.extend([pane.title, pane.head, pane.rows]);
            prop_assert!(!pane.rows.is_empty());
            prop_assert_eq!(pane.area, pane.title.union(pane.head).union(pane.rows));
        }
        let cells: u32 = areas.iter().map(|area| area.area()).sum();
        prop_assert_eq!(cells, u32::from(width) * u32::from(height), "every cell has its place");
        for (at, area) in areas.iter().enumerate() {
            prop_assert_eq!(area.intersection(Rect::new(0, 0, width, height)), *area);
            prop_assert!(areas.iter().skip(at + 1).all(|other| !area.intersects(*other)));
        }
        prop_assert_eq!(screen.overlay.intersection(screen.middle), screen.overlay);
    }
}
