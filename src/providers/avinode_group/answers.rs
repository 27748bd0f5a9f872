//! The answers of the API: the envelope of `meta` and `data`, and what its notes and its status mean.
//!
//! <https://developer.avinodegroup.com/docs/error-handling-guide>

use std::fmt;

use http::StatusCode;
use serde_json::Value;

use crate::domain::attempt::Response;
use crate::domain::headers::Headers;
use crate::domain::subscription::Rejection;
use crate::providers::reply::{excerpt, redirect, retry_after};

/// No more notes of one kind than these are told; the answer itself has all.
const MOST_NOTES: usize = 20;

/// The body of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    /// There is none.
    Empty,
    /// It is JSON.
    Json(Value),
    /// It is something else, in a few words.
    Foreign(&'static str),
}

impl Body {
    /// The body of this answer.
    pub(super) fn of(response: &Response) -> Self {
        let body = response.body.trim_ascii();
        if body.is_empty() {
            return Self::Empty;
        }
        if let Ok(json) = serde_json::from_slice(body) {
            return Self::Json(json);
        }
        let kind = response.headers.text("content-type").unwrap_or_default().to_ascii_lowercase();
        Self::Foreign(if body.starts_with(b"<") || kind.contains("html") {
            "HTML, not JSON"
        } else if kind.contains("json") {
            "JSON that cannot be read"
        } else {
            "text, not JSON"
        })
    }

    /// What `data` holds, or all of it where there is no envelope: whether the settings come in one
    /// is not documented. None if there is an envelope without data.
    pub(super) fn data(&self) -> Option<&Value> {
        match self {
            Self::Json(Value::Object(members)) => match members.get("data") {
                None if members.contains_key("meta") => None,
                data => Some(data.unwrap_or(self.json()?)).filter(|data| !is_void(data)),
            },
            Self::Json(json) => Some(json).filter(|json| !is_void(json)),
            Self::Empty | Self::Foreign(_) => None,
        }
    }

    /// The notes of `meta`, in the order errors, warnings, infos.
    pub(super) fn notes(&self) -> Vec<Note> {
        let kinds = [(Kind::Error, "errors"), (Kind::Warning, "warnings"), (Kind::Info, "infos")];
        let meta = self.json().and_then(|json| json.get("meta"));
        let lists = kinds.into_iter().filter_map(|(kind, member)| Some((kind, meta?.get(member)?)));
        lists.flat_map(|(kind, list)| notes(kind, list)).collect()
    }

    fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(json) => Some(json),
            Self::Empty | Self::Foreign(_) => None,
        }
    }
}

/// Whether it is null or an object of nothing, which the documents show where there are no data.
fn is_void(data: &Value) -> bool {
    data.is_null() || data.as_object().is_some_and(serde_json::Map::is_empty)
}

/// What kind of note it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something was not done; on a 200 only in part.
    Error,
    /// Something is doubtful.
    Warning,
    /// Something is worth knowing.
    Info,
}

/// A note of `meta`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// What kind of note it is.
    pub(super) kind: Kind,
    /// Where in what was sent, if it tells.
    pub(super) path: Option<String>,
    code: Option<String>,
    title: Option<String>,
}

impl Note {
    /// What it says, without where.
    pub(super) fn text(&self) -> String {
        let parts = [&self.code, &self.title].into_iter().flatten().map(String::as_str);
        parts.collect::<Vec<_>>().join(": ")
    }

    fn of(kind: Kind, note: &Value) -> Self {
        let text = |name| note.get(name).and_then(Value::as_str).map(excerpt);
        let text = |name| text(name).filter(|text| !text.is_empty());
        let (code, path) = (text("code"), text("path"));
        let title = text("title").or_else(|| note.as_str().map(excerpt));
        // What has another shape is told as it stands.
        let title = title.or_else(|| code.is_none().then(|| excerpt(&note.to_string())));
        Self { kind, path, code, title }
    }
}

