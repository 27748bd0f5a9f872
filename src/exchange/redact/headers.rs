//! Rewrites header fields: credentials, cookies, proofs over what was sent, and what is found in the
//! others.

use super::json;
use super::names::{self, Sensitivity};
use super::pen::Pen;
use crate::domain::headers::{Field, Headers};
use crate::domain::masking;

/// Parameters of `OAuth` and `Digest` that tell how something was made, not what.
const PLAIN_PARAMETERS: &[&str] =
    &["oauth_version", "oauth_signature_method", "oauth_timestamp", "algorithm", "qop"];

/// The fields with stand-ins. Digests of a body that changes with them are left out.
pub(super) fn rewritten(headers: &Headers, is_body_new: bool, pen: &mut Pen<'_>) -> Headers {
    let fields = headers.iter().filter_map(|field| {
        let name = String::from_utf8_lossy(&field.name);
        if is_body_new && names::is_digest(&name) {
            return None;
        }
        let new = value(&name, &field.value, pen);
        Some(match new {
            Some(value) => Field { name: field.name.clone(), value: value.into() },
            None => field.clone(),
        })
    });
    Headers::new(fields.collect(), headers.fidelity())
}

/// The new value; none if it may stay.
fn value(name: &str, value: &[u8], pen: &mut Pen<'_>) -> Option<String> {
    let Ok(text) = std::str::from_utf8(value) else {
        let text = String::from_utf8_lossy(value);
        return Some(pen.replaced(&text, Sensitivity::Secret));
    };
    if name.to_ascii_lowercase().ends_with("cookie") {
        return Some(cookies(text, pen));
    }
    if masking::is_credential(name.as_bytes()) {
        return Some(credential(text, pen));
    }
    if names::is_proof(name) {
        return Some(pen.stand_ins.text(text).to_owned());
    }
    match names::of_member(name) {
        Some(why) => Some(pen.replaced(text, why)),
        None => json::value(text, pen),
    }
}

/// `a=1; b=2` with other values.
fn cookies(text: &str, pen: &mut Pen<'_>) -> String {
    let cookies = text.split(';').map(|cookie| match cookie.split_once('=') {
        Some((name, value)) => {
            format!("{}={}", pen.kept(name), pen.replaced(value, Sensitivity::Secret))
        }
        None => pen.replaced(cookie, Sensitivity::Secret),
    });
    cookies.collect::<Vec<_>>().join(";")
}

/// A credential, with the word in front that tells its scheme.
fn credential(text: &str, pen: &mut Pen<'_>) -> String {
    let is_word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic());
    let Some((word, rest)) = text.split_once(' ').filter(|(word, _)| is_word(word)) else {
        return pen.replaced(text, Sensitivity::Secret);
    };
    let has_parameters = ["oauth", "digest"].iter().any(|known| word.eq_ignore_ascii_case(known));
    let word = pen.kept(word);
    if !has_parameters {
        return format!("{word} {}", pen.replaced(rest.trim(), Sensitivity::Secret));
    }
    let parameters = rest.split(',').map(|parameter| match parameter.split_once('=') {
        Some((name, _)) if PLAIN_PARAMETERS.contains(&name.trim()) => pen.kept(parameter),
        Some((name, value)) => {
            let value = value.trim().trim_matches('"');
            format!("{}=\"{}\"", pen.kept(name), pen.replaced(value, Sensitivity::Secret))
        }
        None => pen.replaced(parameter, Sensitivity::Secret),
    });
    format!("{word} {}", parameters.collect::<Vec<_>>().join(","))
}
