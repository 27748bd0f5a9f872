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
    pub(crate) fn run(self, address: SocketAddr) -> Outcome {
        self.send(address, u64::MAX)
    }

    /// Sends that many requests, however long it takes.
    pub(crate) fn run_for(self, address: SocketAddr, requests: u64) -> Outcome {
        self.send(address, requests)
    }

    fn send(self, address: SocketAddr, requests: u64) -> Outcome {
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
                tokio::spawn(self.sender(address, number, begun, left))
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
        address: SocketAddr,
        number: usize,
        begun: Instant,
        left: Arc<AtomicU64>,
    ) -> Vec<Duration> {
        let mut stream = TcpStream::connect(address).await.expect("the server accepts");
        stream.set_nodelay(true).expect("a fresh socket takes options");
        let mut latencies = Vec::new();
        let mut answer = [0; 1024];
        let mut count = 0_u64;
        while begun.elapsed() < self.span && take_one(&left) {
            let request = self.request(number, count);
            count += 1;
            let sent = Instant::now();
            stream.write_all(&request).await.expect("the server reads");
            let mut length = 0;
            while !answer[..length].ends_with(b"\r\n\r\n") {
                length += stream.read(&mut answer[length..]).await.expect("the server answers");
            }
            assert!(answer.starts_with(b"HTTP/1.1 200"), "the server answers 200");
            latencies.push(sent.elapsed());
        }
        latencies
    }

    /// A JSON body of its own for each request, as real senders have it.
    fn request(&self, number: usize, count: u64) -> Vec<u8> {
        let mut body = format!(r#"{{"event":"order.created","id":"{number}-{count}","text":""#);
        let fill = self.body.saturating_sub(body.len() + 2);
        body.extend(
            std::iter::repeat_n("lorem ipsum ", fill / 12 + 1).flat_map(str::chars).take(fill),
        );
        body.push_str("\"}");
        format!(
            "POST /hooks/shop HTTP/1.1\r\nHost: 127.0.0.1:4000\r\nUser-Agent: bench/1.0\r\n\
             Content-Type: application/json\r\nAccept: */*\r\nX-Request-Id: {number}-{count}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }
}

fn take_one(left: &AtomicU64) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}
