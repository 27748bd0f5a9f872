//! Calls with the credentials of an account: where they go, where tokens come from, and that nothing
//! secret comes back.

use std::sync::Arc;

use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::domain::account::{Account, Credentials, Matching, Tenant};
use hookscope::domain::attempt::{Attempt, AttemptError, Call, Purpose, Response};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::event::{Event, ProviderId};
use hookscope::domain::headers::{Field, Headers};
use hookscope::domain::http::Request;
use hookscope::domain::name::AccountName;
use hookscope::domain::secret::Secret;
use hookscope::domain::url::{Host, Url};
use hookscope::providers::api::{Api, Link, Subscriptions, Token};
use http::Method;
use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::Semaphore;

use super::server::{Answer, Server, answer, bytes};
use super::{answered, client, failed};
use crate::support::within;

const API_KEY: &str = "api-key-4711";
const TOKEN: &str = r#"{"access_token":"token-number-1"}"#;
const CLIENT_SECRET: &str = "client/secret 0815";

/// An API with an API key, and a token if the account says where from.
#[derive(Debug)]
struct KeyAndToken;

impl Api for KeyAndToken {
    fn token_call(&self, account: &Account) -> Option<Call> {
        let url = account.token_url.clone()?;
        let headers = Headers::from_pairs([("Content-Type", "application/x-www-form-urlencoded")]);
        let body =
            format!("client_secret={}", CLIENT_SECRET.replace('/', "%2F").replace(' ', "%20"));
        Some(Call::with_body(Method::POST, url, headers, body))
    }

    fn token(&self, response: &Response) -> Result<Token, String> {
        let text = String::from_utf8_lossy(&response.body).into_owned();
        let answer = serde_json::from_str::<Value>(&text).map_err(|_error| text)?;
        match answer["access_token"].as_str() {
            Some(token) => Ok(Token { secret: Secret::new(token), lifetime: None }),
            None => Err(answer["error"].as_str().unwrap_or_default().to_owned()),
        }
    }

    fn credentials(&self, account: &Account, token: Option<&Secret>, at: Timestamp) -> Vec<Field> {
        let Credentials::Avionte { api_key, .. } = &account.credentials else { return Vec::new() };
        let field = |name: &'static str, value: Vec<u8>| Field {
            name: name.as_bytes().into(),
            value: value.into(),
        };
        let mut fields = vec![
            field("X-api-key", api_key.expose().to_vec()),
            field("X-Sent", at.to_string().into_bytes()),
        ];
        fields.extend(
            token.map(|token| field("Authorization", [b"Bearer ", token.expose()].concat())),
        );
        fields
    }

    fn links(&self, _: &Account, _: &Request, _: &Event) -> Vec<Link> {
        Vec::new()
    }

    fn remarks(&self, _: &Call, _: &Response) -> Vec<String> {
        Vec::new()
    }

    fn subscriptions(&self) -> Option<&'static dyn Subscriptions> {
        None
    }
}

fn account(hosts: &[&str], token_url: Option<Url>) -> Account {
    Account {
        name: AccountName::from("acme"),
        provider: ProviderId::Avionte,
        base_url: Url::parse("https://api.test").unwrap(),
        token_url,
        hosts: hosts.iter().map(|host| Host::parse(host).unwrap()).collect(),
        credentials: Credentials::Avionte {
            api_key: Secret::new(API_KEY),
            client_id: "client".to_owned(),
            client_secret: Secret::new(CLIENT_SECRET),
            scope: "scope".to_owned(),
            tenant: Tenant::Id(6),
        },
        matching: Matching::default(),
        paths: std::collections::BTreeMap::new(),
    }
}

/// An account of that server, which has the token endpoint as well.
fn account_of(server: &Server) -> Account {
    account(&[&server.address.to_string()], Some(server.url("/token")))
}

/// A script with a token endpoint beside it.
fn with_token(script: impl Fn(&str) -> Answer) -> impl Fn(&str) -> Answer {
    move |request| {
        if request.starts_with("POST /token") { answer(200, "", TOKEN) } else { script(request) }
    }
}

