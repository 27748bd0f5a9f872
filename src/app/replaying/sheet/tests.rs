use std::time::Duration;

use bytes::Bytes;

use super::{Sheet, header_changes, keys};
use crate::app::editor::{Block, Editor};
use crate::app::fixtures::record;
use crate::app::subscribing::field::Input;
use crate::app::subscribing::recalled::Recalled;
use crate::domain::delivery::DeliveryId;
use crate::domain::event::ProviderId;
use crate::domain::name::EndpointName;
use crate::domain::plan::{HeaderChange, Pace, Plan, Proof};
use crate::domain::url::Url;

const TO: &str = "http://127.0.0.1:3000";

fn sheet(ids: &[i64], edited: Option<&'static str>) -> Sheet {
    let name = EndpointName::from("default");
    let wanted = ids.iter().map(|id| (DeliveryId(*id), name.clone())).collect::<Vec<_>>();
    let record = if let [id] = ids { Some(record(*id)) } else { None };
    let signers = vec![name, EndpointName::from("other")];
    let targets = vec![TO.to_owned(), "http://b.test/x".to_owned()];
    Sheet::new(&wanted, record.as_ref(), edited.map(Bytes::from), targets, signers)
}

fn fill(sheet: &mut Sheet, key: &str, text: &str) {
    let input = &mut sheet.fields.field_of_mut(key).unwrap().input;
    match input {
        Input::Line(line) | Input::Recalled(Recalled { editor: line, .. }) => {
            *line = Editor::new(text);
        }
        Input::Lines(block) => *block = Block::new(text),
        Input::Flag(flag) => *flag = text == "yes",
        Input::Choice { chosen, .. } => *chosen = text.parse().unwrap(),
        _ => panic!("{key} is nothing to fill"),
    }
}

fn verbatim(ids: &[i64]) -> Plan {
    let ids = ids.iter().copied().map(DeliveryId).collect();
    Plan::verbatim(ids, Url::parse(TO).unwrap())
}

#[test]
fn an_untouched_sheet_sends_what_was_captured() {
    assert_eq!(sheet(&[7], None).plan(), Some(verbatim(&[7])));
    assert_eq!(sheet(&[3, 7], None).plan(), Some(verbatim(&[3, 7])));
}

#[test]
fn every_field_is_part_of_the_plan() {
    let mut sheet = sheet(&[7], None);
    for (key, text) in [
        (keys::TARGET, "https://a.test/hook"),
        (keys::SIGN, "3"),
        (keys::KEEPS_ID, "yes"),
        (keys::BODY, "not json"),
        (keys::VALUES, "/id=8\n\n/name=\"x\""),
        (keys::HEADERS, "X-A: 1\n-Authorization"),
        (keys::TIMES, "5"),
        (keys::PARALLEL, "2"),
        (keys::GAP, "250"),
        (keys::RETRY, "2"),
        (keys::MARKED, "no"),
    ] {
        fill(&mut sheet, key, text);
    }
    let plan = sheet.plan().unwrap();
    assert_eq!(plan.target.to_string(), "https://a.test/hook");
    let by = Some(EndpointName::from("other"));
    assert_eq!(plan.proof, Proof::Afresh { by, keeps_id: true });
    assert_eq!(plan.changes.body.as_deref(), Some(&b"not json"[..]));
    assert_eq!(plan.changes.edits.len(), 2);
    assert_eq!(plan.changes.headers.len(), 2);
    assert_eq!((plan.times, plan.parallel, plan.marked), (5, 2, false));
    assert_eq!(plan.pace, Pace::Gap(Duration::from_millis(250)));
    assert_eq!(plan.retry_like, Some(ProviderId::Channex));
    fill(&mut sheet, keys::SPACED, "yes");
    assert_eq!(sheet.plan().unwrap().pace, Pace::Original);
}

