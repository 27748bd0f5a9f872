//! What there is to read on top of the panes: the log, the overview, the timeline.

use std::sync::Arc;
use std::time::Duration;

use hookscope::app::attempted::OpenedAttempt;
use hookscope::app::message::Message;
use hookscope::app::toast::Notice;
use hookscope::domain::attempt::{Attempt, AttemptError, Call, Outcome, Purpose, Response, Timing};
use hookscope::domain::egress::{Aim, Egress, Ending, Told};
use hookscope::domain::headers::Headers;
use hookscope::domain::url::Url;
use hookscope::ui::theme::Theme;
use http::{Method, StatusCode};
use jiff::SignedDuration;

use super::text_of;
use crate::scene::{Scene, now};
use crate::views::check;

#[test]
fn the_log_tells_what_was_said_with_a_word_for_how_it_was_meant() {
    check("log_notices", |size| {
        let mut scene = Scene::busy(size);
        scene.send(Message::Failed(Notice::done("body copied")));
        scene.send(Message::Failed(Notice::warning("refused with 404: no endpoint has this path")));
        scene.send(Message::Failed(Notice::error(
            "the export was not written: /data/all.ndjson cannot be made, the folder is not there; make it or name another file",
        )));
        scene.press("g l");
        scene.app.toasts.expire(now() + SignedDuration::from_hours(1));
        scene
    });
}

fn egress(second: i64, host: &str, aim: Aim, ending: Ending, bytes: (u64, u64)) -> Egress {
    let (host, took) = (host.to_owned(), Duration::from_millis(12));
    let at = now() - SignedDuration::from_secs(second);
    Egress { at, host, aim, ending, reused: second == 3, took, sent: bytes.0, received: bytes.1 }
}

#[test]
fn the_log_tells_every_connection_outward() {
    check("log_connections", |size| {
        let mut scene = Scene::busy(size);
        let ok = Ending::Answered(StatusCode::OK);
        let refused = Ending::Failed(AttemptError::Refused);
        let attempt = Aim::Attempt;
        #[rustfmt::skip]
        let all = vec![
            egress(9, "localhost:3000", Aim::Probe, refused, (0, 0)),
            egress(8, "localhost:3000", Aim::Probe, Ending::Connected, (0, 0)),
            egress(7, "localhost:3000", attempt(Purpose::Forward), ok, (1_840, 97)),
            egress(5, "api.avionte.com", Aim::Token, ok, (412, 1_204)),
            egress(4, "api.avionte.com", attempt(Purpose::Fetch), ok, (530, 48_211)),
            egress(3, "localhost:3000", attempt(Purpose::Replay), Ending::GivenUp, (1_840, 0)),
        ];
        scene.send(Message::Connected(Told { all, forgotten: 0 }));
        scene.press("g l tab");
        scene
    });
}

#[test]
fn the_overview_tells_what_came_in_of_late_and_how_everything_around_it_is() {
    check("overview_all", |size| {
        let mut scene = Scene::companies(size);
        scene.press("g o");
        scene
    });
    // Without a delivery it stands in its place.
    let mut scene = Scene::companies((120, 40));
    scene.press("f");
    scene.write("id:>9999");
    scene.press("enter");
    insta::assert_snapshot!("overview_in_pane", text_of(&scene.draw(&Theme::default())));
}

#[test]
fn the_timeline_of_an_event_stands_on_one_axis() {
    check("timeline", |size| {
        let mut scene = Scene::busy(size);
        scene.attempts = Some(vec![OpenedAttempt::of(None, Arc::new(sent()), None, None)]);
        scene.press("j g e");
        scene
    });
}

/// A delivery was handed on.
fn sent() -> Attempt {
    let url = Url::parse("http://localhost:3000/hooks").expect("an address");
    let (status, headers) = (StatusCode::OK, Headers::default());
    let body = "".into();
    Attempt {
        delivery: None,
        account: None,
        purpose: Purpose::Forward,
        call: Call::new(Method::POST, url, Headers::default()),
        started_at: now() - SignedDuration::from_secs(2),
        timing: Timing { total: Duration::from_millis(12), ..Timing::default() },
        outcome: Outcome::Answered(Response { status, headers, body }),
    }
}
