//! Known mistakes, each made on purpose.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::secret::Secret;
use crate::verify::catalog::Auth;
use crate::verify::fixture::{keyed, recipe, recipe_of, request, scheme, secret, time};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::signed;
use crate::verify::signing::Signing;

pub(super) const NOW: i64 = 1_790_000_000;

const PUBLIC: &str = "https://hooks.example.test";

pub(super) fn received() -> Received<'static> {
    Received { at: time(NOW), public_url: Some(PUBLIC) }
}

pub(super) fn sign_as(request: &Request, scheme: &Scheme, at: i64, public_url: &str) -> Request {
    let signing =
        Signing { at: time(at), nonce: "n-1", id: Some("msg_1"), public_url: Some(public_url) };
    signed(request, &signing, scheme).unwrap()
}

/// Signed as it should be.
pub(super) fn genuine(request: &Request, scheme: &Scheme) -> Request {
    sign_as(request, scheme, NOW, PUBLIC)
}

pub(super) fn with_body(request: &Request, body: impl Into<bytes::Bytes>) -> Request {
    Request { body: body.into(), ..request.clone() }
}

pub(super) fn with_header(
    request: &Request,
    name: &'static str,
    value: impl Into<bytes::Bytes>,
) -> Request {
    let field = Field { name: name.into(), value: value.into() };
    Request { headers: request.headers.with(vec![field]), ..request.clone() }
}

fn header(request: &Request, name: &str) -> String {
    request.headers.text(name).unwrap().to_owned()
}

pub(super) fn json() -> Request {
    let headers = [("Host", "127.0.0.1:4000"), ("Content-Type", "application/json")];
    request("POST /hook?b=2&a=1", &headers, "{\"name\":\"Zoë\",\"at\":\"1/2\",\"b\":[1,2.5]}")
}

fn form() -> Request {
    let headers =
        [("Content-Type", "application/x-www-form-urlencoded"), ("Host", "127.0.0.1:4000")];
    request("POST /hook", &headers, "b=two+words&a=%2F")
}

fn oauth1(secret_text: &str) -> Scheme {
    scheme(&Auth { key: Some("me".to_owned()), ..keyed("oauth1", &[secret_text]) })
}

/// A mistake: what it is, the clue that it has to give, the request and the configured scheme.
pub(super) struct Mistake(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) Request,
    pub(super) Scheme,
);

pub(super) fn github() -> Scheme {
    scheme(&keyed("github", &["It's a Secret"]))
}

/// What arrives for this body when that one was signed.
pub(super) fn rewritten(was: &[u8], arrived: &[u8]) -> Request {
    with_body(&genuine(&with_body(&json(), was.to_vec()), &github()), arrived.to_vec())
}

fn body_mistakes() -> Vec<Mistake> {
    let sent = "{\"b\": {\"z\": [], \"y\": \"é/\"}, \"a\": [1, 2.50, true]}";
    let compact = "{\"b\":{\"z\":[],\"y\":\"é/\"},\"a\":[1,2.5,true]}";
    let rows = [
        ("compact", "body_reserialized", compact.to_owned()),
        ("sorted", "body_reserialized", "{\"a\":[1,2.5,true],\"b\":{\"y\":\"é/\",\"z\":[]}}".to_owned()),
        ("php", "body_reserialized", compact.replace('é', "\\u00e9").replace('/', "\\/")),
        (
            "two spaces",
            "body_reserialized",
            "{\n  \"b\": {\n    \"z\": [],\n    \"y\": \"é/\"\n  },\n  \"a\": [\n    1,\n    2.5,\n    true\n  ]\n}"
                .to_owned(),
        ),
        ("escaped", "body_reserialized", sent.replace('é', "\\u00e9")),
        ("nothing at hand", "body_reserialized", "[object Object]".to_owned()),
        ("newline lost", "body_newline", format!("{sent}\n")),
        ("line end lost", "body_newline", format!("{sent}\r\n")),
    ];
    let rows = rows.map(|(what, code, was)| {
        Mistake(what, code, rewritten(was.as_bytes(), sent.as_bytes()), github())
    });
    let latin1 = [b"caf".as_slice(), b"\xe9"].concat();
    let gzip = |text: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(b"{\"a\":1}").unwrap();
    let deflated = rewritten(b"{\"a\":1}", &zlib.finish().unwrap());
    let more = [
        ("newline added", "body_newline", rewritten(b"{}\n1", b"{}\n1\n")),
        ("line ends", "body_newline", rewritten(b"a\nb\n", b"a\r\nb\r\n")),
        ("other line ends", "body_newline", rewritten(b"a\r\nb", b"a\nb")),
        ("latin-1 before", "body_charset", rewritten(&latin1, "café".as_bytes())),
        ("utf-8 before", "body_charset", rewritten("café".as_bytes(), &latin1)),
        ("mark", "body_charset", rewritten(b"{\"a\":1}", b"\xef\xbb\xbf{\"a\":1}")),
        ("replaced", "body_charset", rewritten("caf\u{fffd}".as_bytes(), &latin1)),
        ("gzip", "body_decompressed", rewritten(b"{\"a\":1}", &gzip(b"{\"a\":1}"))),
        ("deflate", "body_decompressed", with_header(&deflated, "Content-Encoding", "deflate")),
    ];
    let more = more.map(|(what, code, request)| Mistake(what, code, request, github()));
    rows.into_iter().chain(more).collect()
}

