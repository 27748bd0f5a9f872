//! What is signed afresh is accepted by the verifier, for every scheme that can be signed for: from
//! a listener, through the store, over a socket, to a listener with that scheme.

use std::collections::BTreeSet;

use hookscope::client::policy::Policy;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::endpoint::{Endpoint, PathPattern};
use hookscope::domain::event::ProviderId;
use hookscope::domain::name::EndpointName;
use hookscope::domain::plan::{Plan, Proof};
use hookscope::domain::secret::Secret;
use hookscope::domain::url::Url;
use hookscope::domain::verdict::{Standing, Verdict};
use hookscope::providers::route::{Route, Routes};
use hookscope::verify::catalog::{Auth, Catalog, NamedKey};
use hookscope::verify::scheme::Scheme;

use super::server::{Raw, Reply, ok};
use super::{Running, outward};
use crate::support::{Listening, limits, within};

/// Secrets in every form that some scheme asks for.
const SECRETS: [&str; 4] = [
    "s&cret",
    "c2VjcmV0",
    "c0ffee",
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
];

/// Schemes that only their senders can sign for.
const SENDERS_ALONE: [&str; 3] = ["aws_sns", "paypal", "sendgrid"];

fn auth(name: &str, given: &str) -> Auth {
    let (text, secret) = (|text: &str| Some(text.to_owned()), Secret::new(given));
    let plain = Auth { scheme: name.to_owned(), ..Auth::default() };
    let keyed = Auth { secrets: vec![secret.clone()], ..plain.clone() };
    match name {
        "basic" => Auth { username: text("u"), password: Some(secret), ..plain },
        "bearer" => Auth { token: Some(secret), ..plain },
        "header" => Auth { header: text("X-A"), value: Some(secret), ..plain },
        "shared_secret" | "api_key" => Auth { header: text("X-A"), ..keyed },
        "pusher" => Auth { app_key: text("278d425bdf160c739803"), ..keyed },
        "oauth1" => Auth { key: text("inspector"), ..keyed },
        "http_message_signatures" => {
            let algorithm = "hmac-sha256".to_owned();
            let key = NamedKey { algorithm, secret: Some(secret), ..NamedKey::default() };
            Auth { keys: [("k".to_owned(), key)].into(), ..plain }
        }
        _ => keyed,
    }
}

/// An endpoint for each scheme, with the first secret that is of the form it wants.
fn routes() -> Vec<Route> {
    let catalog = Catalog::builtin();
    let names = catalog.names().filter(|name| *name != "none" && !SENDERS_ALONE.contains(name));
    let routes = names.map(|name| {
        let mut schemes = SECRETS.iter().map(|given| catalog.scheme(&auth(name, given)));
        let scheme = schemes.find_map(Result::ok);
        let scheme = scheme.unwrap_or_else(|| panic!("{name} takes none of the secrets"));
        route(name, scheme)
    });
    routes.collect()
}

fn route(name: &str, scheme: Scheme) -> Route {
    let path = PathPattern::parse(&format!("/{name}")).unwrap();
    let endpoint = Endpoint { name: EndpointName::from(name), path, ..Endpoint::any_path(None) };
    Route { endpoint, scheme }
}

