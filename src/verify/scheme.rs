//! How the deliveries of an endpoint are authenticated.

use std::borrow::Cow;

pub use super::received::Received;

use super::credentials::{Basic, Token};
use super::custom::Custom;
use super::handshake::Handshakes;
use super::httpsig::HttpSignatures;
use super::jwt::Jwt;
use super::oauth1::OAuth1;
use super::recipe::DigestSource;
use super::signature::Signature;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::secret::Secret;

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
    /// By a signature over a message, as a recipe says.
    Signature(Box<Signature>),
    /// By a JSON web token.
    Jwt(Box<Jwt>),
    /// By OAuth 1.0a.
    OAuth1(Box<OAuth1>),
    /// By HTTP message signatures.
    HttpSignatures(Box<HttpSignatures>),
    /// By the code of one sender.
    Custom(Box<Custom>),
    /// By another scheme, whose sender also asks questions that want an answer.
    Handshaking(Box<Handshakes>, Box<Self>),
    /// By any of these.
    Any(Vec<Self>),
}

impl Scheme {
    /// The name of the scheme whose secret is not configured, so that nothing can be checked.
    #[must_use]
    pub fn without_secret(&self) -> Option<&SchemeName> {
        match self {
            Self::Keyless(name) => Some(name),
            Self::Handshaking(_, scheme) => scheme.without_secret(),
            _ => None,
        }
    }

    /// What a sender has to be given to prove itself by this scheme, if that is one secret: the
    /// password, the token, the consumer secret. Of several that are taken it is the first.
    #[must_use]
    pub fn sender_secret(&self) -> Option<&Secret> {
        match self {
            Self::Basic(basic) => Some(&basic.password),
            Self::Token(token) => token.values.first(),
            Self::OAuth1(oauth1) => oauth1.secrets.first(),
            Self::Handshaking(_, scheme) => scheme.sender_secret(),
            Self::Any(schemes) => schemes.iter().find_map(Self::sender_secret),
            _ => None,
        }
    }

    /// What tells a delivery and its retries from others, if the scheme has such a thing and the
    /// request carries it.
    pub fn dedupe_key<'a>(&self, request: &'a Request) -> Option<Cow<'a, [u8]>> {
        match self {
            Self::Custom(custom) => custom.dedupe_key(request).map(Cow::Borrowed),
            Self::Signature(signature) => signature.recipe.dedupe.as_ref()?.find(request).ok()?,
            Self::Jwt(jwt) => match jwt.recipe.dedupe.as_ref()? {
                DigestSource::Place(place) => place.find(request).ok()?,
                DigestSource::Claim(claim) => jwt.claim(request, claim).map(Cow::Owned),
            },
            Self::Handshaking(_, scheme) => scheme.dedupe_key(request),
            Self::Any(schemes) => schemes.iter().find_map(|scheme| scheme.dedupe_key(request)),
            _ => None,
        }
    }
}
