//! What several tests need: a listener on a free port, and a client that speaks raw bytes.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hookscope::capture::Shutdown;
use hookscope::capture::desk::Desk;
use hookscope::capture::feed::Feed;
use hookscope::capture::intake::Intake;
use hookscope::capture::limits::Limits;
use hookscope::domain::account::{Account, Credentials, Matching};
use hookscope::domain::arrival::Arrival;
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::event::ProviderId;
use hookscope::domain::record::Record;
use hookscope::domain::refusal::Refusal;
use hookscope::domain::secret::Secret;
use hookscope::domain::url::Url;
use hookscope::providers::route::{Route, Routes};
use hookscope::storage::{Durability, Location, Options, Store};
use hookscope::verify::scheme::Scheme;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::Receiver;
use tokio::task::JoinHandle;

/// Longer than anything here takes; a test that reaches it has failed.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// A listener with a store in memory.
pub(crate) struct Listening {
    pub(crate) address: SocketAddr,
    pub(crate) store: Store,
    pub(crate) shutdown: Shutdown,
    pub(crate) desk: Desk,
    pub(crate) served: JoinHandle<()>,
    pub(crate) feed: Feed,
    arrivals: Receiver<Arrival>,
}

impl Listening {
    /// Every path is captured, under the usual limits.
    pub(crate) async fn start() -> Self {
        Self::with(Limits::default(), vec![Endpoint::any_path(None)]).await
    }

    pub(crate) async fn with(limits: Limits, endpoints: Vec<Endpoint>) -> Self {
        let open = |endpoint| Route { endpoint, scheme: Scheme::Open };
        Self::with_routes(limits, endpoints.into_iter().map(open).collect()).await
    }

    pub(crate) async fn with_routes(limits: Limits, routes: Vec<Route>) -> Self {
        Self::with_accounts(limits, Routes::new(routes)).await
    }

    /// The same with the accounts that stand with the routes.
    pub(crate) async fn with_accounts(limits: Limits, routes: Routes) -> Self {
        Self::over(memory_store(), limits, routes).await
    }

    /// The same over a store that may hold something already.
    pub(crate) async fn over(store: Store, limits: Limits, routes: Routes) -> Self {
        let feed = Feed::default();
        let arrivals = feed.subscribe();
        let intake = Intake::new(routes, limits, store.clone(), feed.clone());
        let desk = intake.desk().clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = Shutdown::default();
        let serving = hookscope::capture::serve(listener, Arc::new(intake), shutdown.clone());
        let served = tokio::spawn(serving);
        Self { address, store, shutdown, desk, served, feed, arrivals }
    }

    pub(crate) fn subscribe(&self) -> Receiver<Arrival> {
        self.feed.subscribe()
    }

    pub(crate) async fn connect(&self) -> Client {
        Client(TcpStream::connect(self.address).await.unwrap())
    }

    /// Sends one request on a connection of its own and returns the answer.
    pub(crate) async fn send(&self, request: impl AsRef<[u8]>) -> Answered {
        let mut client = self.connect().await;
        client.write(request).await;
        client.answer().await
    }

    pub(crate) async fn arrival(&mut self) -> Arrival {
        within(self.arrivals.recv()).await.unwrap()
    }

    pub(crate) async fn captured(&mut self) -> Arc<Record> {
        match self.arrival().await {
            Arrival::Captured(record) => record,
            other => panic!("not captured: {other:?}"),
        }
    }

    pub(crate) async fn refused(&mut self) -> Refusal {
        match self.arrival().await {
            Arrival::Refused(refusal) => refusal,
            other => panic!("not refused: {other:?}"),
        }
    }
}

pub(crate) fn memory_store() -> Store {
    let options = Options {
        location: Location::Memory,
        durability: Durability::Full,
        holder: "a test".to_owned(),
    };
    Store::open(&options).unwrap()
}

/// An account whose credentials nobody looks at.
pub(crate) fn account(name: &str, provider: ProviderId, matching: Matching) -> Account {
    let api_key = Secret::new("not looked at here");
    Account {
        name: name.into(),
        provider,
        base_url: Url::parse("https://api.example.test").unwrap(),
        token_url: None,
        hosts: Vec::new(),
        credentials: Credentials::Channex { api_key, property: None },
        matching,
        paths: BTreeMap::new(),
    }
}

/// The value of a future that must come before the deadline.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.expect("the deadline passed")
}

/// A request with a body of known length.
pub(crate) fn post(path: &str, headers: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

/// The usual limits, but for a change.
pub(crate) fn limits(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

pub(crate) fn any_path() -> Vec<Endpoint> {
    vec![Endpoint::any_path(None)]
}

/// A client that sends bytes as they are given.
pub(crate) struct Client(TcpStream);

/// What came back for one request.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

impl Client {
    pub(crate) async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        // The other side may refuse before everything is sent; the answer tells.
        let _ = within(self.0.write_all(bytes.as_ref())).await;
    }

    /// Reads one answer and leaves the connection as it is.
    pub(crate) async fn answer(&mut self) -> Answered {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match within(self.0.read_u8()).await {
                Ok(byte) => head.push(byte),
                Err(error) => {
                    panic!("no answer: {error}, got {:?}", String::from_utf8_lossy(&head))
                }
            }
        }
        let head = String::from_utf8(head).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answered = Answered { status, head, body: Vec::new() };
        let length = answered.header("content-length").map_or(0, |value| value.parse().unwrap());
        answered.body.resize(length, 0);
        within(self.0.read_exact(&mut answered.body)).await.unwrap();
        answered
    }

    /// Everything that comes until the other side closes.
    pub(crate) async fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        within(self.0.read_to_end(&mut bytes)).await.unwrap();
        bytes
    }

    /// Whether the other side closes without sending anything more.
    pub(crate) async fn is_closed(&mut self) -> bool {
        matches!(within(self.0.read(&mut [0; 64])).await, Ok(0) | Err(_))
    }
}
