//! The line above the panes: what the list shows, in which order, and what is under way.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::bars::{draw_both, grouped};
use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::action::Action;
use crate::app::deliveries::Unseen;
use crate::app::deliveries::matches::Matches;
use crate::app::state::App;
use crate::domain::attempt::duration_text;
use crate::domain::export;
use crate::domain::replay::Progress;

/// Draws what the list shows: its filter, what is new, whether it follows.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let dim = theme.style(Role::Dim);
    let mut left = Strip::new();
    left.gap(1);
    if let Some(progress) = app.replaying.under_way.progress() {
        left.append(replay(progress, app, theme));
    } else if let Some(progress) = app.exporting.under_way.progress() {
        left.append(export(progress, app, theme));
    } else {
        left.append(listed(app, theme));
    }
    let mut right = Strip::new();
    let marked = app.replaying.marks.count() as u64;
    if marked > 0 {
        right.push(&format!("{} marked", grouped(marked)), theme.style(Role::Accent));
        right.gap(2);
    }
    if let Some(matches) = app.deliveries.matches() {
        right.append(shares(matches, app, theme));
        right.gap(2);
    }
    let unseen = app.deliveries.unseen();
    let is_sorted = app.deliveries.sorted().is_some();
    if unseen.count > 0 || unseen.or_more {
        let more = if unseen.or_more { "+" } else { "" };
        let place = if is_sorted { "" } else { theme.glyphs.up };
        let text = format!("{}{more} new {place}", grouped(unseen.count));
        right.push(text.trim_end(), theme.style(Role::Accent));
    }
    if is_sorted {
        right.push(&ends(app), dim);
    } else if unseen == Unseen::default() && app.deliveries.follows() {
        right.push("following", dim);
    }
    draw_both(buffer, area, left, right);
}

/// What is listed, and in which order if that is not the usual one.
fn listed(app: &App, theme: &Theme) -> Strip {
    let (dim, accent) = (theme.style(Role::Dim), theme.style(Role::Accent));
    let mut strip = Strip::new();
    let applied = &app.deliveries.filter().text;
    if !applied.is_empty() {
        strip.push("filter ", dim);
        strip.push(applied, accent);
    }
    if let Some(sorted) = app.deliveries.sorted() {
        strip.gap(if applied.is_empty() { 0 } else { 2 });
        let order = sorted.order();
        let rows = grouped(app.deliveries.window().len() as u64);
        match sorted.has_more() {
            None => strip.push("sorting", dim),
            Some(true) => strip.push(&format!("the newest {rows}"), dim),
            Some(false) => strip.push(&format!("all {rows}"), dim),
        }
        strip.push(" by ", dim);
        strip.push(order.column.title(), accent);
        strip.push(&format!(" {}", theme.glyphs.direction(order.is_reversed)), accent);
    } else if applied.is_empty() {
        strip.push("all deliveries", dim);
        if !app.session.keep.is_everything() {
            strip.push(&format!("  kept: {}", app.session.keep), dim);
        }
    }
    strip
}

/// How many of all deliveries match the filter.
fn shares(matches: &Matches, app: &App, theme: &Theme) -> Strip {
    let more = if matches.or_more() { "+" } else { "" };
    let mut strip = Strip::of(&grouped(matches.count()), theme.style(Role::Plain));
    strip.push(more, theme.style(Role::Dim));
    if let Some(stored) = app.stored() {
        strip.push(&format!(" of {}", grouped(stored)), theme.style(Role::Dim));
    }
    strip
}

/// How far a replay has come.
fn replay(progress: &Progress, app: &App, theme: &Theme) -> Strip {
    let (plain, dim) = (theme.style(Role::Plain), theme.style(Role::Dim));
    let mut strip = Strip::of("replay ", dim);
    let count = format!("{} of {}", grouped(progress.done), grouped(progress.total));
    strip.push(&count, theme.style(Role::Accent));
    strip.push(&format!("  {:.0}/s", progress.rate()), plain);
    if let Some(left) = progress.left().filter(|_| progress.done < progress.total) {
        strip.push(&format!("  {} left", duration_text(left)), plain);
    }
    let tally = &progress.tally;
    let bad = tally.answered_other + tally.failed + tally.unsent;
    if bad > 0 {
        strip.push(&format!("  {} failed", grouped(bad)), theme.style(Role::Stale));
    }
    strip.push(&ends(app), dim);
    strip
}

/// How far an export has come.
fn export(progress: &export::Progress, app: &App, theme: &Theme) -> Strip {
    let dim = theme.style(Role::Dim);
    let mut strip = Strip::of("export ", dim);
    let count = format!("{} of {}", grouped(progress.done), grouped(progress.total));
    strip.push(&count, theme.style(Role::Accent));
    strip.push(&ends(app), dim);
    strip
}

/// How to end what is under way, or the order of the list.
fn ends(app: &App) -> String {
    app.hint(Action::Back, "ends it").map(|hint| format!("  {hint}")).unwrap_or_default()
}
