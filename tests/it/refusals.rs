//! What the listener does not capture, and what it tells about it.

use std::time::Duration;

use hookscope::domain::refusal::RefusalReason;
use proptest::prelude::*;

use crate::support::{Listening, any_path, limits, post, within};

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_the_limit_is_refused_whether_announced_or_not() {
    let mut listening = Listening::with(limits(|l| l.body = 1000), any_path()).await;
    let announced = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n";
    assert_eq!(listening.send(announced).await.status, 413);
    assert_eq!(listening.refused().await.reason, RefusalReason::BodyTooLarge);
    let expecting =
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n";
    assert_eq!(listening.send(expecting).await.status, 413);
    listening.refused().await;
    let chunk = format!("200\r\n{}\r\n", "x".repeat(512));
    let chunked = format!(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n"
    );
    assert_eq!(listening.send(chunked).await.status, 413);
    let refusal = listening.refused().await;
    assert_eq!(refusal.reason, RefusalReason::BodyTooLarge);
    assert!(refusal.message.contains("1000"), "{}", refusal.message);
    assert_eq!(listening.send(post("/", "", &"x".repeat(1000))).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_over_the_limits_is_refused() {
    let mut listening = Listening::start().await;
    let long = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(70_000));
    assert_eq!(listening.send(long).await.status, 431);
    assert_eq!(listening.refused().await.reason, RefusalReason::HeadTooLarge);
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: 1\r\n".repeat(10_000));
    assert_eq!(listening.send(many).await.status, 431);
    assert_eq!(listening.refused().await.reason, RefusalReason::HeadTooLarge);
    let path = format!("/{}", "p".repeat(60_000));
    assert_eq!(listening.send(post(&path, "", "")).await.status, 200);
    assert_eq!(listening.captured().await.delivery.request.target, path);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_does_not_end_in_time_is_answered_408() {
    let slow = limits(|l| l.head_time = Duration::from_millis(100));
    let mut listening = Listening::with(slow, any_path()).await;
    assert_eq!(listening.send("POST / HTTP/1.1\r\nHost:").await.status, 408);
    assert_eq!(listening.refused().await.reason, RefusalReason::TooSlow);
    // Also on a connection that has served a request.
    let mut client = listening.connect().await;
    client.write(post("/", "", "x")).await;
    client.answer().await;
    listening.captured().await;
    client.write("G").await;
    assert_eq!(client.answer().await.status, 408);
    assert_eq!(listening.refused().await.reason, RefusalReason::TooSlow);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_is_closed_without_a_word() {
    let short = limits(|l| {
        l.head_time = Duration::from_millis(50);
        l.idle_time = Duration::from_millis(100);
    });
    let mut listening = Listening::with(short, any_path()).await;
    let mut client = listening.connect().await;
    assert!(client.is_closed().await);
    listening.send(post("/", "", "next")).await;
    listening.captured().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_end_in_time_is_answered_408() {
    let slow = limits(|l| l.body_time = Duration::from_millis(100));
    let mut listening = Listening::with(slow, any_path()).await;
    let half = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234";
    assert_eq!(listening.send(half).await.status, 408);
    assert_eq!(listening.refused().await.reason, RefusalReason::TooSlow);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_hangs_up_within_the_request_is_refused_as_cut_off() {
    let mut listening = Listening::start().await;
    for part in [
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "POST / HTTP/1.1\r\nHo",
    ] {
        let mut client = listening.connect().await;
        client.write(part).await;
        drop(client);
        let refusal = listening.refused().await;
        assert_eq!(refusal.reason, RefusalReason::CutOff, "{part}: {}", refusal.message);
    }
    assert_eq!(listening.store.count().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_http_is_answered_400() {
    let mut listening = Listening::start().await;
    for (bytes, why) in [
        (&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"[..], "TLS"),
        (b"GET / HTTP/1.1\r\nX\0Y: 1\r\n\r\n", "NUL in a name"),
        (b"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", "NUL in a value"),
        (b"GET /\xff\xfe HTTP/1.1\r\n\r\n", "a target that is not UTF-8"),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "a negative length"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n", "a length that is no number"),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "both lengths",
        ),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
            "a repeated length",
        ),
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi", "two lengths"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n", "a bad chunk size"),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhiX\r\n0\r\n\r\n",
            "a chunk without its end",
        ),
    ] {
        let answered = listening.send(bytes).await;
        assert_eq!(answered.status, 400, "{why}");
        let refusal = listening.refused().await;
        assert_eq!(refusal.reason, RefusalReason::Malformed, "{why}: {}", refusal.message);
    }
    assert_eq!(listening.store.count().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_connections_that_are_served_senders_are_told_to_come_back() {
    let mut listening = Listening::with(limits(|l| l.connections = 2), any_path()).await;
    let mut held = [listening.connect().await, listening.connect().await];
    for client in &mut held {
        client.write(post("/", "", "x")).await;
        client.answer().await;
        listening.captured().await;
    }
    let mut third = listening.connect().await;
    let answered = third.answer().await;
    assert_eq!((answered.status, answered.header("retry-after")), (503, Some("5")));
    assert_eq!(listening.refused().await.reason, RefusalReason::Overloaded);
    drop(held);
    // The places come free as soon as the listener has seen the others leave.
    within(async { while listening.send(post("/", "", "x")).await.status != 200 {} }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_stored_is_answered_503_and_never_200() {
    let mut listening = Listening::start().await;
    listening.store.clone().close().await;
    let answered = listening.send(post("/", "", "x")).await;
    assert_eq!((answered.status, answered.header("retry-after")), (503, Some("5")));
    assert_eq!(listening.refused().await.reason, RefusalReason::StoreFailed);
}

fn raw_request() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"POST / HTTP/1.1\r\n".to_vec()),
        Just(b"Host: h\r\n".to_vec()),
        Just(b"Content-Length: 3\r\n".to_vec()),
        Just(b"Transfer-Encoding: chunked\r\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"3\r\nabc\r\n0\r\n\r\n".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

#[test]
fn no_bytes_whatever_keep_the_listener_from_serving_the_next_sender() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listening = runtime.block_on(Listening::start());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(128));
    let outcome = runner.run(&raw_request(), |bytes| {
        runtime.block_on(async {
            let mut client = listening.connect().await;
            client.write(bytes).await;
            drop(client);
            let answered = listening.send(post("/alive", "", "still here")).await;
            prop_assert_eq!(answered.status, 200);
            Ok(())
        })
    });
    outcome.unwrap();
}
