//! What the tests of HTTP message signatures share: the keys and the request of the RFC's examples.

use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::{Auth, NamedKey};
use crate::verify::fixture::{request, scheme, secret, time};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::signing::Signing;
use crate::verify::{signed, verify};

pub(super) const ED25519: &str = include_str!("../../../tests/data/keys/rfc9421-ed25519.pem");
pub(super) const ED25519_PUBLIC: &str =
    include_str!("../../../tests/data/keys/rfc9421-ed25519.pub.pem");
pub(super) const P256: &str = include_str!("../../../tests/data/keys/rfc9421-p256.pub.pem");
pub(super) const RSA_PSS: &str = include_str!("../../../tests/data/keys/rfc9421-rsa-pss.pub.pem");
pub(super) const RSA: &str = include_str!("../../../tests/data/keys/rfc9421-rsa.pub.pem");
pub(super) const SHARED: &str =
    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";

/// When the examples of the RFC were signed.
pub(super) const CREATED: i64 = 1_618_884_473;

pub(super) const B25: (&str, &str) = (
    r#"sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#,
    "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
);
pub(super) const B26: (&str, &str) = (
    r#"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#,
    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
);

pub(super) fn public(algorithm: &str, key: &str) -> NamedKey {
    let public_key = Some(secret(key));
    NamedKey { algorithm: algorithm.to_owned(), public_key, ..NamedKey::default() }
}

pub(super) fn shared() -> NamedKey {
    NamedKey {
        algorithm: "hmac-sha256".to_owned(),
        secret: Some(secret(SHARED)),
        secret_encoding: Some("base64".to_owned()),
        ..NamedKey::default()
    }
}

pub(super) fn keyed(keys: Vec<(&str, NamedKey)>) -> Auth {
    Auth {
        scheme: "http_message_signatures".to_owned(),
        keys: keys.into_iter().map(|(id, key)| (id.to_owned(), key)).collect(),
        ..Auth::default()
    }
}

/// The keys of RFC 9421 appendix B.1.
pub(super) fn rfc() -> Auth {
    let keys = vec![
        ("test-key-rsa-pss", public("rsa-pss-sha512", RSA_PSS)),
        ("test-key-rsa", public("rsa-v1_5-sha256", RSA)),
        ("test-key-ecc-p256", public("ecdsa-p256-sha256", P256)),
        ("test-shared-secret", shared()),
        ("test-key-ed25519", public("ed25519", ED25519_PUBLIC)),
    ];
    Auth { required: Some(Vec::new()), ..keyed(keys) }
}

/// The request of RFC 9421 appendix B.2 with these signatures.
pub(super) fn example(input: &str, signature: &str) -> Request {
    let headers = [
        ("Host", "example.com"),
        ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("Content-Type", "application/json"),
        (
            "Content-Digest",
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
        ),
        ("Content-Length", "18"),
        ("Signature-Input", input),
        ("Signature", signature),
    ];
    request("POST /foo?param=Value&Pet=dog", &headers, r#"{"hello": "world"}"#)
}

pub(super) fn check_at(request: &Request, seconds: i64, scheme: &Scheme) -> Verdict {
    let received = Received { at: time(seconds), public_url: Some("https://example.com") };
    verify(request, &received, scheme)
}

pub(super) fn check(request: &Request, auth: &Auth) -> Verdict {
    check_at(request, CREATED, &scheme(auth))
}

pub(super) fn own_keys() -> Vec<(&'static str, NamedKey)> {
    let private = NamedKey {
        algorithm: "ed25519".to_owned(),
        private_key: Some(secret(ED25519)),
        ..NamedKey::default()
    };
    vec![("a", private), ("b", shared())]
}

pub(super) fn sign_at(seconds: i64, request: &Request, auth: &Auth) -> Request {
    let public_url = Some("https://example.com");
    let signing = Signing { at: time(seconds), nonce: "n\"1", id: None, public_url };
    signed(request, &signing, &scheme(auth)).unwrap()
}
