use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use serde::Serialize;

use super::{Checked, Failed, Listening, Stopped, delivery, refusal, write_line};
use crate::domain::annotation::Annotation;
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::event::{Event, ProviderId, Resource};
use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::inspection::Inspection;
use crate::domain::record::{Answered, Record};
use crate::domain::refusal::{Refusal, RefusalReason};
use crate::domain::verdict::{Clue, Reason, Unchecked, Verdict};

fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    write_line(&mut bytes, value).unwrap();
    let line = String::from_utf8(bytes).unwrap();
    assert_eq!(line.matches('\n').count(), 1);
    line.trim_end().to_owned()
}

pub(in crate::runtime) fn record() -> Record {
    Record {
        id: DeliveryId(42),
        delivery: Delivery {
            uid: uuid::uuid!("01928c5e-0000-7000-8000-000000000000"),
            received_at: "2026-11-21T10:00:00.123456Z".parse().unwrap(),
            reading: Duration::ZERO,
            peer: "127.0.0.1:50412".parse().unwrap(),
            endpoint: "acme".into(),
            request: Request {
                method: Method::POST,
                target: "/avinode/acme?x=1".to_owned(),
                version: Version::Http11,
                headers: Headers::from_pairs([
                    ("Content-Type", "application/json"),
                    ("Authorization", "Bearer abc"),
                ]),
                body: Bytes::from_static(b"{}"),
            },
        },
        inspection: Inspection {
            provider: Some(ProviderId::Avinode),
            account: Some("acme-sandbox".into()),
            event: Event {
                kind: None,
                candidates: vec!["TripRequest".to_owned(), "TripRequestMine".to_owned()],
                resource: Some(Resource {
                    kind: Some("rfqs".to_owned()),
                    id: Some("arfq-1".to_owned()),
                    href: Some("https://a.test/rfqs/arfq-1".to_owned()),
                }),
                key: None,
                occurred_at: None,
            },
            verdict: Verdict::Refuted {
                scheme: "oauth1".into(),
                reason: Reason::SignatureMismatch,
                message: "not over this address".to_owned(),
                clues: vec![Clue { code: "public_url".to_owned(), message: "set it".to_owned() }],
            },
        },
        repeat: 1,
        answered: Answered { status: StatusCode::OK, took: Some(Duration::from_micros(800)) },
        handshake: None,
        first_verdict: None,
        annotation: Annotation::default(),
    }
}

#[test]
fn a_delivery_is_written_as_the_contract_prints_it() {
    let expected = concat!(
        r#"{"kind":"delivery","id":42,"uid":"01928c5e-0000-7000-8000-000000000000","#,
        r#""received_at":"2026-11-21T10:00:00.123Z","endpoint":"acme","account":"acme-sandbox","#,
        r#""peer":"127.0.0.1:50412","method":"POST","target":"/avinode/acme?x=1","#,
        r#""version":"HTTP/1.1","headers":[["Content-Type","application/json"],"#,
        r#"["Authorization","***"]],"headers_exact":true,"body_size":2,"#,
        r#""body_sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","#,
        r#""body":{"text":"{}"},"provider":"avinode","event":{"kind":null,"#,
        r#""candidates":["TripRequest","TripRequestMine"],"resource":"rfqs","id":"arfq-1","#,
        r#""href":"https://a.test/rfqs/arfq-1","occurred_at":null,"repeat":1},"#,
        r#""auth":{"verdict":"refuted","scheme":"oauth1","reason":"signature_mismatch","#,
        r#""message":"not over this address","#,
        r#""clues":[{"code":"public_url","message":"set it"}]},"#,
        r#""answer":{"status":200,"took_ms":0.8}}"#,
    );
    assert_eq!(line(&delivery(&record(), false)), expected);
}

#[test]
fn what_is_not_known_is_null() {
    let mut record = record();
    record.inspection = Inspection {
        provider: None,
        account: None,
        event: Event::default(),
        verdict: Verdict::Unchecked { why: Unchecked::NoScheme },
    };
    record.answered.took = None;
    let line = line(&delivery(&record, false));
    for part in [
        r#""account":null,"#,
        r#""provider":null,"event":{"kind":null,"candidates":[],"resource":null,"id":null,"href":null,"occurred_at":null,"repeat":1}"#,
        r#""auth":{"verdict":"unchecked","scheme":null,"reason":"no_scheme","message":"#,
        r#""answer":{"status":200,"took_ms":null}"#,
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[test]
fn notes_of_a_verified_delivery_are_its_message() {
    let mut record = record();
    record.inspection.verdict =
        Verdict::Verified { scheme: "oauth1".into(), notes: vec!["a".to_owned(), "b".to_owned()] };
    let line = line(&delivery(&record, false));
    let expected = r#""auth":{"verdict":"verified","scheme":"oauth1","reason":null,"message":"a; b","clues":[]}"#;
    assert!(line.contains(expected), "{line}");
}

#[test]
fn credentials_are_written_only_when_revealed() {
    assert!(line(&delivery(&record(), true)).contains(r#"["Authorization","Bearer abc"]"#));
}

#[test]
fn a_body_that_is_not_utf_8_is_base64() {
    let mut record = record();
    record.delivery.request.body = Bytes::from_static(b"\xff\x00");
    assert!(line(&delivery(&record, false)).contains(r#""body":{"base64":"/wA="}"#));
}

#[test]
fn headers_are_called_exact_only_if_their_bytes_can_be_had_back() {
    let cases = [
        (Fidelity::Exact, &b"caf\xc3\xa9"[..], true),
        (Fidelity::Exact, b"caf\xe9", false),
        (Fidelity::Normalized, b"plain", false),
    ];
    for (fidelity, value, exact) in cases {
        let mut record = record();
        let field = Field { name: "X-Name".into(), value: Bytes::from_static(value) };
        record.delivery.request.headers = Headers::new(vec![field], fidelity);
        let expected = format!(r#""headers_exact":{exact}"#);
        assert!(line(&delivery(&record, false)).contains(&expected), "{value:?}");
    }
}

#[test]
fn the_other_lines_are_those_of_the_contract() {
    let refused = Refusal {
        at: "2026-11-21T10:00:00Z".parse().unwrap(),
        peer: "[::1]:9".parse().unwrap(),
        reason: RefusalReason::BodyTooLarge,
        message: "too long".to_owned(),
    };
    let cases = [
        (
            line(&Listening { url: "http://127.0.0.1:41234", store: "/a.db" }),
            r#"{"kind":"listening","url":"http://127.0.0.1:41234","store":"/a.db"}"#,
        ),
        (
            line(&Stopped { captured: 2, refused: 1 }),
            r#"{"kind":"stopped","captured":2,"refused":1}"#,
        ),
        (
            line(&Failed { code: "usage", message: "a\nb", hint: None }),
            r#"{"kind":"error","code":"usage","message":"a\nb","hint":null}"#,
        ),
        (
            line(&Checked { level: "ok", what: "store", finding: "fine" }),
            r#"{"kind":"check","level":"ok","what":"store","finding":"fine"}"#,
        ),
        (
            line(&refusal(&refused)),
            r#"{"kind":"refusal","at":"2026-11-21T10:00:00.000Z","peer":"[::1]:9","status":413,"reason":"body_too_large","message":"too long"}"#,
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(line, expected);
    }
}
