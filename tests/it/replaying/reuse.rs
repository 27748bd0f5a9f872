//! Connections are used again for bulk, and nothing is lost or sent twice by it.

use hookscope::client::policy::Policy;
use hookscope::domain::attempt::{AttemptError, Outcome};
use hookscope::domain::plan::Plan;

use super::server::{Raw, Reply, ok};
use super::{attempts, bodies, captured, ids, outward, replay};
use crate::support::within;

#[tokio::test]
async fn one_after_the_other_needs_one_connection() {
    let listening = captured(40).await;
    let server = Raw::start(|_, _| Reply::Keep(ok(200))).await;
    let (told, summary) = replay(&listening.store, Plan::verbatim(ids(40), server.url())).await;
    assert!(summary.is_success(), "{}", summary.sentence());
    assert_eq!((server.requests().len(), server.connections()), (40, 1));
    let connected = attempts(&told).iter().filter(|(_, a)| a.timing.connect.is_some()).count();
    assert_eq!(connected, 1, "only the first had to connect");
}

#[tokio::test]
async fn a_single_request_has_its_connection_for_itself() {
    let listening = captured(1).await;
    let server = Raw::start(|_, _| Reply::Keep(ok(200))).await;
    replay(&listening.store, Plan::verbatim(ids(1), server.url())).await;
    let sent = String::from_utf8(server.requests().remove(0)).unwrap();
    assert!(sent.contains("\r\nConnection: close\r\n"), "{sent}");
}

#[tokio::test]
async fn an_answer_that_ends_its_connection_is_obeyed() {
    let body = "HTTP/1.1 200 OK\r\n";
    for answer in [
        format!("{body}Content-Length: 0\r\nConnection: close\r\n\r\n"),
        format!("{body}Content-Length: 0\r\nconnection: x, CLOSE\r\n\r\n"),
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n".to_owned(),
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n".to_owned(),
        format!("{body}\r\nuntil the end"),
        format!("{body}Content-Length: 1\r\n\r\n1too much"),
    ] {
        let listening = captured(5).await;
        let sent = answer.clone().into_bytes();
        let is_open_ended = answer.ends_with("end");
        let server = Raw::start(move |_, _| match is_open_ended {
            true => Reply::Close(sent.clone()),
            // The server would take more; it is the client that must not send it.
            false => Reply::Keep(sent.clone()),
        })
        .await;
        let (_, summary) = replay(&listening.store, Plan::verbatim(ids(5), server.url())).await;
        assert!(summary.is_success(), "{answer}: {}", summary.sentence());
        assert_eq!((server.requests().len(), server.connections()), (5, 5), "{answer}");
    }
}

#[tokio::test]
async fn chunked_and_empty_answers_leave_the_connection_usable() {
    let listening = captured(3).await;
    let server = Raw::start(|_, nth| {
        Reply::Keep(match nth {
            1 => b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
            2 => {
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n"
                    .to_vec()
            }
            _ => {
                b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec()
            }
        })
    })
    .await;
    let (told, summary) = replay(&listening.store, Plan::verbatim(ids(3), server.url())).await;
    assert_eq!((summary.tally.answered_2xx, server.connections()), (3, 1));
    let answers = attempts(&told);
    let answers = answers.iter().map(|(_, attempt)| &attempt.response().unwrap().body[..]);
    assert_eq!(answers.collect::<Vec<_>>(), [&b""[..], b"ok", b"ok"]);
}

#[tokio::test]
async fn a_connection_that_was_closed_while_it_waited_costs_nothing() {
    let listening = captured(9).await;
    // Each connection takes three requests, and says nothing of it.
    let server = Raw::start(|_, nth| match nth % 3 {
        0 => Reply::Close(ok(200)),
        _ => Reply::Keep(ok(200)),
    })
    .await;
    let (_, summary) = replay(&listening.store, Plan::verbatim(ids(9), server.url())).await;
    assert!(summary.is_success(), "{}", summary.sentence());
    assert_eq!(bodies(&server.requests()), ["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
}

#[tokio::test]
async fn a_request_that_breaks_a_waiting_connection_goes_out_once_more_and_only_then() {
    let listening = captured(2).await;
    // The second request is read and not answered, neither on the old connection nor on a new one.
    let server = Raw::start(|_, nth| match nth {
        1 => Reply::Keep(ok(200)),
        _ => Reply::Close(Vec::new()),
    })
    .await;
    let (told, summary) = replay(&listening.store, Plan::verbatim(ids(2), server.url())).await;
    assert_eq!(bodies(&server.requests()), ["1", "2", "2"]);
    assert_eq!((server.connections(), summary.tally.failed), (2, 1));
    let outcome = &attempts(&told)[1].1.outcome;
    assert!(matches!(outcome, Outcome::Failed { error: AttemptError::Reset, .. }), "{outcome:?}");
}

#[tokio::test]
async fn a_request_that_was_answered_in_part_or_not_in_time_is_not_sent_again() {
    for (begun, error) in [
        (Reply::Close as fn(Vec<u8>) -> Reply, AttemptError::Reset),
        (Reply::Hang as fn(Vec<u8>) -> Reply, AttemptError::Timeout),
    ] {
        for part in
            [&b"H"[..], b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"]
        {
            let listening = captured(2).await;
            let server = Raw::start(move |_, nth| match nth {
                1 => Reply::Keep(ok(200)),
                _ => begun(part.to_vec()),
            })
            .await;
            let policy =
                Policy { total: std::time::Duration::from_millis(300), ..Policy::default() };
            let plan = Plan::verbatim(ids(2), server.url());
            let outward = outward(&listening.store, policy);
            let running = super::Running::start(
                outward,
                plan,
                hookscope::providers::route::Routes::default(),
            );
            let (told, _) = within(running.end()).await;
            assert_eq!(bodies(&server.requests()), ["1", "2"], "{}", part.escape_ascii());
            match &attempts(&told)[1].1.outcome {
                Outcome::Failed { error: found, .. } => assert_eq!(*found, error),
                Outcome::Answered(response) => panic!("{response:?}"),
            }
        }
    }
}
