//! The comparison of two deliveries, or of two answers: of two attempts, or of one with what the
//! sender was answered. What was fetched is compared with its delivery too.
//!
//! Of the two, what was first is the one before. What lies further back is reached step by step, the
//! original answer last.
//!
//! Reading order: [`subject`] (what can be compared), `told` (what is said about it), then here.

pub mod subject;
mod told;

use super::lines::{Line, Lines};
use crate::domain::comparison::part::Scope;
use crate::domain::comparison::{Comparison, compare};
use subject::Subject;

/// A comparison that is looked at.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// What it is about.
    about: String,
    /// What can be compared, oldest first.
    subjects: Vec<Subject>,
    /// The one that it was opened for.
    this: usize,
    /// The one that it is compared with.
    other: usize,
    scope: Scope,
    lines: Lines,
}

impl Comparing {
    /// Compares the subject at that place with the last one before it of its kind, else with the
    /// first. None if there is nothing else.
    #[must_use]
    pub fn new(about: String, subjects: Vec<Subject>, this: usize) -> Option<Self> {
        let of = subjects.get(this)?;
        let before = subjects[..this].iter().rposition(|subject| subject.is_like(of));
        let other = before.or_else(|| (0..subjects.len()).find(|place| *place != this))?;
        let (scope, lines) = (Scope::default(), Lines::default());
        let mut comparing = Self { about, subjects, this, other, scope, lines };
        comparing.compare();
        Some(comparing)
    }

    /// What it is about.
    #[must_use]
    pub fn title(&self) -> String {
        let scope = match self.scope {
            Scope::Differences => "differences",
            Scope::Everything => "everything",
        };
        format!("Compare {}: {scope}", self.about)
    }

    /// What is said.
    #[must_use]
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The same, to move in.
    pub fn lines_mut(&mut self) -> &mut Lines {
        &mut self.lines
    }

    /// Compares with the next one further back, or further on; behind the last comes the first.
    pub fn step(&mut self, back: bool) {
        let count = self.subjects.len();
        let step = if back { count - 1 } else { 1 };
        self.other = (self.other + step) % count;
        if self.other == self.this {
            self.other = (self.other + step) % count;
        }
        self.compare();
    }

    /// Tells only what is different, or everything.
    pub fn turn(&mut self) {
        self.scope = match self.scope {
            Scope::Differences => Scope::Everything,
            Scope::Everything => Scope::Differences,
        };
        self.compare();
    }

    fn compare(&mut self) {
        let (before, after) = (self.this.min(self.other), self.this.max(self.other));
        let (Some(before), Some(after)) = (self.subjects.get(before), self.subjects.get(after))
        else {
            return;
        };
        let (first, second) = (before.side(), after.side());
        let compared = |scope| compare(&first, &second, scope);
        let differences = compared(Scope::Differences);
        let start = before.start_with(after);
        let mut lines = vec![Line::headline(told::summary(&differences, start)), Line::Blank];
        lines.extend(before.lines("before"));
        lines.extend(after.lines("after"));
        let all: Comparison = match self.scope {
            Scope::Differences => differences,
            Scope::Everything => compared(Scope::Everything),
        };
        lines.extend(told::lines(all, start));
        self.lines = Lines::new(lines);
    }
}

#[cfg(test)]
mod tests;