fn secret_mistakes() -> Vec<Mistake> {
    let raw = b"\x01\xff\x10 some key \xfe";
    let as_hex = "01ff1020736f6d65206b657920fe";
    let as_base64 = "Af8QIHNvbWUga2V5IP4=";
    let whsec = format!("whsec_{as_base64}");
    let signed_with = |key: &[u8]| {
        let auth = Auth { secrets: vec![Secret::new(key)], ..keyed("github", &[]) };
        genuine(&json(), &scheme(&auth))
    };
    let rows: [(_, &[u8], &str); 9] = [
        ("white space", b"key", " key\n"),
        ("quotes", b"key", "\"key\""),
        ("prefix kept", as_base64.as_bytes(), &whsec),
        ("prefix kept and encoded", raw, &whsec),
        ("hex", raw, as_hex),
        ("base64", raw, as_base64),
        ("newline", b"key\n", "key"),
        ("in hex", b"6b6579", "key"),
        ("in base64", b"a2V5", "key"),
    ];
    let rows = rows.map(|(what, key, configured)| {
        let scheme = scheme(&keyed("github", &[configured]));
        Mistake(what, "secret_encoding", signed_with(key), scheme)
    });
    let whole = genuine(
        &json(),
        &recipe_of(
            "like = \"standard_webhooks\"\nkey = { strip = [], encoding = \"utf8\" }",
            &keyed("mine", &[&whsec]),
        ),
    );
    let bearer = |token: &str| scheme(&Auth { token: Some(secret(token)), ..keyed("bearer", &[]) });
    let more = [
        Mistake(
            "not decoded",
            "secret_encoding",
            whole,
            scheme(&keyed("standard_webhooks", &[&whsec])),
        ),
        Mistake("token", "secret_encoding", genuine(&json(), &bearer("abc")), bearer("abc ")),
        Mistake("unset", "other_secret", signed_with(b"undefined"), github()),
        Mistake("test", "other_secret", signed_with(b"test-webhook"), github()),
    ];
    rows.into_iter().chain(more).collect()
}

fn url_mistakes() -> Vec<Mistake> {
    let square = || scheme(&keyed("square", &["key"]));
    let for_url = |target: &str, public_url: &str| {
        let there = Request { target: target.to_owned(), ..json() };
        Request {
            target: "/a%2Fb%20c?x=1&a=1".to_owned(),
            ..sign_as(&there, &square(), NOW, public_url)
        }
    };
    let own = "/a%2Fb%20c?x=1&a=1";
    let forwarded = for_url(own, "https://front.example.test");
    let forwarded = with_header(&forwarded, "X-Forwarded-Host", "front.example.test");
    let typed =
        Auth { url: Some("https://typed.example.test/x".to_owned()), ..keyed("square", &["key"]) };
    vec![
        Mistake("http", "public_url", for_url(own, "http://hooks.example.test"), square()),
        Mistake("port", "public_url", for_url(own, "https://hooks.example.test:443"), square()),
        Mistake("local", "public_url", for_url(own, "http://localhost:4000"), square()),
        Mistake("forwarded", "public_url", forwarded, square()),
        Mistake("typed", "public_url", for_url(own, PUBLIC), scheme(&typed)),
        Mistake("slash", "public_url", for_url("/a%2Fb%20c/?x=1&a=1", PUBLIC), square()),
        Mistake("query", "url_query", for_url("/a%2Fb%20c", PUBLIC), square()),
        Mistake("query sorted", "url_query", for_url("/a%2Fb%20c?a=1&x=1", PUBLIC), square()),
        Mistake("decoded", "url_path_decoded", for_url("/a/b c?x=1&a=1", PUBLIC), square()),
        Mistake(
            "oauth",
            "public_url",
            sign_as(&json(), &oauth1("s"), NOW, "http://localhost"),
            oauth1("s"),
        ),
    ]
}

