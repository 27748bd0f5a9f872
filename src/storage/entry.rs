//! A delivery made ready for the store on the task that captured it, so that the writing thread
//! only binds columns.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Statement, params};

use super::body;
use super::captured::Captured;
use super::findings::Finding;
use super::row::{microseconds, whole_microseconds};
use crate::domain::event::{Event, ProviderId, Resource};
use crate::domain::headers::Fidelity;
use crate::domain::name::AccountName;
use crate::domain::sameness::{digest_of, sameness};
use crate::domain::verdict::{Reason, Verdict};

/// What [`Entry::insert`] runs.
pub(super) const INSERT: &str = "
    INSERT INTO deliveries (
        id, uid, received_at, reading, peer, endpoint, account, method, version,
        provider, event_kind, candidates, resource_kind, resource_id, resource_href,
        event_key, occurred_at, verdict, scheme, reason, message, clues, notes,
        status, handshake, brings_secret, repeat, sameness, headers_exact, body_size, target, headers, body
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// A delivery with the columns that take work to make.
#[derive(Debug)]
pub(super) struct Entry {
    /// The delivery as a later load gives it back.
    pub(super) captured: Box<Captured>,
    /// Equal for deliveries of the same event at the same endpoint.
    pub(super) sameness: i64,
    /// What must never come again at this endpoint.
    pub(super) nonce: Option<i64>,
    peer: String,
    headers: Vec<u8>,
    candidates: Option<String>,
    finding: Finding,
}

impl Entry {
    /// Brings a delivery into the form that the store keeps: times to the microsecond, no resource
    /// rather than one of which nothing is known.
    pub(super) fn new(mut captured: Box<Captured>) -> Self {
        let Captured { delivery, inspection, .. } = &mut *captured;
        delivery.received_at = whole_microseconds(delivery.received_at);
        delivery.reading = Duration::from_micros(microseconds(delivery.reading).unsigned_abs());
        let event = &mut inspection.event;
        event.occurred_at = event.occurred_at.map(whole_microseconds);
        event.resource = event.resource.take().filter(|known| *known != Resource::default());
        Self {
            sameness: sameness(&captured.delivery, &captured.inspection),
            nonce: nonce(&captured),
            peer: captured.delivery.peer.to_string(),
            headers: captured.delivery.request.headers.to_block(),
            candidates: candidates(&captured.inspection.event),
            finding: Finding::of(&captured.inspection.verdict),
            captured,
        }
    }

    /// How much it weighs in a batch, in bytes, roughly.
    pub(super) fn size(&self) -> usize {
        self.headers.len() + self.body().len()
    }

    /// The verdict if the nonce came before with that delivery.
    pub(super) fn reused(&self, first: i64) -> Option<Verdict> {
        let scheme = self.captured.inspection.verdict.scheme()?.clone();
        let message = format!(
            "the signature holds, but its nonce came with delivery {first} already: it was sent again"
        );
        Some(Verdict::Refuted { scheme, reason: Reason::Reused, message, clues: Vec::new() })
    }

    /// Writes it under this number, with room for a long body and the verdict `reused` if there is
    /// one.
    pub(super) fn insert(
        &self,
        statement: &mut Statement<'_>,
        id: i64,
        repeat: u32,
        reused: Option<&Verdict>,
    ) -> rusqlite::Result<()> {
        let Captured { delivery, inspection, status, handshake, nonce: _ } = &*self.captured;
        let replaced = reused.map(Finding::of);
        let finding = replaced.as_ref().unwrap_or(&self.finding);
        let (request, event) = (&delivery.request, &inspection.event);
        let resource = event.resource.as_ref();
        statement.execute(params![
            id,
            delivery.uid.as_bytes(),
            delivery.received_at.as_microsecond(),
            microseconds(delivery.reading),
            self.peer,
            delivery.endpoint.as_str(),
            inspection.account.as_ref().map(AccountName::as_str),
            request.method.as_str(),
            request.version.as_str(),
            inspection.provider.map(ProviderId::as_str),
            event.kind,
            self.candidates,
            resource.and_then(|resource| resource.kind.as_ref()),
            resource.and_then(|resource| resource.id.as_ref()),
            resource.and_then(|resource| resource.href.as_ref()),
            event.key,
            event.occurred_at.map(Timestamp::as_microsecond),
            finding.verdict,
            finding.scheme,
            finding.reason,
            finding.message,
            finding.clues,
            finding.notes,
            status.as_u16(),
            handshake.as_ref().map(|handshake| handshake.scheme.as_str()),
            handshake.as_ref().is_some_and(|handshake| handshake.brings_secret),
            repeat,
            self.sameness,
            request.headers.fidelity() == Fidelity::Exact,
            i64::try_from(request.body.len()).unwrap_or(i64::MAX),
            request.target,
            self.headers,
            body::room(&request.body),
        ])?;
        Ok(())
    }

    /// The body.
    pub(super) fn body(&self) -> &[u8] {
        &self.captured.delivery.request.body
    }
}

/// None where the candidates say no more than the kind does, which is nearly always.
fn candidates(event: &Event) -> Option<String> {
    let says_more = !event.candidates.iter().eq(event.kind.iter());
    says_more.then(|| serde_json::to_string(&event.candidates).expect("texts have a JSON form"))
}

fn nonce(captured: &Captured) -> Option<i64> {
    let endpoint = captured.delivery.endpoint.as_str().as_bytes();
    Some(digest_of(&[endpoint, captured.nonce.as_ref()?]))
}

#[cfg(test)]
pub(super) mod tests;
