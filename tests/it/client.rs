//! Outward requests, against servers that answer well and badly.

mod server;
mod accounts;
mod egress;
pub(crate) mod tls;

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::domain::attempt::{AttemptError, Call, Outcome, Response, Timing};
use hookscope::domain::headers::Headers;
use hookscope::domain::url::Url;
use http::{Method, StatusCode};
use tokio::net::TcpListener;

use super::support::within;
use server::{Answer, Server, answer, bytes};

/// So short that a test does not wait, for what never comes.
const SHORT: Duration = Duration::from_millis(150);

fn get(url: Url) -> Call {
    Call::new(Method::GET, url, Headers::default())
}

fn client() -> Client {
    Client::new(Policy::default())
}

fn impatient() -> Client {
    Client::new(Policy { total: SHORT, ..Policy::default() })
}

fn answered(outcome: Outcome) -> Response {
    match outcome {
        Outcome::Answered(response) => response,
        Outcome::Failed { error, message } => panic!("{error:?}: {message}"),
    }
}

fn failed(outcome: &Outcome) -> (AttemptError, &str) {
    match outcome {
        Outcome::Failed { error, message } => (*error, message),
        Outcome::Answered(response) => panic!("answered {}", response.status),
    }
}

/// What comes of a GET to a server with this script.
async fn outcome_of(
    client: &Client,
    script: impl Fn(&str) -> Answer + Send + Sync + 'static,
) -> (Timing, Outcome) {
    let server = Server::start(script).await;
    within(client.send(&get(server.url("/")))).await
}

#[tokio::test]
async fn a_request_goes_out_and_its_answer_comes_back_exactly() {
    let server = Server::start(|_| answer(418, "x-B: 1\r\nX-a: 2\r\nx-b: 3\r\n", "short")).await;
    let headers = Headers::from_pairs([("x-z", "1"), ("X-Y", "2"), ("X-z", "3")]);
    let url = server.url("/a%2Fb?c=%20&d");
    let (timing, outcome) =
        within(client().send(&Call::with_body(Method::POST, url, headers, "{}"))).await;
    let host = server.address;
    assert_eq!(
        server.requests(),
        [format!(
            "POST /a%2Fb?c=%20&d HTTP/1.1\r\nHost: {host}\r\nx-z: 1\r\nX-Y: 2\r\nX-z: 3\r\n\
             Content-Length: 2\r\nConnection: close\r\n\r\n{{}}"
        )]
    );
    let response = answered(outcome);
    assert_eq!(response.status, StatusCode::IM_A_TEAPOT);
    assert_eq!(response.headers.to_block(), b"Content-Length: 5\r\nx-B: 1\r\nX-a: 2\r\nx-b: 3\r\n");
    assert_eq!(response.body, "short");
    let (connect, first_byte) = (timing.connect.unwrap(), timing.first_byte.unwrap());
    assert!(connect <= first_byte && first_byte <= timing.total, "{timing:?}");
}

