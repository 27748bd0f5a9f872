//! What a signature of OAuth 1.0a covers of the body, which is a form or has a hash of its own
//! (OAuth Request Body Hash, draft 4).

use super::algorithm::Algorithm;
use super::sent::Sent;
use crate::domain::http::Request;
use crate::domain::verdict::Reason;
use crate::verify::encoding::equal;
use crate::verify::hash::Hash;
use crate::verify::refutation::Refutation;

/// Checks the hash of the body if one is sent, or has to be.
///
/// It is SHA-1 in the extension's text and in oauthlib whatever the method is; other senders take
/// the hash of the method. Both are good.
pub(in crate::verify) fn check_body_hash(
    request: &Request,
    algorithm: Algorithm,
    sent: &Sent<'_>,
    required: bool,
) -> Result<(), Refutation> {
    if required && algorithm.hash().is_none() {
        let message = "the credentials hold, but PLAINTEXT does not cover the body";
        return Err(Refutation::new(Reason::NotCovered, message));
    }
    let Some(sent) = &sent.body_hash else {
        if !required || request.is_form() {
            return Ok(());
        }
        let message = "the signature holds, but without oauth_body_hash it does not cover the body";
        return Err(Refutation::new(Reason::NotCovered, message));
    };
    let good = [Some(Hash::Sha1), algorithm.hash()]
        .into_iter()
        .flatten()
        .any(|hash| equal(sent, hash.digest(&request.body).as_ref()));
    if good {
        return Ok(());
    }
    let message = "the signature holds, but oauth_body_hash is not the digest of this body";
    Err(Refutation::new(Reason::DigestMismatch, message))
}

/// What is not covered, for a note.
pub(in crate::verify) fn uncovered(
    request: &Request,
    algorithm: Algorithm,
    sent: &Sent<'_>,
) -> Option<String> {
    let note = if algorithm.hash().is_none() {
        "PLAINTEXT covers nothing of the request, neither body nor url"
    } else if sent.body_hash.is_none() && !request.is_form() && !request.body.is_empty() {
        "the body is not covered: it is not a form and there is no oauth_body_hash"
    } else {
        return None;
    };
    Some(note.to_owned())
}

#[cfg(test)]
mod tests;
