//! Questions that senders ask before they deliver, over real sockets.

use hookscope::capture::limits::Limits;
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::secret::Secret;
use hookscope::providers::route::Route;
use hookscope::verify;
use hookscope::verify::catalog::{Auth, Catalog};
use hookscope::verify::signing::Signing;
use jiff::Timestamp;

use crate::support::{Answered, Listening, post};

fn auth(scheme: &str, secret: &str) -> Auth {
    let secrets = if secret.is_empty() { Vec::new() } else { vec![Secret::new(secret)] };
    Auth { scheme: scheme.to_owned(), secrets, ..Auth::default() }
}

async fn listening(auth: Auth) -> Listening {
    let scheme = Catalog::builtin().scheme(&auth).unwrap();
    let route = Route { endpoint: Endpoint::any_path(None), scheme };
    Listening::with_routes(Limits::default(), vec![route]).await
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n")
}

fn body(answered: &Answered) -> &str {
    std::str::from_utf8(&answered.body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_echoed_as_plain_text_that_no_browser_takes_for_more() {
    let slack = r#"{"type":"url_verification","challenge":"<script>alert(1)</script>"}"#;
    for (scheme, request, expected) in [
        (
            "slack",
            post("/", "Content-Type: application/json\r\n", slack),
            "<script>alert(1)</script>",
        ),
        ("dropbox", get("/?challenge=abc%3Cb%3E"), "abc<b>"),
    ] {
        let mut listening = listening(auth(scheme, "s3cret")).await;
        let answered = listening.send(request).await;
        assert_eq!((answered.status, body(&answered)), (200, expected), "{scheme}");
        assert!(answered.header("content-type").unwrap().starts_with("text/plain"), "{scheme}");
        assert_eq!(answered.header("x-content-type-options"), Some("nosniff"), "{scheme}");
        let record = listening.captured().await;
        let handshake = record.handshake.clone().unwrap();
        assert_eq!((handshake.scheme.as_str(), handshake.brings_secret), (scheme, false));
        let stored = listening.store.load(record.id).await.unwrap().unwrap();
        assert_eq!(stored.handshake, Some(handshake));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn zoom_has_its_token_signed_but_nobody_else_has() {
    // The pair of token and answer is that of elastic/beats' tests.
    let auth = auth("zoom", "secretValueTest");
    let scheme = Catalog::builtin().scheme(&auth).unwrap();
    let mut listening = listening(auth).await;
    let question =
        r#"{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#;
    let request = Request {
        method: http::Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::default(),
        body: question.into(),
    };
    let signing = Signing { at: Timestamp::now(), nonce: "n", id: None, public_url: None };
    let signed = verify::signed(&request, &signing, &scheme).unwrap();
    let head = signed.headers.iter().map(|field| {
        let text = |bytes| std::str::from_utf8(bytes).unwrap().to_owned();
        format!("{}: {}\r\n", text(&field.name), text(&field.value))
    });
    let answered = listening.send(post("/", &head.collect::<String>(), question)).await;
    let answer: serde_json::Value = serde_json::from_slice(&answered.body).unwrap();
    assert_eq!(answer["plainToken"], "qgg8vlvZRS6UYooatFL8Aw");
    let encrypted = "70c1f2e2e6ca2d39297490d1f9142c7d701415ea8e6151f6562a08fa657a40ff";
    assert_eq!(answer["encryptedToken"], encrypted);
    assert_eq!(listening.captured().await.handshake.clone().unwrap().scheme.as_str(), "zoom");
    // Without Zoom's own signature it is no question of Zoom's.
    let answered = listening.send(post("/", "", question)).await;
    assert_eq!((answered.status, body(&answered)), (200, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_comes_with_a_handshake_is_told_and_not_taken() {
    let mut listening = listening(auth("asana", "")).await;
    let answered =
        listening.send(post("/", "X-Hook-Secret: b537207f20cbfa02357cf448134da559\r\n", "")).await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("x-hook-secret"), Some("b537207f20cbfa02357cf448134da559"));
    assert!(listening.captured().await.handshake.clone().unwrap().brings_secret);
    // The next delivery is still not checked: the user decides what the secret is.
    listening.send(post("/", "X-Hook-Signature: 00\r\n", "{}")).await;
    let record = listening.captured().await;
    assert_eq!(record.inspection.verdict.as_str(), "unchecked");
    assert_eq!(record.handshake, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn meta_gets_its_challenge_only_for_the_verify_token() {
    let meta = Auth { verify_token: Some(Secret::new("mine")), ..auth("meta", "app-secret") };
    let listening = listening(meta).await;
    let question = |token: &str| {
        get(&format!("/?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444"))
    };
    let right = listening.send(question("mine")).await;
    assert_eq!((right.status, body(&right)), (200, "1158201444"));
    let wrong = listening.send(question("guessed")).await;
    assert_eq!((wrong.status, body(&wrong)), (403, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_nothing_is_answered_as_the_endpoint_says() {
    let mut listening = listening(auth("slack", "s3cret")).await;
    let answered =
        listening.send(post("/", "", r#"{"type":"event_callback","challenge":"x"}"#)).await;
    assert_eq!((answered.status, body(&answered)), (200, ""));
    assert_eq!(listening.captured().await.handshake, None);
}
