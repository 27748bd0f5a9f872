use std::time::Duration;

use super::parameters::Parameters;
use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::Auth;
use crate::verify::fixture::{at, keyed, request, scheme, secret, time, word};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::verify;

/// The auth table of a consumer, with a token if its secret is not empty.
fn consumer(key: &str, secrets: &[&str], token: &str, token_secret: &str) -> Auth {
    Auth {
        key: Some(key.to_owned()),
        token: Some(secret(token)),
        token_secret: Some(secret(token_secret)),
        ..keyed("oauth1", secrets)
    }
}

fn check(request: &Request, public_url: &str, seconds: i64, auth: &Auth) -> Verdict {
    let received = Received { at: time(seconds), public_url: Some(public_url) };
    verify(request, &received, &scheme(auth))
}

fn photos(token: &str, token_secret: &str) -> Auth {
    consumer("dpf43f3p2l4k3l03", &["kd94hf93k423kf44"], token, token_secret)
}

#[test]
fn the_examples_of_rfc_5849_section_1_2_verify() {
    let initiate = concat!(
        r#"OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", "#,
        r#"oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200", oauth_nonce="wIjqoS", "#,
        r#"oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", "#,
        r#"oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D""#
    );
    let token = concat!(
        r#"OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", "#,
        r#"oauth_token="hh5s93j4hdidpola", oauth_signature_method="HMAC-SHA1", "#,
        r#"oauth_timestamp="137131201", oauth_nonce="walatlh", oauth_verifier="hfdp7dh39dks9884", "#,
        r#"oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D""#
    );
    let resource = concat!(
        r#"OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", "#,
        r#"oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", "#,
        r#"oauth_timestamp="137131202", oauth_nonce="chapoH", "#,
        r#"oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D""#
    );
    for (line, base, header, auth) in [
        ("POST /initiate", "https://photos.example.net", initiate, photos("", "")),
        (
            "POST /token",
            "https://photos.example.net",
            token,
            photos("hh5s93j4hdidpola", "hdhd0244k9j7ao03"),
        ),
        (
            "GET /photos?file=vacation.jpg&size=original",
            "http://photos.example.net",
            resource,
            photos("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00"),
        ),
    ] {
        let request = request(line, &[("Authorization", header)], "");
        assert_eq!(word(&check(&request, base, 137_131_200, &auth)), "verified", "{line}");
    }
}

