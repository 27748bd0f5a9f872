use crate::domain::secret::Secret;
use crate::domain::verdict::Verdict;
use crate::verify::fixture::{at, keyed, recipe, request, scheme, word};
use crate::verify::scheme::Scheme;
use crate::verify::verify;

const GITHUB: &str = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

fn github(signature: &str, body: &'static str, secret: &str) -> Verdict {
    let request = request("POST /", &[("X-Hub-Signature-256", signature)], body);
    verify(&request, &at(0), &scheme(&keyed("github", &[secret])))
}

#[test]
fn published_signatures_of_github_verify() {
    // docs.github.com "Validating webhook deliveries"; the others are octokit/webhooks-methods.js,
    // test/verify.test.ts.
    for (secret, body, signature) in [
        ("It's a Secret to Everybody", "Hello, World!", GITHUB),
        (
            "mysecret",
            "{\n  \"foo\": \"bar\"\n}\n",
            "sha256=e3eccac34c43c7dc1cbb905488b1b81347fcc700a7b025697a9d07862256023f",
        ),
        (
            "development",
            "{\n  \"foo\": \"Foo\\n\\u001B[34mbar: ♥♥♥♥♥♥♥♥\\nthis-is-lost\\u001B[0m\\u001B[2K\"\n}\n",
            "sha256=9dacf9003316b09be07df56d86a2d0d6872e42a1e6c72c3bad9ff915a7c5603e",
        ),
        (
            "development",
            "{\n  \"foo\": \"\\\\u001b\"\n}\n",
            "sha256=87316067e2011fae39998b18c46a14d83b3e7c3ffdd88fb2ee5afb7d11288e60",
        ),
    ] {
        assert_eq!(word(&github(signature, body, secret)), "verified", "{body}");
    }
}

#[test]
fn a_github_signature_that_does_not_hold_says_why() {
    let secret = "It's a Secret to Everybody";
    for (signature, body, expected) in [
        (GITHUB, "Hello, World?", "signature_mismatch"),
        (GITHUB.strip_prefix("sha256=").unwrap(), "Hello, World!", "malformed_credential"),
        ("sha1=2fd4e1c67a2d28fced849ee1bb76e7391b93eb12", "Hello, World!", "malformed_credential"),
        ("sha256=", "Hello, World!", "malformed_credential"),
        ("sha256=zz", "Hello, World!", "malformed_credential"),
        ("sha256=é", "Hello, World!", "malformed_credential"),
        // Readable, but of another length: the sender uses another hash, or cut it off.
        ("sha256=7571", "Hello, World!", "signature_mismatch"),
        ("", "Hello, World!", "malformed_credential"),
    ] {
        assert_eq!(word(&github(signature, body, secret)), expected, "{signature}");
    }
    assert_eq!(word(&github(GITHUB, "Hello, World!", "another")), "signature_mismatch");
    // Letter case of hex digits is not part of what they stand for.
    let upper = GITHUB.to_uppercase().replace("SHA256", "sha256");
    assert_eq!(word(&github(&upper, "Hello, World!", secret)), "verified");
}

#[test]
fn of_two_signature_headers_neither_is_believed() {
    let scheme = scheme(&keyed("github", &["It's a Secret to Everybody"]));
    let name = "X-Hub-Signature-256";
    for headers in [
        &[(name, GITHUB), ("x-hub-signature-256", GITHUB)][..],
        &[(name, GITHUB), (name, "sha256=00")],
        &[(name, "sha256=00"), (name, GITHUB)],
    ] {
        let request = request("POST /", headers, "Hello, World!");
        assert_eq!(word(&verify(&request, &at(0), &scheme)), "malformed_credential");
    }
    let request = request("POST /", &[("X-Hub-Signature", GITHUB)], "Hello, World!");
    assert_eq!(word(&verify(&request, &at(0), &scheme)), "missing_credential");
}

