//! Which header fields carry a credential, and what stands in their place on screen, in copies and
//! in exports.

use std::borrow::Cow;

use super::headers::{Field, Headers};

/// What stands for a credential.
pub const MASK: &str = "***";

/// Names that are credentials whatever they hold. `X-Payload-Signature` is Avionté's shared secret,
/// not a signature, as far as their page says.
const NAMES: &[&str] =
    &["authorization", "proxy-authorization", "cookie", "set-cookie", "x-payload-signature"];

/// Parts of a name that tell a credential. `user-api-key`, `X-api-key`, `X-Avinode-ApiToken`,
/// `X-Channex-Webhook-Secret` and `X-Gitlab-Token` are found by them.
const PARTS: &[&str] =
    &["api-key", "apikey", "api_key", "token", "secret", "password", "passwd", "credential"];

/// Whether the header of that name carries a credential.
#[must_use]
pub fn is_credential(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let Ok(name) = std::str::from_utf8(&name) else { return false };
    NAMES.contains(&name) || PARTS.iter().any(|part| name.contains(part))
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

/// The fields with every credential masked.
#[must_use]
pub fn masked(headers: &Headers) -> Headers {
    let fields = headers.iter().map(|field| Field {
        name: field.name.clone(),
        value: shown(field, false).into_owned().into(),
    });
    Headers::new(fields.collect(), headers.fidelity())
}

#[cfg(test)]
mod tests {
    use super::is_credential;

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
