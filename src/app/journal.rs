//! What was said and what went out in this run: the notices, and the ledger of connections. In memory
//! and bounded; nothing of it is stored.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::lines::Line;
use super::toast::Notice;
use crate::domain::attempt::duration_text;
use crate::domain::egress::{Egress, Told};
use crate::domain::size::size;

/// More of either than these push the oldest ones out.
pub const MOST: usize = 1_000;

/// What was said, and what went out.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    notices: VecDeque<(Timestamp, Notice)>,
    connections: VecDeque<Egress>,
    /// How many of either were ever noted, those that are gone included.
    noticed: u64,
    connected: u64,
    /// Over all connections.
    sent: u64,
    received: u64,
}

impl Journal {
    /// Notes what was said.
    pub fn notice(&mut self, at: Timestamp, notice: Notice) {
        self.noticed += 1;
        push(&mut self.notices, (at, notice));
    }

    /// Notes what went out.
    pub fn connected(&mut self, told: Told) {
        self.connected += told.forgotten;
        for egress in told.all {
            self.connected += 1;
            self.sent += egress.sent;
            self.received += egress.received;
            push(&mut self.connections, egress);
        }
    }

    /// Grows with everything that is noted.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.noticed + self.connected
    }

    /// The notices as lines, newest last.
    #[must_use]
    pub fn notice_lines(&self) -> Vec<Line> {
        let kept = self.notices.len();
        let mut lines = head(self.noticed, kept, ["notice", "notices"], "of this run alone");
        lines.extend(self.notices.iter().map(|(at, notice)| Line::Moment {
            name: notice.severity.word().to_owned(),
            at: *at,
            text: notice.text.clone(),
        }));
        lines
    }

    /// The connections as lines, newest last.
    #[must_use]
    pub fn connection_lines(&self) -> Vec<Line> {
        let (sent, received) = (size(self.sent), size(self.received));
        let said = format!("{sent} bytes of HTTP out, {received} in; of this run alone");
        let nouns = ["connection outward", "connections outward"];
        let mut lines = head(self.connected, self.connections.len(), nouns, &said);
        lines.push(Line::field("for", COLUMNS));
        lines.extend(self.connections.iter().map(line));
        lines
    }
}

fn push<T>(all: &mut VecDeque<T>, one: T) {
    if all.len() == MOST {
        all.pop_front();
    }
    all.push_back(one);
}

fn head(noted: u64, kept: usize, [one, many]: [&str; 2], said: &str) -> Vec<Line> {
    let text = match noted {
        0 => format!("no {one} yet; {said}"),
        1 => format!("1 {one}; {said}"),
        _ if noted > kept as u64 => format!("the last {kept} of {noted} {many}; {said}"),
        _ => format!("{noted} {many}; {said}"),
    };
    vec![Line::Note(text), Line::Blank]
}

/// The names of what [`line()`] tells.
const COLUMNS: &str = "when      ended         out     in     time  with";

fn line(egress: &Egress) -> Line {
    let Egress { at, aim, ending, reused, took, sent, received, host } = egress;
    let reused = if *reused { ", reused" } else { "" };
    let (word, took) = (ending.word(), duration_text(*took));
    let (sent, received) = (size(*sent), size(*received));
    let text = format!("{word:10} {sent:>6} {received:>6} {took:>8}  {host}{reused}");
    Line::Moment { name: aim.as_str().to_owned(), at: *at, text }
}

#[cfg(test)]
mod tests;
