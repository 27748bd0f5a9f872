//! The user's app: answers each request as it is told, in a thread of its own.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use hookscope::domain::url::Url;
use tokio::sync::watch;

use crate::support::within;

/// What the app does with a request.
pub(super) enum Reaction {
    /// It answers these bytes.
    Answer(Vec<u8>),
    /// It ends the connection without an answer.
    End,
    /// It says nothing for as long as it is asked.
    Silence,
}

/// A whole answer.
pub(super) fn answer(status: u16, headers: &str, body: &str) -> Reaction {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} Any\r\nContent-Length: {length}\r\n{headers}\r\n");
    Reaction::Answer((head + body).into_bytes())
}

pub(super) fn ok(_request: &str) -> Reaction {
    answer(200, "", "")
}

/// The app and every request that it got, head and body.
pub(super) struct App {
    pub(super) address: SocketAddr,
    requests: watch::Receiver<Vec<String>>,
}

/// An address where nothing listens, until an app does.
pub(super) fn nowhere() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

pub(super) fn url(address: SocketAddr, target: &str) -> Url {
    Url::parse(&format!("http://{address}{target}")).unwrap()
}

impl App {
    pub(super) fn start(react: impl Fn(&str) -> Reaction + Send + Sync + 'static) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), react)
    }

    pub(super) fn start_at(
        address: SocketAddr,
        react: impl Fn(&str) -> Reaction + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = watch::channel(Vec::new());
        let (sender, react) = (Arc::new(sender), Arc::new(react));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (sender, react) = (Arc::clone(&sender), Arc::clone(&react));
                thread::spawn(move || serve(stream, &sender, &*react));
            }
        });
        Self { address, requests }
    }

    pub(super) fn url(&self, target: &str) -> Url {
        url(self.address, target)
    }

    /// What it has got so far, as soon as that is as much.
    pub(super) async fn got(&self, count: usize) -> Vec<String> {
        let mut requests = self.requests.clone();
        within(requests.wait_for(|requests| requests.len() >= count)).await.unwrap().clone()
    }

    /// The targets of what it has got so far, as soon as that is as much.
    pub(super) async fn targets(&self, count: usize) -> Vec<String> {
        self.got(count).await.iter().map(|request| target(request)).collect()
    }
}

fn target(request: &str) -> String {
    request.split(' ').nth(1).unwrap().to_owned()
}

fn serve(
    mut stream: TcpStream,
    requests: &watch::Sender<Vec<String>>,
    react: &(impl Fn(&str) -> Reaction + ?Sized),
) {
    // Whoever only looks whether somebody listens sends nothing.
    let Some(request) = request(&mut stream) else { return };
    requests.send_modify(|requests| requests.push(request.clone()));
    match react(&request) {
        Reaction::Answer(bytes) => drop(stream.write_all(&bytes)),
        Reaction::End => {}
        Reaction::Silence => drop(stream.read(&mut [0])),
    }
}

fn request(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        request.extend(byte);
    }
    let head = String::from_utf8(request).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).ok()?;
    Some(head + &String::from_utf8(body).unwrap())
}
