//! A body that goes to a command of the user's: what is asked for, and what the command printed. What
//! the keys do with it stands in `pipes`; nothing here runs anything.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use super::document::{Document, View};
use super::search::{Needle, Step};
use crate::domain::attempt::duration_text;
use crate::domain::delivery::DeliveryId;

/// More of what a command prints is not kept, in bytes; what it says on standard error counts too.
pub const MOST: usize = 1 << 20;

/// So many commands are remembered.
const MOST_REMEMBERED: usize = 100;

/// What the dashboard knows about piping.
#[derive(Clone, Debug, Default)]
pub struct Piping {
    /// The commands of this run, as they were typed, the last one first.
    pub history: Vec<String>,
    /// How many were begun in a pane.
    runs: u64,
}

impl Piping {
    /// Remembers what was typed.
    pub fn remember(&mut self, typed: &str) {
        self.history.retain(|before| before != typed);
        self.history.insert(0, typed.to_owned());
        self.history.truncate(MOST_REMEMBERED);
    }

    /// The number of the next command in a pane.
    pub fn next_run(&mut self) -> u64 {
        self.runs += 1;
        self.runs
    }
}

/// What goes to the standard input of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The whole body of a delivery, as the store has it.
    Delivery(DeliveryId),
    /// What was answered to an attempt about a delivery.
    Answer(DeliveryId, Bytes),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivery(id) => write!(f, "#{id}"),
            Self::Answer(id, _) => write!(f, "an answer of #{id}"),
        }
    }
}

/// A command and what it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipe {
    /// The command, for the user's shell. It holds what the user typed and nothing else.
    pub command: String,
    /// What it reads.
    pub source: Source,
}

/// What a command has printed so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// Its output, then what it said on standard error, line by line.
    pub document: Arc<Document>,
    /// There was more than [`MOST`].
    pub is_cut: bool,
}

impl Default for Printed {
    fn default() -> Self {
        Self { document: Arc::new(Document::empty()), is_cut: false }
    }
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As it should.
    Done,
    /// With a status, in the words of the system.
    Failed(String),
    /// The user did not want it any more.
    Cancelled,
    /// It never began; why.
    Unstarted(String),
}

/// A command that has the pane, and what it printed.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its number.
    pub run: u64,
    /// What runs.
    pub pipe: Pipe,
    view: View,
    needle: Needle,
    is_cut: bool,
    since: Timestamp,
    is_cancelled: bool,
    ended: Option<(Ending, Duration)>,
}

impl Output {
    /// A command that begins now.
    #[must_use]
    pub fn new(run: u64, pipe: Pipe, since: Timestamp) -> Self {
        Self {
            run,
            pipe,
            view: View::new(Arc::new(Document::empty())),
            needle: Needle::default(),
            is_cut: false,
            since,
            is_cancelled: false,
            ended: None,
        }
    }

    /// What it printed.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The same, to move in.
    pub fn view_mut(&mut self) -> &mut View {
        &mut self.view
    }

    /// What is looked for in it.
    #[must_use]
    pub fn needle(&self) -> &Needle {
        &self.needle
    }

    /// How it ended, if it has.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.ended.as_ref().map(|(ending, _)| ending)
    }

    /// It has printed more.
    pub fn print(&mut self, printed: Printed) {
        self.view.replace(printed.document);
        self.is_cut = printed.is_cut;
    }

    /// It has ended after so long.
    pub fn end(&mut self, ending: Ending, took: Duration) {
        self.ended = Some((ending, took));
    }

    /// Nobody wants it any more; false if that is known, or it has ended.
    pub fn cancel(&mut self) -> bool {
        let is_running = self.ended.is_none();
        is_running && !std::mem::replace(&mut self.is_cancelled, true)
    }

    /// How it is, in a sentence.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> String {
        let cut = if self.is_cut { ", cut off behind 1 MiB" } else { "" };
        let Some((ending, took)) = &self.ended else {
            let seconds = now.duration_since(self.since).as_secs().max(0);
            let how = if self.is_cancelled { "is being ended" } else { "running" };
            return format!("{how}, {seconds} s{cut}");
        };
        let took = duration_text(*took);
        match ending {
            Ending::Done => format!("done in {took}{cut}"),
            Ending::Failed(status) => format!("{status}, after {took}{cut}"),
            Ending::Cancelled => format!("ended by you after {took}{cut}"),
            Ending::Unstarted(why) => why.clone(),
        }
    }

    /// Looks for text from here on; false if it is not there.
    pub fn search(&mut self, text: &str) -> bool {
        self.needle = Needle::new(text);
        self.view.search(text)
    }

    /// Goes to a neighbouring match; false if there is none.
    pub fn step(&mut self, step: Step) -> bool {
        match step {
            Step::Previous => self.view.previous_match(),
            Step::Here | Step::Next => self.view.next_match(),
        }
    }
}

#[cfg(test)]
mod tests;
