//! What there is to read on top of the panes: the log.

use std::time::Duration;

use hookscope::app::message::Message;
use hookscope::app::toast::Notice;
use hookscope::domain::attempt::{AttemptError, Purpose};
use hookscope::domain::egress::{Aim, Egress, Ending, Told};
use http::StatusCode;
use jiff::SignedDuration;

use super::check;
use crate::scene::{Scene, now};

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
