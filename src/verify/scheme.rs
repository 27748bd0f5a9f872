//! How the deliveries of an endpoint are authenticated.

pub use super::received::Received;

use super::credentials::{Basic, Token};
use super::mac::Mac;
use super::oauth1::OAuth1;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;

/// How deliveries of an endpoint are authenticated, with its secrets. The catalog makes them.
#[derive(Clone, Debug)]
pub enum Scheme {
    /// Not at all.
    Open,
    /// By a scheme of this name, but its secret is not configured.
    Keyless(SchemeName),
    /// By user name and password.
    Basic(Basic),
    /// By a secret that is sent as it is.
    Token(Token),
    /// By a MAC, as a recipe says.
    Mac(Mac),
    /// By OAuth 1.0a.
    OAuth1(Box<OAuth1>),
    /// By any of these.
    Any(Vec<Self>),
}

impl Scheme {
    /// What tells a delivery and its retries from others, if the scheme has such a thing and the
    /// request carries it.
    pub fn dedupe_key<'a>(&self, request: &'a Request) -> Option<&'a [u8]> {
        match self {
            Self::Mac(mac) => mac.recipe.dedupe.as_ref()?.first(&request.headers).ok(),
            Self::Any(schemes) => schemes.iter().find_map(|scheme| scheme.dedupe_key(request)),
            Self::Open | Self::Keyless(_) | Self::Basic(_) | Self::Token(_) | Self::OAuth1(_) => {
                None
            }
        }
    }
}
