use std::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;
use proptest::sample::Index;

use super::component::{Component, Message};
use super::fixture::{B25, B26, check, check_at, example, keyed, own_keys, rfc, shared, sign_at};
use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::Auth;
use crate::verify::encoding::Encoding;
use crate::verify::fixture::{request, scheme, word};
use crate::verify::scheme::Scheme;

#[test]
fn the_requests_of_rfc_9421_appendix_b_2_verify() {
    for (input, signature) in [
        (
            r#"sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd""#,
            "sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:",
        ),
        (
            r#"sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example""#,
            "sig-b22=:LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==:",
        ),
        (
            r#"sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss""#,
            "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:",
        ),
        B25,
        B26,
    ] {
        let sent = example(input, signature);
        assert_eq!(word(&check(&sent, &rfc())), "verified", "{input}");
        let (label, _) = signature.split_once('=').unwrap();
        for (part, other) in [("1618884473", "1618884474"), ("\"@authority\"", "\"@method\"")] {
            let forged = example(&input.replacen(part, other, 1), signature);
            let verdict = word(&check(&forged, &rfc()));
            let unchanged = !input.contains(part);
            let fine = ["signature_mismatch", "malformed_credential"].contains(&verdict);
            assert!(unchanged || fine, "{label} {other} {verdict}");
        }
    }
}

#[test]
fn the_response_signature_of_appendix_b_2_4_checks_as_bytes() {
    let base = concat!(
        "\"@status\": 200\n\"content-type\": application/json\n\"content-digest\": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:\n",
        "\"content-length\": 23\n\"@signature-params\": (\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-ecc-p256\"",
    );
    let signature =
        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==";
    let Scheme::HttpSignatures(signatures) = scheme(&rfc()) else { panic!("another scheme") };
    let signature = Encoding::Base64.decode(signature.as_bytes()).unwrap();
    assert_eq!(signatures.keys["test-key-ecc-p256"].check(base.as_bytes(), &signature), Ok(()));
}

#[test]
fn each_thing_that_may_be_wrong_has_its_reason() {
    let input = B25.0;
    let swap = |from: &str, to: &str| input.replace(from, to);
    let long = "sig-b25=:AAAA:";
    for (input, signature, expected) in [
        (String::new(), B25.1, "missing_credential"),
        (input.to_owned(), "", "malformed_credential"),
        (input.to_owned(), "sig1=:AAAA:", "malformed_credential"),
        (input.to_owned(), "sig-b25=AAAA", "malformed_credential"),
        (input.to_owned(), "sig-b25=:AAAA", "malformed_credential"),
        (input.to_owned(), "sig-b25=(:AAAA:)", "malformed_credential"),
        (input.to_owned(), "\u{e9}", "malformed_credential"),
        (format!("{input}, {input}"), B25.1, "malformed_credential"),
        ("sig-b25=1".to_owned(), B25.1, "malformed_credential"),
        ("sig-b25=(".to_owned(), B25.1, "malformed_credential"),
        (swap("1618884473", "\"1618884473\""), B25.1, "malformed_credential"),
        (swap("1618884473", "99999999999999999999"), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"Date\""), B25.1, "malformed_credential"),
        (swap("\"date\"", "date"), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"@authority\""), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"@status\""), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"date\";tr"), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"date\";req"), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"date\";x"), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"date\";sf"), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"@query-param\""), B25.1, "malformed_credential"),
        (swap("\"date\"", "\"x-absent\""), B25.1, "missing_credential"),
        (swap("\"date\"", "\"@query-param\";name=\"x\""), B25.1, "missing_credential"),
        (swap("test-shared-secret", "other"), B25.1, "unknown_key"),
        (swap(";keyid=\"test-shared-secret\"", ""), B25.1, "unknown_key"),
        (format!("{input};alg=\"ed25519\""), B25.1, "unsupported_algorithm"),
        (format!("{input};alg=\"hmac-sha256\""), B25.1, "signature_mismatch"),
        (input.to_owned(), long, "signature_mismatch"),
        (swap("test-shared-secret", "test-key-ed25519"), B25.1, "signature_mismatch"),
        (input.to_owned(), B25.1, "verified"),
        (swap(";created", " ; created"), B25.1, "malformed_credential"),
        (swap("(\"date\" ", "( \"date\"   "), B25.1, "verified"),
    ] {
        let verdict = check(&example(&input, signature), &rfc());
        assert_eq!(word(&verdict), expected, "{input} {signature} {verdict:?}");
    }
    let bare = request("POST /", &[], "");
    assert_eq!(word(&check(&bare, &rfc())), "missing_credential");
    let cavage = [("Signature", "keyId=\"k\",algorithm=\"rsa-sha256\",headers=\"date\"")];
    let Verdict::Refuted { message, .. } = check(&request("POST /", &cavage, ""), &rfc()) else {
        panic!("not refuted");
    };
    assert!(message.contains("older draft of Cavage"), "{message}");
}

