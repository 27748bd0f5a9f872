//! What the keys do about what there is to read, and how it keeps up with what happens.

use super::command::Command;
use super::detail::attempts::{Attempts, Listed};
use super::lines::{Line, Lines};
use super::moving;
use super::overlay::Overlay;
use super::overview;
use super::reader::{Reader, Topic};
use super::state::{App, View};
use super::timeline;
use super::toast::Notice;

/// Shows it; what comes last is in sight where that is the newest.
pub fn open(app: &mut App, topic: Topic) {
    let mut lines = Lines::new(said(app, topic));
    lines.move_by(if topic.is_log() { isize::MAX } else { 0 });
    let revision = app.journal.revision();
    app.overlays.push(Overlay::Reader(Box::new(Reader { topic, lines, revision })));
}

/// Turns the log from what was said to what went out, and back.
pub fn turn(app: &mut App) {
    let Some(Overlay::Reader(reader)) = app.overlays.last() else { return };
    let topic = match reader.topic {
        Topic::Notices => Topic::Connections,
        Topic::Connections => Topic::Notices,
        Topic::Overview | Topic::Timeline => return,
    };
    app.overlays.pop();
    open(app, topic);
}

/// Whether something to read is on top.
#[must_use]
pub fn is_open(app: &App) -> bool {
    matches!(app.overlays.last(), Some(Overlay::Reader(_)))
}

/// Brings what is shown up to date. Who looks at the last line goes on doing so.
pub fn settle(app: &mut App) {
    let Some(Overlay::Reader(mut reader)) =
        app.overlays.pop_if(|top| matches!(top, Overlay::Reader(_)))
    else {
        return;
    };
    let revision = app.journal.revision();
    if reader.revision != revision || !reader.topic.is_log() {
        let is_last = reader.lines.cursor() + 1 >= reader.lines.lines().len();
        reader.lines.replace(said(app, reader.topic));
        if is_last && reader.topic.is_log() {
            reader.lines.move_by(isize::MAX);
        }
        reader.revision = revision;
    }
    app.overlays.push(Overlay::Reader(reader));
}

fn said(app: &App, topic: Topic) -> Vec<Line> {
    match topic {
        Topic::Notices => app.journal.notice_lines(),
        Topic::Connections => app.journal.connection_lines(),
        Topic::Overview => overview_lines(app),
        Topic::Timeline => timeline_lines(app),
    }
}

/// The overview of everything, as lines.
#[must_use]
pub fn overview_lines(app: &App) -> Vec<Line> {
    overview::lines(&overview::Facts {
        found: app.overview.found(),
        traffic: &app.traffic,
        forwards: &app.forwards,
        session: &app.session,
        keymap: &app.keymap,
        now: app.now,
    })
}

fn timeline_lines(app: &App) -> Vec<Line> {
    let attempts = app.detail.attempts();
    let sent = attempts.into_iter().flat_map(Attempts::listed).filter_map(|listed| match listed {
        Listed::Done(opened) => Some(&*opened.attempt),
        Listed::UnderWay(_) => None,
    });
    timeline::lines(&timeline::Facts {
        came: app.detail.same(),
        sent: sent.collect(),
        older: attempts.map_or(0, Attempts::older),
        now: app.now,
    })
}

/// Shows the timeline of the event of the delivery at hand, which is opened if it is not in sight.
pub fn open_timeline(app: &mut App) {
    if app.deliveries.selected().is_none() {
        return app.notify(Notice::warning("there is no delivery to tell the timeline of"));
    }
    if !moving::is_detail_in_sight(app) {
        moving::open(app);
    }
    open(app, Topic::Timeline);
}

/// Whether the timeline is on top.
#[must_use]
pub fn is_timeline_open(app: &App) -> bool {
    matches!(app.overlays.last(), Some(Overlay::Reader(reader)) if reader.topic == Topic::Timeline)
}

/// Whether the overview takes the place of a delivery, because none is selected.
#[must_use]
pub fn is_overview_in_pane(app: &App) -> bool {
    let is_nothing = app.deliveries.selected().is_none() && !app.deliveries.is_loading();
    is_nothing && app.view == View::Deliveries && !app.is_first_screen()
}

/// Asks for what the overview is made of, if it is in sight and has to be read.
pub fn look(app: &mut App) -> Option<Command> {
    let is_shown = match app.overlays.last() {
        Some(Overlay::Reader(reader)) => reader.topic == Topic::Overview,
        Some(_) => false,
        None => is_overview_in_pane(app) && moving::is_detail_in_sight(app),
    };
    app.overview.shown(is_shown, app.now).then_some(Command::LoadOverview)
}