/// Stripe publishes no bytes to compare with, since its libraries make their own: this one comes
/// from openssl.
#[test]
fn stripe_is_verified_at_its_time_and_stale_later() {
    let signed = "t=1492774577,v1=799c4ba7bb339f3c8601adfd112f0e477c930a268be1243d341abb8286501c2f";
    let other = "00".repeat(32);
    let scheme = scheme(&keyed("stripe", &["whsec_test_secret"]));
    for (header, arrived, expected) in [
        (signed.to_owned(), 1_492_774_577, "verified"),
        (signed.to_owned(), 1_492_774_877, "verified"),
        (signed.to_owned(), 1_492_774_878, "stale"),
        // Stripe's own libraries do not look ahead.
        (signed.to_owned(), 1_492_000_000, "verified"),
        (format!("{signed},v1={other},v0={other}"), 1_492_774_577, "verified"),
        (signed.replace(',', ", "), 1_492_774_577, "verified"),
        (format!("v1={other},{signed}"), 1_492_774_577, "verified"),
        (signed.replace("v1=", "v0="), 1_492_774_577, "malformed_credential"),
        (signed.replace("t=1492774577,", ""), 1_492_774_577, "malformed_credential"),
        (format!("t=1492774577,{signed}"), 1_492_774_577, "malformed_credential"),
        (signed.replace("t=1", "t=-1"), 1_492_774_577, "malformed_credential"),
        (signed.replace("t=1", "t=99999999999999999999991"), 0, "malformed_credential"),
        // An old time is only called stale when it was really signed.
        (signed.replace("t=1", "t=0"), 1_492_774_577, "signature_mismatch"),
        (signed.replace("t=1", "t=91"), 1_492_774_577, "signature_mismatch"),
        (format!("t=1,v1={other}"), 1_492_774_577, "signature_mismatch"),
        (String::new(), 1_492_774_577, "malformed_credential"),
        (",=,,t,v1".to_owned(), 1_492_774_577, "malformed_credential"),
    ] {
        let request = request("POST /", &[("Stripe-Signature", &header)], "{\"id\":\"evt_1\"}");
        assert_eq!(word(&verify(&request, &at(arrived), &scheme)), expected, "{header} {arrived}");
    }
}

#[test]
fn ten_thousand_parts_are_read_one_by_one() {
    let scheme = scheme(&keyed("stripe", &["whsec_test_secret"]));
    let signed = "t=1492774577,v1=799c4ba7bb339f3c8601adfd112f0e477c930a268be1243d341abb8286501c2f";
    let wrong = format!("v1={},", "00".repeat(32));
    for (padding, expected) in [
        (",".repeat(10_000), "verified"),
        (wrong.repeat(10_000), "verified"),
        ("t=1,".repeat(10_000), "malformed_credential"),
    ] {
        let header = format!("{padding}{signed}");
        let request = request("POST /", &[("Stripe-Signature", &header)], "{\"id\":\"evt_1\"}");
        assert_eq!(word(&verify(&request, &at(1_492_774_577), &scheme)), expected);
    }
}

const STANDARD: [(&str, &str); 3] = [
    ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
    ("webhook-timestamp", "1614265330"),
    ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
];

const STANDARD_BODY: &str = "{\"test\": 2432232314}";

