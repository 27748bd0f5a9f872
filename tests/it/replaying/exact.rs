//! What a server receives of a replay is what hookscope received, byte for byte.

use hookscope::domain::plan::Plan;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::replay;
use super::server::{Raw, Reply, ok};
use crate::support::{Listening, within};

/// A request as it stands on the wire.
#[derive(Clone, Debug)]
struct Wire {
    method: &'static str,
    target: &'static str,
    /// Where `Host` and `Content-Length` stand among the fields, and how they are written.
    host: (usize, &'static str),
    length: Option<(usize, &'static str)>,
    fields: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Wire {
    /// The bytes with this host, and with these lines behind the others.
    fn bytes(&self, host: &str, behind: &str) -> Vec<u8> {
        let mut lines = Vec::new();
        for (name, value) in &self.fields {
            lines.push([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        let (place, name) = self.host;
        lines.insert(place.min(lines.len()), format!("{name}: {host}\r\n").into_bytes());
        if let Some((place, name)) = self.length {
            let line = format!("{name}: {}\r\n", self.body.len());
            lines.insert(place.min(lines.len()), line.into_bytes());
        }
        let start = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        [start, lines.concat(), format!("{behind}\r\n").into_bytes(), self.body.clone()].concat()
    }
}

/// Fields that are the connection's, or that say where the request ends.
fn is_special(name: &str) -> bool {
    let special = [
        "te",
        "host",
        "expect",
        "trailer",
        "upgrade",
        "connection",
        "keep-alive",
        "content-length",
        "transfer-encoding",
        "proxy-connection",
        "hookscope-delivery",
        "proxy-authenticate",
        "proxy-authorization",
    ];
    special.iter().any(|special| name.eq_ignore_ascii_case(special))
}

/// Names of every shape, often the same one in another letter case.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        select(
            &["X-Repeated", "x-repeated", "X-REPEATED", "Accept", "accept-Encoding", "Cookie"][..]
        )
        .prop_map(str::to_owned),
        "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20}",
    ]
    .prop_filter("not the connection's", |name| !is_special(name))
}

/// Anything that a header may carry, high bytes too, without blanks at its ends.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![0x20_u8..=0x7e, 0x80_u8..=0xff, Just(b'\t')];
    vec(byte, 0..40).prop_map(|value| value.trim_ascii().to_vec())
}

fn wire() -> impl Strategy<Value = Wire> {
    let body = prop_oneof![
        Just(Vec::new()),
        Just(b"{\"a\": 1.0 }\r\n".to_vec()),
        vec(any::<u8>(), 1..3_000),
    ];
    let method = select(&["POST", "PUT", "DELETE", "PATCH", "NOTIFY"][..]);
    let target = select(&["/", "/a%2Fb//c?x=%20&y", "/a?", "/~a;b=c?d=e?f", "/%C3%A9?q=%00"][..]);
    let host = (0_usize..12, select(&["Host", "host", "HOST"][..]));
    let length = (0_usize..12, select(&["Content-Length", "content-length", "CONTENT-length"][..]));
    (method, target, host, length, vec((name(), value()), 0..12), body).prop_map(
        |(method, target, host, length, fields, body)| {
            let length = Some(length);
            Wire { method, target, host, length, fields, body }
        },
    )
}

async fn check(wires: &[Wire]) {
    let mut listening = Listening::start().await;
    let mut uids = Vec::new();
    let mut ids = Vec::new();
    for wire in wires {
        let answered = listening.send(wire.bytes("hooks.test", "Connection: close\r\n")).await;
        assert_eq!(answered.status, 200, "{wire:?}");
        let record = within(listening.captured()).await;
        uids.push(record.delivery.uid);
        ids.push(record.id);
    }
    let server = Raw::start(|_, _| Reply::Keep(ok(200))).await;
    let (_, summary) = replay(&listening.store, Plan::verbatim(ids.clone(), server.url())).await;
    assert!(summary.is_success(), "{}", summary.sentence());
    let host = server.address.to_string();
    let is_single = wires.len() == 1;
    for ((wire, uid), received) in wires.iter().zip(&uids).zip(server.requests()) {
        let mut behind = format!("hookscope-delivery: {uid}\r\n");
        if is_single {
            behind.push_str("Connection: close\r\n");
        }
        assert_same(&received, &wire.bytes(&host, &behind));
    }
    // And without a word of ours, but for the connection.
    let plain = Plan { marked: false, ..Plan::verbatim(ids, server.url()) };
    let sent_before = server.requests().len();
    replay(&listening.store, plan_twice(plain)).await;
    for (received, wire) in server.requests().iter().skip(sent_before).step_by(2).zip(wires) {
        assert_same(received, &wire.bytes(&host, ""));
    }
}

fn plan_twice(plan: Plan) -> Plan {
    Plan { times: 2, ..plan }
}

fn assert_same(left: &[u8], right: &[u8]) {
    assert!(left == right, "{}\n---\n{}", left.escape_ascii(), right.escape_ascii());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_shape_of_a_request_arrives_as_it_was_captured(wires in vec(wire(), 1..4)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(check(&wires));
    }
}

#[tokio::test]
async fn a_request_without_a_body_gets_no_length() {
    let get = Wire {
        method: "GET",
        target: "/hook?challenge=1",
        host: (0, "Host"),
        length: None,
        fields: vec![("X-Empty".to_owned(), Vec::new()), ("x-empty".to_owned(), Vec::new())],
        body: Vec::new(),
    };
    check(&[get]).await;
}
