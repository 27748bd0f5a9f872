//! The Attempts tab: every outward request about a delivery in a list, the newest on top, and below
//! it one of them whole.

use std::sync::Arc;

use super::attempt_facts;
use super::column::Column;
use super::fetching::Fetching;
use crate::app::action::Action;
use crate::app::attempted::{Opened, OpenedAttempt};
use crate::app::context::Context;
use crate::app::document::Document;
use crate::app::hints::hinted;
use crate::app::keymap::Keymap;
use crate::app::lines::Line;
use crate::domain::attempt::AttemptId;

/// The most rows of the list that are in sight.
const MOST_LISTED: usize = 5;

/// The tab.
#[derive(Clone, Debug)]
pub struct Attempts {
    reading: Reading,
    /// Those of the store, oldest first, then those that it could not keep.
    done: Vec<OpenedAttempt>,
    /// How many older ones the store has.
    older: usize,
    /// Those that are on their way, oldest first.
    under_way: Vec<Fetching>,
    /// The place in the list.
    selected: usize,
    column: Column,
    keymap: Arc<Keymap>,
}

/// What is known of the store's attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reading {
    /// They have to be read, for the first time or again.
    Wanted {
        /// They were read before.
        again: bool,
    },
    /// They are being read.
    UnderWay,
    /// They are here.
    Done,
    /// They cannot be read, for this reason.
    Failed(String),
}

/// A row of the list.
#[derive(Clone, Copy, Debug)]
pub enum Listed<'a> {
    /// It is on its way.
    UnderWay(&'a Fetching),
    /// It has ended.
    Done(&'a OpenedAttempt),
}

impl Listed<'_> {
    fn id(self) -> Option<AttemptId> {
        match self {
            Self::UnderWay(_) => None,
            Self::Done(attempt) => attempt.id,
        }
    }
}

impl Attempts {
    /// Nothing but what is on its way. What can be done is told by these keys.
    #[must_use]
    pub fn new(under_way: Vec<Fetching>, keymap: Arc<Keymap>) -> Self {
        let column = Column::new(Vec::new(), Arc::new(Document::empty()));
        let reading = Reading::Wanted { again: false };
        let mut attempts =
            Self { reading, done: Vec::new(), older: 0, under_way, selected: 0, column, keymap };
        attempts.open();
        attempts
    }

