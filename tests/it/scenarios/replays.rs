//! What a dry run and a replay of many tell.

use std::time::Duration;

use hookscope::app::message::Message;
use hookscope::domain::attempt::Call;
use hookscope::domain::headers::Headers;
use hookscope::domain::replay::{Progress, Summary, Tally};
use hookscope::domain::url::Url;
use http::Method;

use super::Begin::{Linked, Wide};

/// A request that a dry run shows.
fn rehearsed() -> Message {
    let url = Url::parse("http://127.0.0.1:3000/hooks").expect("an address");
    Message::Rehearsed(Ok(Box::new(Call::new(Method::POST, url, Headers::default()))))
}

#[test]
fn a_dry_run_is_shown_only_of_what_the_sheet_still_says() {
    let mut stage = Wide.stage();
    stage.press("R ctrl-t");
    stage.send(rehearsed());
    assert_eq!(stage.glimpse(), "stream 30 follow | replay target | confirm ");
    stage.press("esc ctrl-t 1");
    stage.send(rehearsed());
    assert_eq!(stage.glimpse(), "stream 30 follow | replay target");
    let told = stage.app.toasts.iter().next_back().map(|toast| toast.notice.text.clone());
    assert!(told.is_some_and(|text| text.starts_with("the sheet was changed meanwhile")));
    stage.press("ctrl-t");
    stage.send(rehearsed());
    assert_eq!(stage.glimpse(), "stream 30 follow | replay target | confirm ");
}

#[test]
fn the_attempts_on_the_screen_follow_a_replay_of_many() {
    let mut stage = Linked.stage();
    stage.press("6");
    let attempt = stage.attempts[0].clone();
    let (took, tally) = (Duration::from_secs(1), Tally::default());
    let progress = Progress { total: 3, done: 1, tally: tally.clone(), elapsed: took, next: None };
    let ended = Summary { total: 3, tally, took, is_cancelled: false };
    for message in [Message::Replaying(progress), Message::Replayed(ended)] {
        let before = stage.app.detail.attempts().map(|attempts| attempts.listed().count());
        stage.attempts.push(attempt.clone());
        stage.send(message);
        let now = stage.app.detail.attempts().map(|attempts| attempts.listed().count());
        assert_eq!(now, before.map(|count| count + 1));
    }
}
