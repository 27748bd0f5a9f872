//! What redaction promises: nothing that was to be kept secret is left, and the same stays the same.

mod laws;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Redacted, Redactor};
use crate::domain::annotation::{Annotation, Comment};
use crate::domain::endpoint::Endpoint;
use crate::domain::http::Request;
use crate::domain::record::Record;
use crate::domain::secret::Secret;
use crate::exchange::sample::{any_request, record, request};
use crate::providers::route::Route;
use crate::verify::scheme::Scheme;

fn open() -> Route {
    Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open }
}

fn redacted(request: Request) -> Redacted {
    Redactor::new(vec![Secret::new("c0nfigured-secret")]).redacted(&record(request), &open(), None)
}

fn text(request: &Request) -> String {
    let mut text = format!("{} {}\n", request.method, request.target);
    text.push_str(&String::from_utf8_lossy(&request.headers.to_block()));
    text + &String::from_utf8_lossy(&request.body)
}

fn json_request(body: &str) -> Request {
    request("POST /hook", &[("Content-Type", "application/json")], body.as_bytes())
}

#[test]
fn the_same_value_has_one_stand_in_wherever_it_stands() {
    let body = r#"{"note":"for Anna Meyer (anna@example.test)","guest_name":"Anna Meyer","token":"abcdefgh"}"#;
    let headers = [
        ("Authorization", "Bearer abcdefgh"),
        ("Cookie", "sid=abcdefgh; lang=x"),
        ("X-User-Email", "anna@example.test"),
        ("X-Note", "c0nfigured-secret"),
        ("Content-Length", "1"),
        ("X-Hub-Signature", "sha1=00"),
        ("Content-MD5", "00"),
    ];
    let sent = request(
        "POST /c0nfigured-secret/a?token=abcdefgh&q=Anna+Meyer&b=%2B",
        &headers,
        body.as_bytes(),
    );
    let after = redacted(sent).record.delivery.request;
    let expected = [
        "POST /redacted-4/a?token=redacted-2&q=redacted-1&b=%2B\n",
        "Authorization: Bearer redacted-2\r\n",
        "Cookie: sid=redacted-2; lang=redacted-3\r\n",
        "X-User-Email: person-1@redacted.invalid\r\n",
        "X-Note: redacted-4\r\n",
        "Content-Length: 96\r\n",
        "X-Hub-Signature: redacted-5\r\n",
        r#"{"note":"for redacted-1 (person-1@redacted.invalid)","guest_name":"redacted-1","token":"redacted-2"}"#,
    ];
    let found = text(&after);
    for part in expected.iter().filter(|part| !part.starts_with("Content-Length")) {
        let numberless = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        assert!(numberless(&found).contains(&numberless(part)), "{part}: {found}");
    }
    for secret in ["Anna", "abcdefgh", "c0nfigured", "anna@", "Content-MD5", "sha1="] {
        assert!(!found.contains(secret), "{secret}: {found}");
    }
    assert_eq!(after.headers.text("content-length"), Some(&*after.body.len().to_string()));
    let token = after.headers.text("authorization").unwrap().trim_start_matches("Bearer ");
    assert_eq!(found.matches(token).count(), 4, "{found}");
}

