//! Schemes that send the secret itself: Basic, bearer, and a header with a token. They prove who
//! sent a request to somebody who trusts the way; they cover nothing of it.

use super::authorization;
use super::encoding::{Encoding, equal};
use super::place;
use super::refutation::Refutation;
use super::signing::{CannotSign, field};
use crate::domain::headers::{Field, Headers};
use crate::domain::name::SchemeName;
use crate::domain::secret::Secret;
use crate::domain::verdict::Reason;

/// The note that every match gets.
const UNCOVERED: &str = "nothing of the request is covered, neither body nor url";

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
    pub(super) value: Secret,
}

/// Where the secret stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// Behind `Bearer` in the Authorization header (RFC 6750 section 2.1).
    Bearer,
    /// The whole value of this header.
    Header(String),
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
    pub(super) fn check(&self, headers: &Headers) -> Result<Vec<String>, Refutation> {
        let sent = match &self.place {
            TokenPlace::Bearer => authorization::credentials(headers, "Bearer")?
                .ok_or_else(|| authorization::absent(headers, "Bearer"))?,
            TokenPlace::Header(name) => place::only(headers, name)?
                .ok_or_else(|| Refutation::missing(format!("the header {name} is missing")))?,
        };
        if equal(sent, self.value.expose()) {
            return Ok(vec![UNCOVERED.to_owned()]);
        }
        let message = match &self.place {
            TokenPlace::Bearer => "the bearer token is not the configured one".to_owned(),
            TokenPlace::Header(name) => format!("the value of {name} is not the configured one"),
        };
        Err(Refutation::new(Reason::WrongCredential, message))
    }

    /// The header field that makes a request verify.
    pub(super) fn sign(&self) -> Result<Field, CannotSign> {
        match &self.place {
            TokenPlace::Bearer => {
                field("Authorization", [b"Bearer ", self.value.expose()].concat())
            }
            TokenPlace::Header(name) => field(name, self.value.expose()),
        }
    }
}

#[cfg(test)]
mod tests;
