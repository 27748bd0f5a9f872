//! What one table of recipes defines.

use std::sync::Arc;

use super::builtin::Code;
use crate::verify::credentials::TokenRule;
use crate::verify::handshake::HandshakeRules;
use crate::verify::jwt::recipe::JwtRecipe;
use crate::verify::recipe::Recipe;

/// A recipe of any kind, with what is known about its sender.
#[derive(Clone, Debug)]
pub(in crate::verify) struct Definition {
    pub(in crate::verify) kind: Kind,
    /// Whether no official source confirms it.
    pub(in crate::verify) unconfirmed: bool,
    /// What tends to go wrong with this sender.
    pub(in crate::verify) hints: Vec<Hint>,
    /// What the sender asks, and what it is answered.
    pub(in crate::verify) handshakes: Arc<HandshakeRules>,
}

/// How a sender proves its deliveries.
#[derive(Clone, Debug)]
pub(in crate::verify) enum Kind {
    /// By a signature over a message.
    Signature(Arc<Recipe>),
    /// By a secret that is sent as it is.
    Token(Arc<TokenRule>),
    /// By a JSON web token.
    Jwt(Arc<JwtRecipe>),
    /// In a way that is code.
    Code(&'static Code),
}

/// What tends to go wrong with a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// The sender writes `\uXXXX` for everything beyond ASCII and signs that, so that a body that was
    /// parsed and written anew does not match.
    BodyIsAsciiEscaped,
}

impl Hint {
    /// Every hint by its word in recipes.
    pub const ALL: &[(&str, Self)] = &[("body-is-ascii-escaped", Self::BodyIsAsciiEscaped)];
}