const PLAIN: &str = "signature = { header = \"X-Signature\" }";

fn recipe_mistakes() -> Vec<Mistake> {
    let digest = recipe_of(
        &format!("kind = \"digest\"\n{PLAIN}\nmessage = \"{{secret}}{{body}}\""),
        &keyed("mine", &["secret"]),
    );
    let hex = genuine(&json(), &recipe(PLAIN));
    let base64 = recipe("signature = { header = \"X-Signature\", encoding = \"base64\" }");
    let line = genuine(&json(), &scheme(&keyed("line", &["key"])));
    let url_safe = header(&line, "X-Line-Signature").replace('+', "-").replace('/', "_");
    let url_safe = with_header(&line, "X-Line-Signature", url_safe);
    let signed = header(&genuine(&json(), &github()), "X-Hub-Signature-256");
    let bare = with_header(&json(), "X-Hub-Signature-256", signed.replace("sha256=", ""));
    let moved = with_header(&json(), "X-Signature-256", signed);
    let token = Auth { token: Some(secret("abc")), ..keyed("bearer", &[]) };
    let elsewhere = with_header(&json(), "X-Token", "abc");
    let sha1 = genuine(&json(), &recipe(&format!("{PLAIN}\nhash = \"sha1\"")));
    let sha512 = Auth {
        algorithms: Some(vec!["HMAC-SHA512".to_owned()]),
        key: Some("me".to_owned()),
        ..keyed("oauth1", &["s"])
    };
    let sha512 = genuine(&json(), &scheme(&sha512));
    vec![
        Mistake("sha1", "algorithm", sha1, recipe(PLAIN)),
        Mistake("plain digest", "algorithm", genuine(&json(), &digest), recipe(PLAIN)),
        Mistake("mac for a digest", "algorithm", hex.clone(), digest),
        Mistake("oauth method", "algorithm", sha512, oauth1("s")),
        Mistake("base64", "signature_encoding", hex, base64),
        Mistake("no prefix", "signature_encoding", bare, github()),
        Mistake("base64url", "signature_encoding", url_safe, scheme(&keyed("line", &["key"]))),
        Mistake("other header", "header_swapped", moved, github()),
        Mistake("token in another header", "header_swapped", elsewhere, scheme(&token)),
    ]
}

fn time_mistakes() -> Vec<Mistake> {
    let timed = |rule: &str| {
        let time = format!("timestamp = {{ header = \"X-Time\", tolerance = 60, {rule} }}");
        recipe(&format!("{PLAIN}\n{time}\nmessage = \"{{timestamp}}{{body}}\""))
    };
    let (seconds, millis) = (timed("future = 60"), timed("format = \"unix-ms\""));
    let stripe = || scheme(&keyed("stripe", &["key"]));
    let swapped = genuine(&json(), &seconds);
    let (sign, at) = (header(&swapped, "X-Signature"), header(&swapped, "X-Time"));
    let swapped = with_header(&with_header(&swapped, "X-Signature", at), "X-Time", sign);
    vec![
        Mistake("milliseconds", "timestamp_unit", genuine(&json(), &millis), seconds.clone()),
        Mistake("late", "clock", sign_as(&json(), &stripe(), NOW - 400, PUBLIC), stripe()),
        Mistake("ahead", "clock", sign_as(&json(), &seconds, NOW + 400, PUBLIC), seconds.clone()),
        Mistake("swapped", "header_swapped", swapped, seconds),
    ]
}

fn form_mistakes() -> Vec<Mistake> {
    let was_sorted = with_body(&form(), "a=%2F&b=two+words");
    let sorted = with_body(&genuine(&was_sorted, &github()), form().body);
    let was_text = genuine(&with_header(&form(), "Content-Type", "text/plain"), &oauth1("s"));
    let kind = header(&form(), "Content-Type");
    let forgotten = with_header(&was_text, "Content-Type", kind);
    let newline = with_body(&genuine(&form(), &oauth1("s")), "b=two+words&a=%2F\n");
    vec![
        Mistake("fields sorted", "form_params", sorted, github()),
        Mistake("form forgotten", "form_params", forgotten, oauth1("s")),
        Mistake("newline behind a form", "body_newline", newline, oauth1("s")),
    ]
}

/// One of each kind at least.
pub(super) fn mistakes() -> Vec<Mistake> {
    let all = [
        body_mistakes(),
        secret_mistakes(),
        url_mistakes(),
        recipe_mistakes(),
        time_mistakes(),
        form_mistakes(),
    ];
    all.into_iter().flatten().collect()
}
