//! The text that a signature is made over, with gaps for what each request brings.

use crate::domain::http::Request;

/// A message: literal text and gaps, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

/// One piece of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These very characters.
    Text(String),
    /// `{body}`: the bytes of the body.
    Body,
    /// `{timestamp}`: the time as it was sent.
    Timestamp,
    /// `{id}`: the id as it was sent.
    Id,
    /// `{url}`: the URL as the sender knows it.
    Url,
    /// `{method}`: the method as it was sent.
    Method,
    /// `{header:NAME}`: the value of a header.
    Header(String),
}

/// The gaps without an argument.
const GAPS: &[(&str, Part)] = &[
    ("body", Part::Body),
    ("timestamp", Part::Timestamp),
    ("id", Part::Id),
    ("url", Part::Url),
    ("method", Part::Method),
];

/// Why a text is not a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplateError {
    /// A brace without its partner.
    LoneBrace,
    /// A gap of this name is not known.
    UnknownGap(String),
    /// Nothing would be signed.
    Empty,
}

/// What fills the gaps of a template for one request. What the template does not use may be empty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filling<'a> {
    pub(super) request: &'a Request,
    pub(super) timestamp: &'a [u8],
    pub(super) id: &'a [u8],
    pub(super) url: &'a str,
}

impl Template {
    /// The body alone, which is what most senders sign.
    pub(super) fn body() -> Self {
        Self(vec![Part::Body])
    }

    /// Reads text with gaps in braces.
    pub(super) fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            push_text(&mut parts, literal)?;
            let (gap, after) = after.split_once('}').ok_or(TemplateError::LoneBrace)?;
            parts.push(parse_gap(gap)?);
            rest = after;
        }
        push_text(&mut parts, rest)?;
        if parts.is_empty() { Err(TemplateError::Empty) } else { Ok(Self(parts)) }
    }

    /// The names of the gaps, for suggestions.
    pub(super) fn gaps() -> impl Iterator<Item = &'static str> {
        GAPS.iter().map(|(name, _)| *name).chain(["header:NAME"])
    }

    /// Whether the message has this part.
    pub(super) fn has(&self, part: &Part) -> bool {
        self.0.contains(part)
    }

    /// The headers whose values are part of the message.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Header(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The message in pieces, so that no one has to copy a body to read it.
    pub(super) fn pieces<'a>(&'a self, filling: &Filling<'a>) -> impl Iterator<Item = &'a [u8]> {
        let Filling { request, timestamp, id, url } = *filling;
        self.0.iter().map(move |part| match part {
            Part::Text(text) => text.as_bytes(),
            Part::Body => &request.body,
            Part::Timestamp => timestamp,
            Part::Id => id,
            Part::Url => url.as_bytes(),
            Part::Method => request.method.as_str().as_bytes(),
            Part::Header(name) => request.headers.first(name).unwrap_or_default().trim_ascii(),
        })
    }
}

fn push_text(parts: &mut Vec<Part>, text: &str) -> Result<(), TemplateError> {
    if text.contains('}') {
        return Err(TemplateError::LoneBrace);
    }
    if !text.is_empty() {
        parts.push(Part::Text(text.to_owned()));
    }
    Ok(())
}

fn parse_gap(gap: &str) -> Result<Part, TemplateError> {
    if let Some((_, part)) = GAPS.iter().find(|(name, _)| *name == gap) {
        return Ok(part.clone());
    }
    match gap.strip_prefix("header:") {
        Some(name) if http::HeaderName::from_bytes(name.as_bytes()).is_ok() => {
            Ok(Part::Header(name.to_owned()))
        }
        _ => Err(TemplateError::UnknownGap(gap.to_owned())),
    }
}

#[cfg(test)]
mod tests;