    /// The list, newest first.
    pub fn listed(&self) -> impl Iterator<Item = Listed<'_>> {
        let under_way = self.under_way.iter().rev().map(Listed::UnderWay);
        under_way.chain(self.done.iter().rev().map(Listed::Done))
    }

    /// How many there are, those that are on their way and older ones included; none while that is
    /// not known.
    #[must_use]
    pub fn count(&self) -> Option<usize> {
        let is_known = match self.reading {
            Reading::Done => true,
            Reading::Wanted { again } => again,
            Reading::UnderWay | Reading::Failed(_) => !self.done.is_empty(),
        };
        is_known.then(|| self.rows() + self.older)
    }

    /// How many older attempts are left out.
    #[must_use]
    pub fn older(&self) -> usize {
        self.older
    }

    /// The place of the selected one in the list.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected one whole.
    #[must_use]
    pub fn column(&self) -> &Column {
        &self.column
    }

    /// The same, to move in.
    pub fn column_mut(&mut self) -> &mut Column {
        &mut self.column
    }

    fn rows(&self) -> usize {
        self.under_way.len() + self.done.len()
    }

    /// The rows that the list takes in a tab of that height, the one below it that parts it from the
    /// rest not counted.
    #[must_use]
    pub fn list_height(&self, height: u16) -> u16 {
        let most = MOST_LISTED.min(usize::from(height / 3));
        u16::try_from(self.rows().min(most)).unwrap_or(height)
    }

    /// The rows above the selected attempt.
    #[must_use]
    pub fn head_height(&self, height: u16) -> u16 {
        let list = self.list_height(height);
        if list > 0 { list + 1 } else { 0 }
    }

    /// The first place of the list in sight.
    #[must_use]
    pub fn list_scroll(&self, height: u16) -> usize {
        (self.selected + 1).saturating_sub(usize::from(self.list_height(height)))
    }

    /// Selects an older attempt, or a newer one if negative; stops at the ends. False if it stays.
    pub fn step(&mut self, older: isize) -> bool {
        self.select(self.selected.saturating_add_signed(older))
    }

    /// Selects the one at a place of the list. False if it was selected before.
    pub fn select(&mut self, place: usize) -> bool {
        let place = place.min(self.rows().saturating_sub(1));
        let is_new = place != self.selected;
        if is_new {
            self.selected = place;
            self.open();
        }
        is_new
    }

    /// Whether the store's attempts have to be read now; then they are under way.
    pub fn want(&mut self) -> bool {
        let wanted = matches!(self.reading, Reading::Wanted { .. });
        if wanted {
            self.reading = Reading::UnderWay;
            self.open_if_empty();
        }
        wanted
    }

    /// Something was added in the store.
    pub fn outdated(&mut self) {
        let again = matches!(self.reading, Reading::Done | Reading::Wanted { again: true });
        self.reading = Reading::Wanted { again };
    }

    /// Whether they are being read.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.reading == Reading::UnderWay
    }

    /// Lets what could not be read be asked for again.
    pub fn retry(&mut self) {
        if matches!(self.reading, Reading::Failed(_)) {
            self.reading = Reading::Wanted { again: false };
        }
    }

    /// Something was sent: these are on their way now, and the newest is selected.
    pub fn sent(&mut self, under_way: Vec<Fetching>) {
        self.under_way = under_way;
        self.selected = 0;
        self.open();
    }

    /// Takes in what the store has. The newest stays selected if it was; so does any other. False if
    /// what is shown below the list is the same as before.
    pub fn loaded(&mut self, opened: Result<Opened, String>, under_way: Vec<Fetching>) -> bool {
        let before = self.selected_id();
        let chosen = before.filter(|_| self.selected > 0);
        self.under_way = under_way;
        match opened {
            Ok(Opened { attempts, older }) => {
                let unstored = self.done.extract_if(.., |attempt| attempt.id.is_none());
                let unstored = unstored.collect::<Vec<_>>();
                self.done = attempts.into_iter().chain(unstored).collect();
                self.older = older;
                self.reading = Reading::Done;
            }
            Err(reason) => self.reading = Reading::Failed(reason),
        }
        let is_chosen = |listed: Listed<'_>| chosen.is_some() && listed.id() == chosen;
        let place = self.listed().position(is_chosen);
        self.selected = place.unwrap_or(0);
        let is_new = before.is_none() || before != self.selected_id();
        if is_new {
            self.open();
        }
        is_new
    }

    /// Takes in what could not be stored.
    pub fn unstored(&mut self, attempt: OpenedAttempt, under_way: Vec<Fetching>) {
        self.under_way = under_way;
        self.done.push(attempt);
        self.selected = self.under_way.len();
        self.open();
    }

    fn selected_id(&self) -> Option<AttemptId> {
        self.listed().nth(self.selected)?.id()
    }

    fn open_if_empty(&mut self) {
        if self.rows() == 0 {
            self.open();
        }
    }

    /// Shows the selected one from its top.
    fn open(&mut self) {
        let nothing = || Arc::new(Document::empty());
        let (facts, document) = match self.listed().nth(self.selected) {
            Some(Listed::Done(attempt)) => {
                (attempt_facts::about(attempt, &self.keymap), Arc::clone(&attempt.document))
            }
            Some(Listed::UnderWay(fetching)) => (attempt_facts::under_way(fetching), nothing()),
            None => (vec![Line::headline(self.why_nothing())], nothing()),
        };
        self.column = Column::new(facts, document);
    }

    fn why_nothing(&self) -> String {
        match &self.reading {
            Reading::Wanted { .. } | Reading::UnderWay => "reading".to_owned(),
            Reading::Done => {
                let hint = |action, does| self.keymap.hint(Context::Attempts, action, does);
                let fetch = hint(Action::Fetch, "fetches what its event points at");
                let links = hint(Action::Links, "lists what else can be read");
                let text = "nothing was sent about this delivery yet";
                hinted(text, ':', fetch.into_iter().chain(links))
            }
            Reading::Failed(reason) => format!("the attempts cannot be read: {reason}"),
        }
    }
}

#[cfg(test)]
mod tests;
