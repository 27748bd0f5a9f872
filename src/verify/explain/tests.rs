mod mistakes;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::{CODES, Limits};
use crate::domain::http::Request;
use crate::domain::name::EndpointName;
use crate::domain::verdict::Clue;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::encoding::Encoding;
use crate::verify::fixture::{keyed, recipe_of, scheme, secret, time};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::{explain, verify};
use mistakes::{
    Mistake, NOW, genuine, github, json, mistakes, received, rewritten, sign_as, with_body,
    with_header,
};

fn clues(request: &Request, scheme: &Scheme) -> Vec<Clue> {
    explain(request, &received(), scheme, &[], Limits::default())
}

fn codes(request: &Request, scheme: &Scheme) -> Vec<String> {
    clues(request, scheme).into_iter().map(|clue| clue.code).collect()
}

#[test]
fn each_known_mistake_is_found_by_its_clue() {
    for Mistake(what, code, request, scheme) in mistakes() {
        let found = clues(&request, &scheme);
        let verdict = verify(&request, &received(), &scheme);
        let codes = found.iter().map(|clue| clue.code.as_str()).collect::<Vec<_>>();
        assert!(codes.contains(&code), "{what}: {codes:?} for {verdict:?}");
        assert!(codes.iter().all(|code| CODES.contains(code)), "{what}: {codes:?}");
    }
}

#[test]
fn there_is_a_mistake_for_every_clue() {
    let mistakes = mistakes();
    for code in CODES {
        assert!(mistakes.iter().any(|Mistake(_, of, ..)| of == code), "{code}");
    }
}

#[test]
fn what_verifies_or_is_not_checked_needs_no_clue() {
    assert_eq!(clues(&genuine(&json(), &github()), &github()), []);
    assert_eq!(clues(&json(), &Scheme::Open), []);
}

#[test]
fn the_secret_of_another_endpoint_is_named_by_endpoint_and_fingerprint() {
    let other = EndpointName::from("payments");
    let [own, theirs] = ["own", "theirs"].map(|text| scheme(&keyed("github", &[text])));
    let request = genuine(&json(), &theirs);
    let found = explain(&request, &received(), &own, &[(&other, &theirs)], Limits::default());
    let [clue] = &found[..] else { panic!("{found:?}") };
    assert_eq!(clue.code, "other_secret");
    assert!(
        clue.message.contains("the secret 4c55a855 of the endpoint payments"),
        "{}",
        clue.message
    );

    let stripe = scheme(&keyed("stripe", &["theirs"]));
    let request = genuine(&json(), &stripe);
    let found = explain(&request, &received(), &own, &[(&other, &stripe)], Limits::default());
    let [clue] = &found[..] else { panic!("{found:?}") };
    assert!(
        clue.message.starts_with("passes by the scheme of the endpoint payments"),
        "{}",
        clue.message
    );
}

#[test]
fn a_changed_body_and_a_wrong_secret_are_found_together() {
    let signed = genuine(&with_body(&json(), "{\"a\":1}\n"), &scheme(&keyed("github", &["key"])));
    let arrived = with_body(&signed, "{\"a\":1}");
    let scheme = scheme(&keyed("github", &[" key "]));
    assert_eq!(codes(&arrived, &scheme), ["secret_encoding", "body_newline"]);
    assert!(clues(&arrived, &scheme)[0].message.starts_with("together with body_newline: "));
}

#[test]
fn the_clue_says_which_address_was_signed_and_which_key_to_set() {
    let square = scheme(&keyed("square", &["key"]));
    let request = sign_as(&json(), &square, NOW, "https://hooks.example.test:8443");
    let request = with_header(&request, "X-Forwarded-Host", "hooks.example.test:8443");
    let received = Received { at: time(NOW), public_url: None };
    let found = explain(&request, &received, &square, &[], Limits::default());
    assert_eq!(
        found[0].message,
        "signed for https://hooks.example.test:8443/hook?b=2&a=1, received as \
         http://127.0.0.1:4000/hook?b=2&a=1: set public_url = \"https://hooks.example.test:8443\""
    );
}

#[test]
fn of_several_schemes_each_is_looked_into() {
    let wrong = scheme(&keyed("github", &["other"]));
    let right = scheme(&keyed("github", &[" key "]));
    let request = genuine(&json(), &scheme(&keyed("github", &["key"])));
    assert_eq!(codes(&request, &Scheme::Any(vec![wrong, right])), ["secret_encoding"]);
}