#[test]
fn the_example_of_oauth_core_1_0_appendix_a_5_verifies_in_the_header_and_in_the_query() {
    let pairs = [
        ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
        ("oauth_token", "nnch734d00sl2jdk"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_signature", "tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D"),
        ("oauth_timestamp", "1191242096"),
        ("oauth_nonce", "kllo9940pd9333jh"),
        ("oauth_version", "1.0"),
    ];
    let quoted = pairs.map(|(name, value)| format!("{name}=\"{value}\"")).join(",");
    let plain = pairs.map(|(name, value)| format!("{name}={value}")).join("&");
    let header = format!("oauth realm=\"a, \\\"b\\\"=c\",{quoted}");
    let target = "GET /photos?file=vacation.jpg&size=original";
    let form = ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    for request in [
        request(target, &[("Authorization", &header)], ""),
        request(&format!("{target}&{plain}"), &[], ""),
        request(&format!("{target}&&{plain}&"), &[("Authorization", "Basic eDp5")], ""),
        request("GET /photos?size=original", &[form], format!("{plain}&file=vacation.jpg")),
    ] {
        let auth = photos("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");
        let verdict = check(&request, "http://photos.example.net", 1_191_242_096, &auth);
        assert_eq!(word(&verdict), "verified", "{request:?} {verdict:?}");
    }
}

fn section_3_4_1_1(signature: &str) -> Request {
    let header = format!(
        r#"OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", oauth_signature="{signature}""#
    );
    let headers = [
        ("Host", "EXAMPLE.com:80"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Authorization", header.as_str()),
    ];
    request("POST /request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", &headers, "c2&a3=2+q")
}

#[test]
fn the_base_string_is_that_of_rfc_5849_section_3_4_1_1() {
    let auth = consumer("9djdj82h48djs9d2", &["j49sk3j29djd"], "kkk9d7dh3k39sjv7", "dh893hdasih9");
    let Scheme::OAuth1(oauth1) = scheme(&auth) else { panic!("not OAuth") };
    // The signature that the section prints was made without its secrets; this one with them.
    let request = section_3_4_1_1("r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D");
    let base = oauth1.base_string(&request, &at(0), &Parameters::of(&request).unwrap());
    let expected = "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26\
        b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26\
        oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26\
        oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7";
    assert_eq!(String::from_utf8(base.unwrap()).unwrap(), expected);
    let verdict = verify(&request, &at(137_131_201), &scheme(&auth));
    assert_eq!(word(&verdict), "verified");
    // Signs that a sender forgot to encode stand for themselves in the header.
    let request = section_3_4_1_1("r6/TJjbCOr97/+UU0NsvSne7s5g=");
    assert_eq!(word(&verify(&request, &at(137_131_201), &scheme(&auth))), "verified");
    let request = section_3_4_1_1("bYT5CMsGcbgUdFHObYMEfcx6bsw%3D");
    assert_eq!(word(&verify(&request, &at(137_131_201), &scheme(&auth))), "signature_mismatch");
}

#[test]
fn the_example_of_twitter_verifies() {
    let auth = consumer(
        "xvz1evFS4wEEPTGEFPHBog",
        &["kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw"],
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    );
    for (version, signature) in
        [("1.1", "hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"), ("1", "tnnArxj06cWHq44gCs1OSKk%2FjLY%3D")]
    {
        let header = format!(
            r#"OAuth oauth_consumer_key="xvz1evFS4wEEPTGEFPHBog", oauth_nonce="kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", oauth_signature="{signature}", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1318622958", oauth_token="370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", oauth_version="1.0""#
        );
        let request = request(
            &format!("POST /{version}/statuses/update.json?include_entities=true"),
            &[("Authorization", &header), ("Content-Type", "application/x-www-form-urlencoded")],
            "status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21",
        );
        let verdict = check(&request, "https://api.twitter.com", 1_318_622_958, &auth);
        assert_eq!(word(&verdict), "verified", "{version}");
    }
}

/// A request with a JSON body and these parameters, in a header, beside those that every request
/// needs; a parameter without a value is left out.
fn json(parameters: &[(&str, Option<&str>)], body: &'static str) -> Request {
    let mut all = vec![
        ("oauth_consumer_key", "inspector"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "1000"),
        ("oauth_nonce", "n"),
        ("oauth_signature", ""),
    ];
    for (name, value) in parameters {
        all.retain(|(other, _)| other != name);
        all.extend(value.map(|value| (*name, value)));
    }
    let all = all.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect::<Vec<_>>();
    let header = format!("OAuth {}", all.join(", "));
    let headers = [("Authorization", header.as_str()), ("Content-Type", "application/json")];
    request("POST /avinode/acme?x=1", &headers, body)
}

fn inspector() -> Auth {
    Auth { key: Some("inspector".to_owned()), ..keyed("oauth1", &["secret"]) }
}

// hmac.new(b"secret&", base, …) of Python's standard library made the signatures below.
const SIGNED: &str = "D58ClSsNVFkPdqjX84B%2B72rf1OA%3D";
const SIGNED_SHA256: &str = "qE9JL%2B0GeQvvxOhidt1p0FCTFCZAQJzXupQaRtIcWZQ%3D";
const HASHED_BY_SHA1: &str = "nKKqVFwaeKVkIYbiiK20ycFdMrs%3D";
const HASHED_BY_SHA256: &str = "X9rfamXi2j2h48BFQ1a6oUlyBv1yaEHOIZJahGr8r98%3D";
const HELLO_SHA1: &str = "Lve95gjOVATpfV8EL5X4nxwjKHE%3D";
const HELLO_SHA256: &str = "f4OxZX%2Fx%2FFO5LcGBSKHWXfwtSx%2Bj1ncoSt3SABJtkGk%3D";

#[test]
fn each_thing_that_may_be_wrong_has_its_reason() {
    let signature = ("oauth_signature", Some(SIGNED));
    let body = "Hello World!";
    for (parameters, expected) in [
        (&[signature][..], "verified"),
        (&[signature, ("realm", Some("x, y"))], "verified"),
        (&[("oauth_signature", Some(HELLO_SHA1))], "signature_mismatch"),
        (&[("oauth_signature", Some("AAAA"))], "signature_mismatch"),
        (&[("oauth_signature", Some("!"))], "malformed_credential"),
        (&[("oauth_signature", Some("%4"))], "malformed_credential"),
        (&[signature, ("x", Some("%zz"))], "malformed_credential"),
        (&[("oauth_signature", None)], "malformed_credential"),
        (&[signature, ("oauth_nonce", None)], "malformed_credential"),
        (&[signature, ("oauth_timestamp", None)], "malformed_credential"),
        (&[signature, ("oauth_signature_method", None)], "malformed_credential"),
        (&[signature, ("oauth_consumer_key", None)], "malformed_credential"),
        (&[signature, ("oauth_timestamp", Some("0"))], "malformed_credential"),
        (&[signature, ("oauth_timestamp", Some("-1000"))], "malformed_credential"),
        (&[signature, ("oauth_timestamp", Some("1e3"))], "malformed_credential"),
        (&[signature, ("oauth_version", Some("2.0"))], "malformed_credential"),
        (&[signature, ("oauth_body_hash", Some("-"))], "malformed_credential"),
        (&[signature, ("oauth_consumer_key", Some("x"))], "unknown_key"),
        (&[signature, ("oauth_token", Some("x"))], "unknown_key"),
        // An empty token is as good as none, but it is a parameter, and was not signed here.
        (&[signature, ("oauth_token", Some(""))], "signature_mismatch"),
        (&[signature, ("oauth_signature_method", Some("HMAC-SHA512"))], "unsupported_algorithm"),
        (&[signature, ("oauth_signature_method", Some("hmac-sha1"))], "unsupported_algorithm"),
        (&[signature, ("oauth_signature_method", Some("PLAINTEXT"))], "unsupported_algorithm"),
        (&[signature, ("oauth_nonce", Some("m"))], "signature_mismatch"),
        (&[signature, ("oauth_timestamp", Some("1"))], "signature_mismatch"),
        (
            &[
                ("oauth_signature_method", Some("HMAC-SHA256")),
                ("oauth_signature", Some(SIGNED_SHA256)),
            ],
            "verified",
        ),
    ] {
        let verdict = check(&json(parameters, body), "https://h.test", 1000, &inspector());
        assert_eq!(word(&verdict), expected, "{parameters:?} {verdict:?}");
    }
}

#[test]
fn the_time_is_judged_last_and_both_ways() {
    let wide = Auth { tolerance: Some(Duration::from_secs(3600)), ..inspector() };
    let past = Auth {
        tolerance: Some(Duration::from_secs(3600)),
        future: Some(Duration::ZERO),
        ..inspector()
    };
    let good = json(&[("oauth_signature", Some(SIGNED))], "{}");
    let bad = json(&[("oauth_signature", Some(SIGNED)), ("oauth_nonce", Some("m"))], "{}");
    for (request, auth, arrived, expected) in [
        (&good, inspector(), 1300, "verified"),
        (&good, inspector(), 1301, "stale"),
        (&good, inspector(), 700, "verified"),
        (&good, inspector(), 699, "in_future"),
        (&good, wide.clone(), 4600, "verified"),
        (&good, wide, 4601, "stale"),
        (&good, past, 999, "in_future"),
        (&bad, inspector(), 9999, "signature_mismatch"),
    ] {
        let verdict = check(request, "https://h.test", arrived, &auth);
        assert_eq!(word(&verdict), expected, "{arrived}");
    }
}

#[test]
fn a_body_hash_is_checked_where_it_is_sent_and_missed_where_it_is_not() {
    let hashed = |hash, signature, method| {
        let parameters = [
            ("oauth_body_hash", Some(hash)),
            ("oauth_signature_method", Some(method)),
            ("oauth_signature", Some(signature)),
        ];
        move |body| check(&json(&parameters, body), "https://h.test", 1000, &inspector())
    };
    let sha1 = hashed(HELLO_SHA1, HASHED_BY_SHA1, "HMAC-SHA1");
    let sha256 = hashed(HELLO_SHA256, HASHED_BY_SHA256, "HMAC-SHA256");
    for (verdict, expected) in [
        (sha1("Hello World!"), "verified"),
        (sha1("Hello World?"), "digest_mismatch"),
        (sha1(""), "digest_mismatch"),
        (sha256("Hello World!"), "verified"),
        (sha256("Hello World?"), "digest_mismatch"),
    ] {
        assert_eq!(word(&verdict), expected);
        if let Verdict::Verified { notes, .. } = verdict {
            assert!(notes.is_empty(), "{notes:?}");
        }
    }
    let unhashed = json(&[("oauth_signature", Some(SIGNED))], "Hello World?");
    let Verdict::Verified { notes, .. } = check(&unhashed, "https://h.test", 1000, &inspector())
    else {
        panic!("not verified");
    };
    assert_eq!(
        notes,
        ["the body is not covered: it is not a form and there is no oauth_body_hash"]
    );
}

#[test]
fn a_parameter_of_the_protocol_is_believed_only_if_it_is_sent_once() {
    let signed = json(&[("oauth_signature", Some(SIGNED))], "");
    let with = |target: &str, content_type: &str, body: &'static str| {
        let authorization = signed.headers.text("authorization").unwrap();
        let headers = [("Authorization", authorization), ("Content-Type", content_type)];
        let request = request(&format!("POST /avinode/acme{target}"), &headers, body);
        word(&check(&request, "https://h.test", 1000, &inspector()))
    };
    let form = "application/x-www-form-urlencoded";
    assert_eq!(with("?x=1", "text/plain", "oauth_nonce=n"), "verified");
    assert_eq!(with("?x=1&oauth_nonce=n", "text/plain", ""), "malformed_credential");
    assert_eq!(with("?x=1", form, "oauth_nonce=n"), "malformed_credential");
    assert_eq!(with("?x=1", form, "oauth_body_hash=AAAA"), "malformed_credential");
    assert_eq!(with("?x=1", form, "y=100%"), "malformed_credential");
    assert_eq!(with("?x=%", "text/plain", ""), "malformed_credential");
    assert_eq!(with("?x=1&x=1", "text/plain", ""), "signature_mismatch");
    assert_eq!(with("?x=1", form, "&&"), "verified");
    let two = [("Authorization", "OAuth oauth_nonce=n"), ("authorization", "OAuth oauth_nonce=n")];
    let twice = request("POST /", &two, "");
    assert_eq!(word(&check(&twice, "https://h.test", 0, &inspector())), "malformed_credential");
}

#[test]
fn what_is_no_oauth_is_missing_and_what_is_no_list_is_malformed() {
    for (authorization, expected) in [
        ("Basic eDp5", "missing_credential"),
        ("OAuth", "missing_credential"),
        ("OAuth realm=\"x\"", "missing_credential"),
        ("OAuth oauth_nonce", "malformed_credential"),
        ("OAuth oauth_nonce=\"n", "malformed_credential"),
        ("OAuth oauth_nonce=\"n\" x", "malformed_credential"),
        ("OAuth \"oauth_nonce\"=n", "malformed_credential"),
        ("OAuth oauth_nonce=\"\u{e9}\"", "malformed_credential"),
        ("OAuth ,,oauth_nonce=n,,", "malformed_credential"),
    ] {
        let request = request("POST /", &[("Authorization", authorization)], "");
        let verdict = check(&request, "https://h.test", 0, &inspector());
        assert_eq!(word(&verdict), expected, "{authorization}");
    }
    let many = request(&format!("POST /?{}", "a&".repeat(10_001)), &[], "");
    assert_eq!(word(&check(&many, "https://h.test", 0, &inspector())), "malformed_credential");
}

#[test]
fn the_url_is_that_of_the_sender() {
    let signed = json(&[("oauth_signature", Some(SIGNED))], "");
    let typed =
        Auth { url: Some("HTTPS://H.test:443/avinode/acme?ignored".to_owned()), ..inspector() };
    assert_eq!(
        word(&check(&signed, "https://h.test:8443", 1000, &inspector())),
        "signature_mismatch"
    );
    assert_eq!(word(&check(&signed, "https://h.test:8443", 1000, &typed)), "verified");
    assert_eq!(word(&verify(&signed, &at(1000), &scheme(&inspector()))), "missing_credential");
}

#[test]
fn plaintext_is_believed_only_if_it_is_allowed_and_covers_nothing() {
    let plain = |signature| {
        let parameters = [
            ("oauth_signature_method", Some("PLAINTEXT")),
            ("oauth_signature", Some(signature)),
            ("oauth_timestamp", None),
            ("oauth_nonce", None),
        ];
        json(&parameters, "{}")
    };
    let allowed = Auth { algorithms: Some(vec!["PLAINTEXT".to_owned()]), ..inspector() };
    let verdict = verify(&plain("secret%26"), &at(0), &scheme(&allowed));
    let Verdict::Verified { notes, .. } = verdict else { panic!("{verdict:?}") };
    assert_eq!(notes, ["PLAINTEXT covers nothing of the request, neither body nor url"]);
    assert_eq!(word(&verify(&plain("secret"), &at(0), &scheme(&allowed))), "wrong_credential");
    let signed = json(&[("oauth_signature", Some(SIGNED))], "");
    assert_eq!(word(&verify(&signed, &at(0), &scheme(&allowed))), "unsupported_algorithm");
}

#[test]
fn any_of_several_secrets_may_match() {
    let signed = json(&[("oauth_signature", Some(SIGNED))], "");
    let auth = Auth { key: Some("inspector".to_owned()), ..keyed("oauth1", &["old", "secret"]) };
    let Verdict::Verified { notes, .. } = check(&signed, "https://h.test", 1000, &auth) else {
        panic!("not verified");
    };
    // printf secret | sha256sum
    assert_eq!(notes, ["matched the secret 2bb80d53"]);
}
