//! Moving: within a pane, between panes, into a delivery and back.

use super::action::{Action, Motion};
use super::command::Command;
use super::deliveries::Applied;
use super::help;
use super::managing;
use super::overlay::Overlay;
use super::pipes;
use super::prompting;
use super::replays;
use super::screen::{question, screen, subscriptions};
use super::state::{App, Focus, View};
use super::tab::Tab;

/// Rows of the help that are not lines: the border and what is typed.
const HELP_FRAME: u16 = 3;

/// Moves in what has the keys.
pub fn move_in(app: &mut App, motion: Motion) {
    let rows = match motion {
        Motion::Down => 1,
        Motion::Up => -1,
        Motion::First => isize::MIN,
        Motion::Last => isize::MAX,
        Motion::HalfPageDown => page(app) / 2,
        Motion::HalfPageUp => -(page(app) / 2),
        Motion::PageDown => page(app),
        Motion::PageUp => -page(app),
    };
    match (app.overlays.is_empty(), app.focus, motion) {
        (false, ..) => move_overlay(app, rows),
        (true, ..) if app.view == View::Subscriptions => managing::move_by(app, rows),
        (true, Focus::Stream, Motion::First) => app.deliveries.first(),
        (true, Focus::Stream, Motion::Last) => app.deliveries.last(),
        (true, Focus::Stream, _) => app.deliveries.move_by(rows),
        (true, Focus::Detail, _) => move_detail(app, rows),
    }
}

/// The rows of a pane, at least two so that half a page is something.
fn page(app: &App) -> isize {
    let Some(screen) = screen(app.size, app) else { return 2 };
    let rows = match (app.overlays.last(), app.view) {
        (Some(Overlay::Confirm(_)), _) => Some(screen.inside()),
        (Some(Overlay::Output(_)), _) => Some(screen.output().rows),
        (Some(Overlay::Comparison(_) | Overlay::Reader(_)), _) => Some(screen.filled().inside()),
        (Some(_), _) | (None, View::Deliveries) => {
            screen.stream.or(screen.detail).map(|pane| pane.rows)
        }
        (None, View::Subscriptions) => {
            let places = subscriptions(screen.middle, app);
            Some(places.record.filter(|_| app.subscribing.reads).unwrap_or(places.rows))
        }
    };
    rows.map_or(2, |rows| isize::from(rows.height.cast_signed())).max(2)
}

/// Moves the cursor in the open delivery.
pub fn move_detail(app: &mut App, rows: isize) {
    move_tab(app, app.detail.tab(), rows);
}

/// Moves the cursor in one of its tabs.
pub fn move_tab(app: &mut App, tab: Tab, rows: isize) {
    if let Some(content) = app.detail.content_of_mut(tab) {
        content.move_by(rows);
    }
}

/// Moves in what lies on top, if there is something to move in.
pub fn move_overlay(app: &mut App, rows: isize) {
    let Some(screen) = screen(app.size, app) else { return };
    let height = screen.overlay.height;
    match app.overlays.last_mut() {
        Some(Overlay::Help(help)) => {
            let lines = help::lines(&app.keymap, help.context, help.editor.text()).len();
            let furthest = lines.saturating_sub(usize::from(height.saturating_sub(HELP_FRAME)));
            help.scroll = help.scroll.saturating_add_signed(rows).min(furthest);
        }
        Some(Overlay::Links(links)) => links.list.move_by(rows),
        Some(Overlay::Columns(columns)) => columns.move_by(rows),
        Some(Overlay::Comparison(comparing)) => comparing.lines_mut().move_by(rows),
        Some(Overlay::Reader(reader)) => reader.lines.move_by(rows),
        Some(Overlay::Output(output)) => output.view_mut().move_by(rows),
        Some(Overlay::Samples(samples)) => samples.move_by(rows),
        Some(Overlay::Guide(guide)) => guide.move_by(rows),
        Some(Overlay::Form(form)) => form.fields.move_by(rows),
        Some(Overlay::Replay(sheet)) => sheet.fields.move_by(rows),
        Some(Overlay::Export(sheet)) => sheet.fields.move_by(rows),
        Some(Overlay::Confirm(asked)) => {
            let most_hidden = question(screen, asked).most_hidden;
            asked.move_by(rows, most_hidden);
        }
        Some(Overlay::Palette(palette)) => palette.move_by(rows),
        Some(Overlay::Prompt(_)) => prompting::recall(app, rows),
        Some(Overlay::Deletion(_) | Overlay::Leases(_) | Overlay::Quitting) | None => {}
    }
}

