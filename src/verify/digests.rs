//! Digests that a sender signs instead of what they are made of: in the query, or in the claims of a
//! token.

use super::carried;
use super::encoding::equal;
use super::recipe::{DigestRule, DigestSource};
use super::refutation::Refutation;
use super::settings::Settings;
use super::signing::CannotSign;
use super::template::{Filling, Part};
use crate::domain::http::Request;
use crate::domain::verdict::Reason;

/// Checks every digest; whether one of them covers the body. `claims` is the JSON of a token, for
/// rules that look into it.
pub(super) fn check(
    rules: &[DigestRule],
    filling: &Filling<'_>,
    claims: Option<&[u8]>,
) -> Result<bool, Refutation> {
    let mut covers_body = false;
    for rule in rules {
        covers_body |= check_one(rule, filling, claims)? && rule.of.has(&Part::Body);
    }
    Ok(covers_body)
}

/// Makes those digests anew that stand in the request, where they are there.
pub(super) fn renew(
    rules: &[DigestRule],
    request: &mut Request,
    settings: &Settings,
) -> Result<(), CannotSign> {
    for rule in rules {
        if let DigestSource::Place(place) = &rule.from
            && matches!(place.find(request), Ok(Some(_)))
        {
            let text = made(rule, &Filling::of(request, settings))
                .map_err(|refutation| CannotSign::Unreadable(refutation.message))?;
            carried::put(place, request, text.as_bytes())?;
        }
    }
    Ok(())
}

/// The digest as it is sent.
pub(super) fn made(rule: &DigestRule, filling: &Filling<'_>) -> Result<String, Refutation> {
    let digest = rule.hash.digest(&rule.of.fill(filling)?);
    Ok(rule.encoding.encode(digest.as_ref()))
}

/// Whether the digest is there and matches; it is neither a mistake if it may be absent.
fn check_one(
    rule: &DigestRule,
    filling: &Filling<'_>,
    claims: Option<&[u8]>,
) -> Result<bool, Refutation> {
    let is_wanted = !(rule.absent_if_empty && filling.body.is_empty());
    let (sent, place) = match &rule.from {
        DigestSource::Place(place) => (place.find(filling.request)?, place.to_string()),
        DigestSource::Claim(claim) => {
            let place = format!("the claim {}", claim.name());
            let sent = claim
                .text(claims.unwrap_or(b"{}"))
                .map_err(|why| Refutation::malformed(format!("{place} {why}")))?;
            (sent, place)
        }
    };
    match sent {
        None if rule.optional || !is_wanted => Ok(false),
        None => {
            let message =
                format!("the signature holds, but {place} is missing, which would cover the rest");
            Err(Refutation::new(Reason::NotCovered, message))
        }
        Some(sent) => {
            let digest = rule.hash.digest(&rule.of.fill(filling)?);
            let matches =
                rule.encoding.decode(&sent).is_some_and(|sent| equal(&sent, digest.as_ref()));
            if matches && is_wanted {
                return Ok(true);
            }
            let (hash, encoding) = (rule.hash, rule.encoding);
            let message = format!(
                "the signature holds, but {place} is not the {hash} in {encoding} of what arrived"
            );
            Err(Refutation::new(rule.reason, message))
        }
    }
}
