//! A server on a free port of this machine that answers as it is told, well or badly.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use hookscope::domain::url::Url;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// What is done with a request.
pub(super) enum Answer {
    /// These bytes, and the end of the connection.
    Bytes(Vec<u8>),
    /// These bytes, as soon as the gate has a permit.
    Behind(Arc<Semaphore>, Vec<u8>),
    /// These bytes, and then the connection stays open.
    Open(Vec<u8>),
    /// The first bytes, and then the second ones again and again.
    Endless(Vec<u8>, Vec<u8>),
}

/// A whole answer with a body of known length.
pub(super) fn answer(status: u16, headers: &str, body: &str) -> Answer {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} Any\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
    Answer::Bytes(head.into_bytes())
}

pub(super) fn bytes(bytes: impl AsRef<[u8]>) -> Answer {
    Answer::Bytes(bytes.as_ref().to_vec())
}

/// The server, and every request that it got, head and body.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers each request by `script`, which is given the request.
    pub(super) async fn start(script: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), requests: Arc::default() };
        let (requests, script) = (Arc::clone(&server.requests), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&requests), Arc::clone(&script)));
            }
        });
        server
    }

    pub(super) fn url(&self, target: &str) -> Url {
        Url::parse(&format!("http://{}{target}", self.address)).unwrap()
    }

    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// How many requests there were whose first line begins so.
    pub(super) fn count(&self, start: &str) -> usize {
        self.requests().iter().filter(|request| request.starts_with(start)).count()
    }
}

async fn serve(
    mut stream: TcpStream,
    requests: Arc<Mutex<Vec<String>>>,
    script: Arc<impl Fn(&str) -> Answer>,
) {
    let Some(request) = request(&mut stream).await else { return };
    requests.lock().unwrap().push(request.clone());
    write(stream, script(&request)).await;
}

/// Head and body of a request; none if it ends before.
pub(super) async fn request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(request).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    Some(head + &String::from_utf8(body).unwrap())
}

pub(super) async fn write(mut stream: impl AsyncWrite + Unpin, answer: Answer) {
    // Whoever asked may be gone; that is for the test to judge.
    let _ = match answer {
        Answer::Bytes(bytes) => stream.write_all(&bytes).await,
        Answer::Behind(gate, bytes) => {
            gate.acquire().await.unwrap().forget();
            stream.write_all(&bytes).await
        }
        Answer::Open(bytes) => {
            let _ = stream.write_all(&bytes).await;
            std::future::pending().await
        }
        Answer::Endless(first, rest) => {
            let mut written = stream.write_all(&first).await;
            while written.is_ok() {
                written = stream.write_all(&rest).await;
            }
            written
        }
    };
    let _ = stream.shutdown().await;
}
