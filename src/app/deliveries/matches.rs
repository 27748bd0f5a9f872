//! How many deliveries match the filter: counted part by part from the newest on, behind the pages that
//! are read anyway, and kept up with what arrives.

use crate::domain::page::{Cursor, Tally};

/// Ticks without a loss, after which it is counted anew.
const SETTLED: u8 = 2;

/// The count as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matches {
    count: u64,
    /// Where to go on counting; none when all are counted.
    rest: Option<Cursor>,
    /// The part that is being counted.
    asked: Option<Cursor>,
    /// What was counted before, until this count is done.
    floor: u64,
    /// Ticks to wait before it is counted anew; none if it is right.
    doubt: Option<u8>,
}

impl Default for Matches {
    fn default() -> Self {
        Self { count: 0, rest: Some(Cursor::Newest), asked: None, floor: 0, doubt: None }
    }
}

impl Matches {
    /// How many are known to match.
    #[must_use]
    pub fn count(&self) -> u64 {
        if self.rest.is_none() { self.count } else { self.count.max(self.floor) }
    }

    /// Whether there may be more.
    #[must_use]
    pub fn or_more(&self) -> bool {
        self.rest.is_some() || self.doubt.is_some()
    }

    /// Whether it has to be counted anew.
    #[must_use]
    pub fn is_in_doubt(&self) -> bool {
        self.doubt.is_some()
    }

    /// The part to count now.
    pub fn ask(&mut self) -> Option<Cursor> {
        if self.asked.is_some() {
            return None;
        }
        self.asked = self.rest;
        self.asked
    }

    /// A page was read from there; false if it is counted already.
    pub fn looked(&mut self, cursor: Cursor, rows: usize, next: Option<Cursor>) -> bool {
        let is_next = self.asked.is_none() && self.rest == Some(cursor);
        if is_next {
            self.count += rows as u64;
            self.rest = next;
        }
        is_next
    }

    /// A part was counted, or could not be: then the count stays a lower bound.
    pub fn counted(&mut self, cursor: Cursor, tally: Option<Tally>) {
        if self.asked != Some(cursor) {
            return;
        }
        let Some(Tally { count, next }) = tally else { return };
        self.asked = None;
        self.count += count;
        self.rest = next;
    }

    /// Another one arrived.
    pub fn arrived(&mut self) {
        match (self.asked, self.rest) {
            // Nobody can tell whether the count on its way has it.
            (Some(Cursor::Newest), _) => self.lost(),
            (None, Some(Cursor::Newest)) => {}
            _ => self.count += 1,
        }
    }

    /// Some may have come or gone unseen.
    pub fn lost(&mut self) {
        self.doubt = Some(SETTLED);
    }

    /// Counts anew; until that is done, what was counted stands.
    pub fn again(&mut self) {
        *self = Self { floor: self.count(), ..Self::default() };
    }

    /// A second has passed.
    pub fn advance(&mut self) {
        match self.doubt {
            Some(0) => self.again(),
            Some(ticks) => self.doubt = Some(ticks - 1),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests;
