//! The mouse: the wheel moves in the pane under it, a click selects what it points at or sorts by it,
//! and the divider between the panes can be dragged.

use ratatui::layout::{Position, Rect};

use super::managing;
use super::message::{Gesture, Mouse};
use super::moving;
use super::screen::{Pane, Places, Screen, screen, subscriptions, tabs};
use super::sorting;
use super::state::{App, Focus, View};
use super::tab::Tab;

/// Rows that one notch of the wheel moves.
const NOTCH: isize = 3;

/// Does what the mouse did.
pub fn point(app: &mut App, mouse: Mouse) {
    let rows = match mouse.gesture {
        Gesture::Click | Gesture::Drag | Gesture::Release => 0,
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
    match mouse.gesture {
        Gesture::Click => click(app, &screen, at),
        Gesture::Drag => drag(app, &screen, at),
        Gesture::Release => app.arrangement.is_dragging = false,
        Gesture::WheelDown | Gesture::WheelUp => {
            if under(screen.stream, at).is_some() {
                app.deliveries.move_by(rows);
            } else if under(screen.detail, at).is_some() {
                moving::move_tab(app, screen.tab_of(&app.detail), rows);
            } else if under(screen.attempts, at).is_some() {
                moving::move_tab(app, Tab::Attempts, rows);
            }
        }
    }
}

fn click(app: &mut App, screen: &Screen, at: Position) {
    app.arrangement.is_dragging = screen.divider.is_some_and(|divider| divider.contains(at));
    if let Some(pane) = under(screen.stream, at) {
        click_stream(app, pane, at);
    } else if let Some(pane) = under(screen.detail, at) {
        if screen.stream.is_none() && pane.title.contains(at) {
            // The title begins with the way here.
            app.focus = Focus::Stream;
            return;
        }
        click_tab(app, screen, pane, at);
        click_rows(app, pane, screen.tab_of(&app.detail), at);
    } else if let Some(pane) = under(screen.attempts, at) {
        click_rows(app, pane, Tab::Attempts, at);
    }
}

/// Moves the divider if it was taken hold of.
fn drag(app: &mut App, screen: &Screen, at: Position) {
    if let (true, Some(stream), Some(detail)) =
        (app.arrangement.is_dragging, screen.stream, screen.detail)
    {
        let columns = detail.area.right() - stream.area.x;
        app.arrangement.divide_at(at.x.saturating_sub(stream.area.x), columns);
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
        Gesture::Drag | Gesture::Release => {}
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
    if pane.head.contains(at) {
        sorting::point_at_head(app, pane.head, at.x);
    }
    if let Some(row) = row_of(pane.rows, at) {
        app.deliveries.select(app.deliveries.top() + row);
    }
}

fn click_tab(app: &mut App, screen: &Screen, pane: Pane, at: Position) {
    let places = tabs(pane.head, &app.detail, screen.tab_of(&app.detail));
    let clicked = places.iter().position(|area| area.contains(at));
    let clicked = clicked.and_then(|place| Tab::ALL.get(place));
    if let Some(tab) = clicked.filter(|tab| screen.has_tab(**tab)) {
        app.detail.show(*tab);
    }
}

/// Goes to the pane of a tab, and there to the row that was clicked.
fn click_rows(app: &mut App, pane: Pane, tab: Tab, at: Position) {
    app.detail.show(tab);
    moving::open(app);
    let wrap = app.wrap;
    let content = app.detail.content_mut();
    if let (Some(content), Some(row)) = (content, row_of(pane.rows, at)) {
        content.point_at(row, (pane.rows.width, pane.rows.height), wrap);
    }
}
