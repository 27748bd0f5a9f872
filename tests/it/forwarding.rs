//! Deliveries are handed on to the user's app, over real sockets, whatever the app does.

mod app;
mod asked;
mod program;
mod trouble;

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, OnceLock};

use hookscope::app::forwarding::Forward;
use hookscope::app::message::Message;
use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::domain::attempt::{Attempt, Purpose};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::filter::Filter;
use hookscope::domain::forwarding::{ForwardTarget, Forwarding};
use hookscope::domain::secret::Secret;
use hookscope::domain::url::Url;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::{Route, Routes};
use hookscope::runtime::forwarding::reports::Reports;
use hookscope::runtime::forwarding::{Forwarder, Wiring};
use hookscope::runtime::outward::Outward;
use hookscope::storage::{Durability, Location, Options, Store};
use hookscope::verify::catalog::{Auth, Catalog};
use hookscope::verify::scheme::Scheme;
use jiff::Timestamp;
use tokio::sync::mpsc;

use crate::support::{Listening, limits, memory_store, post, within};
use app::{App, Reaction, answer, ok};

/// A listener that hands on what it captures.
struct Handing {
    listening: Listening,
    forwarder: Forwarder,
    told: mpsc::Receiver<Message>,
    heard: VecDeque<Message>,
}

impl Handing {
    /// Every path, to one address.
    async fn to(target: Url) -> Self {
        Self::with(memory_store(), endpoint(Forwarding::to(target)), Scheme::Open).await
    }

    async fn with(store: Store, endpoint: Endpoint, scheme: Scheme) -> Self {
        let routes = Routes::new(vec![Route { endpoint, scheme }]);
        let newest = DeliveryId(store.count().await.unwrap().cast_signed());
        let listening = Listening::over(store.clone(), limits(|_| ()), routes.clone()).await;
        let (messages, told) = mpsc::channel(1024);
        let client = Client::new(Policy::default());
        let wiring = Wiring {
            outward: Outward { store, client, accounts: Accounts::default() },
            routes,
            feed: listening.feed.clone(),
            desk: listening.desk.clone(),
            reports: Reports::to_dashboard(messages),
        };
        let forwarder = Forwarder::start(wiring, newest).await.unwrap();
        Self { listening, forwarder, told, heard: VecDeque::new() }
    }

    /// Sends a delivery, which is answered 200.
    async fn send(&self, path: &str, body: &str) {
        assert_eq!(self.listening.send(post(path, "", body)).await.status, 200);
    }

    /// What `wanted` makes of the next message that it wants; those before it are kept.
    async fn hear<T>(&mut self, wanted: impl Fn(&Message) -> Option<T>) -> T {
        let mut place = 0;
        loop {
            if place == self.heard.len() {
                self.heard.push_back(within(self.told.recv()).await.unwrap());
            }
            if let Some(found) = wanted(&self.heard[place]) {
                self.heard.remove(place);
                return found;
            }
            place += 1;
        }
    }

    /// The next attempt that is told.
    async fn attempt(&mut self) -> Attempt {
        self.hear(|message| match message {
            Message::Attempted { id: Some(_), attempt } => Some(Attempt::clone(attempt)),
            _ => None,
        })
        .await
    }

    /// How the one app is, as soon as that is so. How it was before that is forgotten.
    async fn app_is(&mut self, so: impl Fn(&Forward) -> bool) {
        let mut is_so = false;
        while !is_so {
            is_so = self
                .hear(|message| match message {
                    Message::Forwarding(forwards) => Some(so(&forwards[0])),
                    _ => None,
                })
                .await;
        }
    }

    /// The next warning that is told.
    async fn warning(&mut self) -> String {
        self.hear(|message| match message {
            Message::Failed(notice) => Some(notice.text.clone()),
            _ => None,
        })
        .await
    }

    /// Ends as the program does, and leaves the store as it is.
    async fn end(mut self) {
        self.listening.shutdown.begin.cancel();
        within(self.listening.served).await.unwrap();
        within(self.forwarder.stop()).await;
        within(self.listening.store.close()).await;
    }
}

fn endpoint(forwarding: Forwarding) -> Endpoint {
    Endpoint { forwarding, ..Endpoint::any_path(None) }
}

fn when(to: Url, filter: &str) -> ForwardTarget {
    let filter = Filter::parse(filter, Timestamp::UNIX_EPOCH).unwrap();
    ForwardTarget { to, when: vec![filter] }
}

