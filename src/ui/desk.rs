//! What is answered otherwise than configured, in the status bar, and the bar of what is held.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::bars::{draw_both, hint};
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::action::Action;
use crate::app::state::App;
use crate::domain::shape::{Manner, Span};

/// What is set, for the status bar; empty if everything is answered as configured.
pub(super) fn decisions(app: &App, theme: &Theme) -> Strip {
    let style = theme.style(Role::Stale);
    let mut strip = Strip::new();
    if let Some((endpoint, shape)) = app.desk.shapes().last() {
        let what = match shape.manner {
            Manner::Whole => shape.answer.status.as_str().to_owned(),
            Manner::Silent => "nothing".to_owned(),
            Manner::Drip(_) => format!("{} drip", shape.answer.status.as_str()),
        };
        let span = match shape.span {
            Span::Next => "next",
            Span::UntilTakenBack => "until taken back",
        };
        strip.push(&format!("answer {what} {span}"), style);
        if app.session.endpoints.len() > 1 {
            strip.push(&format!(" ({endpoint})"), style);
        }
        let others = app.desk.shapes().len() - 1;
        if others > 0 {
            strip.push(&format!(" +{others}"), style);
        }
        strip.gap(2);
    }
    if app.desk.hold().is_some() {
        strip.push(&format!("hold {}", app.desk.held().len()), style);
        strip.gap(2);
    }
    strip
}

/// Draws what is held: the one that is answered next, how long it waits yet, and with which keys.
pub(super) fn bar(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let Some(held) = app.desk.next(app.deliveries.selected()) else { return };
    let plain = theme.style(Role::Plain);
    let mut left = Strip::of(" held ", theme.style(Role::Stale));
    left.push(&format!("#{} ", held.id), plain);
    let room = usize::from(area.width) / 3;
    left.push(&text::visible_id(&held.what, room), plain);
    left.push(&format!("  {} s left", held.seconds_left(app.now)), theme.style(Role::Accent));
    let others = app.desk.held().len() - 1;
    if others > 0 {
        left.push(&format!("  +{others}"), theme.style(Role::Dim));
    }
    let mut right = Strip::new();
    for action in [Action::AnswerUsual, Action::AnswerOtherwise] {
        let Some(chord) = app.keymap.chords().find(|chord| chord.binding.action == action) else {
            continue;
        };
        let hint = hint(chord, &chord.to_string(), theme);
        if left.width() + right.width() + hint.width() + 5 <= usize::from(area.width) {
            right.gap(if right.width() == 0 { 0 } else { 2 });
            right.append(hint);
        }
    }
    draw_both(buffer, area, left, right);
}
