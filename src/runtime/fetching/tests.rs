use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use jiff::Timestamp;

use super::{MOST, MOST_BYTES, newest};
use crate::domain::attempt::{Attempt, AttemptId, Call, Outcome, Purpose, Response, Timing};
use crate::domain::headers::Headers;
use crate::domain::url::Url;

fn attempt(body: &Bytes) -> (AttemptId, Attempt) {
    let url = Url::parse("https://a.test/").unwrap();
    let response =
        Response { status: StatusCode::OK, headers: Headers::default(), body: body.clone() };
    let attempt = Attempt {
        delivery: None,
        account: None,
        purpose: Purpose::Fetch,
        call: Call::new(Method::GET, url, Headers::default()),
        started_at: Timestamp::UNIX_EPOCH,
        timing: Timing { total: Duration::ZERO, ..Timing::default() },
        outcome: Outcome::Answered(response),
    };
    (AttemptId(1), attempt)
}

#[test]
fn the_newest_attempts_are_made_ready_as_far_as_memory_allows_and_always_one() {
    let of = |count: usize, bytes: usize| {
        let body = Bytes::from(vec![b' '; bytes]);
        newest(&vec![attempt(&body); count])
    };
    assert_eq!(of(0, 0), 0);
    assert_eq!(of(3, 10), 3);
    assert_eq!(of(MOST + 5, 10), MOST);
    assert_eq!(of(5, MOST_BYTES / 2), 2);
    assert_eq!(of(5, MOST_BYTES + 1), 1);
}
