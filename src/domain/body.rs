//! What kind of body this is, for display only: verification and storage use the exact bytes.

use super::http::Request;

/// How a body can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyKind {
    /// No bytes at all.
    Empty,
    /// JSON by its content type or its first character.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// UTF-8 without control characters other than white space.
    Text,
    /// Anything else, shown in hex.
    Binary,
}

impl BodyKind {
    /// The kind of a request's body: by content type where it holds true, else by looking.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let body = &request.body[..];
        if body.is_empty() {
            return Self::Empty;
        }
        if looks_like_json(body) {
            return Self::Json;
        }
        let is_text = looks_like_text(body);
        if is_text && request.is_form() {
            return Self::Form;
        }
        if is_text { Self::Text } else { Self::Binary }
    }

    /// The word for it on screen.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Json => "JSON",
            Self::Form => "form",
            Self::Text => "text",
            Self::Binary => "binary",
        }
    }
}

/// Whether the first character that is not white space opens an object or an array.
#[must_use]
pub fn looks_like_json(body: &[u8]) -> bool {
    matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
}

fn looks_like_text(body: &[u8]) -> bool {
    // A long body is judged by its beginning; the cut may fall inside a character.
    let head = &body[..body.len().min(64 * 1024)];
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && head.len() < body.len() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}'))
}

#[cfg(test)]
mod tests;