async fn fetch(client: &Client, account: &Account, url: Url) -> Attempt {
    let headers = Headers::from_pairs([("x-API-key", "mine"), ("Accept", "application/json")]);
    let call = Call::new(Method::GET, url, headers);
    let id = Some(DeliveryId(7));
    within(client.send_by(&KeyAndToken, account, Purpose::Fetch, id, call)).await
}

/// Fails if anything of the attempt tells a secret.
fn assert_nothing_secret(attempt: &Attempt) {
    let shown = format!("{attempt:?}");
    for secret in [API_KEY, CLIENT_SECRET, "client%2Fsecret", "token-number-"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn credentials_go_to_a_listed_host_and_come_back_masked() {
    let echo = |request: &str| answer(200, &format!("X-Echo: {API_KEY}\r\n"), request);
    let server = Server::start(with_token(echo)).await;
    let attempt = fetch(&client(), &account_of(&server), server.url("/rfqs/1?x=y")).await;

    let [token, call] = &server.requests()[..] else { panic!("two requests") };
    assert!(token.ends_with("client_secret=client%2Fsecret%200815"), "{token}");
    assert!(!token.contains(API_KEY) && token.contains("User-Agent: hookscope/"), "{token}");
    assert!(call.starts_with("GET /rfqs/1?x=y HTTP/1.1\r\nHost: 127.0.0.1:"), "{call}");
    for line in ["X-api-key: api-key-4711\r\n", "Authorization: Bearer token-number-1\r\n"] {
        assert!(call.contains(line), "{call}");
    }
    assert!(!call.contains("mine"), "a field of the same name is replaced: {call}");

    assert_eq!(attempt.account, Some(AccountName::from("acme")));
    assert_eq!((attempt.delivery, attempt.purpose), (Some(DeliveryId(7)), Purpose::Fetch));
    let headers = &attempt.call.request.headers;
    assert_eq!(headers.text("x-api-key"), Some("***"));
    assert_eq!(headers.text("authorization"), Some("***"));
    assert_eq!(headers.text("accept"), Some("application/json"));
    assert_eq!(headers.text("host"), Some(server.address.to_string().as_str()));
    let response = answered(attempt.outcome.clone());
    assert_eq!(response.headers.text("x-echo"), Some("***"));
    let echo = String::from_utf8(response.body.to_vec()).unwrap();
    assert!(echo.contains("Authorization: Bearer ***\r\n"), "{echo}");
    assert_nothing_secret(&attempt);
}

#[tokio::test]
async fn credentials_never_arrive_at_a_host_off_the_list() {
    let listed = Server::start(|_| answer(200, "", "")).await;
    let other = Server::start(|_| answer(200, "", "")).await;
    let account = account(&[&listed.address.to_string(), "api.test"], None);
    let port = listed.address.port();
    for (address, part) in [
        (other.url("/x").to_string(), "is not a host of account acme (127.0.0.1:"),
        (
            "http://169.254.169.254/latest/meta-data".to_owned(),
            "add it to hosts of [[account]] acme",
        ),
        ("https://api.test.evil.test/x".to_owned(), "api.test.evil.test is not a host"),
        (format!("http://localhost:{port}/"), "is not a host of account acme"),
        ("https://api.test:8443/x".to_owned(), "api.test:8443 is not a host"),
        ("http://api.test/x".to_owned(), "sent in the clear to this machine alone; use https"),
    ] {
        let attempt = fetch(&client(), &account, Url::parse(&address).unwrap()).await;
        let (error, message) = failed(&attempt.outcome);
        assert_eq!(error, AttemptError::HostNotAllowed, "{address}");
        assert!(message.contains(part), "{message}");
        assert!(attempt.timing.connect.is_none());
        assert!(attempt.call.request.headers.first("authorization").is_none());
    }
    assert!(listed.requests().is_empty() && other.requests().is_empty());
}

#[tokio::test]
async fn a_redirect_takes_no_credentials_along() {
    let other = Server::start(|_| answer(200, "", "")).await;
    let location = format!("Location: {}\r\n", other.url("/"));
    let server = Server::start(move |_| answer(302, &location, "")).await;
    let account = account(&[&server.address.to_string(), &other.address.to_string()], None);
    let attempt = fetch(&client(), &account, server.url("/")).await;
    assert_eq!(answered(attempt.outcome).status.as_u16(), 302);
    assert!(other.requests().is_empty(), "not even where they may go");
}

#[tokio::test]
async fn offline_neither_the_call_nor_the_token_endpoint_leaves_this_machine() {
    let offline = Client::new(Policy { offline: true, ..Policy::default() });
    let server = Server::start(|_| answer(200, "", "")).await;
    let hosts = ["api.test".to_owned(), server.address.to_string()];
    let hosts = hosts.each_ref().map(String::as_str);
    let far = Url::parse("https://api.test/token").unwrap();
    for (token_url, url) in [(Some(far.clone()), server.url("/")), (None, far)] {
        let attempt = fetch(&offline, &account(&hosts, token_url), url).await;
        assert_eq!(failed(&attempt.outcome).0, AttemptError::Offline);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn those_who_call_at_once_share_one_request_for_a_token() {
    let gate = Arc::new(Semaphore::new(0));
    let behind = Arc::clone(&gate);
    let server = Server::start(move |request| {
        if request.starts_with("POST /token") {
            let answer = format!("HTTP/1.1 200 OK\r\n\r\n{TOKEN}").into_bytes();
            return Answer::Behind(Arc::clone(&behind), answer);
        }
        answer(200, "", "")
    })
    .await;
    let (client, account) = (client(), Arc::new(account_of(&server)));
    let calls = (0..8).map(|number| {
        let (client, account) = (client.clone(), Arc::clone(&account));
        let url = server.url(&format!("/{number}"));
        tokio::spawn(async move { fetch(&client, &account, url).await })
    });
    let calls = calls.collect::<Vec<_>>();
    // The gate lets one through, so a second request for a token would never be answered.
    gate.add_permits(1);
    for call in calls {
        let attempt = within(call).await.unwrap();
        assert_eq!(answered(attempt.outcome).status.as_u16(), 200);
    }
    assert_eq!((server.count("POST /token"), server.count("GET /")), (1, 8));
}

/// Takes the newest token only, and makes each token old once it was used twice.
async fn expiring() -> Server {
    use std::sync::atomic::{AtomicUsize, Ordering};

    let (tokens, uses) = (AtomicUsize::new(0), AtomicUsize::new(0));
    Server::start(move |request| {
        if request.starts_with("POST /token") {
            uses.store(0, Ordering::SeqCst);
            let number = tokens.fetch_add(1, Ordering::SeqCst) + 1;
            return answer(200, "", &format!(r#"{{"access_token":"token-number-{number}"}}"#));
        }
        let newest = format!("Bearer token-number-{}\r\n", tokens.load(Ordering::SeqCst));
        let is_known = request.contains(&newest) && uses.fetch_add(1, Ordering::SeqCst) < 2;
        if is_known { answer(200, "", "[]") } else { answer(401, "", request) }
    })
    .await
}

#[tokio::test]
async fn a_token_that_expires_in_mid_list_is_replaced_and_the_call_repeated_once() {
    let server = expiring().await;
    let (client, account) = (client(), account_of(&server));
    for page in 1..=5 {
        let attempt = fetch(&client, &account, server.url(&format!("/list?page={page}"))).await;
        assert_nothing_secret(&attempt);
        assert_eq!(answered(attempt.outcome).status.as_u16(), 200, "page {page}");
    }
    let lines = server.requests();
    let lines = lines.iter().map(|request| request.split(' ').nth(1).unwrap()).collect::<Vec<_>>();
    assert_eq!(
        lines,
        [
            "/token",
            "/list?page=1",
            "/list?page=2",
            "/list?page=3",
            "/token",
            "/list?page=3",
            "/list?page=4",
            "/list?page=5",
            "/token",
            "/list?page=5",
        ]
    );
}

#[tokio::test]
async fn a_fresh_token_that_is_not_accepted_is_not_replaced() {
    let refuse = |_: &str| answer(401, "", "token-number-1 is not known");
    let server = Server::start(with_token(refuse)).await;
    let (client, account) = (client(), account_of(&server));
    let attempt = fetch(&client, &account, server.url("/")).await;
    assert_eq!(answered(attempt.outcome).body, "*** is not known");
    assert_eq!((server.count("POST /token"), server.count("GET /")), (1, 1));
    // The next call cannot know, and asks for another one once.
    let attempt = fetch(&client, &account, server.url("/")).await;
    assert_eq!(answered(attempt.outcome).status.as_u16(), 401);
    assert_eq!((server.count("POST /token"), server.count("GET /")), (2, 3));
}

#[tokio::test]
async fn without_a_token_to_replace_a_401_is_the_answer() {
    let server = Server::start(|_| answer(401, "", "")).await;
    let account = account(&[&server.address.to_string()], None);
    for _ in 0..2 {
        let attempt = fetch(&client(), &account, server.url("/")).await;
        assert_eq!(answered(attempt.outcome).status.as_u16(), 401);
    }
    assert_eq!(server.count("GET /"), 2);
}

#[tokio::test]
async fn a_token_endpoint_that_fails_is_told_without_secrets() {
    let echo = format!(r#"{{"error":"invalid_client: {CLIENT_SECRET}"}}"#);
    for (given, error, part) in [
        (
            answer(401, "", &echo),
            AttemptError::Malformed,
            "/token answered 401: invalid_client: ***",
        ),
        (answer(500, "", "oops"), AttemptError::Malformed, "/token answered 500: oops"),
        (
            answer(200, "", "<html>Sign in</html>"),
            AttemptError::Malformed,
            "/token answered 200: <html>",
        ),
        (
            answer(403, "", r#"{"access_token":"token-number-1"}"#),
            AttemptError::Malformed,
            "answered 403: a token, but",
        ),
        (answer(302, "Location: /\r\n", "{}"), AttemptError::Malformed, "/token answered 302: "),
        (bytes(""), AttemptError::Reset, "/token: the connection ended without an answer"),
    ] {
        let Answer::Bytes(given) = given else { unreachable!("all of them are bytes") };
        let server = Server::start(move |_| bytes(&given)).await;
        let attempt = fetch(&client(), &account_of(&server), server.url("/")).await;
        assert_nothing_secret(&attempt);
        let (found, message) = failed(&attempt.outcome);
        assert_eq!(found, error, "{message}");
        assert!(message.starts_with("the token endpoint 127.0.0.1:"), "{message}");
        assert!(message.contains(part), "{message}");
        assert_eq!(server.count("GET /"), 0, "nothing is called without a token");
    }
}

#[tokio::test]
async fn a_token_endpoint_off_the_list_gets_no_secret() {
    let server = Server::start(|_| answer(200, "", "")).await;
    let elsewhere = Server::start(|_| answer(200, "", "")).await;
    let hosts = [server.address.to_string()];
    let account = account(&[&hosts[0]], Some(elsewhere.url("/token")));
    let attempt = fetch(&client(), &account, server.url("/")).await;
    let (error, message) = failed(&attempt.outcome);
    assert_eq!(error, AttemptError::HostNotAllowed);
    assert!(message.contains("the token endpoint") && message.contains("add it to hosts"));
    assert!(server.requests().is_empty() && elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_client_shows_no_token() {
    let server = expiring().await;
    let client = client();
    fetch(&client, &account_of(&server), server.url("/")).await;
    assert!(!format!("{client:?}").contains("token-number-"));
}
