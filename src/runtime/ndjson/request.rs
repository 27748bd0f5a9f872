//! The line of a request that would go out.

use std::borrow::Cow;

use serde::Serialize;

use super::parts::{BodyPart, headers};
use crate::domain::attempt::Call;
use crate::domain::delivery::DeliveryId;

/// The line of a request that would send a delivery. Credentials are masked unless `reveal`.
pub fn line(delivery: DeliveryId, call: &Call, reveal: bool) -> impl Serialize {
    #[derive(Serialize)]
    #[serde(tag = "kind", rename = "request")]
    struct Line<'a> {
        delivery: i64,
        url: String,
        method: &'a str,
        target: &'a str,
        headers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
        body: BodyPart<'a>,
    }
    let request = &call.request;
    Line {
        delivery: delivery.0,
        url: call.url.to_string(),
        method: request.method.as_str(),
        target: &request.target,
        headers: headers(&request.headers, reveal),
        body: BodyPart::of(&request.body),
    }
}
