//! The webhook settings of the API: list, create and update, which also switches on and off. They
//! live on the Avinode host for Schedaero's events too. There is no deletion and no test.
//!
//! What the answers look like and whether they come with 200 or 201 is not documented; they are
//! taken in the API's usual envelope and without it.

use bytes::Bytes;
use http::{Method, StatusCode};
use serde_json::{Map, Value};

use super::answers::{Body, Kind, rejection};
use super::record::{self, Record, field_of, subscription};
use super::remarks::sentence;
use crate::domain::account::Account;
use crate::domain::attempt::{Call, Response};
use crate::domain::headers::Headers;
use crate::domain::masking::{mask_json, mask_members};
use crate::domain::subscription::{Change, FieldValue, FormField, Rejection, Subscription};
use crate::domain::url::Url;
use crate::providers::api::{Changed, Listing, Secrets, Subscriptions};
use crate::providers::segment::segment;

const PATH: &str = "/webhooks/settings";

/// The longest id, in bytes, that is put into an address; theirs have some ten.
const LONGEST_ID: usize = 1024;

/// The subscriptions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings;

impl Subscriptions for Settings {
    fn fields(&self) -> &'static [FormField] {
        record::FIELDS
    }

    fn has_name(&self) -> bool {
        true
    }

    fn can_delete(&self) -> bool {
        false
    }

    fn can_test(&self) -> bool {
        false
    }

    fn further(&self, of: &Subscription) -> Vec<(&'static str, FieldValue)> {
        record::further(&of.raw)
    }

    /// No pages are documented: the list is whole.
    fn list(&self, account: &Account, _page: u32) -> Call {
        Call::new(Method::GET, address(account, ""), Headers::default())
    }

    fn listing(&self, response: &Response) -> Result<Listing, Rejection> {
        let body = Body::of(response);
        let is_refused = body.data().is_none() && has_errors(&body);
        if !response.status.is_success() || is_refused || !matches!(body, Body::Json(_)) {
            return Err(rejection(response, &body, |_| None));
        }
        let subscriptions = body.data().map(listed).transpose()?.unwrap_or_default();
        Ok(Listing { subscriptions, next: None })
    }

    fn change(
        &self,
        account: &Account,
        change: &Change,
        secrets: &Secrets,
    ) -> Result<Call, Rejection> {
        match change {
            Change::Create(draft) => {
                let record = record::created(draft, secrets)?;
                Ok(call(Method::POST, address(account, ""), record))
            }
            Change::Update { of, draft } => put(account, of, record::updated(of, draft, secrets)?),
            Change::SetActive { of, active } => {
                put(account, of, record::switched(of, *active, secrets)?)
            }
            Change::Retarget { of, target } => {
                put(account, of, record::retargeted(of, target, secrets)?)
            }
            Change::Delete { .. } => {
                Err(Rejection::of_whole("Avinode documents no deletion; deactivate it instead"))
            }
            Change::Test(_) => Err(Rejection::of_whole("Avinode documents no way to send a test")),
        }
    }

    fn changed(&self, change: &Change, response: &Response) -> Result<Changed, Rejection> {
        let body = Body::of(response);
        if !response.status.is_success() || matches!(body, Body::Foreign(_)) {
            return Err(unmade(response, &body));
        }
        let subscription =
            body.data().and_then(only).map(subscription).filter(|made| !made.id.is_empty());
        let mut remarks = body.notes().iter().map(|note| sentence(note, true)).collect::<Vec<_>>();
        remarks.extend(doubt_about_secret(change).map(str::to_owned));
        Ok(Changed { subscription, remarks })
    }

    fn masked(&self, raw: &Map<String, Value>) -> Map<String, Value> {
        let mut masked = raw.clone();
        mask_members(&mut masked);
        masked
    }

    fn masked_body(&self, body: &[u8]) -> Vec<u8> {
        let json = serde_json::from_slice::<Value>(body).ok();
        let masked = json.and_then(|mut json| mask_json(&mut json).then(|| json.to_string()));
        masked.map_or_else(|| body.to_vec(), String::into_bytes)
    }
}

/// Where the settings are, or one of them.
fn address(account: &Account, rest: &str) -> Url {
    let url = account.base_url.join(&format!("{PATH}{rest}"));
    url.expect("a path of few characters behind an address is an address")
}

fn put(account: &Account, of: &Subscription, record: Record) -> Result<Call, Rejection> {
    let id = segment(&of.id).ok().filter(|id| id.len() <= LONGEST_ID);
    let Some(id) = id else {
        return Err(Rejection::of_whole(
            "the list gives no id for it, without which it stays as it is",
        ));
    };
    Ok(call(Method::PUT, address(account, &format!("/{id}")), record))
}

fn call(method: Method, url: Url, record: Record) -> Call {
    let headers = Headers::from_pairs([("Content-Type", "application/json")]);
    Call::with_body(method, url, headers, Bytes::from(Value::Object(record).to_string()))
}

/// The subscriptions of a list, or of a record alone.
fn listed(data: &Value) -> Result<Vec<Subscription>, Rejection> {
    let records = match data {
        Value::Array(items) => items.iter().map(Value::as_object).collect(),
        Value::Object(record) if is_settings(record) => Some(vec![record]),
        _ => None,
    };
    let what = "the answer is no list of webhook settings, and no record of them";
    let records: Vec<&Record> = records.ok_or_else(|| Rejection::of_whole(what))?;
    Ok(records.into_iter().map(subscription).collect())
}

/// The record, also where it stands alone in a list.
fn only(data: &Value) -> Option<&Record> {
    match data {
        Value::Array(items) => match &items[..] {
            [only] => only.as_object(),
            _ => None,
        },
        data => data.as_object(),
    }
}

fn is_settings(record: &Record) -> bool {
    record.contains_key("id") || record.contains_key("targetURI")
}

fn has_errors(body: &Body) -> bool {
    body.notes().iter().any(|note| note.kind == Kind::Error)
}

/// Why a change was not made, as far as the answer tells.
fn unmade(response: &Response, body: &Body) -> Rejection {
    let mut rejection = rejection(response, body, field_of);
    if response.status == StatusCode::NOT_FOUND {
        rejection
            .message
            .push_str("; it is gone: the sandbox is rebuilt every week, so make it anew");
    } else if response.status.is_success() {
        rejection.message.push_str("; whether it was done is not known: list again");
    }
    rejection
}

/// What to look at when a record went back whose secret we do not have: the list may leave it out or
/// mask it, and what an update does to it then is not documented.
fn doubt_about_secret(change: &Change) -> Option<&'static str> {
    let (of, is_given) = match change {
        Change::Update { of, draft } => {
            (of, matches!(draft.further(record::CLIENT_SECRET), Some(FieldValue::Secret(_))))
        }
        Change::SetActive { of, .. } | Change::Retarget { of, .. } => (of, false),
        Change::Create(_) | Change::Delete { .. } | Change::Test(_) => return None,
    };
    let has_client = record::holds(&of.raw, "clientIdentifier");
    let secret = of.raw.get("clientSecret").and_then(Value::as_str).unwrap_or_default();
    let is_unknown = secret.chars().all(|sign| matches!(sign, '*' | '•' | 'x' | 'X' | '.'));
    (has_client && is_unknown && !is_given).then_some(
        "the list did not tell the client secret, so it went back as it was listed; whether Avinode \
         keeps the one it has is not documented: check that the next delivery verifies",
    )
}

#[cfg(test)]
mod tests;
