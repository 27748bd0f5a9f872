use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use jiff::Timestamp;
use proptest::prelude::*;

use super::Filter;
use super::pointer::Pointer;
use super::proof::Proof;
use super::span::Span;
use super::term::{Term, Test};
use super::word::Word;
use crate::domain::annotation::{Annotation, Comment};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::event::{Event, ProviderId, Resource};
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::domain::inspection::Inspection;
use crate::domain::name::{AccountName, EndpointName, SchemeName};
use crate::domain::record::{Answered, Record};
use crate::domain::verdict::{Reason, Verdict};

fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().expect("a time")
}

fn record() -> Record {
    let request = Request {
        method: Method::POST,
        target: "/avinode/acme?x=1".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("X-Hidden", "in-a-header")]),
        body: Bytes::from_static(br#"{"payload":{"booking_id":"b-17","two words":3}}"#),
    };
    let delivery = Delivery {
        uid: uuid::uuid!("0192f0c1-2b3a-7abc-8def-0123456789ab"),
        received_at: "2026-11-21T09:30:00Z".parse().expect("a time"),
        reading: Duration::ZERO,
        peer: SocketAddr::from(([127, 0, 0, 1], 50412)),
        endpoint: EndpointName::from("acme"),
        request,
    };
    let resource = Resource { kind: Some("rfqs".into()), id: Some("arfq-1".into()), href: None };
    let event = Event {
        kind: None,
        candidates: vec!["TripRequest".into(), "TripRequestMine".into()],
        resource: Some(resource),
        key: Some("corr-9".into()),
        occurred_at: None,
    };
    let verdict = Verdict::Refuted {
        scheme: SchemeName::from("oauth1"),
        reason: Reason::InFuture,
        message: String::new(),
        clues: Vec::new(),
    };
    let inspection = Inspection {
        provider: Some(ProviderId::Avinode),
        account: Some(AccountName::from("acme-sandbox")),
        event,
        verdict,
    };
    let answered = Answered { status: StatusCode::ACCEPTED, took: None };
    Record {
        id: DeliveryId(42),
        delivery,
        inspection,
        repeat: 2,
        answered,
        handshake: None,
        first_verdict: None,
        annotation: Annotation { marked: true, comment: Comment::new("Ask them", ["bug later"]) },
    }
}

#[test]
fn a_term_holds_for_what_it_asks_and_its_opposite_does_not() {
    let record = record();
    for (text, holds) in [
        ("", true),
        ("booking_id", true),
        ("BOOKING_ID", false),
        ("\"two words\"", true),
        ("in-a-header", false),
        ("header:in-a-header", true),
        ("header:\"x-hidden: in\",zz", true),
        ("header:X-HIDDEN", false),
        ("/avinode/acme", true),
        ("arfq-1 corr-9 0192f0c1", true),
        ("arfq-1 arfq-2", false),
        ("provider:avinode", true),
        ("provider:channex,Avinode", true),
        ("provider:channex", false),
        ("endpoint:ACME", true),
        ("endpoint:acm", false),
        ("account:other,\"acme-sandbox\"", true),
        ("account:none", false),
        ("account:none,acme-sandbox", true),
        ("event:triprequestmine", true),
        ("event:Trip", false),
        ("auth:refuted", true),
        ("auth:stale", true),
        ("auth:in_future", true),
        ("auth:verified,signature_mismatch", false),
        ("auth:unchecked", false),
        ("status:202", true),
        ("status:2xx", true),
        ("status:>=400", false),
        ("status:200..201,202", true),
        ("method:post", true),
        ("method:GET,PUT", false),
        ("since:1h", true),
        ("since:29m59s", false),
        ("since:2026-11-21T09:30Z", true),
        ("until:2026-11-21T09:30:00Z", false),
        ("until:2026-11-21T09:30:00.000001Z", true),
        ("since:2026-11-21", true),
        ("until:\"2026-11-21 09:31\"", true),
        ("id:42", true),
        ("id:1..41,43..", false),
        ("id:>41", true),
        ("is:repeat", true),
        ("is:marked", true),
        ("is:noted is:tagged", true),
        ("tag:other,BUG", true),
        ("tag:bu", false),
        ("note:ask", true),
        ("note:nobody,\"k t\"", true),
        ("note:ASK", false),
        ("/payload/booking_id=b-17", true),
        ("/payload/booking_id=b-1", false),
        ("/payload/two~1words=3", false),
    ] {
        let filter = Filter::parse(text, now()).expect(text);
        assert_eq!(filter.matches(&record), holds, "{text}");
        if filter.terms().len() == 1 {
            for sign in ["-", "!"] {
                let opposite = Filter::parse(&format!("{sign}{text}"), now()).expect(text);
                assert_eq!(opposite.matches(&record), !holds, "{sign}{text}");
            }
        }
    }
}

#[test]
fn having_no_account_is_told_from_an_account_called_none() {
    let of = |account: Option<&str>| {
        let mut record = record();
        record.inspection.account = account.map(AccountName::from);
        record
    };
    for (text, without, called_none) in [
        ("account:none", true, false),
        ("account:NONE", true, false),
        ("-account:none", false, true),
        ("account:\"none\"", false, true),
        ("account:acme,none", true, false),
        ("account:acme", false, false),
    ] {
        let filter = Filter::parse(text, now()).expect(text);
        let found = (filter.matches(&of(None)), filter.matches(&of(Some("none"))));
        assert_eq!(found, (without, called_none), "{text}");
    }
}