/// `CODE at path: title`.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.path.as_ref().map(|path| format!("at {path}"));
        let head = [self.code.as_ref(), place.as_ref()].into_iter().flatten();
        let head = head.map(String::as_str).collect::<Vec<_>>().join(" ");
        match &self.title {
            Some(title) if head.is_empty() => f.write_str(title),
            Some(title) => write!(f, "{head}: {title}"),
            None => f.write_str(&head),
        }
    }
}

fn notes(kind: Kind, list: &Value) -> Vec<Note> {
    let Some(items) = list.as_array() else {
        return if is_void(list) { Vec::new() } else { vec![Note::of(kind, list)] };
    };
    let mut notes =
        items.iter().take(MOST_NOTES).map(|note| Note::of(kind, note)).collect::<Vec<_>>();
    if let Some(more) = items.len().checked_sub(MOST_NOTES).filter(|more| *more > 0) {
        let title = Some(format!("and {more} more"));
        notes.push(Note { kind, path: None, code: None, title });
    }
    notes
}

/// What an answer with this status means here, and what to do.
pub(super) fn meaning(status: StatusCode) -> Option<&'static str> {
    Some(match status.as_u16() {
        400 => "something required is missing or wrong; repeat no sooner than in 5 to 10 minutes",
        401 => {
            "the api token or the bearer token does not hold, the title names which; correct it and \
             repeat no sooner than in 5 to 10 minutes"
        }
        403 => "the account has no permission for this, or the tail is not configured",
        409 => {
            "it was changed meanwhile, by what third parties report of 409; list again and repeat"
        }
        429 => {
            "too many calls; third parties report about one a second and 3600 an hour, the \
             provider's documents have no number"
        }
        _ => return None,
    })
}

/// How many calls are left, if the answer tells.
pub(super) fn calls_left(headers: &Headers) -> Option<String> {
    let of = |name| headers.text(name).map(excerpt);
    let left = match (of("X-Rate-Limit-Remaining"), of("X-Rate-Limit-Limit")) {
        (Some(left), Some(limit)) => Some(format!("{left} of {limit} calls are left")),
        (Some(left), None) => Some(format!("{left} calls are left")),
        (None, Some(limit)) => Some(format!("{limit} calls are allowed")),
        (None, None) => None,
    };
    let reset = of("X-Rate-Limit-Reset").map(|reset| format!("the count starts anew in {reset} s"));
    let told = [left, reset].into_iter().flatten().collect::<Vec<_>>();
    let source = "X-Rate-Limit headers, known from third parties only";
    (!told.is_empty()).then(|| format!("{} ({source})", told.join(", ")))
}

/// An answer that says no, or cannot be understood. `field_of` gives the key of the field that a
/// path means; what is about no field goes into the message.
pub(super) fn rejection(
    response: &Response,
    body: &Body,
    field_of: impl Fn(&str) -> Option<&'static str>,
) -> Rejection {
    let status = response.status.as_u16();
    let mut fields = Vec::new();
    let mut said = Vec::new();
    for note in body.notes().into_iter().filter(|note| note.kind == Kind::Error) {
        match note.path.as_deref().and_then(&field_of) {
            Some(field) => fields.push((field.to_owned(), note.text())),
            None => said.push(note.to_string()),
        }
    }
    let what = match body {
        Body::Foreign(kind) => format!("answered {status} with {kind}"),
        Body::Empty => format!("answered {status} without a body"),
        Body::Json(_) if said.is_empty() && !fields.is_empty() => {
            format!("answered {status}: not every field is accepted")
        }
        Body::Json(_) if said.is_empty() => format!("answered {status} without a reason"),
        Body::Json(_) => format!("answered {status}: {}", said.join("; ")),
    };
    let parts = [
        Some(what),
        meaning(response.status).map(str::to_owned),
        calls_left(&response.headers),
        retry_after(response),
        redirect(response),
    ];
    let message = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
    Rejection { message, fields }
}

#[cfg(test)]
mod tests;
