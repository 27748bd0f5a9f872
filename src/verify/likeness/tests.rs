use super::*;
use crate::verify::fixture::{keyed, request, scheme, time};
use crate::verify::signed;
use crate::verify::signing::Signing;

fn signed_by(name: &str, more: &[(&str, &str)]) -> Request {
    let headers = [("Host", "h.test"), ("Content-Type", "application/json")];
    let headers = headers.into_iter().chain(more.iter().copied()).collect::<Vec<_>>();
    let request = request("POST /x", &headers, "{\"webhookTimestamp\":0}");
    let signing = Signing { at: time(1_790_000_000), nonce: "n", id: Some("id"), public_url: None };
    signed(&request, &signing, &scheme(&keyed(name, &["c2VjcmV0IHNlY3JldA=="]))).unwrap()
}

fn likeness(request: &Request) -> Option<Likeness> {
    looks_like(request, &Catalog::builtin())
}

#[test]
fn a_request_of_a_known_sender_is_recognized() {
    for (name, more) in [
        ("stripe", &[][..]),
        ("github", &[("X-GitHub-Event", "push")]),
        ("shopify", &[]),
        ("slack", &[]),
        ("paddle", &[]),
        ("linear", &[]),
        ("zendesk", &[]),
        ("resend", &[("User-Agent", "Resend/1")]),
        ("cloudflare_stream", &[]),
        ("gocardless", &[]),
        ("gitlab", &[]),
        ("telegram", &[]),
    ] {
        let found = likeness(&signed_by(name, more)).unwrap();
        assert_eq!(found.scheme.as_str(), name, "{found:?}");
    }
}

#[test]
fn senders_that_sign_alike_are_all_named() {
    let found = likeness(&signed_by("bitbucket", &[])).unwrap();
    assert_eq!(
        (found.scheme.as_str(), &*found.also),
        ("bitbucket", &[SchemeName::from("jira")][..])
    );
}

#[test]
fn the_sentence_says_what_to_add() {
    assert_eq!(
        likeness(&signed_by("stripe", &[])).unwrap().sentence(),
        "looks like stripe: add auth = { scheme = \"stripe\", secret = { env = \"STRIPE_SECRET\" } }"
    );
    let basic = request("GET /", &[("Authorization", "Basic YTpi")], "");
    assert_eq!(
        likeness(&basic).unwrap().auth,
        "auth = { scheme = \"basic\", username = \"…\", password = { env = \"BASIC_PASSWORD\" } }"
    );
}

#[test]
fn a_request_that_proves_nothing_looks_like_nobody() {
    let headers = [("Content-Type", "application/json"), ("User-Agent", "curl/8")];
    assert_eq!(likeness(&request("POST /stripe", &headers, "{}")), None);
    let broken = [("Stripe-Signature", "t=1,v1=zz"), ("X-Hub-Signature-256", "sha256=00")];
    assert_eq!(likeness(&request("POST /", &broken, "{}")), None);
}
