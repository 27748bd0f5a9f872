//! Answers to the handshakes of an endpoint's schemes.

use super::handshake::HandshakeReply;
use super::scheme::Scheme;
use crate::domain::http::Request;

/// The answer that a sender waits for, if this request asks for one. `verified` is what the check of
/// this request found. Of several schemes, the first that knows the question answers.
#[must_use]
pub fn answer(request: &Request, scheme: &Scheme, verified: bool) -> Option<HandshakeReply> {
    match scheme {
        Scheme::Handshaking(handshakes, scheme) => {
            handshakes.answer(request, verified).or_else(|| answer(request, scheme, verified))
        }
        Scheme::Any(schemes) => schemes.iter().find_map(|scheme| answer(request, scheme, verified)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
