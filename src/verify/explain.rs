//! Why a check failed: the single change that would have made it pass.
//!
//! Each change is tried by checking again, so that a clue is never a guess. Changes are tried one at
//! a time; only a wrong secret and a changed body are also tried together, since they come together.
//! A search is bounded in tries and in bytes, and not meant for the capture path. Messages name a
//! secret by its fingerprint at most.
//!
//! It does not judge anything itself: how a request is checked comes in as a function.
//!
//! Reading order: [`clues`] here, [`mod@search`], `reshape` (schemes with one thing changed), then the
//! changes: `secrets`, `bodies`, `reserialized`, `forms`, `urls`, `recipes`, `times`.

pub mod search;
pub(in crate::verify) mod reshape;
mod secrets;
mod bodies;
mod reserialized;
mod forms;
mod urls;
mod recipes;
mod times;

pub use search::Limits;

use super::received::Received;
use super::scheme::Scheme;
use crate::domain::http::Request;
use crate::domain::name::EndpointName;
use crate::domain::verdict::{Clue, Reason, Verdict};
use search::{Case, Check, Probe, Probes, Search};

/// Every code of a clue, in the order of the outer contract.
pub const CODES: &[&str] = &[
    "other_secret",
    "public_url",
    "url_query",
    "url_path_decoded",
    "secret_encoding",
    "signature_encoding",
    "algorithm",
    "body_reserialized",
    "body_newline",
    "body_charset",
    "body_decompressed",
    "form_params",
    "timestamp_unit",
    "clock",
    "header_swapped",
];

/// The most schemes of one endpoint that are looked into.
const MOST_SCHEMES: usize = 8;

/// The most readings of a body that are tried together with each secret.
const MOST_PAIRED: usize = 8;

/// The single changes that make the check of this request pass, of each kind the first that was
/// found. `others` are the other endpoints with their schemes. Nothing if the check does not fail.
pub(super) fn clues(
    check: Check,
    request: &Request,
    received: &Received<'_>,
    scheme: &Scheme,
    others: &[(&EndpointName, &Scheme)],
    limits: Limits,
) -> Vec<Clue> {
    let mut clues = Vec::new();
    for scheme in reshape::leaves(scheme).into_iter().take(MOST_SCHEMES) {
        if let Verdict::Refuted { reason, .. } = check(request, received, scheme) {
            let case = Case { check, request, received: *received, scheme, others };
            clues = search(&case, reason, limits, clues);
        }
    }
    clues
}

type Family = for<'a> fn(&'a Case<'a>) -> Probes<'a>;

/// The changes that can cure a reason. The simpler ones stand first.
fn families(reason: Reason) -> &'static [Family] {
    match reason {
        Reason::MissingCredential => &[recipes::headers, secrets::other_secrets],
        Reason::MalformedCredential => &[
            recipes::encodings,
            recipes::algorithms,
            times::units,
            recipes::headers,
            secrets::other_secrets,
        ],
        Reason::UnknownKey => &[secrets::other_secrets],
        Reason::UnsupportedAlgorithm => &[recipes::algorithms, secrets::other_secrets],
        Reason::WrongCredential => {
            &[secrets::secret_encodings, secrets::other_secrets, recipes::headers]
        }
        Reason::SignatureMismatch => &[
            secrets::other_secrets,
            secrets::secret_encodings,
            urls::urls,
            recipes::encodings,
            recipes::algorithms,
            recipes::headers,
            bodies::decompressed,
            bodies::newlines,
            bodies::charsets,
            reserialized::reserialized,
            forms::forms,
        ],
        Reason::DigestMismatch => &[
            bodies::decompressed,
            bodies::newlines,
            bodies::charsets,
            reserialized::reserialized,
            forms::forms,
        ],
        Reason::ClaimMismatch => &[urls::urls, secrets::other_secrets],
        Reason::Stale | Reason::InFuture => &[times::units, times::clocks],
        Reason::NotCovered | Reason::UntrustedCertificate | Reason::Reused => &[],
    }
}

fn search(case: &Case<'_>, reason: Reason, limits: Limits, clues: Vec<Clue>) -> Vec<Clue> {
    let before = clues.len();
    let mut search = Search::new(*case, limits, clues);
    for family in families(reason) {
        search.all(family(case).filter(|probe| is_worthwhile(case, probe)));
        // A time in another unit also passes at another time.
        if matches!(reason, Reason::Stale | Reason::InFuture) && search.clues.len() > before {
            break;
        }
    }
    if reason == Reason::SignatureMismatch && search.clues.len() == before {
        let secrets = secrets::of_others(case).chain(secrets::secret_encodings(case));
        let bodies = bodies::newlines(case).chain(reserialized::reserialized(case));
        let bodies = bodies.filter(|probe| is_worthwhile(case, probe)).take(MOST_PAIRED);
        search.pairs(&secrets.collect::<Vec<_>>(), &bodies.collect::<Vec<_>>());
    }
    search.clues
}

/// Whether the change could make a difference: another body does only where the body is read.
fn is_worthwhile(case: &Case<'_>, probe: &Probe) -> bool {
    let is_other_body =
        probe.request.as_ref().is_some_and(|request| request.body != case.request.body);
    !is_other_body || reshape::reads_body(case.scheme)
}

#[cfg(test)]
mod tests;
