//! The text that a signature is made over, with gaps for what each request brings. The answers to
//! handshakes are written the same way.

pub mod part;

use std::borrow::Cow;
use std::fmt;

use super::json::Pointer;
use super::refutation::Refutation;
use crate::domain::http::Request;
pub(super) use part::Filling;
pub use part::{Filter, Part};

/// A message: literal text and gaps, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// As the recipe has it.
    text: String,
    gaps: Vec<Gap>,
}

/// One piece of a message, and what is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gap {
    part: Part,
    filters: Vec<Filter>,
}

/// Why a text is not a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplateError {
    /// A brace without its partner.
    LoneBrace,
    /// A gap of this name is not known.
    UnknownGap(String),
    /// A filter of this name is not known.
    UnknownFilter(String),
    /// Nothing would be signed.
    Empty,
}

impl Template {
    /// The body alone, which is what most senders sign.
    pub(super) fn body() -> Self {
        let gaps = vec![Gap { part: Part::Body, filters: Vec::new() }];
        Self { text: "{body}".to_owned(), gaps }
    }

    /// Reads text with gaps in braces. Pointers may lead on from `base`.
    pub(super) fn parse(text: &str, base: Option<&Pointer>) -> Result<Self, TemplateError> {
        let mut gaps = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            push_text(&mut gaps, literal)?;
            let (gap, after) = after.split_once('}').ok_or(TemplateError::LoneBrace)?;
            gaps.push(parse_gap(gap, base)?);
            rest = after;
        }
        push_text(&mut gaps, rest)?;
        if gaps.is_empty() {
            return Err(TemplateError::Empty);
        }
        Ok(Self { text: text.to_owned(), gaps })
    }

    /// Whether the message has this part.
    pub(super) fn has(&self, part: &Part) -> bool {
        self.parts().any(|other| other == part)
    }

    /// Whether some gap goes through this filter.
    pub(super) fn filters_by(&self, filter: Filter) -> bool {
        self.gaps.iter().any(|gap| gap.filters.contains(&filter))
    }

    /// Its parts in order.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.gaps.iter().map(|gap| &gap.part)
    }

    /// Whether every byte of a body of this request enters the message.
    pub(super) fn covers_body(&self, request: &Request) -> bool {
        self.has(&Part::Body) || (request.is_form() && self.covers_form())
    }

    /// Whether the body enters the message as no more than a checksum.
    pub(super) fn checksums_body(&self) -> bool {
        let is_checksum = |gap: &Gap| gap.filters.contains(&Filter::Crc32);
        let mut bodies = self.gaps.iter().filter(|gap| gap.part == Part::Body).peekable();
        bodies.peek().is_some() && bodies.all(is_checksum)
    }

    /// Whether every field of a form enters the message.
    pub(super) fn covers_form(&self) -> bool {
        self.has(&Part::FormSorted) || self.has(&Part::FormSortedUnique)
    }

    /// The message in pieces, so that no one has to copy a body to read it.
    pub(super) fn pieces<'a>(
        &'a self,
        filling: &Filling<'a>,
    ) -> Result<Vec<Cow<'a, [u8]>>, Refutation> {
        self.gaps.iter().map(|gap| gap.piece(filling)).collect()
    }

    /// What the request brings for the gaps that go through a filter, before it does.
    pub(super) fn brought<'a>(
        &'a self,
        filling: &Filling<'a>,
    ) -> Result<Vec<Cow<'a, [u8]>>, Refutation> {
        let filtered = self.gaps.iter().filter(|gap| !gap.filters.is_empty());
        filtered.map(|gap| gap.part.piece(filling)).collect()
    }

    /// The message in one piece.
    pub(super) fn fill(&self, filling: &Filling<'_>) -> Result<Vec<u8>, Refutation> {
        Ok(self.pieces(filling)?.concat())
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Gap {
    fn piece<'a>(&'a self, filling: &Filling<'a>) -> Result<Cow<'a, [u8]>, Refutation> {
        let filter = |piece: Cow<'a, [u8]>, filter: &Filter| filter.apply(&piece, filling.hmac);
        Ok(self
            .filters
            .iter()
            .fold(self.part.piece(filling)?, |piece, one| filter(piece, one).into()))
    }
}

fn push_text(gaps: &mut Vec<Gap>, text: &str) -> Result<(), TemplateError> {
    if text.contains('}') {
        return Err(TemplateError::LoneBrace);
    }
    if !text.is_empty() {
        gaps.push(Gap { part: Part::Text(text.to_owned()), filters: Vec::new() });
    }
    Ok(())
}

fn parse_gap(gap: &str, base: Option<&Pointer>) -> Result<Gap, TemplateError> {
    let mut words = gap.split('|');
    let name = words.next().unwrap_or_default();
    let filters = words
        .map(|word| {
            Filter::from_name(word).ok_or_else(|| TemplateError::UnknownFilter(word.to_owned()))
        })
        .collect::<Result<_, _>>()?;
    let part =
        Part::from_name(name, base).ok_or_else(|| TemplateError::UnknownGap(name.to_owned()))?;
    Ok(Gap { part, filters })
}

#[cfg(test)]
mod tests;
