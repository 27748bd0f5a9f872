use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use jiff::Timestamp;

use super::subject::{Original, Subject};
use super::*;
use crate::app::fixtures;
use crate::domain::attempt::{Attempt, AttemptError, Call, Outcome, Purpose, Response, Timing};
use crate::domain::comparison::part::Change;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::Answer;
use crate::domain::headers::Headers;
use crate::domain::url::Url;

const ABOUT: &str = "answers of #1";

fn attempt(purpose: Purpose, seconds: i64, outcome: Outcome) -> Arc<Attempt> {
    let url = Url::parse("http://127.0.0.1:3000/a").expect("an address");
    Arc::new(Attempt {
        delivery: Some(DeliveryId(1)),
        account: None,
        purpose,
        call: Call::new(Method::POST, url, Headers::default()),
        started_at: Timestamp::from_second(seconds).expect("a time"),
        timing: Timing { connect: None, first_byte: None, total: Duration::from_millis(3) },
        outcome,
    })
}

fn answered(status: u16, body: &'static str) -> Outcome {
    let headers = Headers::from_pairs([("X-Body", body)]);
    let status = StatusCode::from_u16(status).expect("a status");
    Outcome::Answered(Response { status, headers, body: Bytes::from(body) })
}

fn original(usual: Option<&Answer>, attempts: &[Arc<Attempt>]) -> Subject {
    let record = fixtures::record(1);
    Subject::Original(Box::new(Original::new(&record, usual, attempts.iter().map(|it| &**it))))
}

fn usual(status: StatusCode) -> Answer {
    let body = Bytes::from_static(b"usual");
    Answer { status, headers: Vec::new(), body, delay: Duration::ZERO }
}

/// The lines of a comparison: its sentence, then its changes.
fn told(comparing: &Comparing) -> Vec<String> {
    let line = |line: &Line| match line {
        Line::Headline { text, .. } => Some(text.clone()),
        Line::Change(part) if part.name != "total" => {
            let same = if part.change.is_same() { "=" } else { "" };
            Some(format!("{same}{} {}", part.name, part.change.text()))
        }
        Line::Note(text) if text.contains("answer") => Some(text.clone()),
        _ => None,
    };
    comparing.lines().lines().iter().filter_map(line).collect()
}

