//! Bulk replay beside a plain hyper client: the same requests to the same bare server.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::domain::delivery::{Delivery, DeliveryId};
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::plan::Plan;
use hookscope::domain::url::Url;
use hookscope::providers;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::{Route, Routes};
use hookscope::runtime::outward::Outward;
use hookscope::storage::{Captured, Durability, Location, Options, Store};
use hookscope::verify::scheme::Scheme;
use http::{Method, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::server::{Kind, Server};

/// How many are replayed.
const DELIVERIES: u64 = 10_000;

/// Bytes of each body.
const BODY: usize = 500;

/// How often each is measured; the median is printed.
const ROUNDS: usize = 5;

const HEADERS: [(&str, &str); 4] = [
    ("Host", "127.0.0.1:4000"),
    ("User-Agent", "bench/1.0"),
    ("Content-Type", "application/json"),
    ("X-Request-Id", "0192-8c5e"),
];

pub(crate) fn measure() {
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("the target folder is writable");
    let file = folder.path().join("bench.db");
    let runtime = Runtime::new().expect("threads can be started");
    runtime.block_on(fill(&file));
    // The runtime of `hookscope replay`.
    let own = Builder::new_current_thread().enable_all().build();
    let own = own.expect("sockets and timers can be waited for");
    let server = Server::start(Kind::Bare);
    println!(
        "replays per second over loopback, {DELIVERIES} deliveries of {BODY} B from the store,"
    );
    println!("each attempt kept; ratio to a plain hyper client that sends the same, on one thread");
    println!("as replay runs, and on all");
    println!(
        "{:>8}  {:>9} {:>9} {:>7} {:>9} {:>7}",
        "parallel", "replay", "one", "ratio", "all", "ratio"
    );
    for parallel in [1, 16, 64] {
        let (mut one, mut all, mut replay) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            one.push(own.block_on(plain(server.address, parallel)));
            all.push(runtime.block_on(plain(server.address, parallel)));
            replay.push(own.block_on(replayed(&file, server.address, parallel)));
        }
        let [one, all, replay] = [one, all, replay].map(median);
        println!(
            "{parallel:>8}  {replay:>9.0} {one:>9.0} {:>7.3} {all:>9.0} {:>7.3}",
            replay / one,
            replay / all
        );
    }
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.swap_remove(rates.len() / 2)
}

fn rate(begun: Instant) -> f64 {
    DELIVERIES as f64 / begun.elapsed().as_secs_f64()
}

fn body() -> Bytes {
    let mut body = String::from(r#"{"event":"order.created","text":""#);
    body.extend(std::iter::repeat_n('x', BODY - body.len() - 2));
    body.push_str("\"}");
    body.into()
}

/// A store with the deliveries.
async fn fill(file: &Path) {
    let store = Store::open(&Options {
        location: Location::File(file.to_owned()),
        durability: Durability::Full,
        holder: "a benchmark".to_owned(),
    })
    .expect("the store opens");
    let inserts = (0..DELIVERIES).map(|_| store.insert(Box::new(captured())));
    for stored in futures_util::future::join_all(inserts).await {
        stored.expect("it is stored");
    }
    store.close().await;
}

/// A delivery.
pub(crate) fn captured() -> Captured {
    let request = Request {
        method: Method::POST,
        target: "/hooks/shop".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs(HEADERS),
        body: body(),
    };
    let received_at = Timestamp::now();
    let route = Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open };
    let inspection = providers::inspect(&request, received_at, &route, &Accounts::default());
    let delivery = Delivery {
        uid: Uuid::now_v7(),
        received_at,
        reading: Duration::ZERO,
        peer: SocketAddr::from(([127, 0, 0, 1], 50_412)),
        endpoint: route.endpoint.name,
        request,
    };
    Captured { delivery, inspection, status: StatusCode::OK, nonce: None, handshake: None }
}

/// As `hookscope replay` does it.
async fn replayed(file: &Path, address: SocketAddr, parallel: u32) -> f64 {
    let store = Store::open_beside(file).expect("the store opens");
    let outward = Outward {
        store: store.clone(),
        client: Client::new(Policy::default()),
        accounts: Accounts::default(),
    };
    let target = Url::parse(&format!("http://{address}")).expect("an address");
    let deliveries = (1..=DELIVERIES.cast_signed()).map(DeliveryId).collect();
    let plan = Plan { parallel, ..Plan::verbatim(deliveries, target) };
    let (tell, mut told) = mpsc::channel(64);
    let reading = tokio::spawn(async move { while told.recv().await.is_some() {} });
    let routes = Routes::default();
    let begun = Instant::now();
    let summary = outward.replay(&plan, &routes, tell, CancellationToken::new()).await;
    let rate = rate(begun);
    assert_eq!(summary.tally.answered_2xx, DELIVERIES, "{}", summary.sentence());
    reading.await.expect("it ends well");
    store.close().await;
    rate
}

/// One connection for each that is under way at once, each with its task.
async fn plain(address: SocketAddr, parallel: u32) -> f64 {
    let left = Arc::new(AtomicU64::new(DELIVERIES));
    let body = body();
    let begun = Instant::now();
    let senders = (0..parallel).map(|_| {
        let (left, body) = (Arc::clone(&left), body.clone());
        tokio::spawn(async move {
            let stream = TcpStream::connect(address).await.expect("the server accepts");
            stream.set_nodelay(true).expect("a fresh socket takes options");
            let connected = http1::handshake(TokioIo::new(stream)).await;
            let (mut sender, connection) = connected.expect("the connection can be used");
            let driver = tokio::spawn(connection);
            while take_one(&left) {
                let mut request = http::Request::post("/hooks/shop");
                for (name, value) in HEADERS {
                    request = request.header(name, value);
                }
                let request = request.body(Full::new(body.clone())).expect("a request");
                let answer = sender.send_request(request).await.expect("the server answers");
                assert_eq!(answer.status(), StatusCode::OK);
                answer.into_body().collect().await.expect("the answer ends well");
            }
            drop(sender);
            let _ = driver.await;
        })
    });
    for sender in senders.collect::<Vec<_>>() {
        sender.await.expect("a sender ends well");
    }
    rate(begun)
}

fn take_one(left: &AtomicU64) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}
