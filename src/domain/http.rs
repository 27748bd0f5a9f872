//! HTTP requests as values, inbound and outbound alike.

use std::fmt;

use bytes::Bytes;

use super::headers::Headers;

/// The version of HTTP that a request was sent with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// HTTP/1.0
    Http10,
    /// HTTP/1.1
    #[default]
    Http11,
    /// HTTP/2
    Http2,
}

impl Version {
    /// As it stands in a request line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
            Self::Http2 => "HTTP/2.0",
        }
    }

    /// The version of that name; `HTTP/1.1` for a name that is not known.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "HTTP/1.0" => Self::Http10,
            "HTTP/2.0" => Self::Http2,
            _ => Self::Http11,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A request: the method, the request target as it stands in the request line, the header fields
/// and the exact body after transfer coding was undone (content coding was not).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method, in the sender's letter case.
    pub method: http::Method,
    /// The request target: path and query, percent-encoding untouched.
    pub target: String,
    /// The version of HTTP.
    pub version: Version,
    /// The header fields.
    pub headers: Headers,
    /// The body's bytes.
    pub body: Bytes,
}

impl Request {
    /// The target up to its query. A target in absolute form gives its path alone.
    #[must_use]
    pub fn path(&self) -> &str {
        let (path, _) = split_target(&self.target);
        path
    }

    /// What follows the first `?` of the target.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        let (_, query) = split_target(&self.target);
        query
    }

    /// Whether the body is sent as `application/x-www-form-urlencoded`; parameters of the content
    /// type do not matter.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.media_type()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
    }

    /// The content type without its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        let value = self.headers.text("content-type")?;
        Some(value.split(';').next().unwrap_or(value).trim())
    }
}

fn split_target(target: &str) -> (&str, Option<&str>) {
    let absolute = if target.starts_with('/') { None } else { target.split_once("://") };
    let target = match absolute {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
        }
        _ => target,
    };
    match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    }
}

#[cfg(test)]
mod tests;
