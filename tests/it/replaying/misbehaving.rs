//! Servers that answer badly: the attempt says how, and the next delivery goes out all the same.

use std::time::Duration;

use hookscope::client::policy::Policy;
use hookscope::domain::attempt::{AttemptError, Outcome};
use hookscope::domain::plan::Plan;
use hookscope::domain::url::Url;
use hookscope::providers::route::Routes;
use tokio::net::TcpListener;

use super::server::{Raw, Reply, ok};
use super::{Running, attempts, captured, ids, outward, replay};

#[tokio::test]
async fn each_way_to_fail_is_told_and_does_not_end_the_replay() {
    for (bad, error, part) in [
        (Reply::Hang as fn(Vec<u8>) -> Reply, AttemptError::Timeout, "no answer within"),
        (Reply::Close, AttemptError::Reset, "without an answer"),
    ] {
        let listening = captured(3).await;
        let server = Raw::start(move |_, nth| match nth {
            1 => bad(Vec::new()),
            _ => Reply::Keep(ok(200)),
        })
        .await;
        let policy = Policy { total: Duration::from_millis(300), ..Policy::default() };
        let plan = Plan::verbatim(ids(3), server.url());
        let running = Running::start(outward(&listening.store, policy), plan, Routes::default());
        let (told, summary) = running.end().await;
        assert_eq!((summary.tally.failed, summary.tally.answered_2xx), (1, 2), "{part}");
        match &attempts(&told)[0].1.outcome {
            Outcome::Failed { error: found, message } => {
                assert_eq!(*found, error);
                assert!(message.contains(part), "{message}");
                assert_eq!(summary.tally.first_failure.as_ref(), Some(message));
            }
            Outcome::Answered(response) => panic!("{response:?}"),
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_taken_and_its_connection_not_used_again() {
    let listening = captured(2).await;
    let server = Raw::start(|_, nth| match nth {
        1 => Reply::Keep(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\nxx".to_vec()),
        _ => Reply::Keep(ok(200)),
    })
    .await;
    let policy = Policy { longest_body: 1_000, ..Policy::default() };
    let plan = Plan::verbatim(ids(2), server.url());
    let running = Running::start(outward(&listening.store, policy), plan, Routes::default());
    let (told, summary) = running.end().await;
    let outcome = &attempts(&told)[0].1.outcome;
    assert!(
        matches!(outcome, Outcome::Failed { error: AttemptError::TooLarge, .. }),
        "{outcome:?}"
    );
    assert_eq!((summary.tally.answered_2xx, server.connections()), (1, 2));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let listening = captured(2).await;
    let elsewhere = Raw::start(|_, _| Reply::Keep(ok(200))).await;
    let location = elsewhere.address;
    let server = Raw::start(move |_, _| {
        let head = "HTTP/1.1 307 Elsewhere\r\nContent-Length: 0\r\n";
        Reply::Keep(format!("{head}Location: http://{location}/\r\n\r\n").into_bytes())
    })
    .await;
    let (_, summary) = replay(&listening.store, Plan::verbatim(ids(2), server.url())).await;
    assert_eq!(summary.tally.by_status, [(307, 2)].into());
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn where_nobody_listens_every_attempt_says_so() {
    let listening = captured(3).await;
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let url = Url::parse(&format!("http://{free}")).unwrap();
    let (told, summary) = replay(&listening.store, Plan::verbatim(ids(3), url)).await;
    assert_eq!((summary.tally.failed, attempts(&told).len()), (3, 3));
    let why = format!("nothing listens on {free}");
    assert_eq!(summary.tally.first_failure, Some(why));
}

#[tokio::test]
async fn offline_nothing_leaves_this_machine_and_nothing_is_tried_again() {
    let listening = captured(1).await;
    let policy = Policy { offline: true, ..Policy::default() };
    let plan = Plan {
        retry_like: Some(hookscope::domain::event::ProviderId::Channex),
        ..Plan::verbatim(ids(1), Url::parse("https://app.example.test").unwrap())
    };
    let running = Running::start(outward(&listening.store, policy), plan, Routes::default());
    let (told, summary) = running.end().await;
    let outcome = &attempts(&told)[0].1.outcome;
    assert!(matches!(outcome, Outcome::Failed { error: AttemptError::Offline, .. }), "{outcome:?}");
    assert_eq!((summary.tally.failed, summary.tally.retried), (1, 0));
}