#[test]
fn what_looks_like_a_qualifier_but_is_none_is_text() {
    for text in ["10:42", "https://a.test/x", "{\"a\":1}", "x_y:1", "-", ":", "a\"b"] {
        let filter = Filter::parse(text, now()).expect(text);
        let expected = Term { negated: false, test: Test::Text(Word::new(text)) };
        assert_eq!(filter.terms(), [expected], "{text}");
    }
    let slash = Filter::parse(r#""say \"hi\" C:\x \\""#, now()).expect("quotes");
    let expected = Term { negated: false, test: Test::Text(Word::new(r#"say "hi" C:\x \"#)) };
    assert_eq!(slash.terms(), [expected]);
}

#[test]
fn a_mistake_is_told_with_its_position_and_what_to_do() {
    for (text, at, says) in [
        ("abc provder:avinode", 4, "did you mean provider:?"),
        ("zz:1", 0, "known are provider, endpoint"),
        ("provider:stripe", 9, "`stripe` does not fit; provider: takes avinode"),
        ("provider:avinode,", 17, "a value is missing"),
        ("é status:abc", 10, "`abc` does not fit; status: takes 200, 2xx"),
        ("status:500..400", 7, "does not fit"),
        ("status:", 7, "a value is missing; status: takes"),
        ("id:-1", 3, "`-1` does not fit"),
        ("id:99999999999999999999", 3, "does not fit"),
        ("since:yesterday", 6, "since: takes one time"),
        ("since:9999999999w", 6, "does not fit"),
        ("since:1h,2h", 9, "`2h` does not fit; since: takes one time"),
        ("is:starred", 3, "is: takes repeat"),
        ("is:refuted", 3, "`refuted` does not fit, did you mean auth:refuted?"),
        ("auth:avinode", 5, "did you mean provider:avinode?"),
        ("status:marked,2xx", 7, "did you mean is:marked?"),
        ("auth:maybe", 5, "verified, refuted"),
        ("a \"b c", 2, "not closed"),
        ("endpoint:\"a", 9, "not closed"),
        ("\"a\"b", 3, "space is missing"),
        ("-\"\"", 1, "no text"),
        ("/a~2=1", 0, "~0"),
        ("/a=", 3, "a value is missing"),
    ] {
        let error = Filter::parse(text, now()).expect_err(text);
        assert_eq!(error.at, at, "{text}: {error}");
        assert!(error.message.contains(says), "{text}: {error}");
    }
}

#[test]
fn the_hint_at_a_wrong_provider_names_them_all() {
    let error = Filter::parse("provider:nobody", now()).expect_err("unknown");
    for provider in ProviderId::ALL {
        assert!(error.message.contains(provider.as_str()), "{provider}: {error}");
    }
}

fn words() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[^\\x00]{1,8}", 1..3)
}

fn accounts() -> impl Strategy<Value = Vec<Option<String>>> {
    let name = prop_oneof!["[^\\x00]{1,8}", "[nN]one"];
    proptest::collection::vec(proptest::option::of(name), 1..3)
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let span = prop_oneof![
        (0_i64..1_000).prop_map(|n| Span { from: n, to: n }),
        (0_i64..1_000).prop_map(|n| Span { from: n, to: i64::MAX }),
        (0_i64..1_000, 0_i64..1_000).prop_map(|(from, more)| Span { from, to: from + more }),
    ];
    proptest::collection::vec(span, 1..3)
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0_i64..4_000_000_000_000_000).prop_map(|us| Timestamp::from_microsecond(us).expect("in range"))
}

fn test() -> impl Strategy<Value = Test> {
    let proofs = Proof::all().collect::<Vec<_>>();
    let quoted = ("(/[^=\\s~]{0,5}){1,3}", ".{0,8}").prop_map(|(path, value)| (path, value, true));
    let bare = ("(/[^=\\s~]{0,5}){1,3}", "[^\"\\s][^\\s]{0,8}")
        .prop_map(|(path, value)| (path, value, false));
    prop_oneof![
        "[^\\x00]{1,8}".prop_map(|text| Test::Text(Word::new(&text))),
        proptest::sample::subsequence(&ProviderId::ALL[..], 1..=4).prop_map(Test::Provider),
        words().prop_map(Test::Endpoint),
        accounts().prop_map(Test::Account),
        words().prop_map(Test::Event),
        words().prop_map(Test::Method),
        proptest::sample::subsequence(proofs, 1..5).prop_map(Test::Auth),
        spans().prop_map(Test::Status),
        spans().prop_map(Test::Id),
        time().prop_map(Test::Since),
        time().prop_map(Test::Until),
        prop_oneof![Just(Test::Repeat), Just(Test::Noted), Just(Test::Tagged)],
        words().prop_map(Test::Tag),
        words().prop_map(|all| Test::Header(all.iter().map(|text| Word::new(text)).collect())),
        words().prop_map(|all| Test::Note(all.iter().map(|text| Word::new(text)).collect())),
        prop_oneof![quoted, bare].prop_map(|(path, value, quoted)| {
            Test::Pointer(Pointer::new(&path, &value, quoted).expect("no tilde in it"))
        }),
    ]
}

proptest! {
    #[test]
    fn a_printed_filter_reads_back_as_the_same_filter(
        terms in proptest::collection::vec((any::<bool>(), test()), 0..5)
    ) {
        let terms = terms.into_iter().map(|(negated, test)| Term { negated, test }).collect();
        let filter = Filter { terms };
        let again = Filter::parse(&filter.to_string(), now());
        prop_assert_eq!(again, Ok(filter.clone()), "{}", filter);
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_character_of_it(text in "[a-z:=/\"\\\\,~>.é 0-9!-]{0,30}") {
        match Filter::parse(&text, now()) {
            Ok(filter) => prop_assert_eq!(Filter::parse(&filter.to_string(), now()), Ok(filter)),
            Err(error) => prop_assert!(text.is_char_boundary(error.at), "{:?}", error),
        }
    }
}
