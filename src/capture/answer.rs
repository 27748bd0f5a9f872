//! What goes back to the sender.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Either, Full, StreamBody};
use hyper::body::Frame;

use crate::domain::refusal::{Refusal, RefusalReason};
use crate::domain::shape::{Manner, Reply};

/// Seconds after which a sender that met a full listener or a failing store should try again.
pub(crate) const RETRY_SECONDS: u16 = 5;

/// A body of an answer: whole, or piece by piece.
pub(crate) type AnswerBody = Either<Full<Bytes>, UnsyncBoxBody<Bytes, Infallible>>;

/// Nothing is to be answered: the connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the connection is closed without an answer, as it was asked for")]
pub(crate) struct Silence;

/// What a delivery that is stored is answered.
pub(crate) fn to_captured(reply: &Reply) -> Result<Response<AnswerBody>, Silence> {
    let Reply { answer, manner } = reply;
    let body = match manner {
        Manner::Whole => Either::Left(Full::new(answer.body.clone())),
        Manner::Silent => return Err(Silence),
        Manner::Drip(pause) => Either::Right(dripping(answer.body.clone(), *pause)),
    };
    let mut response = Response::new(body);
    *response.status_mut() = answer.status;
    for (name, value) in &answer.headers {
        response.headers_mut().append(name, value.clone());
    }
    Ok(response)
}

/// A body whose bytes come one by one, with a pause before each. The head goes out at once.
fn dripping(body: Bytes, pause: Duration) -> UnsyncBoxBody<Bytes, Infallible> {
    let drops = futures_util::stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let drop = rest.split_to(1);
        Some((Ok::<_, Infallible>(Frame::data(drop)), rest))
    });
    StreamBody::new(drops).boxed_unsync()
}

/// The answer to a request that was not captured. The connection is closed where the rest of the
/// request is not wanted.
pub(crate) fn to_refused(refusal: &Refusal) -> Response<AnswerBody> {
    let message = Bytes::from(format!("{}\n", refusal.message));
    let mut response = Response::new(Either::Left(Full::new(message)));
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
