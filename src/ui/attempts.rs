//! The Attempts tab: the list of what was sent outward, and the selected one whole below it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lines::Pen;
use super::strip::Strip;
use super::theme::Role;
use super::time::COLUMNS;
use super::{document, lines, text};
use crate::app::detail::attempts::{Attempts, Listed};
use crate::domain::attempt::{Outcome, duration_text};

/// The columns of the longest purpose.
const PURPOSE: usize = 12;

/// The columns of the longest error.
const WORD: usize = 16;

/// The columns of a duration.
const TOOK: usize = 7;

/// A list that is narrower than this leaves out what an attempt was for, and how long it took.
const ROOMY: u16 = 64;

/// Draws the tab.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, attempts: &Attempts, pen: &Pen<'_>) {
    let head = attempts.head_height(area.height).min(area.height);
    let list = Rect { height: attempts.list_height(area.height), ..area };
    let first = attempts.list_scroll(area.height);
    for ((place, listed), row) in attempts.listed().enumerate().skip(first).zip(list.rows()) {
        let is_selected = place == attempts.selected();
        draw_row(buffer, row, listed, is_selected, pen);
    }
    if head > 0 {
        draw_rule(buffer, Rect { y: list.bottom(), height: 1, ..area }, attempts, pen);
    }
    let below = Rect { y: area.y + head, height: area.height - head, ..area };
    draw_selected(buffer, below, attempts, pen);
}

fn draw_row(buffer: &mut Buffer, row: Rect, listed: Listed<'_>, is_selected: bool, pen: &Pen<'_>) {
    let style = |role| pen.theme.style(role);
    let (at, purpose, (word, role), took, url) = match listed {
        Listed::UnderWay(fetching) => (
            fetching.since,
            "fetch",
            (pen.theme.glyphs.ellipsis, Role::Dim),
            String::new(),
            &fetching.url,
        ),
        Listed::Done(opened) => {
            let attempt = &opened.attempt;
            let role = match &attempt.outcome {
                Outcome::Answered(response) if response.status.is_success() => Role::Verified,
                Outcome::Answered(_) => Role::Stale,
                Outcome::Failed { .. } => Role::Refuted,
            };
            let took = duration_text(attempt.timing.total);
            let word = (attempt.word(), role);
            (attempt.started_at, attempt.purpose.as_str(), word, took, &attempt.call.url)
        }
    };
    let is_roomy = row.width >= ROOMY;
    let mut strip = Strip::new();
    let mark = if is_selected { pen.theme.glyphs.cursor } else { "" };
    strip.column(mark, 2, style(Role::Accent));
    strip.column(&pen.clock.short(at), COLUMNS + 1, style(Role::Dim));
    if is_roomy {
        strip.column(purpose, PURPOSE + 1, style(Role::Plain));
        strip.column(word, WORD + 1, style(role));
        strip.column_right(&took, TOOK, style(Role::Dim));
        strip.gap(2);
    } else {
        strip.push(word, style(role));
        strip.gap(1);
    }
    let room = usize::from(row.width).saturating_sub(strip.width() + 1);
    pen.write(&mut strip, &text::visible_id(&url.to_string(), room), Role::Plain);
    strip.draw(buffer, row);
}

/// A line below the list; it tells where in the list the selected one is.
fn draw_rule(buffer: &mut Buffer, row: Rect, attempts: &Attempts, pen: &Pen<'_>) {
    let dim = pen.theme.style(Role::Dim);
    let place = attempts.selected() + 1;
    let place =
        attempts.count().filter(|count| *count > 1).map(|count| format!(" {place} of {count}"));
    let place = Strip::of(&place.unwrap_or_default(), dim);
    let across = usize::from(row.width).saturating_sub(place.width() + 3);
    let mut strip = Strip::new();
    strip.gap(2);
    strip.push(&pen.theme.glyphs.rule.repeat(across), dim);
    strip.append(place);
    strip.draw(buffer, row);
}

/// The lines and the document of the selected attempt, as one column.
fn draw_selected(buffer: &mut Buffer, area: Rect, attempts: &Attempts, pen: &Pen<'_>) {
    let column = attempts.column();
    let lines_above = column.facts().lines().len();
    let in_facts = (!column.is_in_body()).then(|| column.facts().cursor());
    let in_body = column.is_in_body().then(|| column.body().cursor());
    let rest = lines::draw_from(buffer, area, column.facts(), column.scroll(), in_facts, pen);
    let first = column.scroll().saturating_sub(lines_above);
    document::draw_from(buffer, rest, column.body(), first, in_body, pen);
}