#[test]
fn what_is_no_value_is_said_at_its_field() {
    for (key, text) in [
        (keys::TARGET, "127.0.0.1:3000"),
        (keys::TARGET, ""),
        (keys::VALUES, "id=1"),
        (keys::HEADERS, "nothing"),
        (keys::TIMES, "0"),
        (keys::PARALLEL, "many"),
        (keys::GAP, "-1"),
    ] {
        let mut sheet = sheet(&[7], None);
        fill(&mut sheet, key, text);
        assert_eq!(sheet.plan(), None, "{key} {text}");
        assert!(sheet.says().is_empty());
        let field = sheet.fields.field().unwrap();
        assert_eq!((field.key, field.mistake.is_some()), (key, true));
    }
}

#[test]
fn a_body_of_the_editor_is_sent_as_it_is_until_it_is_typed_over() {
    let mut sheet = sheet(&[7], Some("{\"id\": 9}\n"));
    assert_eq!(sheet.plan().unwrap().changes.body.as_deref(), Some(&b"{\"id\": 9}\n"[..]));
    fill(&mut sheet, keys::BODY, "{}");
    assert_eq!(sheet.plan().unwrap().changes.body.as_deref(), Some(&b"{}"[..]));
}

#[test]
fn a_body_that_the_field_cannot_keep_is_not_edited_there() {
    let mut record = record(7);
    for body in [&b"\xff\x00"[..], b"a\tb", &vec![b'x'; Block::MOST + 1]] {
        record.delivery.request.body = Bytes::copy_from_slice(body);
        let wanted = [(record.id, record.delivery.endpoint.clone())];
        let mut sheet = Sheet::new(&wanted, Some(&record), None, vec![TO.to_owned()], Vec::new());
        assert!(sheet.fields.field_of(keys::BODY).is_none());
        assert_eq!(sheet.plan(), Some(verbatim(&[7])));
    }
}

#[test]
fn it_says_what_will_be_sent_and_warns_of_a_body_that_is_no_json_any_more() {
    let mut one = sheet(&[7], None);
    let line = "will send POST http://127.0.0.1:3000/hooks/7?x=1  3 headers  23 B";
    assert_eq!(one.says(), [(line.to_owned(), false)]);
    fill(&mut one, keys::TARGET, "http://a.test/in");
    fill(&mut one, keys::BODY, "{");
    fill(&mut one, keys::TIMES, "3");
    assert_eq!(
        one.says(),
        [
            ("will send POST http://a.test/in?x=1  3 headers  1 B".to_owned(), false),
            ("3 requests in all".to_owned(), false),
            ("the new body is not JSON any more".to_owned(), true),
        ]
    );
    let several = "will send 2 deliveries to http://127.0.0.1:3000".to_owned();
    let all = "2 requests in all".to_owned();
    assert_eq!(sheet(&[1, 2], None).says(), [(several, false), (all, false)]);
}

#[test]
fn down_goes_through_the_targets_of_before_and_then_on() {
    let mut sheet = sheet(&[7], None);
    sheet.fields.move_by(1);
    assert_eq!(sheet.plan().unwrap().target, Url::parse("http://b.test/x").unwrap());
    sheet.fields.move_by(-1);
    assert_eq!(sheet.plan(), Some(verbatim(&[7])));
    sheet.fields.move_by(1);
    sheet.fields.move_by(1);
    assert_eq!(sheet.fields.field().unwrap().key, keys::SIGN);
}

#[test]
fn headers_are_set_and_left_out_line_by_line() {
    let set = |name: &str, value: &str| HeaderChange::Set {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let remove = |name: &str| HeaderChange::Remove { name: name.to_owned() };
    for (text, expected) in [
        ("", vec![]),
        ("X-A: 1\n\n X-B:a:b ", vec![set("X-A", "1"), set("X-B", "a:b")]),
        ("X-A:", vec![set("X-A", "")]),
        ("- X-A\n-x-b", vec![remove("X-A"), remove("x-b")]),
    ] {
        assert_eq!(header_changes(text), Ok(expected), "{text}");
    }
    assert!(header_changes("X-A").is_err());
}
