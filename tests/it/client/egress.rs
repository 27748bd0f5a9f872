//! Every connection is noted in the ledger, whatever it was for.

use std::time::Duration;

use hookscope::client::Client;
use hookscope::client::egress::EgressLedger;
use hookscope::client::policy::Policy;
use hookscope::domain::attempt::{AttemptError, Purpose};
use hookscope::domain::egress::{Aim, Ending};
use hookscope::domain::url::Url;
use http::StatusCode;
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::server::{Answer, Server, answer};
use super::{client, get, within};

/// How it ended, what for, and the bytes out and in.
async fn told(ledger: &EgressLedger) -> Vec<(Aim, Ending, u64, u64)> {
    let told = within(ledger.told()).await;
    assert_eq!(told.forgotten, 0);
    told.all.into_iter().map(|it| (it.aim, it.ending, it.sent, it.received)).collect()
}

#[tokio::test]
async fn what_goes_out_is_noted_with_its_purpose_and_the_bytes_on_the_wire() {
    let server = Server::start(|_| answer(201, "", "made")).await;
    let ledger = EgressLedger::default();
    let client = client().noting(ledger.clone());
    let call = client.completed(get(server.url("/a")));
    within(client.send_completed(&call, Purpose::Trigger)).await;
    let sent = server.requests()[0].len() as u64;
    let received = "HTTP/1.1 201 Any\r\nContent-Length: 4\r\n\r\nmade".len() as u64;
    let ending = Ending::Answered(StatusCode::CREATED);
    assert_eq!(told(&ledger).await, [(Aim::Attempt(Purpose::Trigger), ending, sent, received)]);
}

#[tokio::test]
async fn a_look_whether_anybody_is_there_is_noted_too_and_so_is_that_nobody_is() {
    let server = Server::start(|_| answer(200, "", "")).await;
    let ledger = EgressLedger::default();
    let client = client().noting(ledger.clone());
    within(client.reach_target(&server.url("/"))).await.expect("it is there");
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nowhere = Url::parse(&format!("http://{free}/")).unwrap();
    within(client.reach(&nowhere)).await.unwrap_err();
    let refused = Ending::Failed(AttemptError::Refused);
    let expected = [(Aim::Probe, Ending::Connected, 0, 0), (Aim::Probe, refused, 0, 0)];
    assert_eq!(told(&ledger).await, expected);
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_noted_with_what_had_gone_out() {
    let server = Server::start(|_| Answer::Open(b"HTTP/1.1 200 OK\r\n".to_vec())).await;
    let ledger = EgressLedger::default();
    let client = client().noting(ledger.clone());
    let call = get(server.url("/"));
    timeout(Duration::from_millis(200), client.send(&call)).await.unwrap_err();
    let all = told(&ledger).await;
    let [(Aim::Attempt(Purpose::Replay), Ending::GivenUp, sent, _)] = &all[..] else {
        panic!("one that was given up: {all:?}")
    };
    assert!(*sent > 0, "the request had gone out");
}

#[tokio::test]
async fn where_outward_connections_are_switched_off_there_is_nothing_to_note() {
    let ledger = EgressLedger::default();
    let client = Client::new(Policy { offline: true, ..Policy::default() }).noting(ledger.clone());
    let url = Url::parse("http://10.0.0.1/").unwrap();
    within(client.send(&get(url.clone()))).await;
    client.reach(&url).await.unwrap_err();
    timeout(Duration::from_millis(20), ledger.told()).await.unwrap_err();
}
