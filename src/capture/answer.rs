//! What goes back to the sender.

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Response};
use http_body_util::Full;

use crate::domain::endpoint::Answer;
use crate::domain::refusal::{Refusal, RefusalReason};

/// Seconds after which a sender that met a full listener or a failing store should try again.
pub(crate) const RETRY_SECONDS: u16 = 5;

/// The endpoint's answer to a delivery that is stored.
pub(crate) fn to_captured(answer: &Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(answer.body.clone()));
    *response.status_mut() = answer.status;
    for (name, value) in &answer.headers {
        response.headers_mut().append(name, value.clone());
    }
    response
}

/// The answer to a request that was not captured. The connection is closed where the rest of the
/// request is not wanted.
pub(crate) fn to_refused(refusal: &Refusal) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(format!("{}\n", refusal.message))));
    *response.status_mut() = refusal.reason.status();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    match refusal.reason {
        RefusalReason::Overloaded | RefusalReason::StoreFailed => {
            headers.insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        }
        RefusalReason::NoEndpoint => {}
        _ => {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }
    response
}
