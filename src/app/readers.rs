//! What the keys do about what there is to read, and how it keeps up with what happens.

use super::lines::{Line, Lines};
use super::overlay::Overlay;
use super::reader::{Reader, Topic};
use super::state::App;

/// Shows it; what comes last is in sight where that is the newest.
pub fn open(app: &mut App, topic: Topic) {
    let mut lines = Lines::new(said(app, topic));
    lines.move_by(isize::MAX);
    let revision = app.journal.revision();
    app.overlays.push(Overlay::Reader(Box::new(Reader { topic, lines, revision })));
}

/// Turns the log from what was said to what went out, and back.
pub fn turn(app: &mut App) {
    let Some(Overlay::Reader(reader)) = app.overlays.last() else { return };
    let topic = match reader.topic {
        Topic::Notices => Topic::Connections,
        Topic::Connections => Topic::Notices,
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
    if reader.revision != revision {
        let is_last = reader.lines.cursor() + 1 >= reader.lines.lines().len();
        reader.lines.replace(said(app, reader.topic));
        if is_last {
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
    }
}
