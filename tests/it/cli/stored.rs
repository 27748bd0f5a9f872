//! A store made by the real pieces, for the commands that read one.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use hookscope::domain::delivery::Delivery;
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::providers;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::Route;
use hookscope::storage::{Captured, Durability, Location, Options, Store};
use hookscope::verify::scheme::Scheme;
use http::{Method, StatusCode};
use uuid::Uuid;

/// What differs between the deliveries of these tests.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    pub(super) method: &'static str,
    pub(super) target: &'static str,
    pub(super) headers: &'static [(&'static str, &'static str)],
    pub(super) body: &'static [u8],
}

/// A small JSON delivery with a credential.
pub(super) const HELLO: Sent = Sent {
    method: "POST",
    target: "/hello?x=1",
    headers: &[("Content-Type", "application/json"), ("AUTHORIZATION", "Bearer tr0ub4dor")],
    body: b"{\"hello\":\"world\"}\n",
};

/// Keeps these deliveries, one second apart, and leaves the store closed.
pub(super) fn keep(file: &Path, sent: impl IntoIterator<Item = Sent>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let store = open(file);
        for (nth, sent) in sent.into_iter().enumerate() {
            store.insert(Box::new(captured(nth, sent))).await.unwrap();
        }
        store.close().await;
    });
}

/// The store, held as a listener would.
pub(super) fn open(file: &Path) -> Store {
    let options = Options {
        location: Location::File(file.to_owned()),
        durability: Durability::Relaxed,
        holder: "listening on 127.0.0.1:4000".to_owned(),
    };
    Store::open(&options).unwrap()
}

fn captured(nth: usize, sent: Sent) -> Captured {
    let request = Request {
        method: Method::from_bytes(sent.method.as_bytes()).unwrap(),
        target: sent.target.to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs(sent.headers.iter().copied()),
        body: Bytes::from_static(sent.body),
    };
    let first = "2024-11-21T10:00:00.123Z".parse::<jiff::Timestamp>().unwrap();
    let received_at = first + Duration::from_secs(nth as u64);
    let route = Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open };
    let inspection = providers::inspect(&request, received_at, &route, &Accounts::default());
    Captured {
        delivery: Delivery {
            uid: Uuid::from_u128(0x0192_8c5e_0000_7000_8000_0000_0000_0000 + nth as u128),
            received_at,
            reading: Duration::ZERO,
            peer: "127.0.0.1:50412".parse().unwrap(),
            endpoint: route.endpoint.name,
            request,
        },
        inspection,
        status: StatusCode::OK,
        nonce: None,
        handshake: None,
    }
}
