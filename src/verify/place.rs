//! Where in a request a credential stands.

use std::collections::HashSet;
use std::fmt;

use super::refutation::Refutation;
use crate::domain::headers::Headers;

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

impl HeaderPlace {
    /// The values of all of these headers, of which there is at least one.
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
        if values.is_empty() { Err(self.absent()) } else { Ok(values) }
    }

    /// The value of the first of these headers that is there.
    pub(super) fn first<'a>(&self, headers: &'a Headers) -> Result<&'a [u8], Refutation> {
        self.all(headers).map(|values| values[0])
    }

    /// The name to send it under.
    pub(super) fn name(&self) -> String {
        match &self.0[..] {
            [HeaderPattern::Name(name), ..] => name.clone(),
            [HeaderPattern::Glob { before, after }, ..] => format!("{before}1{after}"),
            [] => String::new(),
        }
    }

    fn absent(&self) -> Refutation {
        Refutation::missing(format!("the header {self} is missing"))
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
