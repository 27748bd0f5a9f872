use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::{CannotReplay, call};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::edit::Edit;
use crate::domain::endpoint::Endpoint;
use crate::domain::headers::{Field, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::plan::{Changes, HeaderChange, Plan, Proof};
use crate::domain::secret::Secret;
use crate::domain::url::Url;
use crate::domain::verdict::Verdict;
use crate::providers::route::Route;
use crate::verify;
use crate::verify::catalog::{Auth, Catalog};

fn delivery(target: &str, headers: &[(&str, &str)], body: &str) -> Delivery {
    Delivery {
        uid: Uuid::nil(),
        received_at: Timestamp::UNIX_EPOCH,
        reading: Duration::ZERO,
        peer: SocketAddr::from(([127, 0, 0, 1], 5)),
        endpoint: "acme".into(),
        request: Request {
            method: http::Method::POST,
            target: target.to_owned(),
            version: Version::Http11,
            headers: Headers::from_pairs(headers.iter().copied()),
            body: Bytes::copy_from_slice(body.as_bytes()),
        },
    }
}

fn plan(target: &str) -> Plan {
    let plan = Plan::verbatim(vec![DeliveryId(1)], Url::parse(target).unwrap());
    Plan { marked: false, ..plan }
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn block(headers: &Headers) -> String {
    String::from_utf8(headers.to_block()).unwrap()
}

#[test]
fn a_target_without_a_path_keeps_the_deliverys_own_and_one_with_a_path_stands() {
    for (to, captured, expected) in [
        ("http://127.0.0.1:3000", "/hooks/a?x=1", "http://127.0.0.1:3000/hooks/a?x=1"),
        ("http://127.0.0.1:3000/", "/hooks/a?x=1", "http://127.0.0.1:3000/?x=1"),
        ("http://127.0.0.1:3000/in", "/hooks/a?x=1", "http://127.0.0.1:3000/in?x=1"),
        ("http://127.0.0.1:3000/in?y=2", "/hooks/a?x=1", "http://127.0.0.1:3000/in?y=2"),
        ("http://127.0.0.1:3000/in", "/hooks/a", "http://127.0.0.1:3000/in"),
        ("https://h.test", "http://old.test/hooks/a?x", "https://h.test/hooks/a?x"),
    ] {
        let made = call(&delivery(captured, &[], ""), &plan(to), None, now(), "f").unwrap();
        assert_eq!(made.url.to_string(), expected);
        assert_eq!(made.request.target, made.url.target());
    }
}

#[test]
fn only_what_belongs_to_the_connection_is_made_new_and_all_else_keeps_its_place() {
    let headers = [
        ("host", "old.test"),
        ("X-Twice", "1"),
        ("Connection", "close, X-Hop"),
        ("x-twice", "2"),
        ("X-Hop", "gone"),
        ("Transfer-Encoding", "chunked"),
        ("Keep-Alive", "5"),
        ("Expect", "100-continue"),
        ("X-EMPTY", ""),
    ];
    let made = call(&delivery("/", &headers, "body"), &plan("http://h:3000/"), None, now(), "f");
    assert_eq!(
        block(&made.unwrap().request.headers),
        "host: h:3000\r\nX-Twice: 1\r\nx-twice: 2\r\nContent-Length: 4\r\nX-EMPTY: \r\n"
    );
    let marked = Plan { marked: true, ..plan("http://h:3000/") };
    let made = call(&delivery("/", &[("A", "b")], ""), &marked, None, now(), "f").unwrap();
    assert_eq!(
        block(&made.request.headers),
        "Host: h:3000\r\nA: b\r\nhookscope-delivery: 00000000-0000-0000-0000-000000000000\r\n"
    );
}

#[test]
fn changes_are_made_in_their_order_and_wrong_ones_are_said() {
    let changes = Changes {
        body: Some(Bytes::from_static(br#"{"a":1}"#)),
        edits: vec![Edit::parse("/a=20").unwrap()],
        headers: vec![
            HeaderChange::Remove { name: "x-twice".to_owned() },
            HeaderChange::Set { name: "X-New".to_owned(), value: "n".to_owned() },
        ],
    };
    let captured = delivery("/", &[("X-Twice", "1"), ("X-TWICE", "2")], "old");
    let edited = Plan { changes, ..plan("http://h/") };
    let made = call(&captured, &edited, None, now(), "f").unwrap();
    assert_eq!(&made.request.body[..], br#"{"a":20}"#);
    assert_eq!(block(&made.request.headers), "Host: h\r\nX-New: n\r\nContent-Length: 8\r\n");
    let bad = HeaderChange::Set { name: "X y".to_owned(), value: String::new() };
    let wrong = Plan { changes: Changes { headers: vec![bad], ..Changes::default() }, ..edited };
    assert!(matches!(call(&captured, &wrong, None, now(), "f"), Err(CannotReplay::Header(_))));
}

#[test]
fn what_is_signed_afresh_verifies_now_though_it_was_changed() {
    let secrets = vec![Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")];
    let auth = Auth { scheme: "standard_webhooks".to_owned(), secrets, ..Auth::default() };
    let scheme = Catalog::builtin().any_scheme(&[auth]).unwrap();
    let route = Route { endpoint: Endpoint::any_path(None), scheme };
    let old = [
        ("webhook-id", "msg_1"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", "v1,AAAA"),
        ("Content-Length", "3"),
    ];
    let captured = delivery("/", &old, r#"{"a":1}"#);
    for (keeps_id, id) in [(true, "msg_1"), (false, "fresh-1")] {
        let edits = vec![Edit::parse("/a=2").unwrap()];
        let afresh = Plan {
            proof: Proof::Afresh { by: None, keeps_id },
            changes: Changes { edits, ..Changes::default() },
            ..plan("http://127.0.0.1:3000")
        };
        let made = call(&captured, &afresh, Some(&route), now(), "fresh-1").unwrap();
        assert_eq!(made.request.headers.text("webhook-id"), Some(id));
        let verdict = verify::verify(&made.request, &route.received(now()), &route.scheme);
        assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
        let failed = call(&captured, &afresh, None, now(), "f");
        assert_eq!(failed.unwrap_err(), CannotReplay::NoEndpoint);
    }
}

fn fields() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}";
    let value = prop::collection::vec(prop_oneof![0x20_u8..0x7f, 0x80_u8..=0xff], 0..12);
    prop::collection::vec((name, value), 0..12)
}

proptest! {
    #[test]
    fn what_does_not_belong_to_the_connection_goes_out_as_it_came(
        fields in fields(),
        body in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut captured = delivery("/hooks?x=%41", &[], "");
        let fields = fields.into_iter().map(|(name, value)| Field { name: name.into(), value: value.into() });
        captured.request.headers = Headers::new(fields.collect(), captured.request.headers.fidelity());
        captured.request.body = body.clone().into();
        let made = call(&captured, &plan("http://h:1"), None, now(), "f").unwrap();
        let own = ["host", "content-length", "transfer-encoding", "connection", "keep-alive", "te",
            "trailer", "upgrade", "expect", "proxy-connection", "proxy-authenticate", "proxy-authorization"];
        let others = |headers: &Headers| {
            headers.iter().filter(|field| !own.iter().any(|name| field.is(name))).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&made.request.headers), others(&captured.request.headers));
        prop_assert_eq!(&made.request.body[..], &body[..]);
        prop_assert_eq!(&made.request.target, "/hooks?x=%41");
    }
}