fn standard_webhooks() -> Scheme {
    scheme(&keyed("standard_webhooks", &["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]))
}

#[test]
fn the_published_signature_of_standard_webhooks_verifies() {
    // standard-webhooks/standard-webhooks, libraries/javascript/src/webhook.test.ts
    let request = request("POST /", &STANDARD, STANDARD_BODY);
    for scheme in [
        standard_webhooks(),
        scheme(&keyed("standard_webhooks", &["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])),
    ] {
        for (arrived, expected) in [
            (1_614_265_330, "verified"),
            (1_614_265_330 + 300, "verified"),
            (1_614_265_330 + 301, "stale"),
            (1_614_265_330 - 300, "verified"),
            (1_614_265_330 - 301, "in_future"),
        ] {
            assert_eq!(word(&verify(&request, &at(arrived), &scheme)), expected, "{arrived}");
        }
        assert_eq!(
            scheme.dedupe_key(&request).as_deref(),
            Some(&b"msg_p5jXN8AQM9LWM0D4loKWxJek"[..])
        );
    }
}

#[test]
fn standard_webhooks_that_do_not_hold_say_why() {
    let signature = STANDARD[2].1;
    let url_alphabet = signature.replace('+', "-").replace('/', "_");
    for (name, value, expected) in [
        ("webhook-id", Some("msg_other"), "signature_mismatch"),
        ("webhook-timestamp", Some("1614265331"), "signature_mismatch"),
        // The same number in other words is another message.
        ("webhook-timestamp", Some("01614265330"), "signature_mismatch"),
        ("webhook-timestamp", Some("16142653300000000000"), "malformed_credential"),
        ("webhook-timestamp", Some("yesterday"), "malformed_credential"),
        ("webhook-timestamp", Some(""), "malformed_credential"),
        ("webhook-signature", Some(signature.trim_end_matches('=')), "verified"),
        ("webhook-signature", Some(&url_alphabet), "malformed_credential"),
        ("webhook-signature", Some(&signature.replace("OE=", "OE\n=")), "malformed_credential"),
        ("webhook-signature", Some(&signature.replace("OE=", "OF=")), "malformed_credential"),
        ("webhook-signature", Some(&signature.replace("v1,", "v1a,")), "malformed_credential"),
        ("webhook-signature", Some(&format!("v1a,AAAA v2,x {signature}")), "verified"),
        ("webhook-signature", Some(&format!("v1,!!!! {signature}  ")), "verified"),
        ("webhook-signature", Some("v1,AAAA"), "signature_mismatch"),
        ("webhook-id", None, "missing_credential"),
        ("webhook-timestamp", None, "missing_credential"),
        ("webhook-signature", None, "missing_credential"),
    ] {
        let mut headers = STANDARD.to_vec();
        headers.retain(|(other, _)| *other != name);
        headers.extend(value.map(|value| (name, value)));
        let request = request("POST /", &headers, STANDARD_BODY);
        let verdict = verify(&request, &at(1_614_265_330), &standard_webhooks());
        assert_eq!(word(&verdict), expected, "{name} {value:?}");
    }
}

#[test]
fn with_several_secrets_the_verdict_names_the_one_that_matched_by_its_fingerprint() {
    let request = request("POST /", &[("X-Hub-Signature-256", GITHUB)], "Hello, World!");
    let several = scheme(&keyed("github", &["old", "It's a Secret to Everybody"]));
    let Verdict::Verified { scheme: name, notes } = verify(&request, &at(0), &several) else {
        panic!("not verified");
    };
    assert_eq!(name.as_str(), "github");
    // printf "It's a Secret to Everybody" | sha256sum
    assert_eq!(notes, ["matched the secret 2f8894d9"]);
    let one = scheme(&keyed("github", &["It's a Secret to Everybody"]));
    let Verdict::Verified { notes, .. } = verify(&request, &at(0), &one) else {
        panic!("not verified");
    };
    assert!(notes.is_empty());
}

#[test]
fn recipes_cover_what_their_messages_say() {
    // hmac.new(b"secret", message, …) of Python's standard library made the signatures.
    let headers: &[(&str, &str)] =
        &[("Host", "h.test"), ("X-A", "a"), ("X-Sig-7", "SIG"), ("X-Time", "TIME"), ("X-Id", "i")];
    for (lines, signature, time) in [
        (
            "hash = \"sha1\"\nsignature = { header = \"X-Sig-7\", encoding = \"base64\" }\n\
             message = \"{method}|{url}|{header:x-a}|{body}\"",
            "zjWSO6Mv3R5DoirV/lrg5+ZOxd8=",
            "",
        ),
        (
            "hash = \"sha512\"\nsignature = { header = [\"X-Other\", \"X-Sig-*\"] }\n\
             id = { header = \"X-Id\" }\nmessage = \"{body}{id}\"",
            "d9bc1062528fe4c7f7f4672fe4965701b96b26b9acaed579966ff9efb5909982442bec73d1d43322e9f99cd356587cc45a65fa9609a1f90365ea6e42178681df",
            "",
        ),
        (
            "signature = { header = \"X-Sig-*\", prefix = \"v0=\" }\n\
             timestamp = { header = \"X-Time\", format = \"rfc3339\", tolerance = 60 }\n\
             message = \"{timestamp}\"\ncovers_body = false",
            "v0=3295b64f20f7cec0ed4a8be7ddd79525249c42f1f35c0d05dcc4a7a9280791bb",
            "2026-11-21T10:00:00.5Z",
        ),
    ] {
        let headers = headers.iter().map(|(name, value)| match *value {
            "SIG" => (*name, signature),
            "TIME" => (*name, time),
            value => (*name, value),
        });
        let request = request("PUT /x?y=1", &headers.collect::<Vec<_>>(), "body");
        assert_eq!(
            word(&verify(&request, &at(1_795_255_260), &recipe(lines))),
            "verified",
            "{lines}"
        );
    }
}

#[test]
fn a_body_that_is_not_text_is_signed_as_it_is() {
    let body = (0..=255).collect::<Vec<u8>>();
    let secret = Secret::new(body.clone());
    let mut auth = keyed("github", &[]);
    auth.secrets = vec![secret];
    let signature = "sha256=b61f300e0fd3a9479cc09fa8709a30dba518182dd7cb3e492e9a888fd87b3697";
    let request = request("POST /", &[("X-Hub-Signature-256", signature)], body);
    assert_eq!(word(&verify(&request, &at(0), &scheme(&auth))), "verified");
}
