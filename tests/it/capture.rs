//! The listener over real sockets, spoken to in raw bytes.

use std::time::{Duration, Instant};

use hookscope::capture::limits::Limits;
use hookscope::domain::endpoint::{Answer, Endpoint, PathPattern};
use hookscope::domain::headers::Fidelity;
use hookscope::domain::record::Record;
use hookscope::domain::refusal::RefusalReason;
use http::StatusCode;

use crate::support::{DEADLINE, Listening, any_path, limits, post, within};

fn head_lines(record: &Record) -> Vec<String> {
    let fields = record.delivery.request.headers.iter();
    fields
        .map(|field| {
            let (name, value) = (&field.name, &field.value);
            format!("{}={}", String::from_utf8_lossy(name), String::from_utf8_lossy(value))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_kept_byte_for_byte_and_answered_200_with_an_empty_body() {
    let mut listening = Listening::start().await;
    let body = "{\"a\": 1.10,\u{e9}}\n";
    let request = format!(
        "POST /a%2Fb//c?x=%20&x HTTP/1.1\r\nX-B: 2\r\nhOsT: h\r\nx-a:  1 \r\nX-B: 1\r\n\
         CONTENT-LENGTH: {}\r\nX-Empty:\r\n\r\n{body}",
        body.len()
    );
    let answered = listening.send(request).await;
    assert_eq!((answered.status, answered.body.len()), (200, 0));
    let record = listening.captured().await;
    let request = &record.delivery.request;
    assert_eq!(request.target, "/a%2Fb//c?x=%20&x");
    let length = format!("CONTENT-LENGTH={}", body.len());
    let lines = head_lines(&record);
    assert_eq!(lines, ["X-B=2", "hOsT=h", "x-a=1", "X-B=1", length.as_str(), "X-Empty="]);
    assert_eq!(request.headers.fidelity(), Fidelity::Exact);
    assert_eq!(&request.body[..], body.as_bytes());
    let stored = listening.store.load(record.id).await.unwrap().unwrap();
    assert_eq!(stored.delivery.request, *request);
}

#[tokio::test(flavor = "multi_thread")]
async fn any_bytes_in_header_values_and_bodies_are_kept() {
    let mut listening = Listening::start().await;
    let mut request =
        b"PATCH / HTTP/1.1\r\nHost: h\r\nX-Raw: \xff\xfe\x80 \xc3\xa9\r\nContent-Length: 4\r\n\r\n"
            .to_vec();
    request.extend_from_slice(b"\0\xff\r\n");
    assert_eq!(listening.send(request).await.status, 200);
    let record = listening.captured().await;
    let request = &record.delivery.request;
    assert_eq!(request.headers.first("x-raw"), Some(&b"\xff\xfe\x80 \xc3\xa9"[..]));
    assert_eq!(&request.body[..], b"\0\xff\r\n");
    assert_eq!(request.method, http::Method::PATCH);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_serves_one_request_after_the_other() {
    let mut listening = Listening::start().await;
    let mut client = listening.connect().await;
    for n in 0..5 {
        client.write(post("/one", &format!("X-N: {n}\r\n"), "hello")).await;
        assert_eq!(client.answer().await.status, 200);
        client.write("GET /two HTTP/1.1\r\nHost: h\r\nX-Two: 2\r\n\r\n").await;
        assert_eq!(client.answer().await.status, 200);
        assert_eq!(
            listening.captured().await.delivery.request.headers.text("x-n"),
            Some(&*n.to_string())
        );
        let second = listening.captured().await;
        assert_eq!(second.delivery.request.headers.fidelity(), Fidelity::Exact);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pipelined_requests_are_kept_apart() {
    let mut listening = Listening::start().await;
    let mut client = listening.connect().await;
    client.write(post("/one", "", "first") + &post("/two", "X-Two: 2\r\n", "second")).await;
    assert_eq!((client.answer().await.status, client.answer().await.status), (200, 200));
    let (one, two) = (listening.captured().await, listening.captured().await);
    assert_eq!(&one.delivery.request.body[..], b"first");
    assert_eq!(&two.delivery.request.body[..], b"second");
    assert_eq!(two.delivery.request.headers.fidelity(), Fidelity::Exact);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chunked_body_is_joined_and_what_follows_it_is_a_request_of_its_own() {
    let mut listening = Listening::start().await;
    let mut client = listening.connect().await;
    let chunked = "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\
                   5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n";
    for _ in 0..3 {
        client.write(chunked).await;
        assert_eq!(client.answer().await.status, 200);
        let record = listening.captured().await;
        assert_eq!(&record.delivery.request.body[..], b"hello world");
        assert_eq!(record.delivery.request.headers.fidelity(), Fidelity::Exact);
    }
    client.write(format!("{chunked}{}", post("/next", "X-Next: 1\r\n", "n"))).await;
    client.answer().await;
    client.answer().await;
    listening.captured().await;
    let next = listening.captured().await;
    assert_eq!(next.delivery.request.headers.text("x-next"), Some("1"));
    assert_eq!(&next.delivery.request.body[..], b"n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_expects_100_is_told_to_continue() {
    let mut listening = Listening::start().await;
    let mut client = listening.connect().await;
    client
        .write("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        .await;
    assert_eq!(client.answer().await.status, 100);
    client.write("hi").await;
    assert_eq!(client.answer().await.status, 200);
    assert_eq!(&listening.captured().await.delivery.request.body[..], b"hi");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_hangs_up_after_the_body_loses_nothing() {
    let mut listening = Listening::start().await;
    for n in 0..50 {
        let mut client = listening.connect().await;
        client.write(post("/", "", &format!("body {n}"))).await;
        drop(client);
    }
    for _ in 0..50 {
        listening.captured().await;
    }
    assert_eq!(listening.store.count().await.unwrap(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_answer_as_they_are_told_and_other_paths_get_404() {
    let answer = Answer {
        status: StatusCode::ACCEPTED,
        headers: vec![(
            http::HeaderName::from_static("x-answer"),
            http::HeaderValue::from_static("yes"),
        )],
        body: "taken".into(),
        delay: Duration::from_millis(50),
    };
    let endpoint = Endpoint {
        name: "acme".into(),
        path: PathPattern::parse("/acme/{kind}").unwrap(),
        answer,
        account: Some("acme-sandbox".into()),
        ..Endpoint::any_path(None)
    };
    let mut listening = Listening::with(Limits::default(), vec![endpoint]).await;
    let begun = Instant::now();
    let answered = listening.send(post("/acme/rfq?x=1", "", "hi")).await;
    assert!(begun.elapsed() >= Duration::from_millis(50));
    assert_eq!(
        (answered.status, answered.header("x-answer"), &answered.body[..]),
        (202, Some("yes"), &b"taken"[..])
    );
    let record = listening.captured().await;
    assert_eq!(record.delivery.endpoint.as_str(), "acme");
    assert_eq!(record.inspection.account, Some("acme-sandbox".into()));
    assert_eq!(record.answered.status, StatusCode::ACCEPTED);
    assert_eq!(listening.send(post("/other", "", "hi")).await.status, 404);
    assert_eq!(listening.refused().await.reason, RefusalReason::NoEndpoint);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_senders_at_once_are_all_served() {
    let listening = Listening::start().await;
    let mut clients = Vec::new();
    for _ in 0..500 {
        clients.push(listening.connect().await);
    }
    for client in &mut clients {
        client.write(post("/", "", "x")).await;
    }
    for client in &mut clients {
        assert_eq!(client.answer().await.status, 200);
    }
    assert_eq!(listening.store.count().await.unwrap(), 500);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_shutdown_idle_connections_close_at_once_and_a_request_under_way_is_finished() {
    let slow = Answer { delay: Duration::from_millis(200), ..Answer::default() };
    let endpoint = Endpoint { answer: slow, ..Endpoint::any_path(None) };
    let mut listening = Listening::with(Limits::default(), vec![endpoint]).await;
    let mut idle = listening.connect().await;
    let mut busy = listening.connect().await;
    busy.write(post("/", "", "x")).await;
    listening.captured().await;
    listening.shutdown.begin.cancel();
    assert!(idle.is_closed().await);
    assert_eq!(busy.answer().await.status, 200);
    within(listening.served).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn at_shutdown_a_half_sent_body_is_waited_for_no_longer_than_the_drain() {
    let short = limits(|l| l.drain = Duration::from_millis(100));
    let listening = Listening::with(short, any_path()).await;
    let mut half = listening.connect().await;
    half.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01").await;
    // A second connection shows that the first has been accepted before the end begins.
    assert_eq!(listening.send(post("/", "", "x")).await.status, 200);
    let begun = Instant::now();
    listening.shutdown.begin.cancel();
    within(listening.served).await.unwrap();
    assert!(begun.elapsed() < DEADLINE / 4);
    assert!(half.is_closed().await);
}
