//! The load: connections that send one request after the other and wait for each answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    /// Bytes of each body.
    pub(crate) body: usize,
    /// Keep-alive connections at once.
    pub(crate) connections: usize,
    /// For how long.
    pub(crate) span: Duration,
}

/// Where it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) path: String,
}

impl From<SocketAddr> for Target {
    fn from(address: SocketAddr) -> Self {
        Self { address, path: "/hooks/shop".to_owned() }
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    /// Answers per second.
    pub(crate) rate: f64,
    /// Half of the answers came within.
    pub(crate) p50: Duration,
    /// 99 of 100 answers came within.
    pub(crate) p99: Duration,
}

impl Load {
    pub(crate) fn run(self, to: impl Into<Target>) -> Outcome {
        self.send(&to.into(), u64::MAX)
    }

    /// Sends that many requests, however long it takes.
    pub(crate) fn run_for(self, to: impl Into<Target>, requests: u64) -> Outcome {
        self.send(&to.into(), requests)
    }

    fn send(self, to: &Target, requests: u64) -> Outcome {
        // One thread, so that the load takes no more of the machine than it must.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let left = Arc::new(AtomicU64::new(requests));
        let begun = Instant::now();
        let mut latencies = runtime.block_on(async {
            let senders = (0..self.connections).map(|number| {
                let left = Arc::clone(&left);
                tokio::spawn(self.sender(to.clone(), number, begun, left))
            });
            let mut latencies = Vec::new();
            for sender in senders.collect::<Vec<_>>() {
                latencies.extend(sender.await.expect("a sender ends well"));
            }
            latencies
        });
        let rate = latencies.len() as f64 / begun.elapsed().as_secs_f64();
        latencies.sort_unstable();
        let at =
            |part: usize| latencies.get(latencies.len() * part / 100).copied().unwrap_or_default();
        Outcome { rate, p50: at(50), p99: at(99) }
    }

    async fn sender(
        self,
        to: Target,
        number: usize,
        begun: Instant,
        left: Arc<AtomicU64>,
    ) -> Vec<Duration> {
        let mut stream = TcpStream::connect(to.address).await.expect("the server accepts");
        stream.set_nodelay(true).expect("a fresh socket takes options");
        let mut latencies = Vec::new();
        let mut answer = Vec::with_capacity(1024);
        let mut count = 0_u64;
        while begun.elapsed() < self.span && take_one(&left) {
            let request = self.request(&to, number, count);
            count += 1;
            let sent = Instant::now();
            stream.write_all(&request).await.expect("the server reads");
            answer.clear();
            while !is_whole(&answer) {
                let read = stream.read_buf(&mut answer).await.expect("the server answers");
                assert!(read > 0, "the server answers whole");
            }
            assert!(answer.starts_with(b"HTTP/1.1 2"), "the server answers 2xx");
            latencies.push(sent.elapsed());
        }
        latencies
    }

    /// A JSON body of its own for each request, as real senders have it.
    pub(crate) fn request(&self, to: &Target, number: usize, count: u64) -> Vec<u8> {
        let mut body = format!(r#"{{"event":"order.created","id":"{number}-{count}","text":""#);
        let fill = self.body.saturating_sub(body.len() + 2);
        body.extend(
            std::iter::repeat_n("lorem ipsum ", fill / 12 + 1).flat_map(str::chars).take(fill),
        );
        body.push_str("\"}");
        format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: bench/1.0\r\n\
             Content-Type: application/json\r\nAccept: */*\r\nX-Request-Id: {number}-{count}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            to.path,
            to.address,
            body.len()
        )
        .into_bytes()
    }
}

/// Whether an answer is there to its end.
pub(crate) fn is_whole(answer: &[u8]) -> bool {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut head = httparse::Response::new(&mut headers);
    let Ok(httparse::Status::Complete(length)) = head.parse(answer) else { return false };
    let named = |name: &str| {
        let header = head.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(header.value).ok()
    };
    match named("content-length").map(str::parse::<usize>) {
        Some(Ok(body)) => answer.len() >= length + body,
        _ if named("transfer-encoding").is_some() => answer.ends_with(b"\r\n0\r\n\r\n"),
        _ => true,
    }
}

fn take_one(left: &AtomicU64) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}
