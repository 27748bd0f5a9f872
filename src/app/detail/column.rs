//! Lines and a document below them, moved in as one.

use std::sync::Arc;

use crate::app::document::{Document, View};
use crate::app::lines::{Line, Lines};
use crate::app::search::{Needle, Step};

/// Lines, and a document below them. Positions count the lines first, then the rows of the document
/// that are not folded away.
#[derive(Clone, Debug)]
pub struct Column {
    facts: Lines,
    body: View,
    in_body: bool,
    scroll: usize,
}

impl Column {
    /// Seen from the top.
    #[must_use]
    pub fn new(facts: Vec<Line>, body: Arc<Document>) -> Self {
        Self { facts: Lines::new(facts), body: View::new(body), in_body: false, scroll: 0 }
    }

    /// The lines.
    #[must_use]
    pub fn facts(&self) -> &Lines {
        &self.facts
    }

    /// The document.
    #[must_use]
    pub fn body(&self) -> &View {
        &self.body
    }

    /// The document, if the cursor is in it, to fold in.
    pub fn body_at_cursor(&mut self) -> Option<&mut View> {
        self.in_body.then_some(&mut self.body)
    }

    /// Whether the cursor is in the document.
    #[must_use]
    pub fn is_in_body(&self) -> bool {
        self.in_body
    }

    fn lines(&self) -> usize {
        self.facts.lines().len()
    }

    /// How many positions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines() + self.body.len()
    }

    /// Whether there is nothing to move over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The position of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        if self.in_body { self.lines() + self.body.cursor() } else { self.facts.cursor() }
    }

    /// The first position in sight.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// The path under the cursor: the name of a line, or a path in the document.
    #[must_use]
    pub fn path(&self) -> String {
        match self.facts.current().filter(|_| !self.in_body) {
            Some(line) => line.name().to_owned(),
            None => self.body.path_at_cursor(),
        }
    }

    /// The value under the cursor.
    #[must_use]
    pub fn value(&self) -> String {
        match self.facts.current().filter(|_| !self.in_body) {
            Some(line) => line.value(),
            None => self.body.value_at_cursor(),
        }
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        self.move_to(self.cursor().saturating_add_signed(rows));
    }

    fn move_to(&mut self, position: usize) {
        let position = position.min(self.len().saturating_sub(1));
        match position.checked_sub(self.lines()) {
            Some(row) if !self.body.is_empty() => {
                self.body.move_to(row);
                self.in_body = true;
            }
            _ => {
                self.facts.move_by(position.cast_signed() - self.facts.cursor().cast_signed());
                self.in_body = false;
            }
        }
    }

    /// The rows of the screen that each position takes, from one on.
    pub fn heights(&self, from: usize, width: u16, wrap: bool) -> impl Iterator<Item = usize> {
        let names = self.facts.name_width(width);
        let lines = self.facts.lines().iter().skip(from);
        let rows = self.body.rows(from.saturating_sub(self.lines())..self.body.len());
        lines
            .map(move |line| line.height(width, names, wrap))
            .chain(rows.map(move |row| if wrap { row.height(width) } else { 1 }))
    }

    /// Scrolls as little as needed to bring the cursor into an area of this size, and to leave none
    /// of it empty.
    pub fn keep_in_sight(&mut self, width: u16, height: u16, wrap: bool) {
        let cursor = self.cursor();
        let highest = self.first_above(cursor, (width, height), wrap);
        let lowest = self.first_above(self.len().saturating_sub(1), (width, height), wrap);
        self.scroll = self.scroll.min(cursor).min(lowest).max(highest);
    }

    /// The first position that is in sight when this one is the last.
    fn first_above(&self, last: usize, (width, height): (u16, u16), wrap: bool) -> usize {
        let (mut first, mut room) = (last, usize::from(height));
        for position in (0..=last).rev() {
            let taken = self.heights(position, width, wrap).next().unwrap_or(1);
            if taken > room {
                break;
            }
            (first, room) = (position, room - taken);
        }
        first
    }

    /// Moves to the nearest match, round the ends; false if there is none.
    pub fn search(&mut self, needle: &Needle, step: Step) -> bool {
        let before = self.cursor();
        let facts = self.facts.lines().iter().enumerate();
        let facts = facts.filter(|(_, line)| line.holds(needle)).map(|(at, _)| at);
        let facts = facts.collect::<Vec<_>>();
        let in_body = self.match_in_body(needle, step);
        let mut matches = facts.iter().copied().chain(in_body);
        // What lies in the direction of the search wins over what is met round the ends.
        let found = match step {
            Step::Here => matches.clone().find(|at| *at >= before).or_else(|| matches.next()),
            Step::Next => matches.clone().find(|at| *at > before).or_else(|| matches.next()),
            Step::Previous => {
                let matches = matches.rev();
                matches.clone().find(|at| *at < before).or_else(|| matches.clone().next())
            }
        };
        found.inspect(|at| self.move_to(*at)).is_some()
    }

    /// The match in the body that is met first from the cursor on, or from the end of the body that
    /// is nearer. Folded rows around it are opened.
    fn match_in_body(&mut self, needle: &Needle, step: Step) -> Option<usize> {
        let text = needle.as_str();
        if !self.in_body {
            self.body.move_to(if step == Step::Previous { usize::MAX } else { 0 });
        }
        let goes_on = self.in_body && self.body.searched() == Some(text);
        let found = match step {
            Step::Next if goes_on => self.body.next_match(),
            Step::Previous if goes_on => self.body.previous_match(),
            Step::Previous => self.body.search(text) && self.go_to_last_match(),
            Step::Here | Step::Next => self.body.search(text),
        };
        found.then(|| self.lines() + self.body.cursor())
    }

    /// From the last row, if that is a match, else to the last match before it.
    fn go_to_last_match(&mut self) -> bool {
        let last = self.body.len().saturating_sub(1);
        self.body.cursor() == last || {
            self.body.move_to(last);
            self.body.previous_match()
        }
    }
}

#[cfg(test)]
mod tests;
