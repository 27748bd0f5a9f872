//! Where in a request a credential stands.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use super::json::Pointer;
use super::pairs;
use super::refutation::Refutation;
use crate::domain::headers::Headers;
use crate::domain::http::Request;

/// One or several places that may carry the same thing: the first that does counts, but of headers
/// all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(pub Vec<Source>);

/// One kind of place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In headers.
    Header(HeaderPlace),
    /// A member of a JSON body.
    Json(Pointer),
    /// A field of a form body.
    Form(String),
    /// A parameter of the query.
    Query(String),
}

/// One or several headers that may carry the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderPlace(pub Vec<HeaderPattern>);

/// A header by name, or many by what their names have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderPattern {
    /// The header of this name.
    Name(String),
    /// Every header whose name begins and ends so (`X-Signature-*`).
    Glob {
        /// What stands before the star.
        before: String,
        /// What stands behind it.
        after: String,
    },
}

impl Place {
    /// The headers that it names.
    pub(super) fn header_names(&self) -> impl Iterator<Item = &str> {
        let headers = self.0.iter().filter_map(|source| match source {
            Source::Header(headers) => Some(&headers.0),
            Source::Json(_) | Source::Form(_) | Source::Query(_) => None,
        });
        headers.flatten().filter_map(|header| match header {
            HeaderPattern::Name(name) => Some(name.as_str()),
            HeaderPattern::Glob { .. } => None,
        })
    }

    /// Every value that is there, at least one.
    pub(super) fn all<'a>(&self, request: &'a Request) -> Result<Vec<Cow<'a, [u8]>>, Refutation> {
        for source in &self.0 {
            let values = source.values(request)?;
            if !values.is_empty() {
                return Ok(values);
            }
        }
        Err(self.absent())
    }

    /// The value of the first of these places that has one, if any has.
    pub(super) fn find<'a>(
        &self,
        request: &'a Request,
    ) -> Result<Option<Cow<'a, [u8]>>, Refutation> {
        for source in &self.0 {
            let values = source.values(request)?;
            if let Some(value) = values.into_iter().next() {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    /// The value of the first of these places that has one.
    pub(super) fn first<'a>(&self, request: &'a Request) -> Result<Cow<'a, [u8]>, Refutation> {
        self.find(request)?.ok_or_else(|| self.absent())
    }

    pub(super) fn absent(&self) -> Refutation {
        Refutation::missing(format!("{self} is missing"))
    }
}

impl Source {
    /// The names or the pointer of what may stand there.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Self::Header(place) => place.0.iter().map(HeaderPattern::to_string).collect(),
            Self::Json(pointer) => vec![pointer.to_string()],
            Self::Form(name) | Self::Query(name) => vec![name.clone()],
        }
    }

    fn values<'a>(&self, request: &'a Request) -> Result<Vec<Cow<'a, [u8]>>, Refutation> {
        let value = match self {
            Self::Header(place) => {
                let values = place.all(&request.headers)?;
                return Ok(values.into_iter().map(Cow::Borrowed).collect());
            }
            Self::Json(pointer) => member(request, pointer)?,
            Self::Form(name) if request.is_form() => once(&request.body, name, self)?,
            Self::Form(_) => None,
            Self::Query(name) => once(query(request), name, self)?,
        };
        Ok(value.into_iter().collect())
    }
}

/// The value of a member of the body, if the body is neither empty nor a form.
pub(super) fn member<'a>(
    request: &'a Request,
    pointer: &Pointer,
) -> Result<Option<Cow<'a, [u8]>>, Refutation> {
    if request.body.is_empty() || request.is_form() {
        return Ok(None);
    }
    pointer
        .text(&request.body)
        .map_err(|why| Refutation::malformed(format!("the member {pointer} of the body {why}")))
}

/// The query, empty if there is none.
pub(super) fn query(request: &Request) -> &[u8] {
    request.query().unwrap_or_default().as_bytes()
}

fn once<'a>(
    pairs: &'a [u8],
    name: &str,
    source: &Source,
) -> Result<Option<Cow<'a, [u8]>>, Refutation> {
    let mut values = pairs::values(pairs, name);
    let first = values.next();
    if values.next().is_some() {
        return Err(Refutation::malformed(format!("{source} is sent more than once")));
    }
    Ok(first)
}

impl HeaderPlace {
    /// The values of all of these headers that are there.
    pub(super) fn all<'a>(&self, headers: &'a Headers) -> Result<Vec<&'a [u8]>, Refutation> {
        let mut values = Vec::new();
        for pattern in &self.0 {
            match pattern {
                HeaderPattern::Name(name) => values.extend(only(headers, name)?),
                HeaderPattern::Glob { before, after } => {
                    values.extend(matching(headers, before, after)?);
                }
            }
        }
        Ok(values)
    }

    /// The name to send it under.
    pub(super) fn name(&self) -> String {
        match &self.0[..] {
            [HeaderPattern::Name(name), ..] => name.clone(),
            [HeaderPattern::Glob { before, after }, ..] => format!("{before}1{after}"),
            [] => String::new(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, source) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" or ")?;
            }
            fmt::Display::fmt(source, f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(place) => write!(f, "the header {place}"),
            Self::Json(pointer) => write!(f, "the member {pointer} of the body"),
            Self::Form(name) => write!(f, "the form field {name}"),
            Self::Query(name) => write!(f, "the query parameter {name}"),
        }
    }
}

impl fmt::Display for HeaderPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pattern) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" or ")?;
            }
            fmt::Display::fmt(pattern, f)?;
        }
        Ok(())
    }
}

impl fmt::Display for HeaderPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Glob { before, after } => write!(f, "{before}*{after}"),
        }
    }
}

/// The value of a header that may be there once. Of two, a sender and a receiver may each believe
/// another one, so that neither is believed.
pub(super) fn only<'a>(headers: &'a Headers, name: &str) -> Result<Option<&'a [u8]>, Refutation> {
    let mut values = headers.iter().filter(|field| field.is(name)).map(|field| &field.value[..]);
    let first = values.next();
    if values.next().is_some() {
        return Err(twice(name));
    }
    Ok(first.map(<[u8]>::trim_ascii))
}

/// The values of the headers whose names begin and end so; each name may be there once.
fn matching<'a>(
    headers: &'a Headers,
    before: &str,
    after: &str,
) -> Result<Vec<&'a [u8]>, Refutation> {
    let fits = |name: &[u8]| {
        let rest = name.split_at_checked(before.len());
        rest.is_some_and(|(start, rest)| {
            let end = rest.len().checked_sub(after.len()).and_then(|at| rest.get(at..));
            start.eq_ignore_ascii_case(before.as_bytes())
                && end.is_some_and(|end| end.eq_ignore_ascii_case(after.as_bytes()))
        })
    };
    let mut names = HashSet::new();
    let mut values = Vec::new();
    for field in headers.iter().filter(|field| fits(&field.name)) {
        if !names.insert(field.name.to_ascii_lowercase()) {
            return Err(twice(&String::from_utf8_lossy(&field.name)));
        }
        values.push(field.value.trim_ascii());
    }
    Ok(values)
}

fn twice(name: &str) -> Refutation {
    Refutation::malformed(format!("the header {name} is sent more than once"))
}

#[cfg(test)]
mod tests;