/// A delivery to the scheme's endpoint that has a place for everything it signs.
fn unsigned(name: &str) -> String {
    let body = match name {
        "adyen" => {
            r#"{"notificationItems":[{"NotificationRequestItem":{"pspReference":"p","success":"true",
            "amount":{"value":1130,"currency":"EUR"},"additionalData":{"hmacSignature":null}}}]}"#
        }
        "mailgun" => r#"{"signature":{"token":"","timestamp":"","signature":""},"event-data":"d"}"#,
        "dropbox_sign" => {
            "json={\"event\":{\"event_time\":\"0\",\"event_type\":\"t\",\"event_hash\":\"00\"}}"
        }
        "linear" => r#"{"data":"d","webhookTimestamp":0}"#,
        "pusher" => r#"{"events":"e","time_ms":0}"#,
        _ => "a payload",
    };
    let kind =
        if name == "dropbox_sign" { "application/x-www-form-urlencoded" } else { "text/plain" };
    format!(
        "POST /{name}?x=1&bodySHA256=0&y=%3D HTTP/1.1\r\nHost: h.test\r\nX-Kind: created\r\n\
         Content-Type: {kind}\r\nWebhook-Id: msg_old\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A scheme that answers by itself what it takes for a question does not capture it as usual.
async fn capture(listening: &mut Listening, name: &str) -> DeliveryId {
    listening.send(unsigned(name)).await;
    let record = within(listening.captured()).await;
    assert_ne!(record.inspection.verdict.standing(), Standing::Verified, "{name}");
    record.id
}

#[tokio::test]
async fn every_scheme_that_signs_is_verified_at_a_listener_that_checks_it() {
    let routes = routes();
    let names = routes.iter().map(|route| route.endpoint.name.to_string()).collect::<BTreeSet<_>>();
    assert!(names.len() > 60, "{}", names.len());
    let mut listening = Listening::with_routes(limits(|_| {}), routes.clone()).await;
    let mut deliveries = Vec::new();
    for name in &names {
        deliveries.push(capture(&mut listening, name).await);
    }
    let target = Url::parse(&format!("http://{}", listening.address)).unwrap();
    let plan = Plan {
        proof: Proof::Afresh { by: None, keeps_id: false },
        ..Plan::verbatim(deliveries, target)
    };
    let outward = outward(&listening.store, Policy::default());
    let running = Running::start(outward, plan, Routes::new(routes));
    let (_, summary) = running.end().await;
    assert_eq!(summary.tally.unsent, 0, "{}", summary.sentence());
    for name in &names {
        let record = within(listening.captured()).await;
        assert_eq!(record.delivery.endpoint.as_str(), name);
        let verdict = &record.inspection.verdict;
        assert!(matches!(verdict, Verdict::Verified { .. }), "{name}: {verdict:?}");
    }
}

fn standard_webhooks() -> Route {
    let catalog = Catalog::builtin();
    route("standard_webhooks", catalog.scheme(&auth("standard_webhooks", "c2VjcmV0")).unwrap())
}

/// The `webhook-id` of each request.
fn event_ids(server: &Raw) -> Vec<String> {
    let requests = server.requests();
    let requests = requests.iter().map(|request| String::from_utf8_lossy(request).to_lowercase());
    let id = |request: String| {
        let line = request.lines().find_map(|line| line.strip_prefix("webhook-id: "));
        line.unwrap().to_owned()
    };
    requests.map(id).collect()
}

#[tokio::test]
async fn each_try_of_an_event_is_signed_with_the_same_id_and_each_event_with_its_own() {
    let mut listening = Listening::with_routes(limits(|_| {}), vec![standard_webhooks()]).await;
    let id = capture(&mut listening, "standard_webhooks").await;
    let server = Raw::start(|_, nth| Reply::Close(ok(if nth == 1 { 500 } else { 200 }))).await;
    let plan = Plan {
        proof: Proof::Afresh { by: None, keeps_id: false },
        retry_like: Some(ProviderId::Avionte),
        times: 2,
        ..Plan::verbatim(vec![id], server.url())
    };
    let routes = Routes::new(vec![standard_webhooks()]);
    let outward = outward(&listening.store, Policy::default());
    let (_, summary) = Running::start(outward.clone(), plan.clone(), routes.clone()).end().await;
    assert_eq!((summary.tally.answered_2xx, summary.tally.retried), (2, 1));
    let ids = event_ids(&server).into_iter().collect::<BTreeSet<_>>();
    assert_eq!(ids.len(), 2, "three requests of two events: {ids:?}");

    let plan = Plan { proof: Proof::Afresh { by: None, keeps_id: true }, ..plan };
    Running::start(outward, plan, routes).end().await;
    assert_eq!(event_ids(&server).last().map(String::as_str), Some("msg_old"));
}

#[tokio::test]
async fn without_the_endpoint_that_signs_nothing_is_sent() {
    let mut listening = Listening::with_routes(limits(|_| {}), vec![standard_webhooks()]).await;
    let id = capture(&mut listening, "standard_webhooks").await;
    let server = Raw::start(|_, _| Reply::Close(ok(200))).await;
    let plan = Plan {
        proof: Proof::Afresh { by: None, keeps_id: false },
        ..Plan::verbatim(vec![id], server.url())
    };
    let (_, summary) = super::replay(&listening.store, plan).await;
    assert_eq!((summary.tally.unsent, server.requests().len()), (1, 0));
    let why = "the endpoint that signs is not configured any more";
    assert_eq!(summary.tally.first_failure.as_deref(), Some(why));
}
