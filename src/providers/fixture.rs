//! What the tests of this folder share.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use crate::domain::delivery::Delivery;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};

/// A POST to this target.
pub(super) fn request(target: &str, body: impl Into<Bytes>) -> Request {
    Request {
        method: http::Method::POST,
        target: target.to_owned(),
        version: Version::Http11,
        headers: Headers::default(),
        body: body.into(),
    }
}

/// A delivery with this body, from this machine.
pub(super) fn delivery(body: &'static str) -> Delivery {
    Delivery {
        uid: uuid::Uuid::nil(),
        received_at: Timestamp::UNIX_EPOCH,
        reading: Duration::ZERO,
        peer: ([127, 0, 0, 1], 50_000).into(),
        endpoint: "default".into(),
        request: request("/", body),
    }
}
