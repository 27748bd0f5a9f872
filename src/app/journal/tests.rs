use std::time::Duration;

use http::StatusCode;

use super::*;
use crate::domain::attempt::{AttemptError, Purpose};
use crate::domain::egress::{Aim, Ending};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a time")
}

fn egress(aim: Aim, ending: Ending, sent: u64) -> Egress {
    let (host, took) = ("app.test:3000".to_owned(), Duration::from_millis(12));
    Egress { at: at(0), host, aim, ending, reused: false, took, sent, received: 40 }
}

#[test]
fn notices_stand_in_the_order_they_were_said_with_a_word_for_how_they_are_meant() {
    let mut journal = Journal::default();
    journal.notice(at(1), Notice::done("copied"));
    journal.notice(at(2), Notice::error("not sent"));
    let values = journal
        .notice_lines()
        .iter()
        .map(|line| (line.name().to_owned(), line.value()))
        .collect::<Vec<_>>();
    assert_eq!(values[0].1, "2 notices; of this run alone");
    assert_eq!(values[2], ("done".to_owned(), "1970-01-01T00:00:01Z  copied".to_owned()));
    assert_eq!(values[3], ("error".to_owned(), "1970-01-01T00:00:02Z  not sent".to_owned()));
}

#[test]
fn each_connection_says_what_for_to_whom_and_what_came_of_it() {
    let forward = Aim::Attempt(Purpose::Forward);
    #[rustfmt::skip]
    let cases = [
        (egress(forward, Ending::Answered(StatusCode::OK), 2_048), "forward", "200          2.0K     40    12 ms  app.test:3000"),
        (egress(Aim::Probe, Ending::Connected, 0), "probe", "connected       0     40    12 ms  app.test:3000"),
        (egress(Aim::Token, Ending::Failed(AttemptError::Dns), 0), "token", "dns             0     40    12 ms  app.test:3000"),
        (Egress { reused: true, ..egress(forward, Ending::GivenUp, 7) }, "forward", "given up        7     40    12 ms  app.test:3000, reused"),
    ];
    for (egress, name, text) in cases {
        let mut journal = Journal::default();
        journal.connected(Told { all: vec![egress], forgotten: 0 });
        let lines = journal.connection_lines();
        assert_eq!(
            (lines[3].name(), &*lines[3].value()),
            (name, &*format!("1970-01-01T00:00:00Z  {text}"))
        );
    }
}

#[test]
fn only_so_many_are_kept_and_it_says_of_how_many() {
    let mut journal = Journal::default();
    for second in 0..1_005 {
        journal.notice(at(second), Notice::done("copied"));
    }
    let lines = journal.notice_lines();
    assert_eq!(lines.len(), MOST + 2);
    assert!(lines[0].value().starts_with("the last 1000 of 1005 notices"), "{:?}", lines[0]);
    journal.connected(Told { all: vec![egress(Aim::Probe, Ending::Connected, 5)], forgotten: 9 });
    let said = journal.connection_lines()[0].value();
    assert!(
        said.starts_with("the last 1 of 10 connections outward; 5 bytes of HTTP out, 40 in"),
        "{said}"
    );
}