/// What it is compared with, by the bodies: the one before, the one after.
fn sides(comparing: &Comparing) -> Vec<String> {
    let lines = comparing.lines().lines().iter();
    let names = lines.filter(|line| matches!(line.name(), "before" | "after"));
    names.map(|line| line.value().split(' ').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_attempt_is_compared_with_the_one_before_it_of_its_kind_and_then_with_the_others() {
    let attempts = [
        attempt(Purpose::Replay, 1, answered(200, "one")),
        attempt(Purpose::Forward, 2, answered(200, "two")),
        attempt(Purpose::Replay, 3, answered(200, "three")),
        attempt(Purpose::Fetch, 4, answered(200, "four")),
    ];
    let mut subjects = vec![original(Some(&usual(StatusCode::OK)), &[])];
    subjects.extend(attempts.map(Subject::Attempt));
    let mut comparing =
        Comparing::new(ABOUT.to_owned(), subjects.clone(), 3).expect("there are others");
    assert_eq!(told(&comparing)[2], "X-Body one → three");
    let mut met = vec![sides(&comparing)];
    for back in [true, true, true, true, false] {
        comparing.step(back);
        met.push(sides(&comparing));
    }
    assert_eq!(
        met,
        [
            ["replay", "replay"],
            ["the", "replay"],
            ["replay", "fetch"],
            ["forward", "replay"],
            ["replay", "replay"],
            ["forward", "replay"],
        ]
    );
    let alone = Comparing::new(ABOUT.to_owned(), subjects, 4).expect("there are others");
    assert_eq!(sides(&alone), ["the", "fetch"], "none of its kind is before it");
    assert!(Comparing::new(ABOUT.to_owned(), vec![original(None, &[])], 0).is_none());
}

#[test]
fn what_is_the_same_is_told_on_demand() {
    let one = attempt(Purpose::Replay, 1, answered(200, "a\nb\n"));
    let other = attempt(Purpose::Replay, 2, answered(404, "a\nc\n"));
    let subjects = vec![Subject::Attempt(one), Subject::Attempt(other)];
    let mut comparing = Comparing::new(ABOUT.to_owned(), subjects, 1).expect("there is another");
    let sentence = "another status, 1 header differs, in the body 1 line added, 1 removed";
    let status = "status 200 OK → 404 Not Found";
    let header = "X-Body a\nb\n → a\nc\n";
    assert_eq!(told(&comparing), [sentence, status, header, "line 2 b", "line 2 c"]);
    comparing.turn();
    assert_eq!(told(&comparing), [sentence, status, header, "=line 1 a", "line 2 b", "line 2 c"]);
    comparing.turn();
    assert_eq!(told(&comparing).len(), 5);
}

#[test]
fn the_original_answer_is_told_as_far_as_it_is_known() {
    let replay = attempt(Purpose::Replay, 3, answered(200, "usual"));
    let forward = |status| attempt(Purpose::Forward, 2, answered(status, "usual"));
    let unknown =
        "of what the sender was answered only the status is kept: it is not what is configured now";
    let cases = [
        (original(Some(&usual(StatusCode::OK)), &[]), None),
        (original(Some(&usual(StatusCode::NO_CONTENT)), &[]), Some(unknown)),
        (original(None, &[forward(500), forward(200)]), None),
        (original(None, &[forward(500)]), Some(unknown)),
    ];
    for (original, expected) in cases {
        let subjects = vec![original, Subject::Attempt(Arc::clone(&replay))];
        let comparing = Comparing::new(ABOUT.to_owned(), subjects, 1).expect("there is another");
        let lines = told(&comparing);
        assert_eq!(lines[1], "=status 200 OK");
        assert_eq!(lines.iter().find(|line| line.contains("kept")).map(String::as_str), expected);
        let sentence = if expected.is_none() { "the same body" } else { "the same status" };
        assert!(lines[0].ends_with(sentence), "{}", lines[0]);
    }
}

#[test]
fn an_attempt_without_an_answer_says_why() {
    let message = "nothing listens on 127.0.0.1:3000".to_owned();
    let failed = Outcome::Failed { error: AttemptError::Refused, message };
    let subjects = vec![
        Subject::Attempt(attempt(Purpose::Replay, 1, failed)),
        Subject::Attempt(attempt(Purpose::Replay, 2, answered(200, "{}"))),
    ];
    let comparing = Comparing::new(ABOUT.to_owned(), subjects, 1).expect("there is another");
    let status = "status nothing listens on 127.0.0.1:3000 → 200 OK";
    assert_eq!(told(&comparing), ["another status", status, "one of them is no answer"]);
}

#[test]
fn json_is_compared_by_its_places() {
    let one = answered(200, r#"{"id":1,"gone":true,"trip":{"leg":[7]}}"#);
    let other = answered(200, r#"{"id":2,"new":null,"trip":{},"leg":[7]}"#);
    let subjects = vec![
        Subject::Attempt(attempt(Purpose::Replay, 1, one)),
        Subject::Attempt(attempt(Purpose::Replay, 2, other)),
    ];
    let comparing = Comparing::new(ABOUT.to_owned(), subjects, 1).expect("there is another");
    let summary = "in the body 1 changed, 1 moved, 1 added, 1 removed";
    assert!(told(&comparing)[0].ends_with(summary), "{}", told(&comparing)[0]);
    assert!(told(&comparing).contains(&"/leg from /trip/leg: [7]".to_owned()));
    let lines = comparing.lines().lines().iter();
    let changes = lines.filter_map(|line| match line {
        Line::Change(part) if part.name.starts_with('/') => Some((&*part.name, &part.change)),
        _ => None,
    });
    let another = Change::Changed { from: "1".to_owned(), to: "2".to_owned() };
    let (removed, added) = (Change::Removed("true".to_owned()), Change::Added("null".to_owned()));
    let moved = Change::Moved { from: "/trip/leg".to_owned(), value: "[7]".to_owned() };
    let expected = [("/id", &another), ("/gone", &removed), ("/new", &added), ("/leg", &moved)];
    assert_eq!(changes.collect::<Vec<_>>(), expected);
}
