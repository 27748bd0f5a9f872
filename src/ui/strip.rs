//! One line of the screen under construction. Every text that reaches the screen goes through here
//! and so through [`text::visible`]: no caller can forget it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text;
use crate::app::search::Needle;

/// Bytes of a text that are looked at: more than the largest screen shows. What is behind them would
/// only cost time, frame by frame.
const MOST: usize = 64 * 1024;

/// Pieces of text, each in its style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Strip {
    pieces: Vec<(String, Style)>,
    width: usize,
}

impl Strip {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A line of a single text.
    pub(super) fn of<T: AsRef<[u8]> + ?Sized>(text: &T, style: Style) -> Self {
        let mut strip = Self::new();
        strip.push(text, style);
        strip
    }

    /// Adds a text, made harmless.
    pub(super) fn push<T: AsRef<[u8]> + ?Sized>(&mut self, text: &T, style: Style) {
        self.push_visible(&text::visible(in_sight(text.as_ref())), style);
    }

    fn push_visible(&mut self, text: &str, style: Style) {
        self.width += text::width(text);
        self.pieces.push((text.to_owned(), style));
    }

    /// Adds a text, made harmless, with what is searched for in another style.
    pub(super) fn push_marked<T: AsRef<[u8]> + ?Sized>(
        &mut self,
        text: &T,
        style: Style,
        needle: &Needle,
        mark: Style,
    ) {
        let text = text::visible(in_sight(text.as_ref()));
        let mut rest = &*text;
        while let Some((before, found, after)) = split_at_match(rest, needle) {
            self.push_visible(before, style);
            self.push_visible(found, style.patch(mark));
            rest = after;
        }
        self.push_visible(rest, style);
    }

    /// Adds empty columns.
    pub(super) fn gap(&mut self, columns: usize) {
        if columns > 0 {
            self.push_visible(&" ".repeat(columns), Style::new());
        }
    }

    /// Adds empty columns up to that one, if it is not passed.
    pub(super) fn gap_to(&mut self, column: usize) {
        self.gap(column.saturating_sub(self.width));
    }

    /// Adds a text that takes exactly so many columns, cut off or filled up at its end.
    pub(super) fn column(&mut self, cell: &str, columns: usize, style: Style) {
        let end = self.width + columns;
        self.append(Self::of(cell, style).truncated(columns));
        self.gap_to(end);
    }

    /// The same with the text at the right.
    pub(super) fn column_right(&mut self, cell: &str, columns: usize, style: Style) {
        let cell = Self::of(cell, style).truncated(columns);
        self.gap(columns - cell.width);
        self.append(cell);
    }

    /// Adds another line behind this one.
    pub(super) fn append(&mut self, other: Self) {
        self.width += other.width;
        self.pieces.extend(other.pieces);
    }

    /// The columns it takes.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The line in at most so many columns; a cut is told.
    pub(super) fn truncated(self, columns: usize) -> Self {
        if self.width <= columns {
            return self;
        }
        let mut cut = Self::new();
        for (text, style) in self.pieces {
            let head = text::head(&text, (columns.max(1) - 1).saturating_sub(cut.width));
            cut.push_visible(head, style);
            if head.len() < text.len() {
                cut.push_visible(if columns > 0 { "…" } else { "" }, style);
                break;
            }
        }
        cut
    }

    /// As at most so many lines of so many columns each; the end of the last one tells if there is
    /// more. Never empty.
    pub(super) fn wrapped(self, columns: usize, most: usize) -> Vec<Self> {
        let mut lines = Vec::new();
        let mut line = Self::new();
        for (text, style) in self.pieces {
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let head = match text::head(rest, columns.saturating_sub(line.width)) {
                    // A cluster that is wider than a line stands alone.
                    "" if line.width == 0 => text::first(rest),
                    head => head,
                };
                if head.is_empty() {
                    if lines.len() + 1 == most {
                        line.push_visible(text::head(rest, 2), style);
                        lines.push(line.truncated(columns));
                        return lines;
                    }
                    lines.push(std::mem::take(&mut line));
                }
                line.push_visible(head, style);
                rest = rest.strip_prefix(head).unwrap_or_default();
            }
        }
        lines.push(line);
        lines
    }

    /// Draws the line into the first row of an area, cut off where that ends.
    pub(super) fn draw(self, buffer: &mut Buffer, area: Rect) {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return;
        }
        let mut x = area.x;
        for (text, style) in self.truncated(usize::from(area.width)).pieces {
            let room = usize::from(area.right() - x);
            (x, _) = buffer.set_stringn(x, area.y, text, room, style);
        }
    }

    /// Draws the line so that it ends where the area does. Returns the columns it took.
    pub(super) fn draw_right(self, buffer: &mut Buffer, area: Rect) -> u16 {
        let strip = self.truncated(usize::from(area.width));
        let width = u16::try_from(strip.width).unwrap_or(area.width);
        strip.draw(buffer, Rect { x: area.right() - width, width, ..area });
        width
    }
}

/// The part of a text that is looked at.
fn in_sight(text: &[u8]) -> &[u8] {
    &text[..text.len().min(MOST)]
}

/// The text before the first match, the match, and the text behind it.
fn split_at_match<'a>(text: &'a str, needle: &Needle) -> Option<(&'a str, &'a str, &'a str)> {
    if !needle.is_in(text) {
        return None;
    }
    let length = needle.as_str().len();
    text.char_indices().find_map(|(start, _)| {
        let found = text.get(start..start + length).filter(|found| needle.is_in(found))?;
        Some((text.get(..start)?, found, text.get(start + length..)?))
    })
}

#[cfg(test)]
mod tests;
