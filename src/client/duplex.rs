//! A connection that goes on being written to while it is read from: some answer, and close, before
//! they have read everything.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

use super::connect::Connection;
use super::egress::Meter;

/// A connection and what is still to be written to it.
pub(crate) struct Duplex<'a> {
    connection: Box<dyn Connection>,
    unwritten: &'a [u8],
    meter: &'a Meter,
    /// How writing has ended.
    ended: Option<io::Result<()>>,
}

impl<'a> Duplex<'a> {
    /// Writes `all` while somebody reads; `meter` counts both.
    pub(crate) fn new(connection: Box<dyn Connection>, all: &'a [u8], meter: &'a Meter) -> Self {
        Self { connection, unwritten: all, meter, ended: None }
    }

    /// The connection, and how writing has ended; none if it has not.
    pub(crate) fn into_parts(self) -> (Box<dyn Connection>, Option<io::Result<()>>) {
        (self.connection, self.ended)
    }

    /// The connection stays open behind what is written: some servers take its end for nobody
    /// waiting any more.
    fn poll_written(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut connection = Pin::new(&mut *self.connection);
        while !self.unwritten.is_empty() {
            let length = ready!(connection.as_mut().poll_write(context, self.unwritten))?;
            if length == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.meter.sent(length);
            self.unwritten = &self.unwritten[length..];
        }
        connection.poll_flush(context)
    }
}

impl AsyncRead for Duplex<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        read: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // That not everything could be written matters only if there is no answer.
        if self.ended.is_none()
            && let Poll::Ready(ended) = self.poll_written(context)
        {
            self.ended = Some(ended);
        }
        let before = read.filled().len();
        let polled = Pin::new(&mut *self.connection).poll_read(context, read);
        self.meter.received(read.filled().len() - before);
        polled
    }
}
