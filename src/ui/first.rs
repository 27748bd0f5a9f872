//! The first screen, before anything was captured: how to begin.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::action::Action;
use crate::app::state::App;

/// Columns at the left.
const MARGIN: u16 = 3;

/// A line and how it looks; what is to be typed or pasted is in the accent.
struct Said {
    text: String,
    role: Role,
}

/// Draws how to begin.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let width = usize::from(area.width.saturating_sub(2 * MARGIN));
    let top = u16::from(area.height > 14);
    let mut rows = area.rows().skip(usize::from(top));
    for Said { text, role } in lines(app) {
        let text = text::visible(&text);
        let indent = if role == Role::Accent { 2 } else { 0 };
        for line in text::wrap_words(&text, width - indent) {
            let Some(row) = rows.next() else { return };
            let mut strip = Strip::new();
            strip.gap(usize::from(MARGIN) + indent);
            strip.push(line, theme.style(role));
            strip.draw(buffer, row);
        }
    }
}

fn lines(app: &App) -> Vec<Said> {
    let said = |role, text: &str| Said { text: text.to_owned(), role };
    let blank = || said(Role::Plain, "");
    let Some(example) = app.session.example() else {
        return vec![
            said(Role::Strong, "No delivery in this store yet."),
            blank(),
            said(Role::Plain, "Start hookscope without a command to capture some."),
        ];
    };
    let mut lines = vec![
        said(Role::Strong, "Waiting for the first delivery."),
        blank(),
        said(Role::Plain, "Send one from another terminal:"),
        blank(),
        said(Role::Accent, &example),
        blank(),
    ];
    match &app.session.public_url {
        Some(url) => lines.extend([
            said(Role::Plain, "or point a sender at the public address:"),
            blank(),
            said(Role::Accent, url),
        ]),
        None => lines.extend([
            said(
                Role::Plain,
                "or point a sender at it through a tunnel, and tell hookscope the address:",
            ),
            blank(),
            said(Role::Accent, "hookscope --public-url https://your-tunnel.example"),
        ]),
    }
    let sample = "sends a sample of Avinode, Schedaero, Avionté or Channex";
    let steps = "sets up secrets and hands deliveries on to your app";
    let steps = app.session.first_run.as_ref().and_then(|_| app.hint(Action::FirstSteps, steps));
    for hint in app.hint(Action::Samples, sample).into_iter().chain(steps) {
        lines.extend([blank(), said(Role::Plain, &hint)]);
    }
    if let Some(refusal) = app.traffic.refusals().next() {
        let text = format!("The last request was refused: {}", refusal.message);
        lines.extend([blank(), said(Role::Stale, &text)]);
    }
    lines
}
