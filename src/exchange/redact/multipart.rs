//! Rewrites the fields of a body of `multipart/form-data` (RFC 7578).

use super::json;
use super::names;
use super::pen::Pen;

/// What separates the parts, if the content type is one with parts.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    let is_multipart = kind.trim().to_ascii_lowercase().starts_with("multipart/");
    let boundary = parameter(parameters, "boundary")?;
    (is_multipart && !boundary.is_empty()).then_some(boundary)
}

/// The body with stand-ins.
pub(super) fn rewritten(body: &str, boundary: &str, pen: &mut Pen<'_>) -> String {
    let delimiter = format!("--{boundary}");
    let parts = body.split(&delimiter).map(|part| match part.split_once("\r\n\r\n") {
        Some((head, content)) => {
            let (content, end) = match content.strip_suffix("\r\n") {
                Some(content) => (content, "\r\n"),
                None => (content, ""),
            };
            let new_head = pen.kept(head);
            let new = field(&name(head), content, pen).unwrap_or_else(|| content.to_owned());
            format!("{new_head}\r\n\r\n{new}{end}")
        }
        None => pen.kept(part),
    });
    parts.collect::<Vec<_>>().join(&delimiter)
}

fn field(name: &str, content: &str, pen: &mut Pen<'_>) -> Option<String> {
    match names::of_parameter(name) {
        Some(why) => Some(pen.replaced(content, why)),
        None => json::value(content, pen),
    }
}

/// The name of a part; empty if it has none.
fn name(head: &str) -> String {
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let mut dispositions =
        lines.filter(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"));
    dispositions.find_map(|(_, value)| parameter(value, "name")).unwrap_or_default()
}

fn parameter(text: &str, name: &str) -> Option<String> {
    text.split(';').find_map(|pair| {
        let (own, value) = pair.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}
