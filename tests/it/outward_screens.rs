//! What the screens of outward requests look like: the Attempts tab and the list of links.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hookscope::app::attempted::OpenedAttempt;
use hookscope::domain::attempt::{
    Attempt, AttemptError, AttemptId, Call, Outcome, Purpose, Response, Timing,
};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::headers::Headers;
use hookscope::domain::name::AccountName;
use hookscope::domain::url::Url;
use hookscope::providers::accounts::Accounts;
use http::StatusCode;

use crate::scenarios::company::account;
use crate::scene::Scene;
use crate::views::check;

const RFQ: &str = "https://sandbox.avinode.com/api/rfqs/arfq-12345678";

fn attempt(at: &str, url: &str, outcome: Outcome) -> Attempt {
    let millis = Duration::from_millis;
    Attempt {
        delivery: Some(DeliveryId(1_187)),
        account: Some(AccountName::from("acme")),
        purpose: Purpose::Fetch,
        call: Call::new(
            http::Method::GET,
            Url::parse(url).expect("an address"),
            Headers::default(),
        ),
        started_at: at.parse().expect("a time"),
        timing: Timing {
            connect: Some(millis(41)),
            first_byte: Some(millis(112)),
            total: millis(120),
        },
        outcome,
    }
}

fn answered(status: u16, body: &str) -> Outcome {
    Outcome::Answered(Response {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: Headers::from_pairs([
            ("content-type", "application/json; charset=utf-8"),
            ("x-rate-limit-remaining", "41"),
            ("set-cookie", "session=s3cret"),
            ("x-trace", "\u{1b}]0;owned\u{7} \u{202e}evil"),
        ]),
        body: Bytes::copy_from_slice(body.as_bytes()),
    })
}

fn opened(id: i64, attempt: &Attempt, before: Option<&Attempt>) -> OpenedAttempt {
    OpenedAttempt::of(Some(AttemptId(id)), Arc::new(attempt.clone()), None, before)
}

fn first() -> Attempt {
    let body = r#"{"id":"arfq-12345678","status":"open","price":{"amount":18450.00,"currency":"EUR"},"legs":[{"id":1,"from":"LSZH"}],"note":"call"}"#;
    attempt("2026-11-21T10:42:07Z", RFQ, answered(200, body))
}

fn second() -> Attempt {
    let body = r#"{"id":"arfq-12345678","status":"accepted","price":{"amount":19000.00,"currency":"EUR"},"legs":[{"id":2,"from":"EGGW"},{"id":1,"from":"LSZH"}],"message":"Flight for Zo\u00eb","links":{"self":"https://sandbox.avinode.com/api/rfqs/arfq-12345678"}}"#;
    attempt("2026-11-21T10:42:09Z", RFQ, answered(200, body))
}

/// The Attempts tab of a delivery with these attempts.
fn showing(size: (u16, u16), attempts: Option<Vec<OpenedAttempt>>, keys: &str) -> Scene {
    let mut scene = Scene::busy(size);
    scene.app.session.accounts = Accounts::new(vec![account()]);
    scene.attempts = attempts;
    scene.press("j enter 6");
    scene.press(keys);
    scene
}

#[test]
fn an_answer_is_shown_with_what_has_to_be_known_about_it() {
    check("attempt_answered", |size| {
        let mut opened = opened(7, &first(), None);
        opened.remarks = vec!["41 calls are left in this hour".to_owned()];
        showing(size, Some(vec![opened]), "")
    });
}

#[test]
fn what_changed_since_the_fetch_before_stands_above_the_answer() {
    check("attempt_changes", |size| {
        let attempts = vec![opened(7, &first(), None), opened(8, &second(), Some(&first()))];
        showing(size, Some(attempts), "")
    });
}

#[test]
fn the_answer_is_json_to_move_and_fold_in() {
    check("attempt_body", |size| {
        let attempts = vec![opened(7, &first(), None), opened(8, &second(), Some(&first()))];
        showing(size, Some(attempts), "G k k - ")
    });
}

#[test]
fn what_went_out_without_a_check_of_certificates_says_so() {
    check("attempt_insecure", |size| {
        let mut insecure = second();
        insecure.call.insecure = true;
        let attempts = vec![opened(7, &first(), None), opened(8, &insecure, None)];
        showing(size, Some(attempts), "")
    });
}

#[test]
fn a_failure_says_why_and_what_to_do() {
    check("attempt_failed", |size| {
        let refused = Outcome::Failed {
            error: AttemptError::HostNotAllowed,
            message: "the host sandbox.avinode.com.evil.test is not listed for the account acme: nothing was sent".to_owned(),
        };
        let url = "https://sandbox.avinode.com.evil.test/api/rfqs/arfq-12345678";
        let unpublished =
            attempt("2026-11-21T09:12:00Z", RFQ, answered(404, "<html>not here</html>"));
        let reset = Outcome::Failed {
            error: AttemptError::Reset,
            message: "the connection ended before the answer did".to_owned(),
        };
        let attempts = [
            first(),
            unpublished,
            attempt("2026-11-21T10:42:08Z", RFQ, reset),
            attempt("2026-11-21T10:42:09Z", url, refused),
        ];
        let attempts = attempts.iter().zip(7..).map(|(attempt, id)| opened(id, attempt, None));
        showing(size, Some(attempts.collect()), "")
    });
}

#[test]
fn two_answers_are_compared_and_one_with_what_the_sender_got() {
    let attempts = || Some(vec![opened(7, &first(), None), opened(8, &second(), None)]);
    check("comparison", |size| showing(size, attempts(), "c"));
    check("comparison_all", |size| showing(size, attempts(), "c d j"));
    check("comparison_original", |size| showing(size, attempts(), "c } "));
    check("comparison_text", |size| {
        let text = |at, body| attempt(at, RFQ, answered(500, body));
        let before = text("2026-11-21T10:42:07Z", "<h1>\u{1b}[31mone</h1>\n<p>same</p>\n");
        let after = text("2026-11-21T10:42:09Z", "<h1>other</h1>\n<p>same</p>\n");
        showing(size, Some(vec![opened(7, &before, None), opened(8, &after, None)]), "c")
    });
}

#[test]
fn attempts_are_read_and_there_may_be_none() {
    check("attempts_reading", |size| showing(size, None, ""));
    check("attempts_none", |size| showing(size, Some(Vec::new()), ""));
}

#[test]
fn a_fetch_on_its_way_is_on_top_of_the_list() {
    check("attempt_fetching", |size| {
        showing(size, Some(vec![opened(7, &first(), None)]), "3 j j j o")
    });
}

#[test]
fn the_links_are_listed_with_where_they_stand_and_what_is_wrong_with_them() {
    check("links", |size| {
        let mut scene = Scene::busy(size);
        let mut record = crate::scene::refuted(1_189, 1);
        record.delivery.request.body = Bytes::from(format!(
            r#"{{"href":"{RFQ}","logo":"http://169.254.169.254/latest/meta-data","text":"see https://user:pw@sandbox.avinode.com/x and https://a.test/{}","inner":"{{\"url\":\"https:\\/\\/b.test\\/\\u202e\"}}"}}"#,
            "long/".repeat(40)
        ));
        scene.arrive(record);
        scene.press("g g g f G k");
        scene
    });
}
