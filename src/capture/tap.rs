//! A tap on the socket that keeps each request's head exactly as sent.
//!
//! hyper lower-cases header names and groups repeats (hyper issue 2880), so the bytes are kept on
//! their way in. The tap does not parse: [`Heads::take`] is told by the caller that a head has
//! ended, which is when hyper hands the request out.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream whose request heads are kept as they pass.
#[derive(Debug)]
pub(crate) struct Tap<S> {
    stream: S,
    heads: Arc<Mutex<Heads>>,
}

impl<S> Tap<S> {
    /// Taps `stream`; at most `limit` bytes of a head are kept.
    pub(crate) fn new(stream: S, limit: usize) -> (Self, HeadKeeper) {
        let heads = Arc::new(Mutex::new(Heads::new(limit)));
        (Self { stream, heads: Arc::clone(&heads) }, HeadKeeper(heads))
    }

    /// The stream itself, when HTTP is over.
    pub(crate) fn into_inner(self) -> S {
        self.stream
    }
}

/// The other end of the tap: where the service takes the heads from.
#[derive(Clone, Debug)]
pub(crate) struct HeadKeeper(Arc<Mutex<Heads>>);

impl HeadKeeper {
    /// The head that has just ended, if all of it passed while the tap was recording. `body` is
    /// the length of the body that follows, none when it is chunked.
    pub(crate) fn take(&self, body: Option<u64>) -> Option<Bytes> {
        self.lock().take(body)
    }

    /// Says that a body has ended: the next byte begins a head.
    pub(crate) fn body_ended(&self) {
        self.lock().paused = false;
    }

    /// Says that the request was answered: the connection waits for the next one.
    pub(crate) fn answered(&self) {
        let mut heads = self.lock();
        let now = Instant::now();
        heads.phase =
            if heads.pending.is_empty() { Phase::Idle(now) } else { Phase::Arriving(now) };
    }

    /// What the connection is doing.
    pub(crate) fn phase(&self) -> Phase {
        self.lock().phase
    }

    fn lock(&self) -> MutexGuard<'_, Heads> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a connection is doing, as far as the tap can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nothing of a next request has come since then.
    Idle(Instant),
    /// A head has been arriving since then.
    Arriving(Instant),
    /// A request is being read or answered.
    Busy,
}

#[derive(Debug)]
struct Heads {
    limit: usize,
    /// Bytes of the head under way, and of what was pipelined behind it.
    pending: Vec<u8>,
    /// Bytes that came behind `pending` and were not kept: a body, most of the time.
    dropped: u64,
    /// Body bytes still to come before the next head.
    skip: u64,
    /// Within a chunked body, whose end the tap cannot see.
    paused: bool,
    phase: Phase,
}

impl Heads {
    fn new(limit: usize) -> Self {
        let phase = Phase::Idle(Instant::now());
        Self { limit, pending: Vec::new(), dropped: 0, skip: 0, paused: false, phase }
    }

    fn saw(&mut self, bytes: &[u8]) {
        if self.paused {
            return;
        }
        let skipped = usize::try_from(self.skip).unwrap_or(usize::MAX).min(bytes.len());
        self.skip -= skipped as u64;
        let head = &bytes[skipped..];
        if head.is_empty() {
            return;
        }
        if matches!(self.phase, Phase::Idle(_)) {
            self.phase = Phase::Arriving(Instant::now());
        }
        let room = self.limit.saturating_sub(self.pending.len());
        let kept = head.len().min(room);
        self.pending.extend_from_slice(&head[..kept]);
        self.dropped += (head.len() - kept) as u64;
    }

    fn take(&mut self, body: Option<u64>) -> Option<Bytes> {
        self.phase = Phase::Busy;
        let end = end_of_head(&self.pending);
        let head = end.map(|end| Bytes::copy_from_slice(&self.pending[..end]));
        let dropped = std::mem::take(&mut self.dropped);
        let behind = end.map(|end| (self.pending.len() - end) as u64 + dropped);
        match (end, behind, body) {
            (Some(_), Some(behind), Some(length)) if length >= behind => {
                self.skip = length - behind;
                self.pending.clear();
            }
            (Some(end), _, Some(length)) if dropped == 0 => {
                let body = usize::try_from(length).expect("it is shorter than what is pending");
                self.pending.drain(..end + body);
            }
            // Where the next head begins is not known before the body has ended.
            _ => {
                self.pending.clear();
                self.paused = body != Some(0);
            }
        }
        head
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    // A head may be preceded by empty lines and may end its lines with LF alone (RFC 9112, 2.2).
    let start = bytes.iter().position(|byte| !b"\r\n".contains(byte))?;
    let mut at = start;
    while let Some(offset) = bytes[at..].iter().position(|byte| *byte == b'\n') {
        let next = at + offset + 1;
        match bytes[next..] {
            [b'\n', ..] => return Some(next + 1),
            [b'\r', b'\n', ..] => return Some(next + 2),
            _ => at = next,
        }
    }
    None
}

impl<S: AsyncRead + Unpin> AsyncRead for Tap<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        let arrived = &buf.filled()[before..];
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).saw(arrived);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tap<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests;