fn file_store(file: &std::path::Path) -> Store {
    let location = Location::File(file.to_owned());
    let holder = "a test".to_owned();
    Store::open(&Options { location, durability: Durability::Full, holder }).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_go_on_in_order_as_they_came_and_every_attempt_is_kept() {
    let app = App::start(|_| answer(500, "Set-Cookie: a=b\r\n", "oops"));
    let mut handing = Handing::to(app.url("")).await;
    for number in 0..20 {
        let headers = "X-ODD-Case: 1\r\nAuthorization: Bearer s3cret\r\nx-odd-case: 2\r\n";
        let body = format!("body {number}");
        let request = post(&format!("/hook/{number}?a=%2F"), headers, &body);
        assert_eq!(handing.listening.send(request).await.status, 200);
    }
    let requests = app.got(20).await;
    for (number, request) in requests.iter().enumerate() {
        let id = DeliveryId(i64::try_from(number).unwrap() + 1);
        let uid = handing.listening.store.load(id).await.unwrap().unwrap().delivery.uid;
        let expected = format!(
            "POST /hook/{number}?a=%2F HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\
             X-ODD-Case: 1\r\nAuthorization: Bearer s3cret\r\nx-odd-case: 2\r\n\
             hookscope-delivery: {uid}\r\nConnection: close\r\n\r\nbody {number}",
            app.address,
            format!("body {number}").len(),
        );
        assert_eq!(*request, expected);
        let told = handing.attempt().await;
        let kept = handing.listening.store.attempts(id).await.unwrap();
        assert_eq!(kept.len(), 1, "an answer is an answer, whatever its status");
        let (_, kept) = &kept[0];
        assert_eq!((kept.purpose, kept.delivery), (Purpose::Forward, Some(id)));
        assert_eq!(kept.call, told.call);
        assert_eq!(kept.call.request.headers.text("authorization"), Some("***"));
        let response = kept.response().unwrap();
        assert_eq!((response.status.as_u16(), &response.body[..]), (500, &b"oops"[..]));
        assert_eq!(response.headers.text("set-cookie"), Some("***"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn different_events_go_to_different_addresses_of_the_app() {
    let app = App::start(ok);
    let targets = vec![
        when(app.url("/orders"), "/kind=order"),
        when(app.url("/refunds?x=1"), "/kind=refund"),
        ForwardTarget { to: app.url("/all"), when: Vec::new() },
    ];
    let forwarding = Forwarding { targets, only_verified: false };
    let handing = Handing::with(memory_store(), endpoint(forwarding), Scheme::Open).await;
    for kind in ["order", "refund", "other"] {
        handing.send("/hook?id=7", &format!("{{\"kind\":\"{kind}\"}}")).await;
    }
    let mut targets = app.targets(5).await;
    targets.sort();
    assert_eq!(targets, ["/all?id=7", "/all?id=7", "/all?id=7", "/orders?id=7", "/refunds?x=1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_verify_is_held_back_where_that_is_asked_for() {
    let auth =
        Auth { scheme: "bearer".to_owned(), token: Some(Secret::new("s3cret")), ..Auth::default() };
    let scheme = Catalog::builtin().scheme(&auth).unwrap();
    let app = App::start(ok);
    let forwarding = Forwarding { only_verified: true, ..Forwarding::to(app.url("")) };
    let handing = Handing::with(memory_store(), endpoint(forwarding), scheme).await;
    for (path, token) in [("/wrong", "guess"), ("/right", "s3cret")] {
        let request = post(path, &format!("Authorization: Bearer {token}\r\n"), "x");
        assert_eq!(handing.listening.send(request).await.status, 200);
    }
    assert_eq!(app.targets(1).await, ["/right"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_come_back_is_not_handed_on_again() {
    let listener = Arc::new(OnceLock::<SocketAddr>::new());
    let there = Arc::clone(&listener);
    // As a tunnel does that leads to the listener.
    let tunnel = App::start(move |request| {
        let mut stream = TcpStream::connect(there.get().unwrap()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        Reaction::Answer(answer)
    });
    let mut handing = Handing::to(tunnel.url("")).await;
    listener.set(handing.listening.address).unwrap();
    for path in ["/a", "/b"] {
        handing.send(path, "x").await;
        assert!(handing.attempt().await.is_success());
    }
    assert_eq!(handing.listening.store.count().await.unwrap(), 4);
    handing.send("/c", "x").await;
    assert_eq!(tunnel.targets(3).await, ["/a", "/b", "/c"]);
    handing.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_begins_with_what_arrives_and_goes_on_where_it_was_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let before =
        Handing::with(file_store(&file), endpoint(Forwarding::default()), Scheme::Open).await;
    before.send("/before", "x").await;
    before.end().await;

    let place = app::nowhere();
    let targets = || endpoint(Forwarding::to(app::url(place, "")));
    let mut down = Handing::with(file_store(&file), targets(), Scheme::Open).await;
    for number in 0..3 {
        down.send(&format!("/{number}"), "x").await;
    }
    down.app_is(|app| app.trouble.as_ref().is_some_and(|is| is.waiting.count == 3)).await;
    down.end().await;

    let app = App::start_at(place, ok);
    let mut up = Handing::with(file_store(&file), targets(), Scheme::Open).await;
    up.send("/3", "x").await;
    assert_eq!(app.targets(4).await, ["/0", "/1", "/2", "/3"]);
    up.app_is(|app| app.trouble.is_none()).await;
    up.end().await;

    let none = endpoint(Forwarding::default());
    let without = Handing::with(file_store(&file), none, Scheme::Open).await;
    without.send("/other", "x").await;
    without.end().await;
    let again = Handing::with(file_store(&file), targets(), Scheme::Open).await;
    again.send("/4", "x").await;
    assert_eq!(app.targets(5).await[4], "/4", "a target that was gone begins anew");
    again.end().await;
}
