//! The first screen, before anything was captured: how to begin.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::session::Session;
use crate::app::state::App;
use crate::domain::endpoint::PathPattern;

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
    lines.extend([
        blank(),
        said(Role::Plain, "t sends a sample of Avinode, Schedaero, Avionté or Channex"),
    ]);
    if let Some(refusal) = app.traffic.refusals().next() {
        let text = format!("The last request was refused: {}", refusal.message);
        lines.extend([blank(), said(Role::Stale, &text)]);
    }
    lines.extend(next_steps(&app.session));
    lines
}

/// What else may be set up, or that it is.
fn next_steps(session: &Session) -> Vec<Said> {
    let said = |role, text: &str| Said { text: text.to_owned(), role };
    let named = session.endpoints.iter().filter(|endpoint| endpoint.path != PathPattern::Any);
    let is_forwarding =
        session.endpoints.iter().any(|endpoint| !endpoint.forwarding.targets.is_empty());
    let secrets = match named.count() {
        0 => {
            Err(("To check signatures, write a config with places for secrets:", "hookscope init"))
        }
        1 => Ok("Done: an endpoint is configured".to_owned()),
        count => Ok(format!("Done: {count} endpoints are configured")),
    };
    let forwarding = if is_forwarding {
        Ok("Done: deliveries are handed on to your app".to_owned())
    } else {
        Err(("To hand deliveries on to your app:", "hookscope --forward http://127.0.0.1:3000"))
    };
    let steps = [secrets, forwarding].into_iter().flat_map(|step| match step {
        Ok(done) => vec![said(Role::Plain, ""), said(Role::Dim, &done)],
        Err((todo, command)) => vec![
            said(Role::Plain, ""),
            said(Role::Plain, todo),
            said(Role::Plain, ""),
            said(Role::Accent, command),
        ],
    });
    steps.collect()
}