#[tokio::test]
async fn every_way_to_end_a_body_is_understood() {
    for sent in [
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\n\r\nbody",
        "HTTP/1.0 200 OK\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n3\r\nody\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
    ] {
        let (_, outcome) = outcome_of(&client(), move |_| bytes(sent)).await;
        assert_eq!(answered(outcome).body, "body", "{sent}");
    }
    let kept_open = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyXXX";
    let (_, outcome) = outcome_of(&client(), move |_| Answer::Open(kept_open.into())).await;
    assert_eq!(answered(outcome).body, "body", "an open connection is not waited for");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let other = Server::start(|_| answer(200, "", "")).await;
    let location = format!("Location: {}\r\n", other.url("/steal"));
    for status in [301, 302, 303, 307, 308] {
        let location = location.clone();
        let (_, outcome) =
            outcome_of(&client(), move |_| answer(status, &location, "elsewhere")).await;
        let response = answered(outcome);
        assert_eq!(response.status.as_u16(), status);
        assert!(response.headers.text("location").unwrap().ends_with("/steal"));
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn what_takes_too_long_is_given_up_and_says_how_far_it_came() {
    let head = || b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbod".to_vec();
    let (timing, outcome) = outcome_of(&impatient(), |_| Answer::Open(Vec::new())).await;
    assert_eq!(failed(&outcome), (AttemptError::Timeout, "no answer within 150ms"));
    assert!(timing.connect.is_some() && timing.first_byte.is_none() && timing.total >= SHORT);

    let (timing, outcome) = outcome_of(&impatient(), move |_| Answer::Open(head())).await;
    assert_eq!(failed(&outcome), (AttemptError::Timeout, "no end of the answer within 150ms"));
    assert!(timing.first_byte.is_some());

    // TLS never begins where nobody answers the first word of it.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("https://{}/", silent.local_addr().unwrap())).unwrap();
    let client = Client::new(Policy { connect: SHORT, ..Policy::default() });
    let (timing, outcome) = within(client.send(&get(url))).await;
    let (error, message) = failed(&outcome);
    assert_eq!(error, AttemptError::Timeout);
    assert!(message.starts_with("no connection to 127.0.0.1:"), "{message}");
    assert!(timing.connect.is_none());
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_taken() {
    let fifty_megabytes = 50 << 20;
    let known = format!("HTTP/1.1 200 OK\r\nContent-Length: {fifty_megabytes}\r\n\r\n");
    let begun = Instant::now();
    let (_, outcome) = outcome_of(&client(), move |_| Answer::Open(known.clone().into())).await;
    let (error, message) = failed(&outcome);
    assert_eq!(error, AttemptError::TooLarge);
    assert!(message.contains("answered 200 OK, but") && message.contains("16777216"), "{message}");
    assert!(begun.elapsed() < Duration::from_secs(10), "its length alone tells");

    let small = Client::new(Policy { longest_body: 100_000, ..Policy::default() });
    for (head, rest) in [
        ("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1_000)),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            format!("3e8\r\n{}\r\n", "x".repeat(1_000)),
        ),
        ("HTTP/1.1 200 OK\r\n", format!("X: {}\r\n", "x".repeat(1_000))),
    ] {
        let rest = rest.clone().into_bytes();
        let script = move |_: &str| Answer::Endless(head.into(), rest.clone());
        let (_, outcome) = outcome_of(&small, script).await;
        assert_eq!(failed(&outcome).0, AttemptError::TooLarge, "{head}");
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_compressed_answer_is_unpacked_within_the_bounds() {
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
    let script = move |_: &str| bytes([head.as_bytes(), &gzip(b"{\"data\":{}}")].concat());
    let (_, outcome) = outcome_of(&client(), script).await;
    let response = answered(outcome);
    assert_eq!(response.body, "{\"data\":{}}");
    assert_eq!(response.headers.text("content-encoding"), Some("gzip"), "the head stays as sent");

    let bomb = gzip(&vec![0; 32 << 20]);
    assert!(bomb.len() < 100_000);
    let script = move |_: &str| bytes([head.as_bytes(), &bomb].concat());
    let (_, outcome) = outcome_of(&client(), script).await;
    assert_eq!(failed(&outcome).0, AttemptError::TooLarge);
}

#[tokio::test]
async fn what_is_no_whole_answer_is_told_by_its_kind() {
    for (sent, error, part) in [
        ("", AttemptError::Reset, "without an answer"),
        ("HTTP/1.1 200 OK\r\nContent-", AttemptError::Reset, "of the answer's head"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nbody",
            AttemptError::Reset,
            "answered 200 OK, but the connection ended after 4 of 10 bytes",
        ),
        (
            "HTTP/1.1 500 Broken\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            AttemptError::Malformed,
            "answered 500 Internal Server Error, but the answer breaks its chunked coding",
        ),
        ("SSH-2.0-OpenSSH_9.6\r\n", AttemptError::Malformed, "it begins SSH-2.0-OpenSSH_9.6"),
        ("<html>hello</html>\n", AttemptError::Malformed, "it begins <html>hello</html>"),
        (
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain",
            AttemptError::Malformed,
            "says that it is gzip",
        ),
    ] {
        let (_, outcome) = outcome_of(&client(), move |_| bytes(sent)).await;
        let (found, message) = failed(&outcome);
        assert_eq!(found, error, "{sent}: {message}");
        assert!(message.contains(part), "{sent}: {message}");
    }
}

#[tokio::test]
async fn an_answer_that_comes_before_the_request_was_read_is_heard() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let accepted = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        // Nothing is read, and the connection stays as it is.
        server::write(
            stream,
            Answer::Open(b"HTTP/1.1 413 Large\r\nContent-Length: 0\r\n\r\n".into()),
        )
        .await;
    });
    let call = Call::with_body(Method::POST, url, Headers::default(), vec![0; 32 << 20]);
    let (_, outcome) = within(client().send(&call)).await;
    assert_eq!(answered(outcome).status, StatusCode::PAYLOAD_TOO_LARGE);
    accepted.abort();
}

#[tokio::test]
async fn where_nothing_is_it_says_so() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let url = Url::parse(&format!("http://{free}/")).unwrap();
    let (timing, outcome) = within(client().send(&get(url.clone()))).await;
    let message = format!("nothing listens on {free}");
    assert_eq!(failed(&outcome), (AttemptError::Refused, message.as_str()));
    assert!(timing.connect.is_none());
    assert_eq!(within(client().reach(&url)).await.unwrap_err().message, message);

    let url = Url::parse("http://nobody.invalid/").unwrap();
    let (_, outcome) = within(client().send(&get(url))).await;
    let (error, message) = failed(&outcome);
    assert_eq!(error, AttemptError::Dns);
    assert!(message.starts_with("nobody.invalid has no address"), "{message}");
}

#[tokio::test]
async fn offline_only_this_machine_is_called() {
    let offline = Client::new(Policy { offline: true, ..Policy::default() });
    let (_, outcome) = outcome_of(&offline, |_| answer(200, "", "here")).await;
    assert_eq!(answered(outcome).body, "here");
    for address in ["https://sandbox.avinode.com/api", "http://10.0.0.1/", "http://[::2]/"] {
        let url = Url::parse(address).unwrap();
        let (timing, outcome) = within(offline.send(&get(url.clone()))).await;
        let (error, message) = failed(&outcome);
        assert_eq!(error, AttemptError::Offline, "{address}");
        assert!(message.contains("--offline"), "{message}");
        assert!(timing.connect.is_none());
        assert_eq!(offline.reach(&url).await.unwrap_err().error, AttemptError::Offline);
    }
}

#[tokio::test]
async fn localhost_is_called_by_name() {
    let server = Server::start(|_| answer(204, "", "")).await;
    let url = Url::parse(&format!("http://localhost:{}/", server.address.port())).unwrap();
    let (_, outcome) = within(client().send(&get(url))).await;
    assert_eq!(answered(outcome).status, StatusCode::NO_CONTENT);
}
