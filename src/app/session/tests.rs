use crate::app::fixtures::{record, session};
use crate::domain::endpoint::{Endpoint, PathPattern};
use crate::domain::name::EndpointName;

fn endpoint(name: &str, path: &str, public_url: Option<&str>) -> Endpoint {
    Endpoint {
        name: EndpointName::from(name),
        path: PathPattern::parse(path).unwrap(),
        ..Endpoint::any_path(public_url.map(str::to_owned))
    }
}

#[test]
fn the_url_of_a_delivery_is_the_one_that_its_sender_used() {
    let request = record(1).delivery.request;
    let name = EndpointName::from("acme");
    let mut session = session();
    assert_eq!(session.url_of(&request, &name), "http://127.0.0.1:4000/hooks/1?x=1");
    session.public_url = Some("https://dev.example.test/".to_owned());
    assert_eq!(session.url_of(&request, &name), "https://dev.example.test/hooks/1?x=1");
    session.endpoints = vec![endpoint("acme", "/hooks/*", Some("https://acme.example.test"))];
    assert_eq!(session.url_of(&request, &name), "https://acme.example.test/hooks/1?x=1");
    assert_eq!(session.local_url_of(&request), "http://127.0.0.1:4000/hooks/1?x=1");
}

#[test]
fn without_a_listener_the_request_tells_where_it_went() {
    let mut request = record(1).delivery.request;
    let mut session = session();
    session.listening = None;
    assert_eq!(session.local_url_of(&request), "http://127.0.0.1:4000/hooks/1?x=1");
    request.target = "http://proxied.example.test/a".to_owned();
    assert_eq!(session.local_url_of(&request), "http://proxied.example.test/a");
}

#[test]
fn the_example_goes_to_a_path_that_is_captured() {
    let mut session = session();
    let example = |session: &super::Session| session.example();
    let line = "curl http://127.0.0.1:4000/hello -d '{\"hello\":\"world\"}'";
    assert_eq!(example(&session).as_deref(), Some(line));
    session.endpoints = vec![endpoint("acme", "/avinode/acme", None)];
    assert!(example(&session).is_some_and(|line| line.contains("4000/avinode/acme ")));
    session.endpoints.clear();
    assert_eq!(example(&session).as_deref(), Some(line));
    session.listening = None;
    assert_eq!(example(&session), None);
}

#[test]
fn a_listener_is_open_to_the_network_unless_it_is_on_loopback() {
    let with = |listening: Option<&str>| super::Session {
        listening: listening.map(str::to_owned),
        ..session()
    };
    for (listening, is_open) in [
        (None, false),
        (Some("http://127.0.0.1:4000"), false),
        (Some("http://127.8.0.1:4000"), false),
        (Some("http://[::1]:4000"), false),
        (Some("http://0.0.0.0:4000"), true),
        (Some("http://[::]:4000"), true),
        (Some("http://192.168.1.7:4000"), true),
    ] {
        assert_eq!(with(listening).is_open_to_network(), is_open, "{listening:?}");
    }
}