#[test]
fn no_message_tells_a_secret() {
    for Mistake(what, _, request, scheme) in mistakes() {
        for secret in super::reshape::secrets(&scheme) {
            let secret = String::from_utf8_lossy(secret.expose().trim_ascii()).into_owned();
            for clue in clues(&request, &scheme) {
                let telling = secret.len() > 3 && clue.message.contains(&secret);
                assert!(!telling, "{what}: {}", clue.message);
            }
        }
    }
}

#[test]
fn whatever_was_sent_the_search_ends_within_its_limits() {
    let deep = "[".repeat(100_000);
    let wide = format!("{{\"a\":[{}1]}}", "1,".repeat(100_000));
    let bomb = {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&vec![0; 9 << 20]).unwrap();
        encoder.finish().unwrap()
    };
    for body in [
        deep.clone().into_bytes(),
        (deep + &"]".repeat(100_000)).into_bytes(),
        wide.into_bytes(),
        bomb,
    ] {
        let request = genuine(&json(), &github());
        assert_eq!(clues(&with_body(&request, body), &github()), []);
    }
    let request = rewritten(b"{}\n", b"{}");
    let none = Limits { tries: 0, bytes: 0 };
    assert_eq!(explain(&request, &received(), &github(), &[], none), []);
}

#[test]
fn a_time_beyond_every_calendar_gives_no_clue_and_no_panic() {
    for at in ["9223372036854775807", "99999999999999999", "0"] {
        let body = format!("{{\"webhookTimestamp\":{at}}}");
        let plain = recipe_of(
            "kind = \"mac\"\nsignature = { header = \"Linear-Signature\" }",
            &keyed("mine", &["key"]),
        );
        let request = genuine(&with_body(&json(), body), &plain);
        let found = codes(&request, &scheme(&keyed("linear", &["key"])));
        assert!(found.is_empty() || found == ["clock"], "{at}: {found:?}");
    }
}

/// The recipes that a mistake of each kind is tried with.
fn any_scheme() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "github",
        "stripe",
        "slack",
        "shopify",
        "standard_webhooks",
        "square",
    ])
}

/// Text keys of some length, as base64 so that every recipe takes them.
fn key() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<u8>(), 24..40).prop_map(|bytes| Encoding::Base64.encode(&bytes))
}

proptest! {
    #[test]
    fn a_random_wrong_secret_gives_no_clue(name in any_scheme(), own in key(), theirs in key(), body in ".{0,40}") {
        prop_assume!(own != theirs);
        let request = genuine(&with_body(&json(), body), &scheme(&keyed(name, &[&theirs])));
        prop_assert_eq!(codes(&request, &scheme(&keyed(name, &[&own]))), Vec::<String>::new());
    }

    #[test]
    fn white_space_around_a_secret_is_found(name in any_scheme(), key in key(), space in "[ \n\t]{1,3}") {
        let request = genuine(&json(), &scheme(&keyed(name, &[&key])));
        // Where the key is base64, one with white space is refused when the config is read.
        let configured = Auth { secrets: vec![secret(&format!("{key}{space}"))], ..keyed(name, &[]) };
        if let Ok(scheme) = Catalog::builtin().scheme(&configured) {
            prop_assert_eq!(codes(&request, &scheme), ["secret_encoding"]);
        }
    }

    #[test]
    fn a_lost_newline_is_found(name in any_scheme(), key in key(), body in "[ -~]{0,40}") {
        let scheme = scheme(&keyed(name, &[&key]));
        let request = genuine(&with_body(&json(), format!("{body}\n")), &scheme);
        prop_assert_eq!(codes(&with_body(&request, body), &scheme), ["body_newline"]);
    }

    #[test]
    fn another_host_is_found(key in key(), host in "[a-z]{1,9}\\.test(:[1-9][0-9]{3})?", https: bool) {
        let square = scheme(&keyed("square", &[&key]));
        let base = format!("{}://{host}", if https { "https" } else { "http" });
        let request = with_header(&sign_as(&json(), &square, NOW, &base), "X-Forwarded-Host", host);
        prop_assert_eq!(codes(&request, &square), ["public_url"]);
    }
}
