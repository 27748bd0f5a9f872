use crate::domain::headers::Headers;
use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::{Auth, NamedKey};
use crate::verify::fixture::{request, scheme, secret, time, word};
use crate::verify::httpsig::fixture::{
    B25, B26, CREATED, ED25519, ED25519_PUBLIC, check_at, example, keyed, own_keys, public, shared,
    sign_at,
};
use crate::verify::scheme::Received;
use crate::verify::signing::{CannotSign, Signing};
use crate::verify::{nonce, signed};

#[test]
fn signing_anew_makes_the_signatures_of_the_rfc_again() {
    let private = NamedKey {
        algorithm: "ed25519".to_owned(),
        private_key: Some(secret(ED25519)),
        ..NamedKey::default()
    };
    let auth = keyed(vec![("test-key-ed25519", private), ("test-shared-secret", shared())]);
    for (input, signature) in [B25, B26] {
        let (label, _) = signature.split_once('=').unwrap();
        let old = input.replace("1618884473", "1");
        let signed = sign_at(CREATED, &example(&old, &format!("{label}=:AAAA:")), &auth);
        assert_eq!(signed.headers.text("Signature-Input"), Some(input));
        assert_eq!(signed.headers.text("Signature"), Some(signature));
    }
}

#[test]
fn what_is_signed_from_nothing_covers_all_that_matters() {
    let required = vec!["x-topic".to_owned(), "@method".to_owned()];
    let auth = Auth { required: Some(required), ..keyed(own_keys()) };
    let sent = sign_at(1000, &request("POST /a?b", &[("X-Topic", "x")], "{}"), &auth);
    assert_eq!(
        sent.headers.text("Signature-Input").unwrap(),
        r#"sig1=("@target-uri" "@method" "content-digest" "x-topic");created=1000;keyid="a";nonce="n\"1""#
    );
    assert_eq!(
        sent.headers.text("Content-Digest").unwrap(),
        "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:"
    );
    let Verdict::Verified { notes, .. } = check_at(&sent, 1000, &scheme(&auth)) else {
        panic!("not verified");
    };
    assert_eq!(notes, ["the signature sig1 by the key a holds"]);
    let received = Received { at: time(1000), public_url: Some("https://example.com") };
    assert_eq!(nonce(&sent, &received, &scheme(&auth)).unwrap(), b"a\nn\"1");
    // One that a forger puts beside it does not hide it.
    let beside =
        |name: &str, value: &str| format!("x={value}, {}", sent.headers.text(name).unwrap());
    let input = beside("Signature-Input", "();created=1000;keyid=\"b\";nonce=\"new\"");
    let input = [("X-Topic", "x"), ("Signature-Input", &input)];
    let signature = beside("Signature", ":AAAA:");
    let digest = sent.headers.text("Content-Digest").unwrap();
    let headers = [&input[..], &[("Signature", &signature), ("Content-Digest", digest)]].concat();
    let forged = Request { headers: Headers::from_pairs(headers), ..sent };
    assert_eq!(word(&check_at(&forged, 1000, &scheme(&auth))), "verified");
    assert_eq!(nonce(&forged, &received, &scheme(&auth)).unwrap(), b"a\nn\"1");
}

#[test]
fn what_cannot_be_signed_says_why() {
    let signing = Signing { at: time(1000), nonce: "n", id: None, public_url: None };
    let bare = request("POST /", &[], "");
    let public = keyed(vec![("k", public("ed25519", ED25519_PUBLIC))]);
    let sign = |auth: &Auth, request: &Request| signed(request, &signing, &scheme(auth));
    assert_eq!(sign(&public, &bare), Err(CannotSign::NoPrivateKey));
    let shared = keyed(own_keys());
    let message =
        "\"@target-uri\" is signed, but neither a public url nor the Host header names the host";
    assert_eq!(sign(&shared, &bare), Err(CannotSign::Unreadable(message.to_owned())));
    let keyless = keyed(Vec::new());
    assert_eq!(sign(&keyless, &bare), Err(CannotSign::NoSecret));
}
