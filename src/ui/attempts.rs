//! The Attempts tab: the list of what was sent outward, and the selected one whole below it.

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::address;
use super::lines::Pen;
use super::strip::Strip;
use super::theme::Role;
use super::time::COLUMNS;
use super::{document, lines, text};
use crate::app::detail::attempts::{Attempts, Listed};
use crate::domain::attempt::{Outcome, Purpose, duration_text};
use crate::domain::url::Url;

/// The columns of a duration.
const TOOK: usize = 7;

/// A list that is narrower than this leaves out what an attempt was for, and how long it took.
const ROOMY: u16 = 56;

/// Draws the tab.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, attempts: &Attempts, pen: &Pen<'_>) {
    let head = attempts.head_height(area.height).min(area.height);
    let list = Rect { height: attempts.list_height(area.height), ..area };
    let first = attempts.list_scroll(area.height);
    let rows = attempts.listed().map(|listed| Row::of(listed, pen)).enumerate().skip(first);
    let rows = rows.take(usize::from(list.height)).collect::<Vec<_>>();
    let columns = Columns {
        purpose: widest(rows.iter().map(|(_, row)| row.purpose)),
        word: widest(rows.iter().map(|(_, row)| row.word)),
    };
    for ((place, row), area) in rows.iter().zip(list.rows()) {
        row.draw(buffer, area, *place == attempts.selected(), &columns, pen);
    }
    if head > 0 {
        draw_rule(buffer, Rect { y: list.bottom(), height: 1, ..area }, attempts, pen);
    }
    let below = Rect { y: area.y + head, height: area.height - head, ..area };
    draw_selected(buffer, below, attempts, pen);
}

/// A row of the list.
struct Row<'a> {
    at: Timestamp,
    purpose: &'a str,
    word: &'a str,
    role: Role,
    took: String,
    url: &'a Url,
    is_insecure: bool,
}

/// How wide the columns are that differ in what is listed.
struct Columns {
    purpose: usize,
    word: usize,
}

fn widest<'a>(words: impl Iterator<Item = &'a str>) -> usize {
    words.map(text::width).max().unwrap_or(0)
}

impl<'a> Row<'a> {
    fn of(listed: Listed<'a>, pen: &Pen<'a>) -> Self {
        match listed {
            Listed::UnderWay(fetching) => Self {
                at: fetching.since,
                purpose: Purpose::Fetch.as_str(),
                word: pen.theme.glyphs.ellipsis,
                role: Role::Dim,
                took: String::new(),
                url: &fetching.url,
                is_insecure: false,
            },
            Listed::Done(opened) => {
                let attempt = &opened.attempt;
                Self {
                    at: attempt.started_at,
                    purpose: attempt.purpose.as_str(),
                    word: attempt.word(),
                    role: match &attempt.outcome {
                        Outcome::Answered(_) if attempt.is_success() => Role::Verified,
                        Outcome::Answered(_) => Role::Stale,
                        Outcome::Failed { .. } => Role::Refuted,
                    },
                    took: duration_text(attempt.timing.total),
                    url: &attempt.call.url,
                    is_insecure: attempt.call.insecure,
                }
            }
        }
    }

    fn draw(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        is_selected: bool,
        columns: &Columns,
        pen: &Pen<'_>,
    ) {
        let style = |role| pen.theme.style(role);
        let is_roomy = area.width >= ROOMY;
        let mut strip = Strip::new();
        let mark = if is_selected { pen.theme.glyphs.cursor } else { "" };
        strip.column(mark, 2, style(Role::Accent));
        strip.column(&pen.clock.short(self.at), COLUMNS + 1, style(Role::Dim));
        if is_roomy {
            strip.column(self.purpose, columns.purpose + 1, style(Role::Plain));
        }
        strip.column(self.word, columns.word + 1, style(self.role));
        if is_roomy {
            strip.column_right(&self.took, TOOK, style(Role::Dim));
            strip.gap(2);
        }
        if self.is_insecure {
            strip.push("insecure ", style(Role::Refuted));
        }
        let room = usize::from(area.width).saturating_sub(strip.width() + 1);
        pen.write(&mut strip, &address::short(self.url, room), Role::Plain);
        strip.draw(buffer, area);
    }
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
