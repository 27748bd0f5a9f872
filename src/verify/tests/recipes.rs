//! What recipes can say beyond the common: places, filters, readings of URLs and keys.

use crate::domain::http::Request;
use crate::verify::catalog::Auth;
use crate::verify::fixture::{
    NOW, SIGNING, check, keyed, notes, recipe_of, request, scheme, secret, time, word,
};
use crate::verify::scheme::Received;
use crate::verify::signing::Signing;
use crate::verify::{signed, verify};

#[test]
fn a_users_own_recipe_may_use_every_place_and_filter() {
    let lines = "kind = \"mac\"\nsignature = { json = \"/meta/sig\", form = \"sig\", encoding = \"base64url\" }\n\
        timestamp = { query = \"t\", tolerance = 5 }\nid = { json = \"/meta/id\", form = \"id\" }\n\
        message = \"{timestamp}{id}{json:/meta/n}{query:q}{config:app_key}{url|sha256|hex}\"\ncovers_body = false\n\
        require = [{ query = \"v\", equals = 2, reason = \"unknown_key\" }]";
    let auth = Auth { app_key: Some("k".to_owned()), ..keyed("mine", &["secret"]) };
    let mine = recipe_of(lines, &auth);
    let body = r#"{"meta":{"sig":"","id":"x","n":1.0}}"#;
    let delivery = signed(&request("POST /?t=0&q=a%20b&v=0", &[], body), &SIGNING, &mine).unwrap();
    assert_eq!(delivery.target, "/?t=1795255200&q=a%20b&v=2");
    assert_eq!(notes(check(&delivery, &mine)), ["the signature does not cover the body"]);
    let other = |from: &str, to: &str| {
        let body = String::from_utf8(delivery.body.to_vec()).unwrap().replace(from, to);
        let target = delivery.target.replace(from, to);
        let changed = Request { body: body.into(), target, ..delivery.clone() };
        word(&check(&changed, &mine))
    };
    for (from, to, expected) in [
        ("msg_1", "msg_2", "signature_mismatch"),
        ("1.0", "1.00", "signature_mismatch"),
        ("a%20b", "a+b", "signature_mismatch"),
        ("t=1795255200", "t=1795255100", "signature_mismatch"),
        ("v=2", "v=1", "unknown_key"),
        ("&v=2", "", "missing_credential"),
    ] {
        assert_eq!(other(from, to), expected, "{from} {to}");
    }
}

#[test]
fn a_secret_may_stand_anywhere() {
    for (lines, line, headers, body) in [
        ("token = { query = \"key\" }", "POST /?key=s%20x", &[][..], ""),
        ("token = { json = \"/value/0/state\" }", "POST /", &[], r#"{"value":[{"state":"s x"}]}"#),
        (
            "token = { form = \"key\" }",
            "POST /",
            &[("Content-Type", "application/x-www-form-urlencoded")],
            "key=s+x",
        ),
        (
            "token = { header = \"Authorization\", scheme = \"Token\" }",
            "POST /",
            &[("authorization", "token s x")],
            "",
        ),
    ] {
        let is_word = lines.contains("scheme");
        let (secrets, token) =
            if is_word { (&[][..], Some(secret("s x"))) } else { (&["s x"][..], None) };
        let auth = Auth { token, ..keyed("mine", secrets) };
        let mine = recipe_of(&format!("kind = \"token\"\n{lines}"), &auth);
        let delivery = request(line, headers, body);
        let mut expected = vec!["nothing of the request is covered, neither body nor url"];
        if line.contains('?') {
            expected.push("the secret stands in the query, which ends up in logs");
        }
        assert_eq!(notes(check(&delivery, &mine)), expected, "{lines}");
        let other =
            request(&line.replace("s%20x", "S"), &[], body.replace("s x", "S").replace("s+x", "S"));
        assert_ne!(word(&check(&other, &mine)), "verified", "{lines}");
    }
}

#[test]
fn a_secret_is_normalized_where_the_sender_does() {
    // hmac.new(unicodedata.normalize("NFKD", "sécrét").encode(), b"{}", "sha256") of Python
    let signature =
        "hmac-sha256-hex=ee6c57a01caa9e97395f8ad2a192a934d763756b12207956121e658756d19fc5";
    let delivery = request("POST /", &[("X-Hmac-Signature", signature)], "{}");
    for text in ["s\u{e9}cr\u{e9}t", "se\u{301}cre\u{301}t"] {
        assert_eq!(word(&check(&delivery, &scheme(&keyed("easypost", &[text])))), "verified");
    }
}

#[test]
fn the_url_that_is_signed_is_the_one_that_the_user_says() {
    let square = |auth: Auth| scheme(&Auth { secrets: vec![secret("s")], ..auth });
    let named = || keyed("square", &[]);
    let signing = |url: Option<&'static str>| Signing { public_url: url, ..SIGNING };
    let host = [
        ("Host", "internal:4000"),
        ("X-Forwarded-Host", "a.test, b"),
        ("X-Forwarded-Proto", "https"),
    ];
    let bare = request("POST /x", &host, "{}");
    for (auth, public_url, signed_for) in [
        (named(), Some("https://p.test"), "https://p.test"),
        (Auth { trust_forwarded: Some(true), ..named() }, Some("https://p.test"), "https://p.test"),
        (Auth { trust_forwarded: Some(true), ..named() }, None, "https://a.test"),
        (Auth { trust_forwarded: Some(false), ..named() }, None, "http://internal:4000"),
        (named(), None, "http://internal:4000"),
        (
            Auth { url: Some("https://typed.test/x".to_owned()), ..named() },
            None,
            "https://typed.test",
        ),
    ] {
        let delivery = signed(&bare, &signing(Some(signed_for)), &square(named())).unwrap();
        let received = Received { at: time(NOW), public_url };
        let verdict = verify(&delivery, &received, &square(auth));
        assert_eq!(word(&verdict), "verified", "{signed_for}");
    }
    let hostless = signed(&request("POST /x", &[], ""), &SIGNING, &square(named())).unwrap();
    let received = Received { at: time(NOW), public_url: None };
    assert_eq!(word(&verify(&hostless, &received, &square(named()))), "missing_credential");
}

#[test]
fn hubspot_signs_the_url_with_some_encodings_undone() {
    let hubspot = scheme(&keyed("hubspot_v3", &["secret"]));
    let plain = request("GET /a:b?c=d/e%20f", &[], "");
    let mut delivery = signed(&plain, &SIGNING, &hubspot).unwrap();
    delivery.target = "/a%3Ab?c=d%2fe%20f".to_owned();
    assert_eq!(
        notes(check(&delivery, &hubspot)),
        ["the signature covers the url as https://p.test/a:b?c=d/e%20f"]
    );
}
