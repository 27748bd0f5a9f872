//! The message of a recipe: what it has to sign, and what it must not.

use super::words::template;
use crate::verify::catalog::table::Table;
use crate::verify::catalog::value::Mistake;
use crate::verify::json::Pointer;
use crate::verify::place::{Place, Source};
use crate::verify::recipe::{DigestRule, TimestampRule, TimestampSource};
use crate::verify::template::{Filter, Part, Template};

/// Which kind of signature a recipe is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProofKind {
    Mac,
    Digest,
    Signature,
}

/// Whether something is sent that has to be signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    No,
    /// In the body, so that it is signed with it.
    InBody,
    /// Outside the body.
    Apart,
}

/// Reads the message; without one it is the body alone.
pub(super) fn message(
    table: &mut Table<'_>,
    kind: ProofKind,
    timestamp: Option<&TimestampRule>,
    id: Option<&Place>,
    base: Option<&Pointer>,
) -> Result<Template, Mistake> {
    let time = timestamp.map_or(Sent::No, |rule| match &rule.source {
        TimestampSource::Place(place) => Sent::at(place),
        TimestampSource::Pair { .. } => Sent::Apart,
    });
    let parts =
        [("timestamp", Part::Timestamp, time), ("id", Part::Id, id.map_or(Sent::No, Sent::at))];
    let Some(text) = table.text("message")? else {
        if kind == ProofKind::Digest {
            return Err(table.mistake("message is missing: how does the secret enter it?"));
        }
        if parts.iter().any(|(_, _, sent)| *sent == Sent::Apart) {
            return Err(table.mistake("message is missing: how do time and id enter it?"));
        }
        return Ok(Template::body());
    };
    let at = text.at.clone();
    let message = text.read(|text| template("message", text, base))?;
    let check = || {
        for (name, part, sent) in &parts {
            check_gap(&message, name, part, *sent)?;
        }
        check_secret(&message, kind)
    };
    check().map_err(|problem| Mistake::new(at, problem))?;
    Ok(message)
}

/// Whether every byte of some body is signed, with the message or by a digest within it.
pub(super) fn covers(message: &Template, digests: &[DigestRule]) -> bool {
    let in_digest = digests.iter().any(|rule| rule.of.has(&Part::Body) && !rule.optional);
    message.has(&Part::Body) || message.covers_form() || in_digest
}

impl Sent {
    fn at(place: &Place) -> Self {
        let in_body = |source: &Source| matches!(source, Source::Json(_) | Source::Form(_));
        if place.0.iter().all(in_body) { Self::InBody } else { Self::Apart }
    }
}

/// What the message signs has to be sent; and what is sent but not signed would prove nothing.
fn check_gap(message: &Template, name: &str, part: &Part, sent: Sent) -> Result<(), String> {
    match (message.has(part), sent) {
        (true, Sent::No) => {
            Err(format!("message has {{{name}}}, but there is no {name} = {{ … }}"))
        }
        (false, Sent::InBody) if message.has(&Part::Body) => Ok(()),
        (false, Sent::InBody | Sent::Apart) => {
            Err(format!("message lacks {{{name}}}: what is not signed proves nothing"))
        }
        _ => Ok(()),
    }
}

fn check_secret(message: &Template, kind: ProofKind) -> Result<(), String> {
    if message.filters_by(Filter::Hmac) {
        return Err("message has |hmac, which is for the answers to challenges".to_owned());
    }
    match (message.has(&Part::Secret), kind) {
        (false, ProofKind::Digest) => {
            Err("message lacks {secret}, so that anybody could make the digest".to_owned())
        }
        (true, ProofKind::Mac | ProofKind::Signature) => {
            Err("message has {secret}, which is for kind = \"digest\"".to_owned())
        }
        _ => Ok(()),
    }
}
