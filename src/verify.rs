//! Whether a delivery is what it claims to be: checks requests against schemes, and signs them.
//!
//! Pure and total: secrets, times and ids come in as values, every request gets a verdict. Bodies
//! are bytes and are never decoded to text. The order of checks gives the most useful reason: the
//! credential is there, it can be read, its key is known, its algorithm is allowed, it matches the
//! received bytes, digests match the body, and only then the time. So a delivery is called stale
//! only if it is genuine. What is secret is compared in constant time.
//!
//! Checking does not explain a failure: [`explain()`] does, for whoever has the time. Nothing here
//! remembers nonces or fetches certificates.
//!
//! Reading order: [`verify`] and [`signed`] here, [`scheme`]; then a scheme of your choice
//! ([`credentials`], [`signature`] with [`recipe`] and [`template`], [`jwt`], [`oauth1`], [`httpsig`],
//! [`custom`]); [`challenge`] for what senders ask; then [`catalog`], which makes schemes of names
//! and secrets; [`mod@explain`], [`mod@evidence`] and [`likeness`] for what went wrong.

mod refutation;
mod received;
pub mod signing;
pub mod encoding;
pub mod hash;
pub mod clock;
pub mod key;
mod key_text;
pub mod public_key;
pub mod signing_key;
pub mod json;
mod pairs;
pub mod place;
mod authorization;
pub mod address;
pub mod settings;
pub mod template;
pub mod recipe;
mod carried;
mod digests;
mod proof;
mod expectation;
pub mod signature;
pub mod credentials;
pub mod jwt;
pub mod oauth1;
pub mod httpsig;
pub mod custom;
pub mod handshake;
pub mod scheme;
pub mod challenge;
pub mod catalog;
pub mod explain;
pub mod evidence;
pub mod likeness;

use crate::domain::evidence::Evidence;
use crate::domain::http::Request;
use crate::domain::name::{EndpointName, SchemeName};
use crate::domain::verdict::{Clue, Unchecked, Verdict};
use explain::Limits;
use json::Pointer;
use refutation::Refutation;
use scheme::{Received, Scheme};
use signing::{CannotSign, Signing};

/// Checks a request against a scheme.
pub fn verify(request: &Request, received: &Received<'_>, scheme: &Scheme) -> Verdict {
    match check(request, received, scheme) {
        Finding::Holds(scheme, notes) => Verdict::Verified { scheme, notes },
        Finding::Fails(scheme, Refutation { reason, message }) => {
            Verdict::Refuted { scheme, reason, message, clues: Vec::new() }
        }
        Finding::Unchecked(why) => Verdict::Unchecked { why },
    }
}

/// The request with what makes it verify: mostly header fields, in place of those of the same name;
/// schemes that sign within the body or the query change these. Of several schemes, the first that
/// can sign does.
pub fn signed(
    request: &Request,
    signing: &Signing<'_>,
    scheme: &Scheme,
) -> Result<Request, CannotSign> {
    let with = |field| Request { headers: request.headers.with(vec![field]), ..request.clone() };
    match scheme {
        Scheme::Open => Ok(request.clone()),
        Scheme::Keyless(_) => Err(CannotSign::NoSecret),
        Scheme::Basic(basic) => basic.sign().map(with),
        Scheme::Token(token) => token.sign(request),
        Scheme::Signature(signature) => signature.sign(request, signing),
        Scheme::Jwt(jwt) => jwt.sign(request, signing),
        Scheme::OAuth1(oauth1) => oauth1.signed(request, signing),
        Scheme::HttpSignatures(signatures) => signatures.sign(request, signing),
        Scheme::Custom(custom) => custom.sign(request, signing),
        Scheme::Handshaking(_, scheme) => signed(request, signing, scheme),
        Scheme::Any(schemes) => {
            let mut tried = schemes.iter().map(|scheme| signed(request, signing, scheme));
            let first = tried.next().unwrap_or_else(|| Ok(request.clone()));
            first.or_else(|error| tried.find_map(Result::ok).ok_or(error))
        }
    }
}

/// The single changes that would have made the check of a refuted request pass, of each kind the
/// first that was found: see [`mod@explain`]. `others` are the other endpoints with their schemes.
/// It checks again hundreds of times, and so does not belong into the capture path.
#[must_use]
pub fn explain(
    request: &Request,
    received: &Received<'_>,
    scheme: &Scheme,
    others: &[(&EndpointName, &Scheme)],
    limits: Limits,
) -> Vec<Clue> {
    explain::clues(verify, request, received, scheme, others, limits)
}

/// What the check of this request looks at. Of several schemes, that of the one that holds, else of
/// the one whose check came farthest.
#[must_use]
pub fn evidence(request: &Request, received: &Received<'_>, scheme: &Scheme) -> Evidence {
    let progress = |leaf: &&Scheme| check(request, received, leaf).progress();
    let leaf = explain::reshape::leaves(scheme).into_iter().rev().max_by_key(progress);
    leaf.map(|leaf| evidence::evidence(request, received, leaf)).unwrap_or_default()
}

