//! Reads answers of APIs that may be anything: a gateway's page, nothing, JSON of another shape.

use serde_json::Value;

use crate::domain::attempt::Response;
use crate::domain::body::looks_like_json;

/// The longest foreign text, in characters, that is taken into a sentence.
const LONGEST: usize = 300;

/// So many bytes of an answer are looked at for such a text.
const READ: usize = 4 * 1024;

/// The body as JSON, if it is.
pub(super) fn json(response: &Response) -> Option<Value> {
    serde_json::from_slice(&response.body).ok()
}

/// What an answer is that is not what the documents promise; continues "the provider answers". Text
/// is quoted. JSON is not, since records hold secrets: it is there to be looked at, masked.
pub(super) fn in_words(response: &Response) -> String {
    let status = response.status;
    let kind = response.headers.text("content-type").unwrap_or("no content type");
    let head = &response.body[..response.body.len().min(READ)];
    let text = String::from_utf8_lossy(head);
    if looks_like_json(head) || kind.contains("json") {
        let json = if json(response).is_some() { "JSON" } else { "JSON that cannot be read" };
        return format!("{status} with {json}");
    }
    let text = if kind.contains("html") { without_tags(&text) } else { text.into_owned() };
    let text = excerpt(&text);
    if text.is_empty() {
        format!("{status} without a text")
    } else {
        format!("{status} with {kind}: {text}")
    }
}

/// The text on one line, cut where it is too long for a sentence.
pub(super) fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// When to ask again, as the answer says it (`Retry-After`, seconds or a date).
pub(super) fn retry_after(response: &Response) -> Option<String> {
    let value = excerpt(response.headers.text("retry-after")?);
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    Some(if is_number {
        format!("it may be asked again in {value} s")
    } else {
        format!("it may be asked again from {value}")
    })
}

/// Where a redirect points; none if the answer is none.
pub(super) fn redirect(response: &Response) -> Option<String> {
    let to = excerpt(response.headers.text("location").unwrap_or("nowhere"));
    let sentence = || format!("it redirects to {to}; redirects are not followed with credentials");
    response.status.is_redirection().then(sentence)
}

fn without_tags(page: &str) -> String {
    let mut texts = page.split('<');
    let first = texts.next().unwrap_or_default().to_owned();
    texts.fold(first, |all, text| all + " " + text.split_once('>').map_or("", |(_, text)| text))
}

#[cfg(test)]
mod tests;
