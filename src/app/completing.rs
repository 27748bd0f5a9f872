//! What may stand where somebody types, and going through it.

use super::command_line::line::Known;
use super::command_line::values;
use super::command_line::verbs::VERBS;
use super::context::Context;
use super::offers::{Offer, offers};

/// What a line is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// A command that works there.
    Command(Context),
    /// A filter.
    Filter,
    /// Tags.
    Tags,
    /// A command of the user's.
    Pipe,
    /// Nothing that is known.
    Words,
}

/// Something that may stand at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is put there.
    pub text: String,
    /// What may follow.
    pub arguments: &'static str,
    /// What it is, in a few words.
    pub help: &'static str,
}

/// What may stand at the end of the line that is typed.
#[derive(Clone, Debug)]
pub struct Completing {
    grammar: Grammar,
    known: Known,
    /// What stands before it.
    before: String,
    candidates: Vec<Candidate>,
    /// The one that was put there.
    at: Option<usize>,
}

impl Completing {
    /// For an empty line.
    #[must_use]
    pub fn new(grammar: Grammar, known: Known) -> Self {
        let mut completing =
            Self { grammar, known, before: String::new(), candidates: Vec::new(), at: None };
        completing.typed("");
        completing
    }

    /// The names that can stand in the line.
    #[must_use]
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// What may stand at the end of the line.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Which of them was put there last.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// The line was typed.
    pub fn typed(&mut self, line: &str) {
        let word = match self.grammar {
            Grammar::Pipe => line,
            _ => line.rsplit(char::is_whitespace).next().unwrap_or_default(),
        };
        let before = line.split_at(line.len() - word.len()).0;
        let candidates = match self.grammar {
            Grammar::Command(context) if before.trim().is_empty() => commands(context, word),
            Grammar::Command(_) => self.arguments(before, word),
            Grammar::Filter => plain(values::filter(&[], word, &self.known)),
            Grammar::Tags => {
                let before = before.split_whitespace().collect::<Vec<_>>();
                plain(values::tag(&before, word, &self.known))
            }
            Grammar::Pipe => plain(values::pipe(&[], line, &self.known)),
            Grammar::Words => Vec::new(),
        };
        self.candidates = candidates;
        self.candidates.retain(|candidate| candidate.text != word || !candidate.help.is_empty());
        before.clone_into(&mut self.before);
        self.at = None;
    }

    /// The line with the next candidate at its end, or the one before, around the ends.
    pub fn step(&mut self, forward: bool) -> Option<String> {
        let count = self.candidates.len();
        let at = match (self.at, forward) {
            (None, true) => 0,
            (None, false) => count.saturating_sub(1),
            (Some(at), true) => (at + 1) % count.max(1),
            (Some(at), false) => (at + count.saturating_sub(1)) % count.max(1),
        };
        let candidate = self.candidates.get(at)?;
        self.at = Some(at);
        Some(format!("{}{}", self.before, candidate.text))
    }

    fn arguments(&self, before: &str, word: &str) -> Vec<Candidate> {
        let mut words = before.split_whitespace();
        let name = words.next();
        let verb = VERBS.iter().find(|verb| Some(verb.name) == name);
        let values = verb.map(|verb| {
            let before = words.collect::<Vec<_>>();
            (verb.values)(&before, word, &self.known)
        });
        plain(values.unwrap_or_default())
    }
}

/// Commands that begin with what is typed, then those that hold it.
fn commands(context: Context, typed: &str) -> Vec<Candidate> {
    let offers = offers(context);
    let (begin, others): (Vec<_>, Vec<_>) =
        offers.into_iter().partition(|offer| offer.name.starts_with(typed));
    let others = others.into_iter().filter(|offer| offer.name.contains(typed));
    let candidates = begin.into_iter().chain(others);
    let candidate = |offer: Offer| Candidate {
        text: offer.name.to_owned(),
        arguments: offer.arguments,
        help: offer.help,
    };
    candidates.map(candidate).collect()
}

fn plain(values: Vec<String>) -> Vec<Candidate> {
    let candidate = |text| Candidate { text, arguments: "", help: "" };
    values.into_iter().map(candidate).collect()
}

#[cfg(test)]
mod tests;
