//! The filter language: a line of terms that narrows the list of deliveries.
//!
//! ```text
//! arfq-1  "two words"                text in target, ids and body; exact with an upper-case letter
//! provider:avinode,schedaero         any of these; so do endpoint: account: event: method:
//! account:none                       belongs to no account
//! auth:refuted  auth:stale           a verdict, or a reason of the contract
//! status:200,5xx  status:>=400       the status that was answered
//! id:42  id:40..50                   numbers of deliveries
//! since:1h  until:2026-11-21         from then on; before then
//! is:repeat                          not the first delivery of its event
//! is:marked  is:noted  is:tagged     marked by the user, with a note, with a tag
//! tag:bug,later  note:"ask them"     has one of these tags; a note that holds the text
//! header:"x-id: 7"                   a text in a line `Name: value` of its head
//! /payload/booking_id=abc            the value at a JSON pointer
//! -term  !term                       everything but that
//! ```
//!
//! All terms have to hold. What it does not do: no `or` across terms, no parentheses, no wildcards.
//! A filter is a value: it is read here and judged here; the store turns the
//! same terms into SQL.
//!
//! Reading order: [`term`] (what a term is and when it holds), [`word`], [`mod@pointer`], [`span`],
//! [`proof`], then how text becomes terms: `scan`, `moment`, `qualifier`,
//! `parse`, [`error`].

pub mod error;
pub mod word;
pub mod pointer;
pub mod span;
pub mod proof;
pub mod term;
mod scan;
mod moment;
mod qualifier;
mod parse;

use std::fmt;

use jiff::Timestamp;

pub use error::FilterError;
use term::Term;
use word::Word;

use super::record::Record;

/// A parsed filter; the empty one matches everything. Printed, it reads back as the same filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    terms: Vec<Term>,
}

impl Filter {
    /// Reads a filter. `now` is what `since:1h` counts from.
    ///
    /// # Errors
    /// At the first mistake, with its position.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, FilterError> {
        parse::terms(text, now).map(|terms| Self { terms })
    }

    /// What arrived before then.
    #[must_use]
    pub fn until(time: Timestamp) -> Self {
        Self::of(term::Test::Until(time))
    }

    /// What holds this text in target, ids or body; none without a text.
    #[must_use]
    pub fn holding(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::of(term::Test::Text(Word::new(text))))
    }

    /// What holds this text in its head; none without a text.
    #[must_use]
    pub fn holding_header(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::of(term::Test::Header(vec![Word::new(text)])))
    }

    fn of(test: term::Test) -> Self {
        Self { terms: vec![Term { negated: false, test }] }
    }

    /// Whether it matches everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms, all of which have to hold.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether the record is one of those asked for.
    pub fn matches(&self, record: &Record) -> bool {
        self.terms.iter().all(|term| term.matches(record))
    }
}

/// A value as a filter takes it: in quotes unless it is a plain word.
#[must_use]
pub fn quoted(value: &str) -> String {
    term::quoted(value)
}

/// What may stand behind `is:`.
pub fn states() -> impl Iterator<Item = &'static str> {
    qualifier::states()
}

/// The words that may stand before a colon.
pub fn qualifiers() -> impl Iterator<Item = &'static str> {
    qualifier::names()
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, term) in self.terms.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{term}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