/// Whether the open delivery is in sight.
#[must_use]
pub fn is_detail_in_sight(app: &App) -> bool {
    screen(app.size, app).is_some_and(|screen| screen.detail.is_some())
}

/// Whether the attempts stand beside the detail.
#[must_use]
pub fn have_attempts_a_pane(app: &App) -> bool {
    screen(app.size, app).is_some_and(|screen| screen.attempts.is_some())
}

/// Shows a tab of the delivery, opening it if it is not in sight.
pub fn show(app: &mut App, tab: Tab) {
    app.detail.show(tab);
    let is_pane = tab == Tab::Attempts && have_attempts_a_pane(app);
    if is_pane || !is_detail_in_sight(app) {
        open(app);
    }
}

/// Goes to the open delivery. What is being read is not replaced by what arrives.
pub fn open(app: &mut App) {
    if app.deliveries.selected().is_some() {
        app.focus = Focus::Detail;
        app.deliveries.set_follow(false);
    }
}

/// Goes to the next pane, or to the one before.
pub fn turn_pane(app: &mut App, action: Action) {
    let forward = action == Action::NextPane;
    let is_at_attempts = app.detail.tab() == Tab::Attempts;
    let to = match app.focus {
        Focus::Stream if have_attempts_a_pane(app) => {
            Some(if forward { app.detail.beside() } else { Tab::Attempts })
        }
        Focus::Stream => Some(app.detail.tab()),
        Focus::Detail if have_attempts_a_pane(app) && is_at_attempts != forward => {
            Some(if forward { Tab::Attempts } else { app.detail.beside() })
        }
        Focus::Detail => None,
    };
    match to {
        Some(tab) => {
            app.detail.show(tab);
            open(app);
        }
        None => app.focus = Focus::Stream,
    }
}

/// Goes back by one step: ends what runs on top, closes what lies on top, ends the search, gives the
/// screen back and leaves the delivery, ends what is being replayed or exported, shows deliveries as
/// they came, clears the filter, then the marks.
pub fn back(app: &mut App) -> Option<Command> {
    let searching = match app.focus {
        Focus::Stream => !app.deliveries.needle().is_empty(),
        Focus::Detail => !app.detail.needle().is_empty(),
    };
    if let Some(Overlay::Output(_)) = app.overlays.last() {
        return pipes::back(app);
    } else if !app.overlays.is_empty() {
        prompting::close(app);
    } else if app.view == View::Subscriptions {
        managing::back(app);
    } else if searching {
        prompting::search(app, "");
    } else if up_one_level(app) {
        return None;
    } else if app.replaying.under_way.is_running() {
        return Some(Command::CancelReplay);
    } else if app.exporting.under_way.is_running() {
        return Some(Command::CancelExport);
    } else if app.deliveries.unsort() {
        return None;
    } else if !app.deliveries.filter().text.is_empty() {
        app.trail.clear();
        app.deliveries.apply(Applied::default(), app.deliveries.anchor());
    } else {
        return replays::unmark(app);
    }
    None
}

/// Leaves the subscriptions, else goes to the stream without zoom; false if that is where the user
/// was.
pub fn up_one_level(app: &mut App) -> bool {
    if app.view == View::Subscriptions {
        app.view = View::Deliveries;
        return true;
    }
    let was_below = app.zoomed || app.focus == Focus::Detail;
    app.zoomed = false;
    app.focus = Focus::Stream;
    was_below
}