#[test]
fn of_several_signatures_one_by_a_known_key_is_enough() {
    let unknown = (r#"sig1=("date");created=1;keyid="other""#, "sig1=:AAAA:");
    let both = |one: (&str, &str), other: (&str, &str)| {
        example(&format!("{}, {}", one.0, other.0), &format!("{}, {}", one.1, other.1))
    };
    let Verdict::Verified { notes, .. } = check(&both(unknown, B25), &rfc()) else {
        panic!("not verified");
    };
    assert_eq!(notes[0], "the signature sig-b25 by the key test-shared-secret holds");
    let wrong = (B26.0, "sig-b26=:AAAA:");
    assert_eq!(word(&check(&both(wrong, B25), &rfc())), "verified");
    assert_eq!(word(&check(&both(unknown, wrong), &rfc())), "signature_mismatch");
    let unread = (r#"sig1=("Date");keyid="test-shared-secret""#, "sig1=:AAAA:");
    assert_eq!(word(&check(&both(unread, wrong), &rfc())), "signature_mismatch");
}

#[test]
fn the_only_key_need_not_be_named() {
    let auth = Auth { required: Some(Vec::new()), ..keyed(vec![("any", shared())]) };
    let input = "sig=();created=1618884473";
    let Scheme::HttpSignatures(signatures) = scheme(&auth) else { panic!("another scheme") };
    let base = b"\"@signature-params\": ();created=1618884473";
    let signature = Encoding::Base64.encode(&signatures.keys["any"].sign(base).unwrap());
    let sent = example(input, &format!("sig=:{signature}:"));
    assert_eq!(word(&check(&sent, &auth)), "verified");
}

#[test]
fn the_times_are_judged_last() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let auth = keyed(own_keys());
    let strict = Auth { max_age: seconds(10), future: seconds(2), ..auth.clone() };
    let sent = sign_at(1000, &request("POST /", &[], "{}"), &auth);
    let forged = Request { body: "[]".into(), ..sent.clone() };
    for (request, auth, at, expected) in [
        (&sent, &auth, 1300, "verified"),
        (&sent, &auth, 1301, "stale"),
        (&sent, &auth, 700, "verified"),
        (&sent, &auth, 699, "in_future"),
        (&sent, &strict, 1010, "verified"),
        (&sent, &strict, 1011, "stale"),
        (&sent, &strict, 998, "verified"),
        (&sent, &strict, 997, "in_future"),
        (&forged, &auth, 9999, "digest_mismatch"),
    ] {
        assert_eq!(word(&check_at(request, at, &scheme(auth))), expected, "{at}");
    }
    // Its lifetime is kept when it is signed anew.
    let input = r#"s=("@method");created=10;expires=15;keyid="a""#;
    let short = request("GET /", &[("Signature-Input", input), ("Signature", "s=:AAAA:")], "");
    let short = sign_at(1000, &short, &auth);
    assert_eq!(word(&check_at(&short, 1005, &scheme(&auth))), "verified");
    assert_eq!(word(&check_at(&short, 1006, &scheme(&auth))), "stale");
}

#[test]
fn an_age_that_is_not_told_matters_only_where_it_is_asked_for() {
    let lax = Auth { required: Some(Vec::new()), ..keyed(vec![("b", shared())]) };
    let strict = Auth { max_age: Some(Duration::from_secs(1)), ..lax.clone() };
    let Scheme::HttpSignatures(signatures) = scheme(&lax) else { panic!("another scheme") };
    let signature = signatures.keys["b"].sign(b"\"@signature-params\": ()").unwrap();
    let sent = example("s=()", &format!("s=:{}:", Encoding::Base64.encode(&signature)));
    assert_eq!(word(&check(&sent, &lax)), "verified");
    assert_eq!(word(&check(&sent, &strict)), "not_covered");
}

#[test]
fn a_tag_is_a_claim() {
    let tagged = |tag: &str| Auth { tag: Some(tag.to_owned()), ..keyed(own_keys()) };
    let bare = request("GET /", &[], "");
    let sent = sign_at(1000, &bare, &tagged("app"));
    assert_eq!(word(&check_at(&sent, 1000, &scheme(&tagged("app")))), "verified");
    assert_eq!(word(&check_at(&sent, 1000, &scheme(&keyed(own_keys())))), "verified");
    assert_eq!(word(&check_at(&sent, 1000, &scheme(&tagged("other")))), "claim_mismatch");
    let sent = sign_at(1000, &bare, &keyed(own_keys()));
    assert_eq!(word(&check_at(&sent, 1000, &scheme(&tagged("app")))), "claim_mismatch");
}

fn flipped(bytes: &[u8], bit: Index) -> Bytes {
    let bit = bit.index(bytes.len() * 8);
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes.into()
}

proptest! {
    #[test]
    fn what_is_signed_is_verified_and_a_flipped_bit_is_not(
        body in prop::collection::vec(any::<u8>(), 1..99),
        path in "/[a-z%+=&?]{0,9}",
        bit: Index,
    ) {
        for (id, key) in own_keys() {
            let auth = keyed(vec![(id, key)]);
            let scheme = scheme(&auth);
            let unsigned = request(&format!("POST {path}"), &[], body.clone());
            let signed = sign_at(1000, &unsigned, &auth);
            prop_assert_eq!(word(&check_at(&signed, 1000, &scheme)), "verified");
            let forged = Request { body: flipped(&body, bit), ..signed.clone() };
            prop_assert_eq!(word(&check_at(&forged, 1000, &scheme)), "digest_mismatch");
            let forged = Request { target: format!("{path}x"), ..signed.clone() };
            prop_assert_eq!(word(&check_at(&forged, 1000, &scheme)), "signature_mismatch");
            let forged = Request { method: http::Method::PUT, ..signed };
            prop_assert_eq!(word(&check_at(&forged, 1000, &scheme)), "signature_mismatch");
        }
    }

    #[test]
    fn any_text_gets_a_verdict(input: String, signature: String, component: String) {
        let sent = example(&input, &signature);
        prop_assert_eq!(check(&sent, &rfc()).as_str(), "refuted");
        if let Ok(component) = Component::parse(&component) {
            let url = "https://h.test/?a=1";
            let _ = component.value(Message { request: &sent, url: Some(url) });
        }
    }
}

#[test]
fn fields_of_any_size_are_read_or_refused_in_time() {
    let components = |count: usize| {
        let names = (0..count).map(|number| format!("\"x{number}\"")).collect::<Vec<_>>();
        format!("s=({});keyid=\"test-shared-secret\"", names.join(" "))
    };
    let labels = (0..10_000).map(|number| format!("s{number}=()")).collect::<Vec<_>>().join(",");
    let parameters = (0..10_000).map(|number| format!("p{number}")).collect::<Vec<_>>();
    let parameters = format!("s=();{}", parameters.join(";"));
    for (input, expected) in [
        (components(100), "missing_credential"),
        (components(101), "malformed_credential"),
        (components(10_000), "malformed_credential"),
        (labels, "malformed_credential"),
        (parameters, "unknown_key"),
        (format!("s={}", "(".repeat(100_000)), "malformed_credential"),
        (format!("s=\"{}\"", "a".repeat(1_000_000)), "malformed_credential"),
    ] {
        let sent = example(&input, &format!("s=:{}:", "A".repeat(100_000)));
        assert_eq!(word(&check(&sent, &rfc())), expected, "{}", input.len());
    }
}
