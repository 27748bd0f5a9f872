use std::net::SocketAddr;
use std::time::Duration;

use http::{Method, StatusCode};
use jiff::Timestamp;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{rehearse, replay};
use crate::app::message::Message;
use crate::client::Client;
use crate::client::policy::Policy;
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::event::Event;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::domain::inspection::Inspection;
use crate::domain::plan::Plan;
use crate::domain::url::Url;
use crate::domain::verdict::{Unchecked, Verdict};
use crate::providers::accounts::Accounts;
use crate::providers::route::Routes;
use crate::runtime::outward::Outward;
use crate::storage::{Captured, Durability, Location, Options, Store};

/// A store in memory with so many deliveries, which carry a credential.
async fn outward(deliveries: usize) -> Outward {
    let (location, durability) = (Location::Memory, Durability::Relaxed);
    let store = Store::open(&Options { location, durability, holder: "a test".into() }).unwrap();
    for _ in 0..deliveries {
        let verdict = Verdict::Unchecked { why: Unchecked::NoScheme };
        let delivery = Delivery {
            uid: Uuid::nil(),
            received_at: Timestamp::UNIX_EPOCH,
            reading: Duration::ZERO,
            peer: SocketAddr::from(([127, 0, 0, 1], 1)),
            endpoint: "default".into(),
            request: Request {
                method: Method::POST,
                target: "/hook".to_owned(),
                version: Version::Http11,
                headers: Headers::from_pairs([("Cookie", "tr0ub4dor")]),
                body: "{}".into(),
            },
        };
        let inspection =
            Inspection { provider: None, account: None, event: Event::default(), verdict };
        let status = StatusCode::OK;
        let captured = Captured { delivery, inspection, status, nonce: None, handshake: None };
        store.insert(Box::new(captured)).await.unwrap();
    }
    Outward { store, client: Client::new(Policy::default()), accounts: Accounts::default() }
}

/// A server that takes whatever comes, on connections that end.
async fn server() -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            while !request.ends_with(b"{}") {
                request.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(b"HTTP/1.0 204 No Content\r\n\r\n").await.unwrap();
        }
    });
    url
}

/// What the dashboard is told, its answer last.
async fn messages(deliveries: usize) -> Vec<Message> {
    let outward = outward(deliveries).await;
    let ids = (1..).map(DeliveryId).take(deliveries).collect();
    let plan = Plan::verbatim(ids, server().await);
    let (inbox, mut messages) = mpsc::channel(1_000);
    let cancel = CancellationToken::new();
    let answer = replay(outward, plan, Routes::default(), inbox, cancel).await;
    let mut all = Vec::new();
    while let Some(message) = messages.recv().await {
        all.push(message);
    }
    all.push(answer);
    all
}

#[tokio::test]
async fn a_single_replay_tells_its_attempt_and_many_tell_how_far_they_are() {
    for (deliveries, attempts) in [(1, 1), (20, 0)] {
        let messages = messages(deliveries).await;
        let told = messages.iter().filter(|message| matches!(message, Message::Attempted { .. }));
        assert_eq!(told.count(), attempts);
        assert!(messages.iter().any(|message| matches!(message, Message::Replaying(_))));
        let Some(Message::Replayed(summary)) = messages.last() else { panic!("{messages:?}") };
        assert_eq!(summary.tally.answered_2xx, deliveries as u64);
    }
}

#[tokio::test]
async fn what_would_go_out_is_shown_without_credentials() {
    let outward = outward(1).await;
    let target = Url::parse("http://127.0.0.1:9/elsewhere").unwrap();
    let plan = Plan::verbatim(vec![DeliveryId(1)], target.clone());
    let rehearsed = rehearse(outward.clone(), plan, Routes::default()).await;
    let Message::Rehearsed(Ok(call)) = rehearsed else { panic!("{rehearsed:?}") };
    assert_eq!((&call.url, call.request.headers.text("cookie")), (&target, Some("***")));
    for gone in [vec![], vec![DeliveryId(2)]] {
        let plan = Plan::verbatim(gone, target.clone());
        let rehearsed = rehearse(outward.clone(), plan, Routes::default()).await;
        assert!(matches!(rehearsed, Message::Rehearsed(Err(_))), "{rehearsed:?}");
    }
}
