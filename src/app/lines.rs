//! Plain lines with a cursor: what the tabs other than the body are made of.

use jiff::Timestamp;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::search::{Needle, Step, nearest};
use crate::domain::comparison::part::Part;
use crate::domain::verdict::Standing;

/// One line of a tab. Values are foreign text: drawing has to make them harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The one thing that the reader wants to know.
    Headline {
        /// The verdict, where it is about one.
        standing: Option<Standing>,
        /// The sentence.
        text: String,
    },
    /// A name and what it is.
    Field {
        /// The name.
        name: String,
        /// The value, on one line.
        value: String,
    },
    /// A name and a time, written as the user has chosen.
    Time {
        /// The name.
        name: String,
        /// The time.
        at: Timestamp,
    },
    /// A name, a time in short, and what is said about it.
    Moment {
        /// The name.
        name: String,
        /// The time.
        at: Timestamp,
        /// What is said.
        text: String,
    },
    /// A name and how high each of these is, as a picture.
    Spark {
        /// The name.
        name: String,
        /// The counts, a column each.
        counts: Vec<u32>,
    },
    /// A part of two messages, and what became of it.
    Change(Part),
    /// A sentence.
    Note(String),
    /// Nothing.
    Blank,
}

/// The columns before a sentence.
pub const SENTENCE_INDENT: u16 = 2;

/// The columns of a time in short, with the gap behind it.
pub const TIME_COLUMNS: usize = 10;

/// The columns before names and behind them.
const NAME_GAPS: u16 = 4;

/// The least columns that names take in front of values, gaps included.
const NAMES_AT_LEAST: u16 = 16;

impl Line {
    /// The one thing that the reader wants to know, where it is not about the verdict.
    #[must_use]
    pub fn headline(text: impl Into<String>) -> Self {
        Self::Headline { standing: None, text: text.into() }
    }

    /// A name and what it is.
    #[must_use]
    pub fn field(name: &str, value: impl Into<String>) -> Self {
        Self::Field { name: name.to_owned(), value: value.into() }
    }

    /// A name and a time.
    #[must_use]
    pub fn time(name: &str, at: Timestamp) -> Self {
        Self::Time { name: name.to_owned(), at }
    }

    /// What it is called; empty for lines without a name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Field { name, .. }
            | Self::Time { name, .. }
            | Self::Moment { name, .. }
            | Self::Spark { name, .. } => name,
            Self::Change(part) => &part.name,
            Self::Headline { .. } | Self::Note(_) | Self::Blank => "",
        }
    }

    /// What it says, times in UTC.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Headline { text, .. } | Self::Note(text) => text.clone(),
            Self::Field { value, .. } => value.clone(),
            Self::Change(part) => part.change.text(),
            Self::Moment { at, text, .. } => format!("{at}  {text}"),
            Self::Spark { counts, .. } => {
                counts.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
            }
            Self::Time { at, .. } => at.to_string(),
            Self::Blank => String::new(),
        }
    }

    /// How many rows of the screen it takes when names take so many columns of it. A sentence takes as
    /// many as it needs; a value takes one unless it is wrapped.
    #[must_use]
    pub fn height(&self, width: u16, names: u16, wrap: bool) -> usize {
        let room = |indent: u16| usize::from(width.saturating_sub(indent).max(1));
        match self {
            Self::Headline { text, .. } | Self::Note(text) => {
                rows_of(text, room(SENTENCE_INDENT)).len()
            }
            Self::Field { value, .. } if wrap => value.width().div_ceil(room(names)).max(1),
            Self::Change(part) if wrap => part.change.text().width().div_ceil(room(names)).max(1),
            Self::Moment { text, .. } if wrap => {
                (TIME_COLUMNS + text.width()).div_ceil(room(names)).max(1)
            }
            Self::Field { .. }
            | Self::Change(_)
            | Self::Moment { .. }
            | Self::Spark { .. }
            | Self::Time { .. }
            | Self::Blank => 1,
        }
    }

    /// Whether its name or its value holds what is looked for.
    #[must_use]
    pub fn holds(&self, needle: &Needle) -> bool {
        needle.is_in(self.name()) || needle.is_in(&self.value())
    }
}

/// A sentence in rows of at most so many columns, parted between words where that is possible.
#[must_use]
pub fn rows_of(sentence: &str, room: usize) -> Vec<&str> {
    let mut rows = Vec::new();
    let mut rest = sentence;
    while rest.width() > room {
        let (mut columns, mut end, mut word_end) = (0, 0, None);
        for (at, character) in rest.char_indices() {
            columns += character.width().unwrap_or(0);
            if columns > room && at > 0 {
                word_end = if character == ' ' { Some(at) } else { word_end };
                break;
            }
            end = at + character.len_utf8();
            if character == ' ' {
                word_end = Some(end);
            }
        }
        let (row, behind) = rest.split_at(word_end.filter(|at| *at < rest.len()).unwrap_or(end));
        rows.push(row.trim_end());
        rest = behind.trim_start();
    }
    if rows.is_empty() || !rest.is_empty() {
        rows.push(rest);
    }
    rows
}

/// Lines with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    all: Vec<Line>,
    cursor: usize,
    scroll: usize,
}

impl Lines {
    /// Lines seen from the top.
    #[must_use]
    pub fn new(lines: Vec<Line>) -> Self {
        Self { all: lines, cursor: 0, scroll: 0 }
    }

    /// All lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.all
    }

    /// The same place in other lines.
    pub fn replace(&mut self, lines: Vec<Line>) {
        self.all = lines;
        self.move_by(0);
    }

    /// The columns that names take in front of values, gaps included, in a pane of that width: as
    /// many as the longest one needs, but never most of the pane.
    #[must_use]
    pub fn name_width(&self, width: u16) -> u16 {
        let longest = self.all.iter().map(|line| line.name().width()).max().unwrap_or(0);
        let wanted = u16::try_from(longest).unwrap_or(u16::MAX).saturating_add(NAME_GAPS);
        wanted.max(NAMES_AT_LEAST).min(width * 2 / 5)
    }

    /// The line of the cursor, from 0.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first line in sight.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// The line under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<&Line> {
        self.all.get(self.cursor)
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, lines: isize) {
        let last = self.all.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(lines).min(last);
    }

    /// Scrolls as little as needed to bring the cursor into an area of this size.
    pub fn keep_in_sight(&mut self, width: u16, height: u16, wrap: bool) {
        self.scroll = self.scroll.min(self.cursor);
        let mut room = usize::from(height);
        let mut first = self.cursor;
        let names = self.name_width(width);
        for (at, line) in self.all.iter().enumerate().take(self.cursor + 1).rev() {
            let taken = line.height(width, names, wrap);
            if taken > room {
                break;
            }
            room -= taken;
            first = at;
        }
        self.scroll = self.scroll.max(first);
    }

    /// Moves to the nearest line that holds it; false if there is none.
    pub fn search(&mut self, needle: &Needle, step: Step) -> bool {
        let holds = |at: usize| self.all[at].holds(needle);
        let found = nearest(self.cursor, self.all.len(), step, holds);
        self.cursor = found.unwrap_or(self.cursor);
        found.is_some()
    }
}

#[cfg(test)]
mod tests;
