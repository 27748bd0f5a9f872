//! Schemes that send the secret itself: Basic, bearer, and a header with a token. They prove who
//! sent a request to somebody who trusts the way; they cover nothing of it.

use std::borrow::Cow;
use std::fmt;

use super::authorization;
use super::carried;
use super::encoding::{Encoding, equal};
use super::key::matched;
use super::place::{Place, Source};
use super::refutation::Refutation;
use super::signing::{CannotSign, field};
use crate::domain::headers::{Field, Headers};
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::secret::Secret;
use crate::domain::verdict::Reason;

/// The note that every match gets.
const UNCOVERED: &str = "nothing of the request is covered, neither body nor url";

/// The note about a secret that is part of the URL.
const IN_QUERY: &str = "the secret stands in the query, which ends up in logs";

/// HTTP Basic (RFC 7617).
#[derive(Clone, Debug)]
pub struct Basic {
    pub(super) name: SchemeName,
    pub(super) username: String,
    pub(super) password: Secret,
}

/// A secret that is sent as it is.
#[derive(Clone, Debug)]
pub struct Token {
    pub(super) name: SchemeName,
    pub(super) place: TokenPlace,
    /// Any may match; there is at least one.
    pub(super) values: Vec<Secret>,
}

/// Where a recipe says that a secret or a token stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRule {
    /// The place; none if the user names a header.
    pub place: Option<Place>,
    /// The scheme word in front of it, in any letter case.
    pub word: Option<String>,
}

/// Where a secret or a token stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// Behind this scheme word in the Authorization header (RFC 9110 section 11.6.2).
    Word(String),
    /// The whole value of this place.
    Whole(Place),
}

impl TokenPlace {
    fn is_in_query(&self) -> bool {
        match self {
            Self::Word(_) => false,
            Self::Whole(place) => place.0.iter().any(|source| matches!(source, Source::Query(_))),
        }
    }

    /// What stands there.
    pub(super) fn read<'a>(&self, request: &'a Request) -> Result<Cow<'a, [u8]>, Refutation> {
        match self {
            Self::Word(word) => authorization::credentials(&request.headers, word)?
                .map(Cow::Borrowed)
                .ok_or_else(|| authorization::absent(&request.headers, word)),
            Self::Whole(place) => place.first(request),
        }
    }

    /// The request with this value there.
    pub(super) fn write(&self, request: &Request, value: &[u8]) -> Result<Request, CannotSign> {
        let mut written = request.clone();
        match self {
            Self::Word(word) => {
                let value = [word.as_bytes(), b" ", value].concat();
                written.headers = request.headers.with(vec![field("Authorization", value)?]);
            }
            Self::Whole(place) => carried::put(place, &mut written, value)?,
        }
        Ok(written)
    }
}

impl fmt::Display for TokenPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "the {} token", word.to_ascii_lowercase()),
            Self::Whole(place) => write!(f, "the value of {place}"),
        }
    }
}

impl Basic {
    /// The notes for a request with the right user name and password.
    pub(super) fn check(&self, headers: &Headers) -> Result<Vec<String>, Refutation> {
        let sent = authorization::credentials(headers, "Basic")?
            .ok_or_else(|| authorization::absent(headers, "Basic"))?;
        let sent = Encoding::Base64
            .decode(sent)
            .ok_or_else(|| Refutation::malformed("what follows Basic cannot be read as base64"))?;
        let colon = sent.iter().position(|byte| *byte == b':').ok_or_else(|| {
            Refutation::malformed("the Basic credentials have no colon behind the user name")
        })?;
        let username = equal(&sent[..colon], self.username.as_bytes());
        let password = equal(&sent[colon + 1..], self.password.expose());
        let wrong = match (username, password) {
            (true, true) => return Ok(vec![UNCOVERED.to_owned()]),
            (false, true) => "the user name is not the configured one",
            (true, false) => "the password is not the configured one",
            (false, false) => "neither user name nor password is the configured one",
        };
        Err(Refutation::new(Reason::WrongCredential, wrong))
    }

    /// The header field that makes a request verify.
    pub(super) fn sign(&self) -> Result<Field, CannotSign> {
        let credentials = [self.username.as_bytes(), b":", self.password.expose()].concat();
        field("Authorization", format!("Basic {}", Encoding::Base64.encode(&credentials)))
    }
}

impl Token {
    /// The notes for a request with the right token.
    pub(super) fn check(&self, request: &Request) -> Result<Vec<String>, Refutation> {
        let sent = self.place.read(request)?;
        let Some(value) = self.values.iter().find(|value| equal(&sent, value.expose())) else {
            let place = &self.place;
            let message = match self.values.len() {
                1 => format!("{place} is not the configured one"),
                count => format!("{place} is none of the {count} configured ones"),
            };
            return Err(Refutation::new(Reason::WrongCredential, message));
        };
        let notes = matched(value, self.values.len()).into_iter().chain([UNCOVERED.to_owned()]);
        let in_query = self.place.is_in_query().then(|| IN_QUERY.to_owned());
        Ok(notes.chain(in_query).collect())
    }

    /// The request with the token.
    pub(super) fn sign(&self, request: &Request) -> Result<Request, CannotSign> {
        self.place.write(request, self.values[0].expose())
    }
}

#[cfg(test)]
mod tests;
