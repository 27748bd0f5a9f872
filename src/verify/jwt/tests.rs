use std::time::Duration;

use crate::domain::verdict::Verdict;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::encoding::Encoding;
use crate::verify::fixture::{keyed, notes, request, scheme, secret, time, word};
use crate::verify::hash::Hash;
use crate::verify::scheme::{Received, Scheme};
use crate::verify::signing::Signing;
use crate::verify::{nonce, signed, verify};

const NOW: i64 = 1_795_255_200;

/// Made by `openssl dgst -sha256 -sign`, with `NOW` between `nbf` and `exp`. The claims are
/// `{"iss":"https://issuer.test","aud":["a","https://p.test/hook"],"exp":1795255500,"nbf":1795255100,"jti":"j-1"}`.
const RS256: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci50ZXN0IiwiYXVkIjpbImEiLCJodHRwczovL3AudGVzdC9ob29rIl0sImV4cCI6MTc5NTI1NTUwMCwibmJmIjoxNzk1MjU1MTAwLCJqdGkiOiJqLTEifQ.UzPL_SjdYbms5jqYZTOrdhtP5C36CFPOSJmYxT9dHKu_9raFyKqrOHTy1R1tGtpt-Sx1eO2USoJ3jRDDmFEB4yMQ0YLcncFgKt2GA0z830QtfAoc_j0-3q0I094bmpsUSEFL7o8GEqIrF0UjGWvHTvdtjBzts2Z7RxuwLsdr-hqHbbPlmbJPQPm57F5Q2UhP_iQ_G-2RPpvdjbmxr0M1owxUEQGN_e-MXvCw9xKkO0rA_dmGoG5OxRK7xS1dhbKkSVG6BfBvRiWPe_wjLJ7q3gpMZaGauiuIbJULsxOS4tICXQ4Qv9AMNe26ZASriHoftLY-AnfAPTywzzdwAKRK3g";
const ES256: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci50ZXN0IiwiYXVkIjpbImEiLCJodHRwczovL3AudGVzdC9ob29rIl0sImV4cCI6MTc5NTI1NTUwMCwibmJmIjoxNzk1MjU1MTAwLCJqdGkiOiJqLTEifQ.7r8Cw8pc47igzU85k-HNfRT4o8TtoWBbbTr44ImE256upi59F6nIX-BK8CtaAe1wojgaxmKwk7SOfJBZissIyQ";
/// The same signature as DER, which RFC 7518 does not allow.
const ES256_DER: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci50ZXN0IiwiYXVkIjpbImEiLCJodHRwczovL3AudGVzdC9ob29rIl0sImV4cCI6MTc5NTI1NTUwMCwibmJmIjoxNzk1MjU1MTAwLCJqdGkiOiJqLTEifQ.MEYCIQDuvwLDylzjuKDNTzmT4c19FPijxO2hYFttOvjgiYTbngIhAK6mLn0Xqchf4ErwK1oB7XCiOBrGYrCTtI58kFmKywjJ";
/// HS256 keyed with the text of the public key of RS256.
const CONFUSED: &str = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci50ZXN0IiwiYXVkIjpbImEiLCJodHRwczovL3AudGVzdC9ob29rIl0sImV4cCI6MTc5NTI1NTUwMCwibmJmIjoxNzk1MjU1MTAwLCJqdGkiOiJqLTEifQ.9ld-ycIIPmPuRE8zywB125NJpmFJ1s0D4193pQ4L1i8";

const RSA_KEY: &str = include_str!("../../../tests/data/keys/rsa.pub.pem");
const P256_KEY: &str = include_str!("../../../tests/data/keys/jwt-es256.pub.pem");

fn public(key: &str) -> Auth {
    Auth { public_key: Some(secret(key)), ..keyed("jwt_bearer", &[]) }
}

fn check(token: &str, scheme: &Scheme) -> Verdict {
    let authorization = format!("Bearer {token}");
    let request = request("POST /hook", &[("Authorization", &authorization)], "{}");
    verify(&request, &Received { at: time(NOW), public_url: Some("https://p.test") }, scheme)
}

/// A token with this header and these claims, as HS256 with the key `secret`.
fn made(header: &str, claims: &str) -> String {
    let encode = |text: &str| Encoding::Base64Url.encode(text.as_bytes());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let tag = Hash::Sha256.mac(&secret("secret"), signed.as_bytes());
    format!("{signed}.{}", Encoding::Base64Url.encode(tag.as_ref()))
}

const HS256: &str = r#"{"alg":"HS256"}"#;

