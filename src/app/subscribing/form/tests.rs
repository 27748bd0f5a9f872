use super::{Form, Purpose, keys, names};
use crate::app::context::Context;
use crate::app::fixtures::{account, session};
use crate::app::key::Key;
use crate::app::session::Session;
use crate::app::subscribing::address::addresses;
use crate::app::subscribing::api_of;
use crate::domain::endpoint::{Endpoint, PathPattern};
use crate::domain::event::ProviderId;
use crate::domain::name::EndpointName;
use crate::domain::subscription::{Draft, Rejection};
use crate::providers::catalogue;

/// The form of a new webhook of Channex, with two endpoints to choose from.
fn form() -> Form {
    let endpoint = |name: &str| Endpoint {
        name: EndpointName::from(name),
        path: PathPattern::parse(&format!("/{name}")).unwrap(),
        ..Endpoint::any_path(None)
    };
    let session = Session { endpoints: vec![endpoint("a"), endpoint("b")], ..session() };
    let account = account("hotel", ProviderId::Channex);
    let api = api_of(&account).unwrap();
    let places = addresses(&session, &account);
    let draft = Draft { target: places[0].url.clone(), active: true, ..Draft::default() };
    let events = catalogue(account.provider);
    Form::of_subscription(account.name, Purpose::Create, api, &events, places, &draft)
}

#[test]
fn names_are_parted_by_spaces_commas_and_semicolons_but_not_within_parameters() {
    for (line, expected) in [
        ("", &[][..]),
        ("a, b;c d,e", &["a", "b", "c", "d", "e"]),
        (" ;, ", &[]),
        ("ari:rate,availability:*:1,2; booking", &["ari:rate,availability:*:1,2", "booking"]),
    ] {
        assert_eq!(names(line).collect::<Vec<_>>(), expected, "{line}");
    }
}

#[test]
fn an_endpoint_that_is_chosen_becomes_the_target() {
    let mut form = form();
    assert_eq!(form.fields.field().unwrap().key, keys::ENDPOINT);
    assert_eq!(form.fields.line(keys::TARGET), "http://127.0.0.1:4000/a");
    for (forward, expected) in [(true, "/b"), (true, "/a"), (false, "/b")] {
        form.turn(forward);
        assert!(form.fields.line(keys::TARGET).ends_with(expected));
    }
}

#[test]
fn the_fields_go_around_and_each_has_the_keys_that_it_needs() {
    let mut form = form();
    let count = form.fields.count() + 1;
    let mut contexts = Vec::new();
    for _ in 0..count {
        contexts.push((form.fields.field().map(|field| field.key), form.fields.context()));
        form.fields.step(true);
    }
    assert_eq!(form.fields.focus(), 0);
    for (key, context) in [
        (Some(keys::TARGET), Context::Form),
        (Some(keys::ACTIVE), Context::FormChoice),
        (Some(keys::EVENTS), Context::FormChoice),
        (Some("headers"), Context::FormText),
        (Some("secret"), Context::FormChoice),
        (None, Context::Form),
    ] {
        assert!(contexts.contains(&(key, context)), "{key:?} in {contexts:?}");
    }
    form.fields.step(false);
    assert_eq!(form.fields.focus() + 1, count);
}

#[test]
fn up_and_down_go_through_the_events_before_they_leave_them() {
    let mut form = form();
    while form.fields.field().unwrap().key != keys::EVENTS {
        form.fields.move_by(1);
    }
    let options = catalogue(ProviderId::Channex).len() + 1;
    for _ in 1..options {
        form.fields.move_by(1);
        assert_eq!(form.fields.field().unwrap().key, keys::EVENTS);
    }
    form.fields.move_by(1);
    assert_eq!(form.fields.field().unwrap().key, keys::OTHERS);
    form.fields.move_by(-1);
    form.turn(true);
    let last = catalogue(ProviderId::Channex).last().unwrap().name;
    assert_eq!(form.events(), [last], "it is entered from below");
}

#[test]
fn every_word_of_a_rejection_has_a_place() {
    let mut form = form();
    let fields = [("target", "no"), ("target", "never"), ("mask", "odd"), ("url", "bad")];
    let fields = fields.map(|(key, what)| (key.to_owned(), what.to_owned())).to_vec();
    form.rejected(&Rejection { message: String::new(), fields });
    assert_eq!(form.fields.field_of(keys::TARGET).unwrap().mistake.as_deref(), Some("no; never"));
    assert_eq!(form.fields.message.as_deref(), Some("mask: odd; url: bad"));
    assert_eq!(form.fields.field().unwrap().key, keys::TARGET, "the cursor is at what is wrong");
    form.rejected(&Rejection::of_whole("again"));
    assert_eq!(form.fields.field_of(keys::TARGET).unwrap().mistake, None);
    assert_eq!(form.fields.message.as_deref(), Some("again"));
}

#[test]
fn what_is_no_value_is_not_sent_and_what_the_provider_said_does_not_stay_in_the_way() {
    let mut form = form();
    while form.fields.field().unwrap().key != "headers" {
        form.fields.step(true);
    }
    form.fields.type_key(Key::parse("{").unwrap());
    assert_eq!(form.draft(), None);
    assert!(form.fields.field().unwrap().mistake.as_deref().unwrap().starts_with("not JSON"));
    form.fields.type_key(Key::parse("}").unwrap());
    form.rejected(&Rejection {
        message: String::new(),
        fields: vec![("property".to_owned(), "can't be blank".to_owned())],
    });
    assert!(form.draft().is_some(), "it may be sent again as it is");
}
