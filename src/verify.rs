//! Whether a delivery is what it claims to be: checks requests against schemes, and signs them.
//!
//! Pure and total: secrets, times and ids come in as values, every request gets a verdict. Bodies
//! are bytes and are never decoded to text. The order of checks gives the most useful reason: the
//! credential is there, it can be read, its key is known, its algorithm is allowed, it matches the
//! received bytes, digests match the body, and only then the time. So a delivery is called stale
//! only if it is genuine. What is secret is compared in constant time.
//!
//! It does not explain a failure by trying other readings, does not remember nonces and does not
//! fetch certificates.
//!
//! Reading order: [`verify`] and [`sign`] here, [`scheme`]; then a scheme of your choice
//! ([`credentials`], [`mac`] with [`recipe`], [`oauth1`]); then [`catalog`], which makes schemes of
//! names and secrets.

mod refutation;
mod received;
pub mod signing;
pub mod encoding;
pub mod hash;
pub mod clock;
pub mod key;
pub mod place;
mod authorization;
mod address;
pub mod template;
pub mod recipe;
mod carried;
pub mod mac;
pub mod credentials;
pub mod oauth1;
pub mod scheme;
pub mod catalog;

use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::{Unchecked, Verdict};
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

/// The header fields that make the request verify; they take the place of fields of the same name.
/// Of several schemes, the first that can sign does.
pub fn sign(
    request: &Request,
    signing: &Signing<'_>,
    scheme: &Scheme,
) -> Result<Vec<Field>, CannotSign> {
    match scheme {
        Scheme::Open => Ok(Vec::new()),
        Scheme::Keyless(_) => Err(CannotSign::NoSecret),
        Scheme::Basic(basic) => basic.sign().map(|field| vec![field]),
        Scheme::Token(token) => token.sign().map(|field| vec![field]),
        Scheme::Mac(mac) => mac.sign(request, signing),
        Scheme::OAuth1(oauth1) => oauth1.sign(request, signing).map(|field| vec![field]),
        Scheme::Any(schemes) => {
            let mut tried = schemes.iter().map(|scheme| sign(request, signing, scheme));
            let first = tried.next().unwrap_or(Ok(Vec::new()));
            first.or_else(|error| tried.find_map(Result::ok).ok_or(error))
        }
    }
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
        Scheme::Token(token) => (&token.name, token.check(&request.headers)),
        Scheme::Mac(mac) => (&mac.name, mac.check(request, received)),
        Scheme::OAuth1(oauth1) => (&oauth1.name, oauth1.check(request, received)),
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
mod fixture;
#[cfg(test)]
mod tests;
