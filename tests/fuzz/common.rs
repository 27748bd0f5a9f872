//! What fuzz targets share: a connection made of pieces, and requests and records of any bytes.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use hookscope::domain::annotation::Annotation;
use hookscope::domain::delivery::{Delivery, DeliveryId};
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::http::Request;
use hookscope::domain::record::{Answered, Record};
use hookscope::exchange::request_file;
use hookscope::providers;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::Route;
use hookscope::verify::scheme::Scheme;

/// When every delivery arrives.
pub const NOW: Timestamp = Timestamp::constant(1_795_255_200, 0);

/// A connection whose other end sends these bytes in pieces, closes, and reads nothing.
#[derive(Debug)]
pub struct Pieces {
    rest: Bytes,
    /// The longest piece; 0 if everything comes at once.
    size: usize,
}

impl Pieces {
    pub fn new(bytes: &[u8], size: u8) -> Self {
        Self { rest: Bytes::copy_from_slice(bytes), size: usize::from(size) }
    }
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let longest = if self.size == 0 { usize::MAX } else { self.size };
        let length = self.rest.len().min(longest).min(buffer.remaining());
        let piece = self.rest.split_to(length);
        buffer.put_slice(&piece);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Pieces {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// Runs what never waits for anything but [`Pieces`].
pub fn run<F: Future>(future: F) -> F::Output {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime without input and output");
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// The raw request that the bytes are, if they are one.
pub fn request(bytes: &[u8]) -> Option<Request> {
    request_file::parse(&Bytes::copy_from_slice(bytes)).ok()
}

/// The two sides of the first line `===`.
pub fn halves(bytes: &[u8]) -> Option<(&str, &[u8])> {
    const LINE: &[u8] = b"\n===\n";
    let at = bytes.windows(LINE.len()).position(|window| window == LINE)?;
    Some((std::str::from_utf8(&bytes[..at]).ok()?, &bytes[at + LINE.len()..]))
}

/// An endpoint that takes every path and checks nothing.
pub fn open_route() -> Route {
    Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open }
}

/// The record of a request that arrived there.
pub fn record(request: Request) -> Record {
    let inspection = providers::inspect(&request, NOW, &open_route(), &Accounts::default());
    let delivery = Delivery {
        uid: uuid::Uuid::nil(),
        received_at: NOW,
        reading: Duration::ZERO,
        peer: ([127, 0, 0, 1], 50_412).into(),
        endpoint: "default".into(),
        request,
    };
    Record {
        id: DeliveryId(42),
        delivery,
        inspection,
        repeat: 1,
        answered: Answered { status: StatusCode::OK, took: None },
        handshake: None,
        first_verdict: None,
        annotation: Annotation::default(),
    }
}
