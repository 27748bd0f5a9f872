//! The record of a webhook's settings: what its members are, and how a change is written into it.
//!
//! Whether an update replaces a record or only what it names is not documented, so all of it goes
//! back: unknown members and `version` as they came, in their order.
//!
//! <https://developer.avinodegroup.com/reference/createsettings>

use serde_json::{Map, Value};

use crate::domain::subscription::{
    Draft, FieldKind, FieldValue, FormField, Rejection, Subscription,
};
use crate::domain::url::{Url, UrlError};
use crate::providers::api::Secrets;

/// A record as the provider has it.
pub(super) type Record = Map<String, Value>;

/// The only value of `clientAuthenticationType` that is documented.
const BASIC: &str = "BASIC";

/// What stands over the problems of single fields.
const UNSENT: &str = "nothing was sent: it is not as Avinode requires";

/// The keys of the further fields, which stand in drafts and rejections.
pub(super) const CLIENT_ID: &str = "client_id";
pub(super) const CLIENT_SECRET: &str = "client_secret";
pub(super) const AUTH_TYPE: &str = "auth_type";

/// The members that a person sets, with the keys of drafts and rejections.
const MEMBERS: &[(&str, &str)] = &[
    ("targetURI", "target"),
    ("displayName", "name"),
    ("active", "active"),
    ("clientIdentifier", CLIENT_ID),
    ("clientSecret", CLIENT_SECRET),
    ("clientAuthenticationType", AUTH_TYPE),
    ("eventTypes", "events"),
];

/// The fields beyond those of every provider.
pub(super) const FIELDS: &[FormField] = &[
    FormField {
        key: CLIENT_ID,
        label: "client identifier",
        kind: FieldKind::Text,
        help: "the login or key that Avinode presents with each delivery; a different one for each \
               company tells their deliveries apart",
    },
    FormField {
        key: CLIENT_SECRET,
        label: "client secret",
        kind: FieldKind::Secret,
        help: "the password or secret that goes with it; whether Avinode gives it back or keeps it \
               when an update comes without it is not documented",
    },
    FormField {
        key: AUTH_TYPE,
        label: "authentication type",
        kind: FieldKind::Text,
        help: "how Avinode authenticates itself; only BASIC is documented, and taken if there is a \
               client identifier; the word for an OAuth signature is known to Avinode's support alone",
    },
];

/// The key of the field that a path of the provider means, also with a place within it
/// (`eventTypes[0]`).
pub(super) fn field_of(path: &str) -> Option<&'static str> {
    let (member, _) = path.split_once('[').unwrap_or((path, ""));
    MEMBERS.iter().find(|(known, _)| *known == member).map(|(_, key)| *key)
}

/// The subscription that a record is. One without an id can be shown, not changed.
pub(super) fn subscription(record: &Record) -> Subscription {
    let text = |member| record.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    let id = match record.get("id") {
        Some(Value::Number(number)) => number.to_string(),
        _ => text("id"),
    };
    let events = record.get("eventTypes").and_then(Value::as_array).into_iter().flatten();
    Subscription {
        id,
        name: text("displayName"),
        target: text("targetURI"),
        // A webhook is active when it is made, so one that does not tell is taken for active.
        active: record.get("active").and_then(Value::as_bool).unwrap_or(true),
        events: events.filter_map(Value::as_str).map(str::to_owned).collect(),
        raw: record.clone(),
    }
}

/// The further fields as the record has them. A secret is none of them: what a draft does not name
/// stays as it is.
pub(super) fn further(record: &Record) -> Vec<(&'static str, FieldValue)> {
    let texts = [(CLIENT_ID, "clientIdentifier"), (AUTH_TYPE, "clientAuthenticationType")];
    let given = texts.into_iter().filter(|(_, member)| holds(record, member));
    let text = |member| record.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    given.map(|(key, member)| (key, FieldValue::Text(text(member)))).collect()
}

/// The record to make a new webhook of.
pub(super) fn created(draft: &Draft, secrets: &Secrets) -> Result<Record, Rejection> {
    written(Record::new(), None, draft, secrets)
}

/// The record of this subscription made like the draft.
pub(super) fn updated(
    of: &Subscription,
    draft: &Draft,
    secrets: &Secrets,
) -> Result<Record, Rejection> {
    written(of.raw.clone(), Some(of), draft, secrets)
}

/// The record of this subscription, switched on or off.
pub(super) fn switched(
    of: &Subscription,
    active: bool,
    secrets: &Secrets,
) -> Result<Record, Rejection> {
    let mut record = of.raw.clone();
    record.insert("active".to_owned(), Value::from(active));
    put_secret(&mut record, secrets)?;
    Ok(record)
}

