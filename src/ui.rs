//! Draws the state, and nothing else: no input, no clock, no change.
//!
//! [`draw`] is the only way in. Where everything stands is told by `app::screen`, what a part looks
//! like by [`theme`], and every text passes `strip`, which makes it harmless through [`text`].
//! Only rows in sight are ever made.
//!
//! Reading order: [`text`], [`glyphs`], [`theme`], [`time`], `strip` (one line of the screen), `address`, `plain`, then a file for
//! each part of the screen.

pub mod text;
pub mod glyphs;
pub mod theme;
pub mod time;
mod strip;
mod address;
mod sentence;
mod forwarding;
mod bars;
mod listing;
mod desk;
mod plain;
mod lines;
mod document;
mod deliveries;
mod attempts;
mod detail;
mod first;
mod guide;
mod subscription_rows;
mod subscribing;
mod overlay;
mod choices;
mod help;
mod links;
mod comparing;
mod reader;
mod output;
mod samples;
mod columns;
mod completion;
mod palette;
mod field_help;
mod form;
mod confirm;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::app::leaving;
use crate::app::overlay::Overlay;
use crate::app::screen::{SMALLEST, Screen, screen};
use crate::app::state::{App, View};
use glyphs::Glyphs;
use strip::Strip;
use theme::{Role, Theme};

/// Draws the dashboard.
pub fn draw(frame: &mut Frame<'_>, app: &App, theme: &Theme) {
    let is_ascii = theme.glyphs == Glyphs::ASCII;
    let plain = theme.with_glyphs(Glyphs::PLAIN);
    let theme = if app.arrangement.plain { &plain } else { theme };
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let Some(screen) = screen(Size::new(area.width, area.height), app) else {
        return too_small(buffer, area, theme);
    };
    bars::title(buffer, screen.title, app, theme);
    match app.view {
        View::Deliveries => draw_panes(buffer, &screen, app, theme),
        View::Subscriptions => subscribing::draw(buffer, &screen, app, theme),
    }
    if let Some(area) = screen.held {
        bars::held(buffer, area, app, theme);
    }
    bars::footer(buffer, screen.footer, app, theme);
    if !app.keys.is_empty() {
        bars::pending(buffer, screen.middle, app, theme);
    }
    let mut cursor = None;
    for overlay in &app.overlays {
        cursor = draw_overlay(buffer, &screen, overlay, app, theme);
    }
    if theme.is_plain() {
        plain::notices(buffer, screen.middle, &app.toasts, theme);
        if app.overlays.is_empty() && app.view == View::Deliveries {
            cursor = plain::cursor(buffer, &screen);
        }
    } else {
        overlay::notices(buffer, screen.middle, &app.toasts, theme);
    }
    if is_ascii {
        to_ascii(buffer);
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

fn draw_panes(buffer: &mut Buffer, screen: &Screen, app: &App, theme: &Theme) {
    if app.is_first_screen() {
        return first::draw(buffer, screen.middle, app, theme);
    }
    listing::draw(buffer, screen.filter, app, theme);
    if let Some(pane) = screen.stream {
        deliveries::draw(buffer, pane, app, theme);
    }
    if let Some(pane) = screen.detail {
        detail::draw(buffer, pane, screen, app, theme);
    }
    if let Some(pane) = screen.attempts {
        detail::draw_attempts(buffer, pane, app, theme);
    }
    for divider in [screen.divider, screen.attempts_divider].into_iter().flatten() {
        for (at, row) in divider.rows().enumerate() {
            let glyph = if at == 0 { theme.glyphs.branch } else { theme.glyphs.divider };
            Strip::of(glyph, theme.style(Role::Dim)).draw(buffer, row);
        }
    }
}

fn draw_overlay(
    buffer: &mut Buffer,
    screen: &Screen,
    overlay: &Overlay,
    app: &App,
    theme: &Theme,
) -> Option<Position> {
    match overlay {
        Overlay::Help(help) => help::draw(buffer, screen, help, app, theme),
        Overlay::Prompt(prompt) => overlay::prompt(buffer, screen, prompt, &app.keymap, theme),
        Overlay::Samples(samples) => samples::draw(buffer, screen, samples, theme),
        Overlay::Palette(palette) => palette::draw(buffer, screen, palette, theme),
        Overlay::Guide(guide) => guide::draw(buffer, screen, guide, app, theme),
        Overlay::Links(links) => {
            links::draw(buffer, screen, links, theme);
            None
        }
        Overlay::Columns(columns) => {
            columns::draw(buffer, screen, columns, app, theme);
            None
        }
        Overlay::Comparison(comparing) => {
            comparing::draw(buffer, screen, comparing, app, theme);
            None
        }
        Overlay::Reader(reader) => {
            reader::draw(buffer, screen, reader, app, theme);
            None
        }
        Overlay::Output(output) => {
            output::draw(buffer, screen, output, app, theme);
            None
        }
        Overlay::Form(form) => form::draw(buffer, screen, form, &app.keymap, theme),
        Overlay::Replay(sheet) => form::replay(buffer, screen, sheet, &app.keymap, theme),
        Overlay::Export(sheet) => form::export(buffer, screen, sheet, &app.keymap, theme),
        Overlay::Confirm(question) => {
            confirm::draw(buffer, screen, question, app, theme);
            None
        }
        Overlay::Deletion(deletion) => {
            confirm::question(buffer, screen, "Delete", &deletion.question, theme);
            None
        }
        Overlay::Quitting => {
            let question = leaving::question(app);
            let question = question.as_deref().unwrap_or("nothing is under way any more. Quit?");
            confirm::question(buffer, screen, "Quit", question, theme);
            None
        }
        Overlay::Leases(leases) => {
            confirm::leases(buffer, screen, leases, theme);
            None
        }
    }
}

/// For a terminal that shows nothing else.
fn to_ascii(buffer: &mut Buffer) {
    for cell in buffer.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
        cell.set_symbol(if cell.symbol() == "…" { "~" } else { "?" });
    }
}

fn too_small(buffer: &mut Buffer, area: Rect, theme: &Theme) {
    let Size { width, height } = SMALLEST;
    let text = format!("hookscope needs {width}x{height}");
    Strip::of(&text, theme.style(Role::Plain)).draw(buffer, area);
}
