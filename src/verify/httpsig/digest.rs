//! The digest of a request's body (RFC 9530 section 2), which is how a signature covers the body.

use sfv::{BareItem, ListEntry};

use super::fields::dictionary;
use crate::domain::headers::Headers;
use crate::domain::http::Request;
use crate::domain::verdict::Reason;
use crate::verify::encoding::{Encoding, equal};
use crate::verify::hash::Hash;
use crate::verify::refutation::Refutation;

/// The header that carries it.
pub(in crate::verify) const HEADER: &str = "content-digest";

/// The algorithms that are still sound, in order of preference.
const ALGORITHMS: &[(&str, Hash)] = &[("sha-256", Hash::Sha256), ("sha-512", Hash::Sha512)];

/// Checks every digest whose algorithm is known. Gives whether there is one: if so, the header
/// stands for the body.
pub(in crate::verify) fn check(request: &Request) -> Result<bool, Refutation> {
    let digests = dictionary(&request.headers, HEADER)?.unwrap_or_default();
    let mut known = false;
    for (name, hash) in ALGORITHMS {
        let Some(digest) = digests.get(*name) else { continue };
        let ListEntry::Item(item) = digest else { return Err(malformed(name)) };
        let BareItem::ByteSequence(digest) = &item.bare_item else { return Err(malformed(name)) };
        if !equal(digest, hash.digest(&request.body).as_ref()) {
            let message = format!("the {name} digest in Content-Digest is not that of this body");
            return Err(Refutation::new(Reason::DigestMismatch, message));
        }
        known = true;
    }
    Ok(known)
}

/// The value of the header for this body, with the algorithm that an old one has.
pub(in crate::verify) fn write(old: &Headers, body: &[u8]) -> String {
    let digests = dictionary(old, HEADER).ok().flatten().unwrap_or_default();
    let same = ALGORITHMS.iter().find(|(name, _)| digests.contains_key(*name));
    let (name, hash) = same.unwrap_or(&ALGORITHMS[0]);
    format!("{name}=:{}:", Encoding::Base64.encode(hash.digest(body).as_ref()))
}

fn malformed(name: &str) -> Refutation {
    Refutation::malformed(format!("{name} in Content-Digest is not of the form :base64:"))
}

#[cfg(test)]
mod tests;