#[test]
fn an_export_keeps_its_stand_ins_from_one_delivery_to_the_next() {
    let mut redactor = Redactor::new(Vec::new());
    let mut of = |body: &str| {
        let record = record(json_request(body));
        redactor.redacted(&record, &open(), None).record.delivery.request.body
    };
    assert_eq!(of(r#"{"email":"a@b.de"}"#), r#"{"email":"person-1@redacted.invalid"}"#);
    assert_eq!(of(r#"{"email":"c@b.de"}"#), r#"{"email":"person-2@redacted.invalid"}"#);
    assert_eq!(of(r#"{"x":"a@b.de"}"#), r#"{"x":"person-1@redacted.invalid"}"#);
}

#[test]
fn forms_parts_and_plain_text_are_gone_through_too() {
    let form = "application/x-www-form-urlencoded";
    let parts = "multipart/form-data; boundary=\"B\"";
    for (kind, body, expected) in [
        (
            form,
            "name=x&email=a%40b.de&token=&k=a%20b",
            "name=x&email=person-1%40redacted.invalid&token=&k=a%20b",
        ),
        (
            form,
            "payload=%7B%22token%22%3A%22s%22%7D",
            "payload=%7B%22token%22%3A%22redacted-1%22%7D",
        ),
        (form, "user[first_name]=Anna&q=Anna", "user[first_name]=redacted-1&q=redacted-1"),
        (form, "a@b.de&c", "person-1%40redacted.invalid&c"),
        ("text/plain", "call +49 170 1234567, Anna", "call +00 000 0000001, Anna"),
        (
            parts,
            "--B\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nx\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{\"token\":\"s\"}\r\n--B--\r\n",
            "--B\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nredacted-1\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{\"token\":\"redacted-2\"}\r\n--B--\r\n",
        ),
        ("application/json", "{ broken, a@b.de", "{ broken, person-1@redacted.invalid"),
        ("application/json", "", ""),
    ] {
        let after = redacted(request("POST /", &[("Content-Type", kind)], body.as_bytes()));
        assert_eq!(after.record.delivery.request.body, expected, "{body}");
        assert!(!after.is_opaque);
    }
}

#[test]
fn a_body_that_cannot_be_looked_into_is_taken_out() {
    let headers = [("Content-Encoding", "gzip"), ("Content-Length", "2")];
    let after = redacted(request("POST /", &headers, b"\x1f\x8b\xff"));
    assert!(after.is_opaque);
    let request = after.record.delivery.request;
    assert_eq!(request.body, "redacted-1");
    assert_eq!(text(&request), "POST /\nContent-Length: 10\r\nredacted-1");
}

#[test]
fn a_part_of_an_address_that_is_no_text_is_taken_out() {
    for (target, expected) in [
        ("/a%20b/%B2c0nfigured-secret/c%", "/a%20b/redacted-1/c%"),
        ("/a?b=%B2c0nfigured-secret&c=%20", "/a?redacted-1&c=%20"),
    ] {
        let after = redacted(request(&format!("GET {target}"), &[], b""));
        assert_eq!(after.record.delivery.request.target, expected);
    }
}

#[test]
fn a_secret_is_found_in_what_else_stays_of_a_credential() {
    for (name, value, expected) in [
        ("Cookie", "a-supersecret=abc; b=supersecret", "a-redacted-1=redacted-2; b=redacted-1"),
        ("Authorization", "supersecret abc", "redacted-1 redacted-2"),
        (
            "Authorization",
            "OAuth oauth_version=\"supersecret\", a-supersecret=abc",
            "OAuth oauth_version=\"redacted-1\", a-redacted-1=\"redacted-2\"",
        ),
    ] {
        let sent = record(request("GET /", &[(name, value)], b""));
        let after = Redactor::new(vec![Secret::new("supersecret")]).redacted(&sent, &open(), None);
        let headers = after.record.delivery.request.headers;
        assert_eq!(headers.text(name), Some(expected), "{value}");
    }
}

#[test]
fn a_secret_is_found_over_what_parts_an_address() {
    for (secret, target, expected) in [
        ("ab+cd/efgh=", "/x?q=ab+cd/efgh=&y=a+b", "/x?q=redacted-1&y=a+b"),
        ("ab+cd/efgh=", "/x?q=ab%2Bcd%2Fefgh%3D", "/x?q=redacted-1"),
        ("ab+cd/efgh=", "/x?ab+cd/efgh=&y=1", "/x?redacted-1&y=1"),
        ("ab+cd/efgh=", "/hooks/ab+cd/efgh=/x", "/hooks/redacted-1/x"),
        ("ab+cd/efgh=", "/hooks/%61b%2bcd/efgh=", "/hooks/redacted-1"),
        ("ab cd efgh", "/x?q=ab+cd%20efgh", "/x?q=redacted-1"),
        ("ab=cd&efgh", "/x?y=1&ab=cd&efgh&z=2", "/x?y=1&redacted-1&z=2"),
        ("ab=cd&efgh", "/x?q=ab=cd%26efgh", "/x?q=redacted-1"),
        ("ab?cd/efgh", "/hooks/ab?cd/efgh?y=1", "/hooks/redacted-1?y=1"),
        ("/ab/cdefgh", "/ab/cdefgh/x", "/redacted-1/x"),
        ("50%20off-it", "/x/50%20off-it?q=50%20off-it", "/x/redacted-1?q=redacted-1"),
    ] {
        let sent = request(&format!("GET {target}"), &[], b"");
        let after = Redactor::new(vec![Secret::new(secret)]).redacted(&record(sent), &open(), None);
        assert_eq!(after.record.delivery.request.target, expected, "{secret} in {target}");
    }
}

#[test]
fn what_the_user_wrote_is_not_shared_but_that_it_is_marked() {
    let comment = Comment::new("ask Mrs Example", ["vip"]);
    let sent =
        Record { annotation: Annotation { marked: true, comment }, ..record(json_request("{}")) };
    let redacted = Redactor::new(Vec::new()).redacted(&sent, &open(), None).record;
    assert_eq!(redacted.annotation, Annotation { marked: true, comment: Comment::default() });
}

#[test]
fn what_is_concluded_is_about_what_is_shared() {
    let body =
        r#"{"event":"message","payload":{"id":"m-1","message":"I am Anna"},"property_id":"p"}"#;
    let before = record(json_request(body));
    let after = Redactor::new(Vec::new()).redacted(&before, &open(), None).record;
    assert_eq!(after.inspection.event.kind, before.inspection.event.kind);
    assert_eq!(after.first_verdict, None);
    let body =
        r#"{"event":"message","payload":{"id":"m-1","message":"redacted-1"},"property_id":"p"}"#;
    assert_eq!(after.delivery.request.body, body);
}

/// A value that nobody would take for something else.
fn planted() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{4,9}q[0-9]{3} [A-Z][a-zäöü]{4,9}q[0-9]{3}",
        "[a-z]{5,9}[0-9]{3}@[a-z]{5,9}\\.(test|example)",
        "\\+49 1[0-9]{2} [1-9][0-9]{6}",
        "[a-zA-Z0-9]{24}x\"\\\\y[0-9]{3}",
    ]
}

const NAMES: [&str; 12] = [
    "guest_name",
    "customerName",
    "message",
    "content",
    "reviewer_name",
    "contact_email",
    "phone",
    "token",
    "client_secret",
    "first_name",
    "iban",
    "password",
];

/// JSON with the value somewhere under a name that tells, and again in free text.
fn hidden(name: &str, value: &str, form: usize) -> Value {
    match form % 6 {
        0 => json!({"id": 1, name: value}),
        1 => json!({"note": format!("see {value}."), "payload": [{name: value}]}),
        2 => json!({"customer": {"a": {"b": [value]}}, "copy": value}),
        3 => {
            json!({"Resource": json!({name: value, "Id": 7}).to_string(), "x": format!("<{value}>")})
        }
        4 => json!({"outer": json!({"inner": json!({name: [value, 1]}).to_string()}).to_string()}),
        _ => json!({name: {"deep": {"er": value}}, "list": [format!("({value})"), null]}),
    }
}

proptest! {
    #[test]
    fn nothing_of_what_must_not_be_shared_is_left(
        values in prop::collection::vec((planted(), 0..NAMES.len(), 0..6_usize), 1..5),
        pretty: bool,
        as_form: bool,
    ) {
        let bodies = values.iter().map(|(value, name, form)| hidden(NAMES[*name], value, *form));
        let body = bodies.collect::<Value>();
        let body = if pretty { serde_json::to_string_pretty(&body) } else { serde_json::to_string(&body) };
        let mut body = body.unwrap();
        let (first, ..) = &values[0];
        let encoded = percent_encoding::utf8_percent_encode(first, percent_encoding::NON_ALPHANUMERIC);
        if as_form {
            let json = percent_encoding::utf8_percent_encode(&body, percent_encoding::NON_ALPHANUMERIC).to_string();
            body = format!("payload={json}&note={encoded}");
        }
        let kind = if as_form { "application/x-www-form-urlencoded" } else { "application/json" };
        let target = format!("POST /hook/{encoded}?token={encoded}&q={encoded}");
        let ascii = first.chars().filter(char::is_ascii).collect::<String>();
        let headers = [("Content-Type", kind), ("Authorization", &format!("Bearer {ascii}")), ("X-Copy", &ascii)];
        let after = redacted(request(&target, &headers, body.as_bytes()));
        let found = text(&after.record.delivery.request);
        let decoded = percent_encoding::percent_decode_str(&found).decode_utf8_lossy().into_owned();
        for (value, ..) in &values {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            for form in [value, &escaped, &value.chars().take(8).collect()] {
                prop_assert!(!found.contains(form), "{} in {}", form, found);
                prop_assert!(!decoded.contains(form), "{} in {}", form, decoded);
            }
        }
    }

    #[test]
    fn a_configured_secret_is_left_nowhere(sent in any_request(), at: usize) {
        let secret = "c0nfigured-secret";
        let mut body = String::from_utf8_lossy(&sent.body).into_owned();
        let mut at = at % (body.len() + 1);
        while !body.is_char_boundary(at) {
            at -= 1;
        }
        body.insert_str(at, secret);
        let sent = Request { target: format!("/{secret}{}", sent.target), body: body.into(), ..sent };
        let after = redacted(sent).record.delivery.request;
        prop_assert!(!text(&after).contains(secret), "{}", text(&after));
    }

    #[test]
    fn a_secret_of_any_marks_is_found_in_an_address_and_in_a_form(
        secret in "[a-z0-9+/=&?%]{9,14}",
        as_sent: bool,
        codes: u16,
        before in "[a-z%+&=/?]{0,4}",
        after in "[a-z0-9+&=/?]{0,4}",
    ) {
        let write = |(at, byte): (usize, u8)| {
            let is_code = !as_sent && (byte == b'%' || codes >> at & 1 == 1);
            if is_code { format!("%{byte:02x}") } else { char::from(byte).to_string() }
        };
        let sent = secret.bytes().enumerate().map(write).collect::<String>();
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        for place in [format!("/x/{before}{sent}{after}"), format!("/?{before}{sent}{after}")] {
            let body = format!("a=b&{before}{sent}{after}");
            let record = record(request(&format!("POST {place}"), &form, body.as_bytes()));
            let mut redactor = Redactor::new(vec![Secret::new(&*secret)]);
            let after = redactor.redacted(&record, &open(), None).record.delivery.request;
            let found = text(&after);
            let decoded = percent_encoding::percent_decode_str(&found).decode_utf8_lossy();
            for reading in [&found, &*decoded, &decoded.replace('+', " ")] {
                prop_assert!(!reading.contains(&secret), "{} in {}", secret, reading);
            }
        }
    }

    #[test]
    fn whatever_was_captured_can_be_redacted(sent in any_request()) {
        let after = redacted(sent.clone()).record.delivery.request;
        let names = |request: &Request| {
            let fields = request.headers.iter().map(|field| field.name.clone());
            fields.filter(|name| !name.eq_ignore_ascii_case(b"digest")).collect::<Vec<_>>()
        };
        prop_assert_eq!(names(&after), names(&sent));
        prop_assert_eq!(after.method, sent.method);
    }
}
