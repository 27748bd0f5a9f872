//! Attempts made ready for reading: with the rows of their answers, what the provider's documents
//! tell about them, and what changed since the answer before.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::document::Document;
use crate::domain::attempt::{Attempt, AttemptId, Response};
use crate::domain::changes::{Changes, changes};
use crate::domain::event::ProviderId;
use crate::providers;

/// Longer answers are not compared, in bytes.
const MOST_COMPARED: usize = 4 << 20;

/// The attempts about one delivery.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// The newest ones, oldest first.
    pub attempts: Vec<OpenedAttempt>,
    /// How many older ones there are.
    pub older: usize,
}

/// An attempt made ready for reading.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedAttempt {
    /// Its number; none if it could not be stored.
    pub id: Option<AttemptId>,
    /// What was tried and what came of it.
    pub attempt: Arc<Attempt>,
    /// The body of the answer.
    pub document: Arc<Document>,
    /// What a reader of the answer has to know.
    pub remarks: Vec<String>,
    /// What changed since the fetch before.
    pub since: Option<Since>,
}

/// What changed since the last fetch of the same resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    /// When that was.
    pub at: Timestamp,
    /// What changed.
    pub changes: Changes,
}

impl OpenedAttempt {
    /// Makes an attempt ready. `provider` is whose API it spoke to, `before` the last fetch of the
    /// same resource. A long answer takes its time.
    #[must_use]
    pub fn of(
        id: Option<AttemptId>,
        attempt: Arc<Attempt>,
        provider: Option<ProviderId>,
        before: Option<&Attempt>,
    ) -> Self {
        let document = attempt.response().map_or_else(Document::empty, Document::of_response);
        let remarks = provider.map_or_else(Vec::new, |provider| remarks(&attempt, provider));
        let since = before.and_then(|before| since(before, &attempt));
        Self { id, attempt, document: Arc::new(document), remarks, since }
    }
}

/// What the provider's documents tell about an answer of its API.
fn remarks(attempt: &Attempt, provider: ProviderId) -> Vec<String> {
    let response = attempt.response();
    response.map_or_else(Vec::new, |it| providers::api(provider).remarks(&attempt.call, it))
}

/// What changed between two answers; none if one of them is no success, no JSON, or very long.
fn since(before: &Attempt, attempt: &Attempt) -> Option<Since> {
    let json = |attempt: &Attempt| {
        let is_fit = |it: &&Response| it.status.is_success() && it.body.len() <= MOST_COMPARED;
        let response = attempt.response().filter(is_fit)?;
        serde_json::from_slice::<Value>(&response.body).ok()
    };
    let changes = changes(&json(before)?, &json(attempt)?);
    Some(Since { at: before.started_at, changes })
}
