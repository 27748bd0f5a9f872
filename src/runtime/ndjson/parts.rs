//! Parts that several lines have.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Serialize;

use crate::domain::headers::Headers;
use crate::domain::masking;

/// RFC 3339 in UTC with milliseconds.
pub(super) fn time(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// Names and values in order. Credentials are masked unless `reveal`.
pub(super) fn headers(headers: &Headers, reveal: bool) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let text = |field| match masking::shown(field, reveal) {
        Cow::Borrowed(value) => String::from_utf8_lossy(value),
        Cow::Owned(value) => Cow::Owned(String::from_utf8_lossy(&value).into_owned()),
    };
    headers.iter().map(|field| (String::from_utf8_lossy(&field.name), text(field))).collect()
}

/// A body as text, where it is UTF-8.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum BodyPart<'a> {
    Text(&'a str),
    Base64(String),
}

impl<'a> BodyPart<'a> {
    pub(super) fn of(body: &'a [u8]) -> Self {
        std::str::from_utf8(body).map_or_else(|_| Self::Base64(STANDARD.encode(body)), Self::Text)
    }
}
