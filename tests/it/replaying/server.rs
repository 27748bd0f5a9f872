//! A server that keeps every byte of every request and answers as it is told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use hookscope::domain::url::Url;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use crate::support::within;

/// What is done with a request.
pub(super) enum Reply {
    /// These bytes, and the next request is waited for.
    Keep(Vec<u8>),
    /// The same, as soon as the gate has a permit.
    Gated(Vec<u8>),
    /// These bytes, and the end of the connection.
    Close(Vec<u8>),
    /// These bytes, and nothing more.
    Hang(Vec<u8>),
}

/// A whole answer without a body.
pub(super) fn ok(status: u16) -> Vec<u8> {
    format!("HTTP/1.1 {status} Any\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

type Requests = Arc<Mutex<Vec<(usize, Vec<u8>)>>>;

/// The server, with every request that it got and the number of its connection.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) address: SocketAddr,
    pub(super) gate: Arc<Semaphore>,
    requests: Requests,
    count: watch::Receiver<usize>,
}

impl Raw {
    /// Answers each request by `script`, which is given the request and its number, from 1.
    pub(super) async fn start(
        script: impl Fn(&[u8], usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (counter, count) = watch::channel(0);
        let (requests, gate) = (Requests::default(), Arc::new(Semaphore::new(0)));
        let server = Self { address, gate, requests, count };
        let (serving, script, counter) = (server.clone(), Arc::new(script), Arc::new(counter));
        tokio::spawn(async move {
            let mut connections = 0;
            while let Ok((stream, _)) = listener.accept().await {
                connections += 1;
                let (script, counter) = (Arc::clone(&script), Arc::clone(&counter));
                tokio::spawn(serving.clone().serve(stream, connections, script, counter));
            }
        });
        server
    }

    async fn serve(
        self,
        mut stream: TcpStream,
        connection: usize,
        script: Arc<impl Fn(&[u8], usize) -> Reply>,
        counter: Arc<watch::Sender<usize>>,
    ) {
        while let Some(request) = request(&mut stream).await {
            let nth = {
                let mut requests = self.requests.lock().unwrap();
                requests.push((connection, request.clone()));
                requests.len()
            };
            counter.send_replace(nth);
            let goes_on = match script(&request, nth) {
                Reply::Keep(answer) => stream.write_all(&answer).await.is_ok(),
                Reply::Gated(answer) => {
                    self.gate.acquire().await.unwrap().forget();
                    stream.write_all(&answer).await.is_ok()
                }
                Reply::Close(answer) => {
                    let _ = stream.write_all(&answer).await;
                    false
                }
                Reply::Hang(answer) => {
                    let _ = stream.write_all(&answer).await;
                    std::future::pending().await
                }
            };
            if !goes_on {
                return;
            }
        }
    }

    /// The address without a path.
    pub(super) fn url(&self) -> Url {
        Url::parse(&format!("http://{}", self.address)).unwrap()
    }

    /// Every request, byte for byte, in the order in which they came.
    pub(super) fn requests(&self) -> Vec<Vec<u8>> {
        self.requests.lock().unwrap().iter().map(|(_, request)| request.clone()).collect()
    }

    /// How many connections brought a request.
    pub(super) fn connections(&self) -> usize {
        let requests = self.requests.lock().unwrap();
        let mut connections =
            requests.iter().map(|(connection, _)| *connection).collect::<Vec<_>>();
        connections.sort_unstable();
        connections.dedup();
        connections.len()
    }

    /// Waits for so many requests.
    pub(super) async fn has(&self, requests: usize) {
        let mut count = self.count.clone();
        within(count.wait_for(|count| *count >= requests)).await.unwrap();
    }
}

/// Head and body of a request; none if it ends before.
pub(super) async fn request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    Some([request, body].concat())
}
