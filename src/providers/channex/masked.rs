//! Masks what is secret, or may be, in records and bodies: beside what is named like a credential,
//! the header fields and parameters of webhooks, which come back with every read.

use serde_json::{Map, Value};

use crate::domain::masking::{MASK, mask_json, mask_members};

/// The members whose every value may be a secret.
const KEPT_FOR_US: [&str; 2] = ["headers", "request_params"];

/// A record masked.
pub(super) fn record(raw: &Map<String, Value>) -> Map<String, Value> {
    let mut record = raw.clone();
    hide_in(&mut record);
    mask_members(&mut record);
    record
}

/// A body masked; its very bytes if there is nothing to mask, or if it is not JSON.
pub(super) fn body(bytes: &[u8]) -> Vec<u8> {
    let Ok(mut json) = serde_json::from_slice::<Value>(bytes) else { return bytes.to_owned() };
    let is_masked = hide(&mut json) | mask_json(&mut json);
    if is_masked { json.to_string().into_bytes() } else { bytes.to_owned() }
}

/// Masks what is kept for us, at any depth. Tells whether there was any.
fn hide(json: &mut Value) -> bool {
    match json {
        Value::Object(object) => hide_in(object),
        Value::Array(items) => items.iter_mut().fold(false, |hidden, item| hide(item) | hidden),
        _ => false,
    }
}

fn hide_in(object: &mut Map<String, Value>) -> bool {
    object.iter_mut().fold(false, |hidden, (name, value)| {
        let is_kept = KEPT_FOR_US.contains(&name.as_str());
        hidden | if is_kept { hide_all(value) } else { hide(value) }
    })
}

/// Masks each value of an object, and whole what should be one and is not.
fn hide_all(value: &mut Value) -> bool {
    match value {
        Value::Null => false,
        Value::Object(values) => {
            values.values_mut().for_each(|value| *value = Value::from(MASK));
            !values.is_empty()
        }
        other => {
            *other = Value::from(MASK);
            true
        }
    }
}

#[cfg(test)]
mod tests;
