use std::time::Duration;

use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::Auth;
use crate::verify::fixture::{at, keyed, request, scheme, time, word};
use crate::verify::signing::{CannotSign, Signing};
use crate::verify::{signed, verify};

const MULTIPART: (&str, &str) = ("Content-Type", "multipart/form-data; boundary=b");
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const SENT: i64 = 1_525_470_811;

// hmac.new(b"apikey", b"1525470811signature_request_sent", sha256) of Python's standard library.
const HASH: &str = "85cec5fb9855bae9cfa4783b6378d68b3d895861794849cc3f5334f0e824f244";

fn event(hash: &str) -> String {
    format!(
        r#"{{"event":{{"event_type":"signature_request_sent","event_time":"1525470811","event_hash":"{hash}","event_metadata":{{}}}},"account_guid":"a b"}}"#
    )
}

fn multipart(json: &str) -> Request {
    let disposition = "Content-Disposition: form-data; name=\"json\"";
    let body = format!("--b\r\n{disposition}\r\n\r\n{json}\r\n--b--\r\n");
    request("POST /", &[MULTIPART], body)
}

fn form(json: &str) -> Request {
    let json = json.replace('{', "%7B").replace('"', "%22").replace(' ', "+");
    request("POST /", &[FORM], format!("x=1&json={json}&y=2"))
}

fn check(request: &Request, auth: &Auth) -> Verdict {
    verify(request, &at(SENT), &scheme(auth))
}

#[test]
fn an_event_verifies_in_a_form_of_either_kind() {
    let auth = keyed("dropbox_sign", &["old", "apikey"]);
    for request in [multipart(&event(HASH)), form(&event(HASH))] {
        let Verdict::Verified { notes, .. } = check(&request, &auth) else {
            panic!("{request:?}");
        };
        assert!(notes[0].starts_with("matched the secret "), "{notes:?}");
        assert_eq!(notes[1], super::UNCOVERED);
    }
}

#[test]
fn each_thing_that_may_be_wrong_has_its_reason() {
    let auth = keyed("dropbox_sign", &["apikey"]);
    let good = event(HASH);
    for (json, expected) in [
        (good.clone(), "verified"),
        (good.replace("a b", "x"), "verified"),
        (good.replace("_sent", "_signed"), "signature_mismatch"),
        (good.replace("1525470811", "1525470812"), "signature_mismatch"),
        (event(""), "signature_mismatch"),
        (event("xyz"), "malformed_credential"),
        (good.replace("1525470811", "soon"), "malformed_credential"),
        (good.replace("\"1525470811\"", "1525470811"), "malformed_credential"),
        (good.replace("event_hash", "hash"), "missing_credential"),
        (good.replace("event_time", "time"), "malformed_credential"),
        ("{}".to_owned(), "malformed_credential"),
        ("not json".to_owned(), "missing_credential"),
        ("[".repeat(100_000), "malformed_credential"),
    ] {
        assert_eq!(word(&check(&multipart(&json), &auth)), expected, "{json:.200}");
    }
    let plain = request("POST /", &[("Content-Type", "application/json")], good);
    assert_eq!(word(&check(&plain, &auth)), "missing_credential");
}

#[test]
fn age_is_judged_only_where_it_is_asked_for() {
    let lax = keyed("dropbox_sign", &["apikey"]);
    let strict = Auth { tolerance: Some(Duration::from_secs(60)), ..lax.clone() };
    let sent = multipart(&event(HASH));
    for (auth, arrived, expected) in [
        (&lax, SENT + 999_999, "verified"),
        (&strict, SENT + 60, "verified"),
        (&strict, SENT + 61, "stale"),
    ] {
        assert_eq!(word(&verify(&sent, &at(arrived), &scheme(auth))), expected);
    }
}

#[test]
fn an_event_that_was_edited_is_signed_anew_in_its_body() {
    let auth = keyed("dropbox_sign", &["apikey"]);
    let signing = Signing { at: time(SENT), nonce: "n", id: None, public_url: None };
    for edited in [
        multipart(&event(HASH).replace("_sent", "_signed")),
        form(&event(HASH).replace("1525470811", "1525470899")),
        multipart(&event("00")),
    ] {
        assert_eq!(word(&check(&edited, &auth)), "signature_mismatch");
        let signed = signed(&edited, &signing, &scheme(&auth)).unwrap();
        assert_eq!(word(&check(&signed, &auth)), "verified");
    }
    let hashless = multipart(&event("").replace("event_hash", "hash"));
    for request in [hashless, request("POST /", &[], "")] {
        let result = signed(&request, &signing, &scheme(&auth));
        assert!(matches!(result, Err(CannotSign::Unreadable(_))), "{result:?}");
    }
    let result = signed(&multipart(&event("")), &signing, &scheme(&auth));
    assert_eq!(result, Err(CannotSign::NoPlace("event_hash".to_owned())));
}
