use bytes::Bytes;

use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::verdict::Verdict;
use crate::verify::catalog::Auth;
use crate::verify::fixture::{at, request, scheme, secret, word};
use crate::verify::scheme::Scheme;
use crate::verify::verify;

fn basic(username: &str, password: &str) -> Scheme {
    scheme(&Auth {
        scheme: "basic".to_owned(),
        username: Some(username.to_owned()),
        password: Some(secret(password)),
        ..Auth::default()
    })
}

fn bearer() -> Scheme {
    let token = Some(secret("t0ken"));
    scheme(&Auth { scheme: "bearer".to_owned(), token, ..Auth::default() })
}

fn header() -> Scheme {
    scheme(&Auth {
        scheme: "header".to_owned(),
        header: Some("X-api-key".to_owned()),
        value: Some(secret("k3y")),
        ..Auth::default()
    })
}

fn check(scheme: &Scheme, headers: &[(&str, &str)]) -> &'static str {
    word(&verify(&request("POST /", headers, "{}"), &at(0), scheme))
}

#[test]
fn basic_is_user_name_and_password_split_at_the_first_colon() {
    // The credentials of RFC 7617 section 2 and 2.1; "test:123£" is in UTF-8.
    for (username, password, authorization, expected) in [
        ("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "verified"),
        ("Aladdin", "open sesame", "bAsIc   QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "verified"),
        ("test", "123£", "Basic dGVzdDoxMjPCow==", "verified"),
        ("a", "b:c", "Basic YTpiOmM=", "verified"),
        ("", "", "Basic Og==", "verified"),
        ("a", "", "Basic YTo=", "verified"),
        ("a", "b", "Basic YTpiOmM=", "wrong_credential"),
        ("x", "b:c", "Basic YTpiOmM=", "wrong_credential"),
        ("a", "b", "Basic YQ==", "malformed_credential"),
        ("a", "b", "Basic YTpi!", "malformed_credential"),
        ("a", "b", "Basic", "malformed_credential"),
        ("a", "b", "Bearer YTpi", "missing_credential"),
        ("a", "b", "YTpi", "missing_credential"),
        ("a", "b", "", "missing_credential"),
    ] {
        let headers = [("Authorization", authorization)];
        assert_eq!(check(&basic(username, password), &headers), expected, "{authorization}");
    }
    assert_eq!(check(&basic("a", "b"), &[]), "missing_credential");
    let twice = [("Authorization", "Basic YTpi"), ("authorization", "Basic YTpi")];
    assert_eq!(check(&basic("a", "b"), &twice), "malformed_credential");
}

#[test]
fn a_bearer_token_is_compared_whole_and_with_its_letter_case() {
    for (authorization, expected) in [
        ("Bearer t0ken", "verified"),
        ("bearer  t0ken ", "verified"),
        ("Bearer T0ken", "wrong_credential"),
        ("Bearer t0ken2", "wrong_credential"),
        ("Bearer t0ke", "wrong_credential"),
        ("Bearer", "wrong_credential"),
        ("t0ken", "missing_credential"),
        ("Basic eDp5", "missing_credential"),
    ] {
        assert_eq!(
            check(&bearer(), &[("Authorization", authorization)]),
            expected,
            "{authorization}"
        );
    }
}

#[test]
fn a_header_with_a_secret_is_found_by_its_name_in_any_letter_case() {
    for (headers, expected) in [
        (&[("x-API-key", "k3y")][..], "verified"),
        (&[("X-api-key", " k3y\t")], "verified"),
        (&[("X-api-key", "K3y")], "wrong_credential"),
        (&[("X-api-key", "")], "wrong_credential"),
        (&[("X-api-key", "k3y"), ("x-api-key", "k3y")], "malformed_credential"),
        (&[("X-api-keys", "k3y")], "missing_credential"),
        (&[], "missing_credential"),
    ] {
        assert_eq!(check(&header(), headers), expected, "{headers:?}");
    }
}

#[test]
fn bytes_that_are_not_text_are_compared_and_never_decoded() {
    let mut request = request("POST /", &[], "");
    let name = Bytes::from_static(b"X-api-key");
    let value = Bytes::from_static(b"k3y\xff");
    request.headers = Headers::new(vec![Field { name, value }], Fidelity::Exact);
    assert_eq!(word(&verify(&request, &at(0), &header())), "wrong_credential");
}

#[test]
fn a_match_says_that_nothing_is_covered_and_no_message_repeats_a_secret() {
    let ok = request("POST /", &[("X-api-key", "k3y")], "{}");
    let Verdict::Verified { notes, .. } = verify(&ok, &at(0), &header()) else {
        panic!("not verified");
    };
    assert_eq!(notes, ["nothing of the request is covered, neither body nor url"]);
    for (scheme, name, value) in [
        (header(), "X-api-key", "hush"),
        (bearer(), "Authorization", "Bearer hush"),
        (bearer(), "Authorization", "hush"),
        (basic("a", "b"), "Authorization", "Basic aHVzaDpodXNo"),
    ] {
        let verdict = verify(&request("POST /", &[(name, value)], ""), &at(0), &scheme);
        let Verdict::Refuted { message, .. } = &verdict else { panic!("not refuted") };
        for secret in ["hush", "k3y", "t0ken"] {
            assert!(!message.contains(secret), "{message}");
        }
        assert!(!format!("{scheme:?}").contains("k3y"), "{scheme:?}");
    }
}
