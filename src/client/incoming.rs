//! The bytes of an answer as they arrive.

use std::io;

use bytes::{Buf as _, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio_rustls::rustls;

use super::failure::Failure;
use crate::domain::attempt::AttemptError;

/// Most answers have no more, in bytes.
const USUAL: usize = 1024;

/// Takes the bytes of one answer from its connection.
#[derive(Debug)]
pub(crate) struct Incoming<S> {
    stream: S,
    buffer: BytesMut,
}

impl<S: AsyncRead + Unpin> Incoming<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, buffer: BytesMut::with_capacity(USUAL) }
    }

    /// The connection without what is pending.
    pub(crate) fn into_stream(self) -> S {
        self.stream
    }

    /// What has arrived and was not taken yet.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.buffer
    }

    /// Waits for more; false at the end of the connection.
    pub(crate) async fn more(&mut self) -> Result<bool, Failure> {
        match self.stream.read_buf(&mut self.buffer).await {
            Ok(length) => Ok(length > 0),
            Err(error) => Err(broken(&error)),
        }
    }

    /// Takes the first `length` bytes of what is pending.
    pub(crate) fn take(&mut self, length: usize) -> Bytes {
        self.buffer.split_to(length).freeze()
    }

    /// Drops the first `length` bytes of what is pending.
    pub(crate) fn skip(&mut self, length: usize) {
        self.buffer.advance(length);
    }
}

fn broken(error: &io::Error) -> Failure {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let is_tls = inner.is_some();
    let kind = if is_tls { AttemptError::Tls } else { AttemptError::Reset };
    Failure::new(kind, format!("the connection broke before the answer was complete: {error}"))
}
