//! A request as a curl command line for a POSIX shell.

use std::fmt::Write as _;

use super::http::Request;
use super::masking;

/// Header fields that curl or the connection makes anew.
const MADE_ANEW: &[&str] =
    &["host", "content-length", "connection", "transfer-encoding", "expect", "accept-encoding"];

/// The command that sends this request to `url`. Credentials are masked unless `reveal`. A body
/// that is not UTF-8 cannot stand in a command line: it goes through `printf` with octal escapes.
#[must_use]
pub fn command(request: &Request, url: &str, reveal: bool) -> String {
    let mut text = String::new();
    let printable = std::str::from_utf8(&request.body).ok().filter(|body| !body.contains('\0'));
    if printable.is_none() {
        let _ = write!(text, "printf '{}' | ", octal(&request.body));
    }
    let _ =
        write!(text, "curl -X {}{} {}", quote(request.method.as_str()), as_it_is(url), quote(url));
    for field in request.headers.iter() {
        if MADE_ANEW.iter().any(|name| field.is(name)) {
            continue;
        }
        let name = String::from_utf8_lossy(&field.name);
        let value = masking::shown(field, reveal);
        let value = String::from_utf8_lossy(&value);
        // `Name;` is how curl is told to send a field without a value.
        let line = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        let _ = write!(text, " \\\n  -H {}", quote(&line));
    }
    if !request.body.is_empty() && request.headers.first("content-type").is_none() {
        // Else curl would call the body a form.
        text.push_str(" \\\n  -H 'Content-Type:'");
    }
    match printable {
        Some("") => {}
        // Unlike `--data-binary`, this form never takes a leading `@` for a file name.
        Some(body) => {
            let _ = write!(text, " \\\n  --data-raw {}", quote(body));
        }
        None => text.push_str(" \\\n  --data-binary @-"),
    }
    text
}

/// The options that keep curl from reading more into this address than what stands there.
fn as_it_is(url: &str) -> &'static str {
    match (url.contains(['[', ']', '{', '}']), url.contains("/.")) {
        (false, false) => "",
        (true, false) => " --globoff",
        (false, true) => " --path-as-is",
        (true, true) => " --globoff --path-as-is",
    }
}

fn quote(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn octal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 4), |mut text, byte| {
        let _ = write!(text, "\\{byte:03o}");
        text
    })
}

#[cfg(test)]
mod tests;
