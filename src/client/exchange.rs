//! One request and its answer, over a connection of its own.

use std::pin::pin;
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWriteExt as _};

use super::connect::connect;
use super::failure::Failure;
use super::incoming::Incoming;
use super::policy::Policy;
use super::tls::Tls;
use super::{body, coding, head, request};
use crate::domain::attempt::{AttemptError, Call, Response, Timing};

/// How far an exchange has come, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    started: Instant,
    connect: Option<Duration>,
    first_byte: Option<Duration>,
}

impl Progress {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), connect: None, first_byte: None }
    }

    /// The times up to now, which is the end.
    pub(crate) fn ended(&self) -> Timing {
        let Self { started, connect, first_byte } = *self;
        Timing { connect, first_byte, total: started.elapsed() }
    }

    /// Why there is no answer after all that time.
    pub(crate) fn too_slow(&self, limit: Duration) -> Failure {
        let what = match (self.connect, self.first_byte) {
            (None, _) => "no connection",
            (Some(_), None) => "no answer",
            (Some(_), Some(_)) => "no end of the answer",
        };
        Failure::new(AttemptError::Timeout, format!("{what} within {limit:?}"))
    }
}

/// Sends a completed call and reads what is answered.
pub(crate) async fn exchange(
    call: &Call,
    policy: &Policy,
    tls: &Tls,
    progress: &mut Progress,
) -> Result<Response, Failure> {
    let mut sent = request::head(call)?;
    sent.extend_from_slice(&call.request.body);
    let connection = connect(&call.url, policy, tls).await?;
    progress.connect = Some(progress.started.elapsed());
    let (incoming, mut outgoing) = tokio::io::split(connection);
    let mut writing = pin!(async move {
        let written = outgoing.write_all(&sent).await;
        // The connection stays open: some servers take its end for nobody waiting any more.
        written.and(outgoing.flush().await)
    });
    let mut answering = pin!(answer(call, incoming, policy, progress));
    // Some answer, and close, before they have read everything. So both go on side by side, and
    // that not everything could be written matters only if there is no answer.
    tokio::select! {
        biased;
        answer = &mut answering => answer,
        written = &mut writing => match (answering.await, written) {
            (Err(failure), Err(error)) if failure.error == AttemptError::Reset => {
                let message = format!("the connection broke while the request was sent: {error}");
                Err(Failure::new(AttemptError::Reset, message))
            }
            (answer, _) => answer,
        },
    }
}

async fn answer<S: AsyncRead + Unpin>(
    call: &Call,
    stream: S,
    policy: &Policy,
    progress: &mut Progress,
) -> Result<Response, Failure> {
    let mut incoming = Incoming::new(stream);
    let head = head::read(&mut incoming).await?;
    progress.first_byte = Some(progress.started.elapsed());
    let framing = head.framing(&call.request.method)?;
    let body = body::read(&mut incoming, framing, policy.longest_body).await;
    let headers = head.headers.clone();
    let longest = policy.longest_body;
    let unpacked = match body {
        // Unpacking takes the processor for a while.
        Ok(body) => tokio::task::spawn_blocking(move || coding::undone(&headers, body, longest))
            .await
            .unwrap_or_else(|error| Err(Failure::new(AttemptError::Malformed, error.to_string()))),
        Err(failure) => Err(failure),
    };
    match unpacked {
        Ok(body) => Ok(Response { status: head.status, headers: head.headers, body }),
        Err(Failure { error, message }) => {
            Err(Failure::new(error, format!("answered {}, but {message}", head.status)))
        }
    }
}
