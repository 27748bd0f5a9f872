//! One request and its answer, over a connection of its own or over one that waited.

use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::io::AsyncRead;

use super::connect::{Connection, connect};
use super::connections::Connections;
use super::duplex::Duplex;
use super::egress::Meter;
use super::failure::Failure;
use super::incoming::Incoming;
use super::policy::Policy;
use super::tls::Tls;
use super::{body, coding, head, request};
use crate::domain::attempt::{AttemptError, Call, Response, Timing};
use crate::domain::headers::Headers;

/// How far an exchange has come, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    started: Instant,
    is_connected: bool,
    connect: Option<Duration>,
    first_byte: Option<Duration>,
}

impl Progress {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), is_connected: false, connect: None, first_byte: None }
    }

    /// The times up to now, which is the end.
    pub(crate) fn ended(&self) -> Timing {
        let Self { started, connect, first_byte, .. } = *self;
        Timing { connect, first_byte, total: started.elapsed() }
    }

    /// Whether a connection was used that had waited.
    pub(crate) fn is_reusing(&self) -> bool {
        self.is_connected && self.connect.is_none()
    }

    /// Why there is no answer after all that time.
    pub(crate) fn too_slow(&self, limit: Duration) -> Failure {
        let what = match (self.is_connected, self.first_byte) {
            (false, _) => "no connection",
            (true, None) => "no answer",
            (true, Some(_)) => "no end of the answer",
        };
        Failure::new(AttemptError::Timeout, format!("{what} within {limit:?}"))
    }
}

/// Sends a completed call and reads what is answered. With `idle`, over one of these connections if
/// there is one, and the connection waits there afterwards if the answer lets it.
pub(crate) async fn exchange(
    call: &Call,
    policy: &Policy,
    tls: &Tls,
    idle: Option<&Connections>,
    meter: &Meter,
    progress: &mut Progress,
) -> Result<Response, Failure> {
    let sent = request::written(call)?;
    let exchange = Exchange { call, policy, idle, meter, sent };
    if let Some(waited) = idle.and_then(|idle| idle.take(&call.url)) {
        progress.is_connected = true;
        match exchange.over(waited, progress).await {
            // It was closed while it waited, so that nobody read the request.
            Err(Broken { nothing_came: true, .. }) => progress.is_connected = false,
            ended => return ended.map_err(|broken| broken.failure),
        }
    }
    let connection = connect(&call.url, policy, tls).await?;
    progress.is_connected = true;
    progress.connect = Some(progress.started.elapsed());
    exchange.over(connection, progress).await.map_err(|broken| broken.failure)
}

/// A request that goes over one connection or another.
struct Exchange<'a> {
    call: &'a Call,
    policy: &'a Policy,
    idle: Option<&'a Connections>,
    meter: &'a Meter,
    sent: Vec<u8>,
}

/// An exchange that failed.
struct Broken {
    failure: Failure,
    /// The connection ended before the first byte of an answer.
    nothing_came: bool,
}

impl Exchange<'_> {
    async fn over(
        &self,
        connection: Box<dyn Connection>,
        progress: &mut Progress,
    ) -> Result<Response, Broken> {
        let mut incoming = Incoming::new(Duplex::new(connection, &self.sent, self.meter));
        let answer = self.answer(&mut incoming, progress).await;
        let nothing_is_pending = incoming.pending().is_empty();
        let (connection, written) = incoming.into_stream().into_parts();
        match (answer, written) {
            (Ok(Answer { response, persists }), written) => {
                let is_at_rest = nothing_is_pending && matches!(written, Some(Ok(())));
                if let Some(idle) = self.idle.filter(|_| persists && is_at_rest) {
                    idle.keep(self.call.url.clone(), connection);
                }
                Ok(response)
            }
            (Err(failure), written) => {
                let is_reset = failure.error == AttemptError::Reset;
                let nothing_came = is_reset && progress.first_byte.is_none() && nothing_is_pending;
                let failure = match written {
                    Some(Err(error)) if is_reset => Failure::new(
                        AttemptError::Reset,
                        format!("the connection broke while the request was sent: {error}"),
                    ),
                    _ => failure,
                };
                Err(Broken { failure, nothing_came })
            }
        }
    }

    async fn answer<S: AsyncRead + Unpin>(
        &self,
        incoming: &mut Incoming<S>,
        progress: &mut Progress,
    ) -> Result<Answer, Failure> {
        let longest = self.policy.longest_body;
        let head = head::read(incoming).await?;
        progress.first_byte = Some(progress.started.elapsed());
        let framing = head.framing(&self.call.request.method)?;
        let head::Head { status, headers, persists } = head;
        let unpacked = match body::read(incoming, framing, longest).await {
            Ok(body) if coding::is_coded(&headers) => {
                unpacked(headers.clone(), body, longest).await
            }
            read => read,
        };
        match unpacked {
            Ok(body) => {
                let persists = persists && framing != head::Framing::UntilClose;
                Ok(Answer { response: Response { status, headers, body }, persists })
            }
            Err(Failure { error, message }) => {
                Err(Failure::new(error, format!("answered {status}, but {message}")))
            }
        }
    }
}

/// An answer, and whether its connection can be used again.
struct Answer {
    response: Response,
    persists: bool,
}

/// Unpacking takes the processor for a while.
async fn unpacked(headers: Headers, body: Bytes, longest: usize) -> Result<Bytes, Failure> {
    tokio::task::spawn_blocking(move || coding::undone(&headers, body, longest))
        .await
        .unwrap_or_else(|error| Err(Failure::new(AttemptError::Malformed, error.to_string())))
}
