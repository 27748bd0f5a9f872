//! The addresses that a body mentions, wherever they stand: in strings, in JSON within strings, in
//! the pairs of a form, in lines of text.

use std::collections::HashSet;

use super::flat::Document;
use super::row::Kind;
use crate::domain::links::addresses_in;

/// Addresses beyond these are left out.
pub const MOST_MENTIONS: usize = 200;

/// An address and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The path of the row that mentions it first.
    pub path: String,
    /// The address as it stands there.
    pub address: String,
}

impl Document {
    /// The http and https addresses that the rows mention, each once, in the order of the body; at
    /// most [`MOST_MENTIONS`].
    #[must_use]
    pub fn mentions(&self) -> Vec<Mention> {
        let mut seen = HashSet::new();
        let mut mentions = Vec::new();
        for row in (0..self.len()).filter(|row| self.is_read_for_links(*row)) {
            for address in addresses_in(&self.value_text(row)) {
                if seen.insert(address.to_owned()) {
                    mentions.push(Mention { path: self.path(row), address: address.to_owned() });
                }
                if mentions.len() == MOST_MENTIONS {
                    return mentions;
                }
            }
        }
        mentions
    }

    /// Whether a row begins a text of its own. A string whose JSON stands in the rows below is read
    /// there.
    fn is_read_for_links(&self, at: usize) -> bool {
        let row = &self.rows[at];
        match row.kind {
            Kind::String | Kind::Pair => !row.is_foldable(at) || self.has_parts(at),
            Kind::Text => !self.is_rest(at),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
