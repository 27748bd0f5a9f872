use super::SigningKey;
use crate::domain::secret::Secret;
use crate::verify::public_key::{PublicKey, SignatureAlgorithm};

const PEM: &str = include_str!("../../../tests/data/keys/rfc9421-ed25519.pem");
const PUBLIC: &str = include_str!("../../../tests/data/keys/rfc9421-ed25519.pub.pem");
const SEED: &str = "9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5";
const PUBLIC_HEX: &str = "26b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb";

#[test]
fn a_key_in_any_form_signs_what_its_public_key_checks() {
    let both = format!("{SEED}{PUBLIC_HEX}");
    for text in [
        PEM,
        SEED,
        &both,
        "n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=",
        "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF",
    ] {
        let key = SigningKey::parse(&Secret::new(text)).unwrap();
        let public = PublicKey::parse(PUBLIC.as_bytes()).unwrap();
        assert_eq!(key.public_key(), public, "{text}");
        assert!(public.verify(SignatureAlgorithm::Ed25519, b"hello", &key.sign(b"hello")));
    }
}

#[test]
fn what_is_no_private_key_is_refused() {
    let mismatched = format!("{SEED}{SEED}");
    for text in ["", "secret", PUBLIC, "00", &mismatched] {
        let error = SigningKey::parse(&Secret::new(text)).unwrap_err();
        assert!(error.to_string().starts_with("is not a private key"), "{text}");
    }
    assert!(SigningKey::parse(&Secret::new(*b"\xff")).is_err());
}