/// What never comes again in a genuine delivery, not even in a retry, if the scheme that holds has
/// such a thing and the request carries it: two genuine requests with the same are one that was sent
/// again by somebody. Whether it came before is for the store to say, and only of requests that
/// verify. What stands beside the proof that holds is not asked: a forger could put it there.
pub fn nonce(request: &Request, received: &Received<'_>, scheme: &Scheme) -> Option<Vec<u8>> {
    match scheme {
        Scheme::Signature(signature) => {
            Some(signature.recipe.nonce.as_ref()?.find(request).ok()??.into_owned())
        }
        Scheme::Jwt(jwt) => jwt.claim(request, &Pointer::member("jti")),
        Scheme::OAuth1(oauth1) => oauth1.nonce(request),
        Scheme::HttpSignatures(signatures) => signatures.nonce(request, received),
        Scheme::Handshaking(_, scheme) => nonce(request, received, scheme),
        Scheme::Any(schemes) => nonce(request, received, holding(request, received, schemes)?),
        Scheme::Open
        | Scheme::Keyless(_)
        | Scheme::Basic(_)
        | Scheme::Token(_)
        | Scheme::Custom(_) => None,
    }
}

/// What the sender calls itself in the credential that holds: the user name of Basic, the consumer
/// key of OAuth 1.0a, the key id of HTTP message signatures. None where nothing holds, and of
/// schemes whose credential names nobody.
pub fn client_id<'s>(
    request: &Request,
    received: &Received<'_>,
    scheme: &'s Scheme,
    verdict: &Verdict,
) -> Option<&'s str> {
    let is_verified = matches!(verdict, Verdict::Verified { .. });
    is_verified.then(|| holding_client(request, received, scheme))?
}

/// The same of a request that verifies.
fn holding_client<'s>(
    request: &Request,
    received: &Received<'_>,
    scheme: &'s Scheme,
) -> Option<&'s str> {
    match scheme {
        Scheme::Basic(basic) => Some(&basic.username),
        Scheme::OAuth1(oauth1) => Some(&oauth1.key),
        Scheme::HttpSignatures(signatures) => signatures.key_id(request, received),
        Scheme::Handshaking(_, scheme) => holding_client(request, received, scheme),
        Scheme::Any(schemes) => {
            holding_client(request, received, holding(request, received, schemes)?)
        }
        Scheme::Open
        | Scheme::Keyless(_)
        | Scheme::Token(_)
        | Scheme::Signature(_)
        | Scheme::Jwt(_)
        | Scheme::Custom(_) => None,
    }
}

/// The first of the schemes that holds.
fn holding<'s>(
    request: &Request,
    received: &Received<'_>,
    schemes: &'s [Scheme],
) -> Option<&'s Scheme> {
    let holds = |scheme: &&Scheme| matches!(check(request, received, scheme), Finding::Holds(..));
    schemes.iter().find(holds)
}

/// What one scheme makes of a request.
enum Finding {
    Holds(SchemeName, Vec<String>),
    Fails(SchemeName, Refutation),
    Unchecked(Unchecked),
}

fn check(request: &Request, received: &Received<'_>, scheme: &Scheme) -> Finding {
    let (name, result) = match scheme {
        Scheme::Open => return Finding::Unchecked(Unchecked::NoScheme),
        Scheme::Keyless(_) => return Finding::Unchecked(Unchecked::NoSecret),
        Scheme::Any(schemes) => return any(request, received, schemes),
        Scheme::Basic(basic) => (&basic.name, basic.check(&request.headers)),
        Scheme::Token(token) => (&token.name, token.check(request)),
        Scheme::Signature(signature) => (&signature.name, signature.check(request, received)),
        Scheme::Jwt(jwt) => (&jwt.name, jwt.check(request, received)),
        Scheme::Handshaking(_, scheme) => return check(request, received, scheme),
        Scheme::OAuth1(oauth1) => (&oauth1.name, oauth1.check(request, received)),
        Scheme::HttpSignatures(signatures) => {
            (&signatures.name, signatures.check(request, received))
        }
        Scheme::Custom(custom) => (custom.name(), custom.check(request, received)),
    };
    match result {
        Ok(notes) => Finding::Holds(name.clone(), notes),
        Err(refutation) => Finding::Fails(name.clone(), refutation),
    }
}

/// The first scheme that holds, else the one whose check came farthest.
fn any(request: &Request, received: &Received<'_>, schemes: &[Scheme]) -> Finding {
    let mut most_telling = Finding::Unchecked(Unchecked::NoScheme);
    for (index, scheme) in schemes.iter().enumerate() {
        let finding = check(request, received, scheme);
        if let Finding::Holds(name, mut notes) = finding {
            let (number, total) = (index + 1, schemes.len());
            notes.insert(0, format!("matched scheme {number} of the {total} configured"));
            return Finding::Holds(name, notes);
        }
        if finding.progress() > most_telling.progress() {
            most_telling = finding;
        }
    }
    most_telling
}

impl Finding {
    fn progress(&self) -> u8 {
        match self {
            Self::Unchecked(Unchecked::NoScheme) => 0,
            Self::Unchecked(Unchecked::NoSecret) => 1,
            Self::Fails(_, refutation) => 2 + refutation.progress(),
            Self::Holds(..) => u8::MAX,
        }
    }
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