#[test]
fn tokens_of_public_keys_verify() {
    for (token, auth, expected) in [
        (RS256, public(RSA_KEY), "verified"),
        (ES256, public(P256_KEY), "verified"),
        (ES256_DER, public(P256_KEY), "signature_mismatch"),
        (RS256, public(P256_KEY), "unsupported_algorithm"),
        (ES256, public(RSA_KEY), "unsupported_algorithm"),
        (
            &RS256.replace("IiwiYXVkIjpbImEi", "IiwiYXVkIjpbImIi"),
            public(RSA_KEY),
            "signature_mismatch",
        ),
        (RS256.get(..RS256.len() - 6).unwrap(), public(RSA_KEY), "signature_mismatch"),
    ] {
        let verdict = check(token, &scheme(&auth));
        assert_eq!(word(&verdict), expected, "{token} {verdict:?}");
    }
    assert_eq!(
        notes(check(RS256, &scheme(&public(RSA_KEY)))),
        ["the token does not cover the body"]
    );
}

#[test]
fn neither_none_nor_a_public_key_as_a_secret_is_believed() {
    for header in [r#"{"alg":"none"}"#, r#"{"alg":"None"}"#, r#"{"alg":""}"#, r#"{"alg":"HS1"}"#] {
        let token = made(header, "{}");
        let unsigned = format!("{}.", token.rsplit_once('.').unwrap().0);
        for scheme in [scheme(&keyed("jwt_bearer", &["secret"])), scheme(&public(RSA_KEY))] {
            for token in [&token, &unsigned] {
                assert_eq!(word(&check(token, &scheme)), "unsupported_algorithm", "{header}");
            }
        }
    }
    assert_eq!(word(&check(CONFUSED, &scheme(&public(RSA_KEY)))), "unsupported_algorithm");
    // With both kinds of keys, each stays with its own algorithms.
    let both = Auth { secrets: vec![secret("secret")], ..public(RSA_KEY) };
    assert_eq!(word(&check(CONFUSED, &scheme(&both))), "signature_mismatch");
    assert_eq!(word(&check(RS256, &scheme(&both))), "verified");
    assert_eq!(word(&check(&made(HS256, "{}"), &scheme(&both))), "verified");
    let error = Catalog::builtin().scheme(&keyed("jwt_bearer", &[RSA_KEY])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "scheme jwt_bearer: secret is a key in PEM, which anybody may know; give it as public_key"
    );
}

