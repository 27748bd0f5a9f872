//! One connection: HTTP on it, its time limits, and what is told about it when it ends badly.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::{self, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{HttpService, service_fn};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::answer::{AnswerBody, RETRY_SECONDS, Silence};
use super::intake::Intake;
use super::limits::Limits;
use super::tap::{HeadKeeper, Phase, Tap};
use crate::domain::refusal::RefusalReason;

/// How many header fields hyper takes without allocating room for them.
const FIELDS_ON_STACK: usize = 100;

/// How long and how much of an unwanted request is read and dropped, so that the sender gets to
/// read the answer before the connection is reset (RFC 9112, 9.6).
const LINGER_TIME: Duration = Duration::from_secs(1);
const LINGER_BYTES: u64 = 1024 * 1024;

const SLOW_HEAD: &[u8] =
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// The two stages of an end: finish what is under way, then stop at once. The second one comes after
/// the first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop {
    /// No further request is begun.
    pub(crate) drain: CancellationToken,
    /// The connection is dropped.
    pub(crate) abort: CancellationToken,
}

/// How a connection came to its end.
#[derive(Debug)]
enum End {
    /// As HTTP has it, or by the sender's will between two requests.
    Done,
    /// A head did not arrive in time.
    SlowHead,
    /// hyper could not go on.
    Failed(hyper::Error),
    /// The program cannot wait for it any longer.
    Aborted,
}

/// Serves requests until the sender, a limit or `stop` ends it.
pub(crate) async fn serve(stream: TcpStream, peer: SocketAddr, intake: Arc<Intake>, stop: Stop) {
    let limits = *intake.limits();
    let (tap, heads) = Tap::new(stream, limits.head);
    let service = {
        let (intake, heads) = (Arc::clone(&intake), heads.clone());
        service_fn(move |request| {
            let (intake, heads) = (Arc::clone(&intake), heads.clone());
            Box::pin(async move {
                let response = intake.receive(request, &heads, peer).await;
                heads.answered();
                response
            })
        })
    };
    let mut builder = http1::Builder::new();
    // The time limits are kept by `run`, with one timer for the whole connection.
    builder.half_close(true).header_read_timeout(None).max_header_size(limits.head);
    if limits.fields != FIELDS_ON_STACK {
        builder.max_headers(limits.fields);
    }
    let mut connection = builder.serve_connection(TokioIo::new(tap), service);
    let end = run(&mut connection, &heads, &limits, &stop).await;
    let mut stream = connection.into_parts().io.into_inner().into_inner();
    if let Some((reason, message)) = told(&end, &heads, &limits) {
        intake.refuse(peer, reason, message);
    }
    if matches!(end, End::SlowHead) {
        // hyper has no answer to a head that never ends.
        let _ = stream.write_all(SLOW_HEAD).await;
    }
    if !matches!(end, End::Aborted) {
        let _ = timeout(LINGER_TIME, linger(stream)).await;
    }
}

/// Answers 503 to a connection that there is no room for.
pub(crate) async fn turn_away(mut stream: TcpStream, peer: SocketAddr, intake: Arc<Intake>) {
    let limit = intake.limits().connections;
    let message = format!("all {limit} connections are in use");
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: {RETRY_SECONDS}\r\nConnection: close\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n{message}\n",
        message.len() + 1
    );
    intake.refuse(peer, RefusalReason::Overloaded, message);
    let _ = timeout(LINGER_TIME, async {
        stream.write_all(answer.as_bytes()).await?;
        linger(stream).await
    })
    .await;
}

async fn run<S>(
    connection: &mut http1::Connection<TokioIo<Tap<TcpStream>>, S>,
    heads: &HeadKeeper,
    limits: &Limits,
    stop: &Stop,
) -> End
where
    S: HttpService<Incoming, ResBody = AnswerBody, Error = Silence> + Unpin,
    S::Future: Unpin,
{
    let mut timer = pin!(sleep(limits.head_time));
    let mut draining = false;
    loop {
        tokio::select! {
            biased;
            ended = poll_fn(|cx| connection.poll_without_shutdown(cx)) => {
                return ended.map_or_else(End::Failed, |()| End::Done);
            }
            () = stop.abort.cancelled(), if draining => return End::Aborted,
            () = stop.drain.cancelled(), if !draining => {
                draining = true;
                pin::Pin::new(&mut *connection).graceful_shutdown();
            }
            () = timer.as_mut() => {
                let now = Instant::now();
                let due = match heads.phase() {
                    Phase::Arriving(since) if now >= since + limits.head_time => return End::SlowHead,
                    Phase::Idle(since) if now >= since + limits.idle_time => return End::Done,
                    Phase::Arriving(since) => since + limits.head_time,
                    // A head that begins right after this look must still be caught in time.
                    Phase::Idle(_) | Phase::Busy => now + limits.head_time,
                };
                timer.as_mut().reset(due.into());
            }
        }
    }
}

/// What an end means for the user, if anything was lost by it. What happens within a body is told
/// where the body is read.
fn told(end: &End, heads: &HeadKeeper, limits: &Limits) -> Option<(RefusalReason, String)> {
    match end {
        End::Done | End::Aborted => None,
        End::SlowHead => {
            let seconds = limits.head_time.as_secs_f32();
            Some((RefusalReason::TooSlow, format!("the head did not arrive within {seconds} s")))
        }
        End::Failed(error) if error.is_parse_too_large() => {
            let Limits { head, fields, .. } = limits;
            let message = format!("the head has more than {head} bytes or {fields} fields");
            Some((RefusalReason::HeadTooLarge, message))
        }
        End::Failed(error) if error.is_parse() => {
            Some((RefusalReason::Malformed, format!("not a valid HTTP/1.1 request: {error}")))
        }
        End::Failed(_) if matches!(heads.phase(), Phase::Arriving(_)) => {
            Some((RefusalReason::CutOff, "the connection ended within the head".to_owned()))
        }
        End::Failed(error) => {
            tracing::debug!(%error, "a connection failed");
            None
        }
    }
}

/// Says that no more will be written, and reads what is still coming until the sender closes.
async fn linger(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut rest = stream.take(LINGER_BYTES);
    tokio::io::copy(&mut rest, &mut tokio::io::sink()).await?;
    Ok(())
}
