//! Which header fields and JSON members carry a credential, and what stands in their place on screen,
//! in copies and in exports.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use bytes::Bytes;
use serde_json::{Map, Value};

use super::headers::{Field, Headers};

/// What stands for a credential.
pub const MASK: &str = "***";

/// Names that are credentials whatever they hold. `X-Payload-Signature` is Avionté's shared secret,
/// not a signature, as far as their page says.
const NAMES: &[&[u8]] =
    &[b"authorization", b"proxy-authorization", b"cookie", b"set-cookie", b"x-payload-signature"];

/// Parts of a name that tell a credential. `user-api-key`, `X-api-key`, `X-Avinode-ApiToken`,
/// `X-Channex-Webhook-Secret` and `X-Gitlab-Token` are found by them.
const PARTS: &[&str] =
    &["api-key", "apikey", "api_key", "token", "secret", "password", "passwd", "credential"];

/// Finds one of the parts. Every name of every request that goes in or out is looked at.
static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(PARTS);
    finder.expect("so few patterns can always be looked for")
});

/// What the user's config calls a credential, in small letters.
static CONFIGURED: OnceLock<Vec<String>> = OnceLock::new();

/// Makes known which further names are credentials, because the config says so. It holds for the
/// whole program, since nothing of it may show them: it is called once, before anything is shown, and
/// changes nothing after that.
pub fn configure(names: impl IntoIterator<Item = String>) {
    CONFIGURED.get_or_init(|| names.into_iter().map(|name| name.to_ascii_lowercase()).collect());
}

/// Whether the header or the member of that name carries a credential.
#[must_use]
pub fn is_credential(name: &[u8]) -> bool {
    let is = |other: &[u8]| name.eq_ignore_ascii_case(other);
    NAMES.iter().any(|other| is(other))
        || FINDER.is_match(name)
        || CONFIGURED.get().is_some_and(|names| names.iter().any(|other| is(other.as_bytes())))
}

/// The value to show: masked if the field carries a credential and `reveal` is false.
#[must_use]
pub fn shown(field: &Field, reveal: bool) -> Cow<'_, [u8]> {
    if !reveal && is_credential(&field.name) {
        Cow::Borrowed(MASK.as_bytes())
    } else {
        Cow::Borrowed(&field.value)
    }
}

/// Masks the members that carry a credential, at any depth. What holds nothing (null, an empty text,
/// yes or no) stays as it is. Tells whether there was anything to mask.
pub fn mask_members(members: &mut Map<String, Value>) -> bool {
    members.iter_mut().fold(false, |masked, (name, value)| {
        let masks = is_credential(name.as_bytes()) && holds_something(value);
        if masks {
            *value = Value::from(MASK);
        }
        masks | mask_json(value) | masked
    })
}

/// Masks the members that carry a credential in all of this. Tells whether there were any.
pub fn mask_json(json: &mut Value) -> bool {
    match json {
        Value::Object(members) => mask_members(members),
        Value::Array(items) => {
            items.iter_mut().fold(false, |masked, item| mask_json(item) | masked)
        }
        _ => false,
    }
}

fn holds_something(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(_)) && value.as_str() != Some("")
}

/// The fields with every credential masked.
#[must_use]
pub fn masked(headers: &Headers) -> Headers {
    let mut headers = headers.clone();
    mask(&mut headers);
    headers
}

/// Masks every credential in the fields.
pub fn mask(headers: &mut Headers) {
    for field in headers.iter_mut().filter(|field| is_credential(&field.name)) {
        field.value = Bytes::from_static(MASK.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{is_credential, mask_json};

    #[test]
    fn members_that_hold_a_credential_are_masked_at_any_depth() {
        let mut record = json!({
            "id": "1",
            "clientSecret": "s",
            "deep": [{"api_key": 7, "tokens": ["a"], "token": {"value": "b"}}],
            "secret": null, "password": "", "hasPassword": true,
        });
        assert!(mask_json(&mut record));
        let masked = json!({
            "id": "1",
            "clientSecret": "***",
            "deep": [{"api_key": "***", "tokens": "***", "token": "***"}],
            "secret": null, "password": "", "hasPassword": true,
        });
        assert_eq!(record, masked);
        assert!(!mask_json(&mut json!([{"id": "1"}, "secret", 2, null])));
    }

    #[test]
    fn masking_keeps_the_numbers_beside_it_digit_by_digit() {
        let sent =
            r#"{"a":1444444444400000007173733806442603486,"b":1.50,"c":-0.0,"d":1e-9,"token":1}"#;
        let mut json = serde_json::from_str::<Value>(sent).unwrap();
        assert!(mask_json(&mut json));
        assert_eq!(json.to_string(), sent.replace(r#""token":1"#, r#""token":"***""#));
    }

    #[test]
    fn credentials_are_known_by_name_and_signatures_are_not_hidden() {
        for name in [
            "Authorization",
            "COOKIE",
            "X-api-key",
            "user-api-key",
            "X-Avinode-ApiToken",
            "X-Payload-Signature",
            "X-Channex-Webhook-Secret",
            "X-Gitlab-Token",
        ] {
            assert!(is_credential(name.as_bytes()), "{name}");
        }
        for name in ["Content-Type", "Stripe-Signature", "X-Hub-Signature-256", "webhook-id"] {
            assert!(!is_credential(name.as_bytes()), "{name}");
        }
    }
}
