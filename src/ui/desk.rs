//! What is answered otherwise than configured, in the status bar.

use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::state::App;
use crate::domain::shape::{Manner, Span};

/// What is set, for the status bar; empty if everything is answered as configured.
pub(super) fn decisions(app: &App, theme: &Theme) -> Strip {
    let style = theme.style(Role::Stale);
    let mut strip = Strip::new();
    if let Some((endpoint, shape)) = app.desk.shapes().last() {
        let what = match shape.reply.manner {
            Manner::Whole => shape.reply.answer.status.as_str().to_owned(),
            Manner::Silent => "nothing".to_owned(),
            Manner::Drip(_) => format!("{} drip", shape.reply.answer.status.as_str()),
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