/// The record of this subscription with another target.
pub(super) fn retargeted(
    of: &Subscription,
    target: &str,
    secrets: &Secrets,
) -> Result<Record, Rejection> {
    check_target(target).map_err(|problem| rejected("target", problem))?;
    let mut record = of.raw.clone();
    record.insert("targetURI".to_owned(), Value::from(target));
    put_secret(&mut record, secrets)?;
    Ok(record)
}

/// Writes what differs from the subscription as it was, so that all else goes back as it came.
fn written(
    mut record: Record,
    of: Option<&Subscription>,
    draft: &Draft,
    secrets: &Secrets,
) -> Result<Record, Rejection> {
    check(draft, secrets)?;
    let is_same = |same: fn(&Subscription, &Draft) -> bool| of.is_some_and(|of| same(of, draft));
    let members = [
        ("targetURI", is_same(|of, to| of.target == to.target), Value::from(&*draft.target)),
        ("displayName", is_same(|of, to| of.name == to.name), Value::from(&*draft.name)),
        ("active", is_same(|of, to| of.active == to.active), Value::from(draft.active)),
        ("eventTypes", is_same(|of, to| of.events == to.events), Value::from(&*draft.events)),
    ];
    for (member, _, value) in members.into_iter().filter(|(_, is_same, _)| !is_same) {
        record.insert(member.to_owned(), value);
    }
    put_client(&mut record, draft, secrets)?;
    Ok(record)
}

/// Writes how Avinode is to authenticate itself. A text that was emptied goes back empty; one that
/// was never there stays away.
fn put_client(record: &mut Record, draft: &Draft, secrets: &Secrets) -> Result<(), Rejection> {
    let had_client = holds(record, "clientIdentifier");
    for (member, key) in [("clientIdentifier", CLIENT_ID), ("clientAuthenticationType", AUTH_TYPE)]
    {
        let Some(FieldValue::Text(text)) = draft.further(key) else { continue };
        if !text.is_empty() || holds(record, member) {
            record.insert(member.to_owned(), Value::from(text.as_str()));
        }
    }
    put_secret(record, secrets)?;
    let gains_client = holds(record, "clientIdentifier") && !had_client;
    if gains_client && !holds(record, "clientAuthenticationType") {
        record.insert("clientAuthenticationType".to_owned(), Value::from(BASIC));
    }
    Ok(())
}

fn put_secret(record: &mut Record, secrets: &Secrets) -> Result<(), Rejection> {
    let Some(secret) = secrets.get(CLIENT_SECRET) else { return Ok(()) };
    let Ok(text) = std::str::from_utf8(secret.expose()) else {
        return Err(rejected(CLIENT_SECRET, "is not UTF-8, which a text of JSON has to be"));
    };
    record.insert("clientSecret".to_owned(), Value::from(text));
    Ok(())
}

/// Whether the member is there with a text in it.
pub(super) fn holds(record: &Record, member: &str) -> bool {
    record.get(member).and_then(Value::as_str).is_some_and(|text| !text.is_empty())
}

fn check(draft: &Draft, secrets: &Secrets) -> Result<(), Rejection> {
    let mut fields = Vec::new();
    let mut reject = |key: &str, problem: &str| fields.push((key.to_owned(), problem.to_owned()));
    if draft.name.trim().is_empty() {
        reject("name", "is required");
    }
    if let Err(problem) = check_target(&draft.target) {
        reject("target", problem);
    }
    for (key, value) in &draft.further {
        if let Some(problem) = problem_of(key, value, secrets) {
            reject(key, problem);
        }
    }
    if fields.is_empty() {
        return Ok(());
    }
    Err(Rejection { message: UNSENT.to_owned(), fields })
}

fn problem_of(key: &str, value: &FieldValue, secrets: &Secrets) -> Option<&'static str> {
    match (key, value) {
        (CLIENT_ID | AUTH_TYPE, FieldValue::Text(_)) => None,
        (CLIENT_SECRET, FieldValue::Secret(_)) => {
            (!secrets.contains_key(CLIENT_SECRET)).then_some("its value was not found")
        }
        (CLIENT_ID | AUTH_TYPE, _) => Some("has to be a text"),
        (CLIENT_SECRET, _) => Some("has to be given by the place it comes from"),
        _ => Some("is no field of this provider"),
    }
}

/// A target has to be https by the documents; one on this machine may be otherwise, for a stand-in.
/// What else the provider takes is its own matter: a target that it had has to be given back.
fn check_target(target: &str) -> Result<(), &'static str> {
    match Url::parse(target) {
        Ok(url) if url.is_https() || url.is_loopback() => Ok(()),
        Err(UrlError::UserInfo | UrlError::Fragment) if target.starts_with("https://") => Ok(()),
        Ok(_) => Err("has to begin with https: Avinode delivers over nothing else"),
        Err(error) => Err(error.message()),
    }
}

fn rejected(key: &str, problem: &str) -> Rejection {
    Rejection { message: UNSENT.to_owned(), fields: vec![(key.to_owned(), problem.to_owned())] }
}

#[cfg(test)]
mod tests;
