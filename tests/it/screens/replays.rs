//! Marks, the replay sheet, and what is under way.

mod exports;

use std::time::Duration;

use hookscope::app::message::Message;
use hookscope::domain::attempt::Call;
use hookscope::domain::headers::Headers;
use hookscope::domain::replay::{Progress, Summary, Tally};
use hookscope::domain::url::Url;
use http::Method;

use crate::scene::Scene;
use crate::views::check;

fn opened(size: (u16, u16), keys: &str) -> Scene {
    let mut scene = Scene::busy(size);
    scene.press(keys);
    scene
}

fn tally() -> Tally {
    Tally { answered_2xx: 400, failed: 12, by_status: [(200, 400)].into(), ..Tally::default() }
}

#[test]
fn marked_deliveries_are_told_from_others() {
    check("marks", |size| opened(size, "j space space"));
}

#[test]
fn the_sheet_says_what_will_be_sent() {
    check("replay_sheet", |size| opened(size, "j R"));
    check("replay_sheet_several", |size| opened(size, "* R"));
}

#[test]
fn the_sheet_warns_of_a_body_that_is_no_json_and_tells_what_is_wrong() {
    check("replay_sheet_body", |size| opened(size, "j R tab tab tab } enter x"));
    check("replay_sheet_mistake", |size| opened(size, "j R ctrl-u x enter"));
}

#[test]
fn a_dry_run_shows_the_request() {
    check("replay_dry_run", |size| {
        let mut scene = opened(size, "j R ctrl-t");
        let headers = [("Host", "127.0.0.1:3000"), ("Authorization", "***")];
        let url = Url::parse("http://127.0.0.1:3000/hotels").unwrap();
        let headers = Headers::from_pairs(headers);
        let call = Call::with_body(Method::POST, url, headers, r#"{"a":1}"#);
        scene.send(Message::Rehearsed(Ok(Box::new(call))));
        scene
    });
}

#[test]
fn a_replay_that_is_under_way_shows_how_far_it_has_come_and_then_its_end() {
    check("replaying", |size| {
        let mut scene = opened(size, "j R enter");
        let elapsed = Duration::from_secs(4);
        let progress = Progress { total: 10_000, done: 412, tally: tally(), elapsed, next: None };
        scene.send(Message::Replaying(progress));
        scene
    });
    check("replayed", |size| {
        let mut scene = opened(size, "j R enter");
        let took = Duration::from_secs(97);
        let tally = Tally {
            first_failure: Some("nothing listens on 127.0.0.1:3000".to_owned()),
            ..tally()
        };
        scene.send(Message::Replayed(Summary { total: 10_000, tally, took, is_cancelled: true }));
        scene
    });
}
