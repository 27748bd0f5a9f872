//! The app answers the sender itself.

use std::time::Duration;

use hookscope::domain::attempt::{AttemptError, Outcome};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::endpoint::{Answer, AppAnswers, Endpoint};
use hookscope::domain::forwarding::{ForwardTarget, Forwarding};
use hookscope::verify::scheme::Scheme;
use http::StatusCode;

use super::app::{App, Reaction, answer, nowhere, ok, url};
use super::{Handing, endpoint, when};
use crate::support::{memory_store, post};

fn answered_by_app(targets: Forwarding, within: Duration) -> Endpoint {
    let otherwise = Answer {
        status: StatusCode::BAD_GATEWAY,
        body: "later".into(),
        ..AppAnswers::default().otherwise
    };
    Endpoint { answered_by_app: Some(AppAnswers { within, otherwise }), ..endpoint(targets) }
}

const LONG: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn status_headers_and_body_of_the_app_go_back_to_the_sender() {
    let app = App::start(|_| {
        answer(
            418,
            "X-App: tea\r\nKeep-Alive: 9\r\nConnection: close, x-own\r\nX-Own: 1\r\n",
            "no coffee",
        )
    });
    let targets = answered_by_app(Forwarding::to(app.url("/brew")), LONG);
    let mut handing = Handing::with(memory_store(), targets, Scheme::Open).await;
    let answered = handing.listening.send(post("/hook?a=1", "", "x")).await;
    assert_eq!((answered.status, &answered.body[..]), (418, &b"no coffee"[..]));
    assert_eq!(answered.header("x-app"), Some("tea"));
    assert_eq!((answered.header("keep-alive"), answered.header("x-own")), (None, None));
    handing.attempt().await;
    let record = handing.listening.store.load(DeliveryId(1)).await.unwrap().unwrap();
    assert_eq!(record.answered.status, 418);
    assert_eq!(handing.listening.store.attempts(DeliveryId(1)).await.unwrap().len(), 1);
    handing.listening.send(post("/hook", "", "x")).await;
    handing.end().await;
    assert_eq!(app.targets(2).await, ["/brew?a=1", "/brew"], "nothing is queued beside");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_answer_in_time_the_sender_gets_the_fallback_and_nothing_is_queued() {
    let silent = App::start(|_| Reaction::Silence);
    for (to, within, error) in [
        (silent.url(""), Duration::from_millis(50), AttemptError::Timeout),
        (url(nowhere(), ""), LONG, AttemptError::Refused),
    ] {
        let targets = answered_by_app(Forwarding::to(to), within);
        let mut handing = Handing::with(memory_store(), targets, Scheme::Open).await;
        let answered = handing.listening.send(post("/", "", "x")).await;
        assert_eq!((answered.status, &answered.body[..]), (502, &b"later"[..]));
        let attempt = handing.attempt().await;
        let Outcome::Failed { error: found, .. } = attempt.outcome else { panic!("an answer") };
        assert_eq!(found, error);
        handing.end().await;
    }
    assert_eq!(silent.targets(1).await, ["/"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_target_that_fits_answers_and_the_others_are_told_later() {
    let (first, second) = (App::start(|_| answer(201, "", "first")), App::start(ok));
    let all = ForwardTarget { to: second.url(""), when: Vec::new() };
    let targets = vec![when(first.url(""), "/kind=a"), all];
    let endpoint = answered_by_app(Forwarding { targets, only_verified: false }, LONG);
    let handing = Handing::with(memory_store(), endpoint, Scheme::Open).await;
    for (kind, status) in [("a", 201), ("b", 200)] {
        let request = post(&format!("/{kind}"), "", &format!("{{\"kind\":\"{kind}\"}}"));
        assert_eq!(handing.listening.send(request).await.status, status);
    }
    assert_eq!(first.targets(1).await, ["/a"]);
    let mut both = second.targets(2).await;
    both.sort();
    assert_eq!(both, ["/a", "/b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_to_no_target_gets_the_usual_answer() {
    let app = App::start(|_| answer(500, "", ""));
    let targets =
        Forwarding { targets: vec![when(app.url(""), "method:PUT")], only_verified: false };
    let verified = Forwarding { only_verified: true, ..Forwarding::to(app.url("")) };
    for targets in [targets, verified] {
        let endpoint = answered_by_app(targets, LONG);
        let handing = Handing::with(memory_store(), endpoint, Scheme::Open).await;
        assert_eq!(handing.listening.send(post("/", "", "x")).await.status, 200);
    }
}
