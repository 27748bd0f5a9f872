//! The mouse: the wheel moves in the pane under it, a click selects what it points at.

use ratatui::layout::{Position, Rect};

use super::managing;
use super::message::{Gesture, Mouse};
use super::moving;
use super::screen::{Pane, Places, screen, subscriptions, tabs};
use super::state::{App, Focus, View};
use super::tab::Tab;

/// Rows that one notch of the wheel moves.
const NOTCH: isize = 3;

/// Does what the mouse did.
pub fn point(app: &mut App, mouse: Mouse) {
    let rows = match mouse.gesture {
        Gesture::Click => 0,
        Gesture::WheelDown => NOTCH,
        Gesture::WheelUp => -NOTCH,
    };
    if !app.overlays.is_empty() {
        return moving::move_overlay(app, rows);
    }
    let Some(screen) = screen(app.size, app) else { return };
    if app.view == View::Subscriptions {
        return point_at_subscriptions(app, &subscriptions(screen.middle, app), mouse, rows);
    }
    let at = Position { x: mouse.column, y: mouse.row };
    if let Some(pane) = under(screen.stream, at) {
        match mouse.gesture {
            Gesture::Click => click_stream(app, pane, at),
            Gesture::WheelDown | Gesture::WheelUp => app.deliveries.move_by(rows),
        }
    } else if let Some(pane) = under(screen.detail, at) {
        match mouse.gesture {
            Gesture::Click => click_detail(app, pane, at),
            Gesture::WheelDown | Gesture::WheelUp => moving::move_detail(app, rows),
        }
    }
}

fn point_at_subscriptions(app: &mut App, places: &Places, mouse: Mouse, rows: isize) {
    let at = Position { x: mouse.column, y: mouse.row };
    let is_record = places.record.is_some_and(|area| area.contains(at));
    match mouse.gesture {
        Gesture::Click if is_record => managing::read(app),
        Gesture::Click => {
            if let Some(row) = row_of(places.rows, at) {
                managing::select(app, row);
            }
        }
        Gesture::WheelDown | Gesture::WheelUp => managing::move_by(app, rows),
    }
}

fn under(pane: Option<Pane>, at: Position) -> Option<Pane> {
    pane.filter(|pane| pane.area.contains(at))
}

fn row_of(rows: Rect, at: Position) -> Option<usize> {
    rows.contains(at).then(|| usize::from(at.y - rows.y))
}

fn click_stream(app: &mut App, pane: Pane, at: Position) {
    app.focus = Focus::Stream;
    if let Some(row) = row_of(pane.rows, at) {
        app.deliveries.select(app.deliveries.top() + row);
    }
}

fn click_detail(app: &mut App, pane: Pane, at: Position) {
    moving::open(app);
    let places = tabs(pane.head, &app.detail);
    let clicked = places.iter().position(|area| area.contains(at));
    if let Some(tab) = clicked.and_then(|tab| Tab::ALL.get(tab)) {
        app.detail.show(*tab);
    }
    let wrap = app.wrap;
    let content = app.detail.content_mut();
    if let (Some(content), Some(row)) = (content, row_of(pane.rows, at)) {
        content.point_at(row, (pane.rows.width, pane.rows.height), wrap);
    }
}
