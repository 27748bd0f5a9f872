use std::time::Duration;

use bytes::Bytes;

use super::{answer, auth, headers, overview};
use crate::app::fixtures::record;
use crate::app::keymap::Keymap;
use crate::app::lines::Line;
use crate::domain::event::{Event, ProviderId, Resource};
use crate::domain::evidence::{Evidence, LooksLike, Signed};
use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::name::{AccountName, SchemeName};
use crate::domain::verdict::{Clue, Reason, Standing, Verdict};
use crate::providers::about::About;
use crate::providers::matching::Unmatched;

fn text(lines: &[Line]) -> String {
    let lines = lines.iter().map(|line| format!("{}: {}", line.name(), line.value()));
    lines.chain([String::new()]).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_overview_says_what_it_is_before_anything_else() {
    let mut record = record(1);
    assert!(
        text(&overview(&record, "http://h/", &About::default(), &[], &Keymap::default()))
            .starts_with(": POST /hooks/1\n")
    );
    record.inspection.provider = Some(ProviderId::Avinode);
    record.inspection.event = Event {
        candidates: vec!["TripRequest".to_owned(), "TripRequestMine".to_owned()],
        resource: Some(Resource {
            kind: Some("rfqs".to_owned()),
            id: Some("arfq-1".to_owned()),
            href: Some("https://api.example.test/rfqs/arfq-1".to_owned()),
        }),
        ..Event::default()
    };
    record.repeat = 3;
    record.inspection.account = Some(AccountName::from("acme"));
    let about = About { fields: vec![("trip", "A1B2C3".to_owned())], ..About::default() };
    let text = text(&overview(
        &record,
        "https://dev.example.test/hooks/1?x=1",
        &about,
        &[],
        &Keymap::default(),
    ));
    assert!(text.starts_with(": TripRequest? from avinode\n"), "{text}");
    for part in [
        "one of: TripRequest, TripRequestMine\n",
        "resource: rfqs arfq-1\n",
        "href: https://api.example.test/rfqs/arfq-1\n",
        "trip: A1B2C3\n",
        "repeat: no. 3 with the same body\n",
        ": the same resource again: the provider sends no event id",
        "account: acme\n",
        "request: POST /hooks/1?x=1\n",
        "url: https://dev.example.test/hooks/1?x=1\n",
        "body: 23 bytes, JSON\n",
        "answered: 200\n",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_repeat_of_an_event_with_an_id_is_one_without_doubt() {
    let mut record = record(1);
    record.repeat = 2;
    for provider in [None, Some(ProviderId::Avionte), Some(ProviderId::Channex)] {
        record.inspection.provider = provider;
        let text = text(&overview(&record, "", &About::default(), &[], &Keymap::default()));
        assert!(
            text.contains("repeat: no. 2 of the same event\nendpoint: default\n: \n"),
            "{text}"
        );
    }
}

#[test]
fn what_the_subscriptions_ask_for_narrows_an_event_down_and_does_not_settle_it() {
    let mut record = record(1);
    let names = ["TripChatFromBuyer", "TripChatMine"].map(str::to_owned);
    record.inspection.event = Event { candidates: names.to_vec(), ..Event::default() };
    let says = |asked: &[&str]| {
        let asked = asked.iter().map(|&name| name.to_owned()).collect();
        text(&overview(&record, "", &About { asked, ..About::default() }, &[], &Keymap::default()))
    };
    let narrowed = says(&["TripChatMine", "EmptyLegs"]);
    assert!(narrowed.starts_with(": TripChatMine?\n"), "{narrowed}");
    assert!(narrowed.contains("one of: TripChatFromBuyer, TripChatMine\n"), "{narrowed}");
    assert!(narrowed.contains("asked for: TripChatMine, by the account's subscr"), "{narrowed}");
    for asked in [&[][..], &["EmptyLegs"], &["TripChatFromBuyer", "TripChatMine"]] {
        let open = says(asked);
        assert!(open.starts_with(": TripChatFromBuyer?\n"), "{open}");
        assert!(!open.contains("asked for"), "{open}");
    }
}

#[test]
fn a_delivery_without_an_account_says_what_was_tried_and_what_to_add() {
    let mut record = record(1);
    let unmatched = Unmatched {
        tried: vec!["path /avionte".to_owned(), "tenant id 6".to_owned()],
        table: "account",
        line: "match = { tenant_id = 6 }".to_owned(),
    };
    let remarks = vec!["Resource is empty".to_owned()];
    let about = About { remarks, unmatched: Some(unmatched), ..About::default() };
    let without = text(&overview(&record, "", &about, &[], &Keymap::default()));
    for part in [
        "account: none of those in hookscope.toml matches\ntried: path /avionte, tenant id 6\n",
        "add to account: match = { tenant_id = 6 }\n: \n: Resource is empty\n: \n",
    ] {
        assert!(without.contains(part), "{part} in {without}");
    }
    record.inspection.account = Some(AccountName::from("temps"));
    let with = text(&overview(&record, "", &about, &[], &Keymap::default()));
    assert!(with.contains("account: temps\n") && !with.contains("tried"), "{with}");
}

#[test]
fn headers_stand_as_they_were_sent_but_for_credentials() {
    let mut record = record(1);
    assert_eq!(
        text(&headers(&record)),
        ": 3 headers, exactly as sent\n: \nHost: 127.0.0.1:4000\nAuthorization: ***\nContent-Type: application/json\n"
    );
    let odd = Field { name: Bytes::from("X-É"), value: Bytes::from_static(b"a\xff\xc3b") };
    record.delivery.request.headers = Headers::new(vec![odd], Fidelity::Normalized);
    let text = text(&headers(&record));
    assert!(text.starts_with(": 1 header, names in lower case"), "{text}");
    assert!(text.ends_with("X-É: a\\xff\\xc3b\n"), "{text}");
}

#[test]
fn the_auth_tab_says_why_and_what_to_do() {
    let mut record = record(1);
    let unchecked = text(&auth(&record, &Evidence::default()));
    assert!(unchecked.starts_with(": unchecked: this endpoint has no scheme\n"), "{unchecked}");
    assert!(unchecked.contains("hookscope.toml"), "{unchecked}");
    let scheme = SchemeName::from("oauth1");
    record.inspection.verdict = Verdict::Refuted {
        scheme: scheme.clone(),
        reason: Reason::SignatureMismatch,
        message: "the signature is over another address".to_owned(),
        clues: vec![Clue {
            code: "public_url".to_owned(),
            message: "it matches when the address is https://dev.example.test".to_owned(),
        }],
    };
    let refuted = text(&auth(&record, &Evidence::default()));
    assert!(refuted.starts_with(": refuted: the signature is over another address\n"));
    assert!(refuted.contains("scheme: oauth1\nreason: signature_mismatch\n"), "{refuted}");
    assert!(refuted.ends_with("it matches when the address is https://dev.example.test\n"));
    record.inspection.verdict = Verdict::Verified { scheme, notes: vec![] };
    let lines = auth(&record, &Evidence::default());
    assert!(matches!(lines[0], Line::Headline { standing: Some(Standing::Verified), .. }));
}

#[test]
fn the_answer_tells_the_time_only_once_it_is_known() {
    let mut record = record(1);
    assert!(text(&answer(&record)).contains("took: not known yet\n"));
    record.answered.took = Some(Duration::from_micros(812));
    let text = text(&answer(&record));
    assert!(text.starts_with(": answered 200 after 0.8 ms\n"), "{text}");
    assert!(text.contains("status: 200 OK\ntook: 0.8 ms\nbody read in: 0.0 ms\n"), "{text}");
}

#[test]
fn the_auth_tab_shows_what_the_check_looked_at() {
    let evidence = Evidence {
        carried: vec![("X-Hub-Signature-256".to_owned(), "sha256=00".to_owned())],
        signed: Some(Signed { bytes: b"{\"a\":\"\\n\"}\n\xff".to_vec(), total: 9_000 }),
        expected: vec!["757107ea".to_owned()],
        received: vec!["00".to_owned()],
        apart: Some(-420),
        looks_like: Some(LooksLike {
            schemes: "stripe".to_owned(),
            auth: "auth = { scheme = \"stripe\" }".to_owned(),
        }),
    };
    let text = text(&auth(&record(1), &evidence));
    for part in [
        "X-Hub-Signature-256",
        "757107ea",
        "420 s after the arrival",
        r#"{"a":"\\n"}\n\xff"#,
        "and 8988 bytes more",
        "it looks like stripe",
        "add: auth = { scheme = \"stripe\" }",
    ] {
        assert!(text.contains(part), "{part} in:\n{text}");
    }
}
