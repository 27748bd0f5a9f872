use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};

use super::line;
use crate::domain::attempt::{
    Attempt, AttemptError, AttemptId, Call, Outcome, Purpose, Response, Timing,
};
use crate::domain::delivery::DeliveryId;
use crate::domain::headers::Headers;
use crate::domain::url::Url;

fn attempt(outcome: Outcome) -> Attempt {
    let url = Url::parse("https://a.test/rfqs/arfq-1").unwrap();
    Attempt {
        delivery: Some(DeliveryId(42)),
        account: Some("acme".into()),
        purpose: Purpose::Fetch,
        call: Call::new(Method::GET, url, Headers::default()),
        started_at: "2026-11-21T10:42:07.1234567Z".parse().unwrap(),
        timing: Timing { total: Duration::from_micros(12_345), ..Timing::default() },
        outcome,
    }
}

fn text(id: Option<AttemptId>, attempt: &Attempt, reveal: bool) -> String {
    serde_json::to_string(&line(id, attempt, reveal)).unwrap()
}

#[test]
fn an_answer_is_told_with_its_headers_masked() {
    let response = |body: &'static [u8]| {
        attempt(Outcome::Answered(Response {
            status: StatusCode::OK,
            headers: Headers::from_pairs([("Content-Type", "text/x"), ("Set-Cookie", "a=b")]),
            body: Bytes::from_static(body),
        }))
    };
    assert_eq!(
        text(Some(AttemptId(7)), &response(b"{}"), false),
        r#"{"kind":"attempt","id":7,"delivery":42,"purpose":"fetch","url":"https://a.test/rfqs/arfq-1","status":200,"took_ms":12.345,"error":null,"response":{"headers":[["Content-Type","text/x"],["Set-Cookie","***"]],"body":{"text":"{}"}},"at":"2026-11-21T10:42:07.123Z","account":"acme","method":"GET","message":null}"#
    );
    let revealed = text(None, &response(b"\xff"), true);
    assert!(revealed.contains(r#""id":null"#), "{revealed}");
    assert!(revealed.contains(r#"["Set-Cookie","a=b"]],"body":{"base64":"/w=="}"#), "{revealed}");
}

#[test]
fn a_failure_is_told_by_its_word_and_in_a_sentence() {
    let failed = attempt(Outcome::Failed {
        error: AttemptError::HostNotAllowed,
        message: "the host a.test is not listed".to_owned(),
    });
    assert_eq!(
        text(Some(AttemptId(7)), &failed, false),
        r#"{"kind":"attempt","id":7,"delivery":42,"purpose":"fetch","url":"https://a.test/rfqs/arfq-1","status":null,"took_ms":12.345,"error":"host_not_allowed","response":null,"at":"2026-11-21T10:42:07.123Z","account":"acme","method":"GET","message":"the host a.test is not listed"}"#
    );
}
