//! The app is asked for the answer to a delivery whose sender waits for it.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::sending::{self, Sending};
use crate::capture::desk::{FromApp, Question};
use crate::domain::attempt::{Attempt, AttemptError, Call, Outcome, Response, Timing};
use crate::domain::endpoint::{Answer, Endpoint};
use crate::domain::record::Record;

/// Fields that belong to the connection with the app (RFC 9110, section 7.6.1), or that follow from
/// the body, whose codings are undone.
const NOT_PASSED_ON: &[&str] = &[
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authenticate",
    "te",
    "trailer",
    "upgrade",
    "transfer-encoding",
    "content-encoding",
    "content-length",
];

/// Asks for as long as there are questions.
pub(super) async fn run(
    mut questions: mpsc::Receiver<Question>,
    sending: Sending,
    endpoints: Vec<Arc<Endpoint>>,
    stop: CancellationToken,
) {
    let mut tasks = JoinSet::new();
    loop {
        let question = tokio::select! {
            question = questions.recv() => question,
            () = stop.cancelled() => None,
        };
        let Some(question) = question else { break };
        let name = &question.record.delivery.endpoint;
        let endpoint = endpoints.iter().find(|endpoint| endpoint.name == *name);
        if let Some(endpoint) = endpoint {
            tasks.spawn(ask(question, sending.clone(), Arc::clone(endpoint)));
        }
        while tasks.try_join_next().is_some() {}
    }
    drop(questions);
    // Nobody waits for an answer any more, so these end at once.
    while tasks.join_next().await.is_some() {}
}

async fn ask(question: Question, sending: Sending, endpoint: Arc<Endpoint>) {
    let Question { record, mut reply } = question;
    let target = endpoint.asks(&record).filter(|_| !sending.marks.has_come_back(&record));
    let Some(target) = target else {
        let _ = reply.send(FromApp::NotAsked);
        return;
    };
    let call = match sending.call(&record, &target.to) {
        Ok(call) => call,
        Err(attempt) => return sending.keep(*attempt, None).await,
    };
    let begun = (Timestamp::now(), Instant::now());
    let attempt = tokio::select! {
        attempt = sending.send(&record, &call) => attempt,
        () = reply.closed() => too_late(&record, &call, begun),
    };
    if let Outcome::Answered(response) = &attempt.outcome {
        // The sender may have gone.
        let _ = reply.send(FromApp::Answer(answer(response)));
    } else {
        drop(reply);
    }
    sending.keep(attempt, None).await;
}

fn too_late(record: &Record, call: &Call, (at, begun): (Timestamp, Instant)) -> Attempt {
    let timing = Timing { total: begun.elapsed(), ..Timing::default() };
    let message =
        format!("no answer within {:.1?}, so the sender got another one", begun.elapsed());
    let outcome = Outcome::Failed { error: AttemptError::Timeout, message };
    sending::attempt(record, call, at, timing, outcome)
}

/// What goes back to the sender.
fn answer(response: &Response) -> Answer {
    let Response { status, headers, body } = response;
    let named = headers.all("connection").filter_map(|value| std::str::from_utf8(value).ok());
    let named = named.flat_map(|names| names.split(',')).map(str::trim).collect::<Vec<_>>();
    let passed = headers
        .iter()
        .filter(|field| !NOT_PASSED_ON.iter().chain(&named).any(|name| field.is(name)));
    let headers = passed.filter_map(|field| {
        let name = HeaderName::from_bytes(&field.name).ok()?;
        Some((name, HeaderValue::from_bytes(&field.value).ok()?))
    });
    let headers = headers.collect();
    Answer { status: *status, headers, body: body.clone(), delay: Duration::ZERO }
}

#[cfg(test)]
mod tests;