#[test]
fn what_is_no_token_says_why() {
    let scheme = scheme(&keyed("jwt_bearer", &["secret"]));
    let good = made(HS256, "{}");
    for (token, expected) in [
        (good.clone(), "verified"),
        (String::new(), "malformed_credential"),
        ("a.b".to_owned(), "malformed_credential"),
        (format!("{good}.x"), "malformed_credential"),
        (good.replace('.', ".."), "malformed_credential"),
        (format!("{good}="), "malformed_credential"),
        (format!("{good}\u{e9}"), "malformed_credential"),
        (made("{}", "{}"), "malformed_credential"),
        (made("[]", "{}"), "malformed_credential"),
        (made("HS256", "{}"), "malformed_credential"),
        (made(r#"{"alg":"HS256","alg":"none"}"#, "{}"), "malformed_credential"),
        (made(r#"{"alg":["HS256"]}"#, "{}"), "unsupported_algorithm"),
        (made(r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#, "{}"), "unsupported_algorithm"),
        (made(HS256, "[]"), "verified"),
        (made(HS256, "no JSON"), "malformed_credential"),
        (made(HS256, &"[".repeat(100_000)), "malformed_credential"),
        (made(HS256, r#"{"exp":"soon"}"#), "malformed_credential"),
        (made(HS256, r#"{"exp":1,"exp":1795255500}"#), "malformed_credential"),
        (made(r#"{"alg":"HS512"}"#, "{}"), "signature_mismatch"),
    ] {
        let verdict = check(&token, &scheme);
        assert_eq!(word(&verdict), expected, "{token} {verdict:?}");
    }
    let bare = request("POST /", &[("Authorization", "Basic x")], "");
    let received = Received { at: time(NOW), public_url: None };
    assert_eq!(word(&verify(&bare, &received, &scheme)), "missing_credential");
}

#[test]
fn the_times_of_a_token_are_judged_with_leeway() {
    let leeway = |seconds| Auth {
        leeway: Some(Duration::from_secs(seconds)),
        ..keyed("jwt_bearer", &["secret"])
    };
    for (claims, seconds, expected) in [
        (format!(r#"{{"exp":{}}}"#, NOW + 1), 0, "verified"),
        (format!(r#"{{"exp":{NOW}}}"#), 0, "stale"),
        (format!(r#"{{"exp":{NOW}}}"#), 1, "verified"),
        (format!(r#"{{"exp":{}.9}}"#, NOW - 10), 10, "stale"),
        (format!(r#"{{"nbf":{NOW}}}"#), 0, "verified"),
        (format!(r#"{{"nbf":{}}}"#, NOW + 1), 0, "in_future"),
        (format!(r#"{{"nbf":{}}}"#, NOW + 10), 10, "verified"),
        (r#"{"exp":1e300}"#.to_owned(), 0, "verified"),
        (r#"{"exp":-1e300}"#.to_owned(), u64::MAX, "stale"),
        (r#"{"nbf":99999999999999999999}"#.to_owned(), 0, "in_future"),
        (r#"{"nbf":-5,"exp":null}"#.to_owned(), 0, "verified"),
    ] {
        let verdict = check(&made(HS256, &claims), &scheme(&leeway(seconds)));
        assert_eq!(word(&verdict), expected, "{claims} {verdict:?}");
    }
    // Unless the user says otherwise, a minute.
    let usual = scheme(&keyed("jwt_bearer", &["secret"]));
    for (ago, expected) in [(59, "verified"), (60, "stale")] {
        let token = made(HS256, &format!(r#"{{"exp":{}}}"#, NOW - ago));
        assert_eq!(word(&check(&token, &usual)), expected);
    }
    let notes = notes(check(&made(HS256, "{}"), &usual));
    assert_eq!(notes[0], "the token has no exp and never expires");
}

#[test]
fn issuer_and_audience_have_to_be_the_expected_ones() {
    let text = |text: &str| Some(text.to_owned());
    for (issuer, audience, expected) in [
        (text("https://issuer.test"), text("a"), "verified"),
        (text("https://issuer.test"), text("https://p.test/hook"), "verified"),
        (text("https://issuer.test/"), None, "claim_mismatch"),
        (None, text("b"), "claim_mismatch"),
    ] {
        let auth = Auth { issuer, audience, ..public(RSA_KEY) };
        let verdict = check(RS256, &scheme(&auth));
        assert_eq!(word(&verdict), expected, "{verdict:?}");
    }
    // At monday the audience is the url.
    let monday = |claims: &str, line: &str| {
        let request = request(line, &[("Authorization", &made(HS256, claims))], "{}");
        let received = Received { at: time(NOW), public_url: Some("https://p.test") };
        let verdict = verify(&request, &received, &scheme(&keyed("monday", &["secret"])));
        word(&verdict)
    };
    let claims = format!(r#"{{"aud":"https://p.test/hook?a=1","exp":{}}}"#, NOW + 9);
    assert_eq!(monday(&claims, "POST /hook?a=1"), "verified");
    assert_eq!(monday(&claims, "POST /hook"), "claim_mismatch");
    let endless = r#"{"aud":"https://p.test/hook?a=1"}"#;
    assert_eq!(monday(endless, "POST /hook?a=1"), "claim_mismatch");
}

#[test]
fn algorithms_are_those_that_the_user_names_and_has_keys_for() {
    let named = |names: &[&str]| Auth {
        algorithms: Some(names.iter().map(|name| (*name).to_owned()).collect()),
        ..keyed("jwt_bearer", &["secret"])
    };
    let token = made(HS256, "{}");
    assert_eq!(word(&check(&token, &scheme(&named(&["HS256"])))), "verified");
    assert_eq!(word(&check(&token, &scheme(&named(&["HS512"])))), "unsupported_algorithm");
    for (auth, expected) in [
        (named(&[]), "algorithms is empty, so that nothing could pass"),
        (named(&["HS265"]), "algorithms has \"HS265\", which is not known; did you mean HS256?"),
        (named(&["none"]), "algorithms has \"none\", which is not known"),
        (named(&["RS256"]), "algorithms has RS256, for which there is no key"),
        (
            Auth { public_key: Some(secret("x")), ..keyed("jwt_bearer", &[]) },
            "public_key is not a public key or certificate: neither PEM, nor its DER in base64 or hex, nor the 32 bytes of an Ed25519 key in base64 or hex",
        ),
    ] {
        let error = Catalog::builtin().scheme(&auth).unwrap_err().to_string();
        assert_eq!(error, format!("scheme jwt_bearer: {expected}"));
    }
    let error = Catalog::builtin()
        .scheme(&Auth { public_key: Some(secret(P256_KEY)), ..keyed("messagebird", &[]) });
    assert_eq!(
        error.unwrap_err().to_string(),
        "scheme messagebird has no use for the key public_key"
    );
}

#[test]
fn a_token_has_what_tells_it_from_others() {
    let messagebird = scheme(&keyed("messagebird", &["secret"]));
    let signing =
        Signing { at: time(NOW), nonce: "j-2", id: None, public_url: Some("https://p.test") };
    let signed = signed(&request("POST /hook", &[], "{}"), &signing, &messagebird).unwrap();
    assert_eq!(messagebird.dedupe_key(&signed).as_deref(), Some(&b"j-2"[..]));
    let received = Received { at: time(NOW), public_url: Some("https://p.test") };
    assert_eq!(nonce(&signed, &received, &messagebird).as_deref(), Some(&b"j-2"[..]));
    assert_eq!(nonce(&request("POST /", &[], ""), &received, &messagebird), None);
}
