//! Masks what is secret, or may be, in records and bodies: the header fields and parameters that
//! Channex sends along come back with every read.

use serde_json::{Map, Value};

use crate::domain::masking::{MASK, is_credential};

/// The members whose every value may be a secret.
const KEPT_FOR_US: [&str; 2] = ["headers", "request_params"];

/// Masks an object in place. Whether anything was masked.
pub(super) fn mask(object: &mut Map<String, Value>) -> bool {
    let mut changed = false;
    for (name, value) in object {
        changed |= match value {
            Value::Object(values) if KEPT_FOR_US.contains(&name.as_str()) => {
                values.values_mut().fold(false, |changed, value| hide(value) || changed)
            }
            value if KEPT_FOR_US.contains(&name.as_str()) || is_credential(name.as_bytes()) => {
                hide(value)
            }
            value => mask_value(value),
        };
    }
    changed
}

/// The body masked; the very bytes if nothing in it is to be masked or it is not JSON.
pub(super) fn body(bytes: &[u8]) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else { return bytes.to_owned() };
    if mask_value(&mut value) { value.to_string().into_bytes() } else { bytes.to_owned() }
}

fn mask_value(value: &mut Value) -> bool {
    match value {
        Value::Object(object) => mask(object),
        Value::Array(values) => {
            values.iter_mut().fold(false, |changed, value| mask_value(value) || changed)
        }
        _ => false,
    }
}

/// Puts the mask in place of a value. That there is none is no secret.
fn hide(value: &mut Value) -> bool {
    let is_something = !value.is_null();
    if is_something {
        *value = Value::String(MASK.to_owned());
    }
    is_something
}

#[cfg(test)]
mod tests;
