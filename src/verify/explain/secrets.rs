//! Other secrets, and the same secret read in another way.

use super::reshape::{is_key, leaves, secrets, with_key, with_secret};
use super::search::{Case, Probe, Probes};
use crate::domain::secret::Secret;
use crate::verify::encoding::Encoding;
use crate::verify::key::fingerprint;

/// Secrets that providers publish for their test deliveries.
const TEST: &[(&str, &str)] =
    &[("Mandrill", "test-webhook"), ("Zendesk", "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==")];

/// What a program has for a secret that nobody set.
const UNSET: &[&str] = &["undefined", "null", "None", "nil"];

/// Prefixes that may or may not belong to a key.
const PREFIXES: &[&str] =
    &["whsec_", "whsk_", "sha256=", "sha1=", "v1,", "Bearer ", "Basic ", "sk_", "0x"];

/// The secrets of the other endpoints.
pub(super) fn of_others<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let others = case.others.iter().flat_map(move |(name, scheme)| {
        leaves(scheme).into_iter().flat_map(move |leaf| {
            let own = secrets(leaf).into_iter().filter_map(|secret| {
                let message = format!(
                    "signed with the secret {} of the endpoint {name}: the sender has another \
                     endpoint's secret, or calls the wrong address",
                    fingerprint(secret)
                );
                let scheme = with_secret(case.scheme, secret)?;
                Some(Probe::new("other_secret", message).with_scheme(scheme))
            });
            let message = format!(
                "passes by the scheme of the endpoint {name}: the sender calls the wrong address, or \
                 this endpoint needs that auth"
            );
            let whole = Probe::new("other_secret", message).with_scheme(leaf.clone());
            own.chain([whole]).collect::<Vec<_>>()
        })
    });
    Box::new(others)
}

/// The secrets of the other endpoints, those of tests, and none at all.
pub(super) fn other_secrets<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let test = TEST.iter().filter_map(|(sender, secret)| {
        let message = format!(
            "signed with the secret that {sender} takes for test deliveries: genuine ones have the \
             configured one"
        );
        let scheme = with_secret(case.scheme, &Secret::new(*secret))?;
        Some(Probe::new("other_secret", message).with_scheme(scheme))
    });
    let unset = UNSET.iter().filter_map(|word| {
        let message = format!(
            "signed with the word {word} as the secret: the sender's secret is not set; set it there"
        );
        let scheme = with_key(case.scheme, &Secret::new(*word))?;
        Some(Probe::new("other_secret", message).with_scheme(scheme))
    });
    Box::new(of_others(case).chain(test).chain(unset))
}

/// The configured secrets with or without what stands around them, decoded or not.
pub(super) fn secret_encodings<'a>(case: &'a Case<'a>) -> Probes<'a> {
    Box::new(secrets(case.scheme).into_iter().flat_map(|secret| {
        let other = |(key, _): &(Vec<u8>, String)| !is_key(case.scheme, key);
        readings(secret.expose()).into_iter().filter(other).filter_map(|(key, how)| {
            let scheme = with_key(case.scheme, &Secret::new(key))?;
            Some(Probe::new("secret_encoding", how).with_scheme(scheme))
        })
    }))
}

/// The keys that somebody may take this text for, and what that means.
fn readings(text: &[u8]) -> Vec<(Vec<u8>, String)> {
    let mut found = Vec::new();
    let mut add = |key: Vec<u8>, how: String| {
        if !key.is_empty() && !found.iter().any(|(known, _)| *known == key) {
            found.push((key, how));
        }
    };
    let trimmed = text.trim_ascii();
    let bare = unquoted(trimmed);
    add(
        text.to_vec(),
        "signed with the text of the secret itself as the key, nothing decoded and no prefix taken \
         off: a recipe with key = { encoding = \"utf8\", strip = [] } says so"
            .to_owned(),
    );
    add(
        trimmed.to_vec(),
        "signed with the secret without the white space around it: remove that from the configured \
         secret"
            .to_owned(),
    );
    add(
        bare.to_vec(),
        "signed with the secret without the quotes around it: remove them from the configured secret"
            .to_owned(),
    );
    add([trimmed, b"\n"].concat(), newline_message());
    for prefix in PREFIXES {
        if let Some(rest) = bare.strip_prefix(prefix.as_bytes()) {
            add(
                rest.to_vec(),
                format!(
                    "signed with the secret without {prefix:?} in front, as text: configure it so"
                ),
            );
            decoded(rest, &mut |key, encoding| {
                add(
                    key,
                    format!(
                        "signed with what the secret is in {encoding} behind {prefix:?}: a recipe with \
                     key = {{ strip = {prefix:?}, encoding = \"{encoding}\" }} says so"
                    ),
                );
            });
        }
    }
    decoded(bare, &mut |key, encoding| {
        add(
            key,
            format!(
                "signed with what the secret is in {encoding}, decoded: a recipe with \
             key = {{ encoding = \"{encoding}\" }} says so"
            ),
        );
    });
    for encoding in [Encoding::Hex, Encoding::Base64] {
        add(
            encoding.encode(bare).into_bytes(),
            format!("signed with the secret written in {encoding}: configure it written so"),
        );
    }
    found
}

fn newline_message() -> String {
    "signed with the secret and a newline behind it: the sender reads it from a file; remove the \
     newline there"
        .to_owned()
}

fn decoded(text: &[u8], add: &mut impl FnMut(Vec<u8>, Encoding)) {
    for encoding in [Encoding::Hex, Encoding::Base64, Encoding::Base64Url] {
        if let Some(key) = encoding.decode(text) {
            add(key, encoding);
        }
    }
}

fn unquoted(text: &[u8]) -> &[u8] {
    match text {
        [first @ (b'"' | b'\'' | b'`'), inner @ .., last] if first == last => inner,
        _ => text,
    }
}
