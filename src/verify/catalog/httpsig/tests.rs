use crate::domain::secret::Secret;
use crate::verify::catalog::{Auth, Catalog, NamedKey};
use crate::verify::scheme::Scheme;

const PUBLIC: &str = include_str!("../../../../tests/data/keys/rfc9421-ed25519.pub.pem");
const PRIVATE: &str = include_str!("../../../../tests/data/keys/rfc9421-ed25519.pem");
const OTHER_SEED: &str = "0000000000000000000000000000000000000000000000000000000000000001";

fn with(key: NamedKey) -> Auth {
    let keys = [("k1".to_owned(), key)].into();
    Auth { scheme: "http_message_signatures".to_owned(), keys, ..Auth::default() }
}

fn key(
    algorithm: &str,
    secret: Option<&str>,
    public: Option<&str>,
    private: Option<&str>,
) -> NamedKey {
    let read = |text: Option<&str>| text.map(Secret::new);
    NamedKey {
        algorithm: algorithm.to_owned(),
        secret: read(secret),
        secret_encoding: None,
        public_key: read(public),
        private_key: read(private),
    }
}

#[test]
fn a_key_has_what_its_algorithm_needs() {
    let hmac = |secret, encoding: &str| NamedKey {
        secret_encoding: Some(encoding.to_owned()),
        ..key("hmac-sha256", Some(secret), None, None)
    };
    for good in [
        key("hmac-sha256", Some("s"), None, None),
        hmac("c2VjcmV0", "base64"),
        hmac("c0ffee", "hex"),
        key("ed25519", None, Some(PUBLIC), None),
        key("ed25519", None, Some(PUBLIC), Some(PRIVATE)),
        key("ed25519", None, None, Some(PRIVATE)),
    ] {
        let scheme = Catalog::builtin().scheme(&with(good));
        assert!(matches!(scheme, Ok(Scheme::HttpSignatures(_))), "{scheme:?}");
    }
    for (bad, problem) in [
        (
            key("hmac-sha1", Some("s"), None, None),
            "whose algorithm \"hmac-sha1\" is not known; did you mean hmac-sha256?",
        ),
        (key("hmac-sha256", None, None, None), "which needs a secret"),
        (key("hmac-sha256", Some(""), None, None), "whose secret is empty or not a key in utf8"),
        (hmac("!", "base64"), "whose secret is empty or not a key in base64"),
        (
            hmac("s", "base65"),
            "whose secret_encoding \"base65\" is not known; did you mean base64?",
        ),
        (
            key("hmac-sha256", Some("s"), Some(PUBLIC), None),
            "whose algorithm has a secret, and no public or private key",
        ),
        (
            key("ed25519", Some("s"), Some(PUBLIC), None),
            "whose algorithm has a public key, and no secret",
        ),
        (key("ed25519", None, None, None), "which needs a public_key"),
        (
            key("rsa-pss-sha512", None, Some(PUBLIC), None),
            "whose key is not one of RSA-PSS with SHA-512",
        ),
        (
            key("ed25519", None, Some(PRIVATE), None),
            "whose public_key is a private key; the public key that belongs to it is wanted",
        ),
        (
            key("ed25519", None, Some(PUBLIC), Some(OTHER_SEED)),
            "whose private_key does not belong to its public_key",
        ),
    ] {
        let message = Catalog::builtin().scheme(&with(bad)).unwrap_err().to_string();
        let expected = format!("scheme http_message_signatures: keys has \"k1\", {problem}");
        assert_eq!(message, expected);
    }
}

#[test]
fn what_cannot_work_is_refused() {
    let good = || with(key("hmac-sha256", Some("s"), None, None));
    let required = vec!["@metod".to_owned()];
    for (auth, problem) in [
        (
            Auth { required: Some(required), ..good() },
            "required has \"@metod\", which is not known",
        ),
        (Auth { url: Some("nonsense".to_owned()), ..good() }, "url is not a url with a host"),
        (
            Auth { tag: Some("caf\u{e9}".to_owned()), ..good() },
            "tag has characters that no header can have",
        ),
    ] {
        let message = Catalog::builtin().scheme(&auth).unwrap_err().to_string();
        assert_eq!(message, format!("scheme http_message_signatures: {problem}"));
    }
    let keyless = Auth { scheme: "http_message_signatures".to_owned(), ..Auth::default() };
    assert!(matches!(Catalog::builtin().scheme(&keyless), Ok(Scheme::Keyless(_))));
}
