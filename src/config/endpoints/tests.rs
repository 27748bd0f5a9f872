use std::path::Path;
use std::time::Duration;

use super::{Inherited, Reader, route};
use crate::config::file::File;
use crate::domain::endpoint::{AppAnswers, Endpoint};
use crate::domain::url::Url;
use crate::verify::catalog::Catalog;

/// The endpoint of these keys, where the listener hands on to this address.
fn endpoint(keys: &str, forward: Option<&str>) -> Result<Endpoint, String> {
    let text = format!("[[endpoint]]\nname = 'a'\npath = '/*'\n{keys}");
    let file = File::parse(&text).unwrap();
    let forward = forward.map(|text| Url::parse(text).unwrap());
    let inherited = Inherited { public_url: None, forward: forward.as_ref() };
    let reader = Reader { base: Path::new("."), variable: |_| None };
    let route = route(&file.endpoints[0], inherited, &Catalog::builtin(), reader);
    route.map(|route| route.endpoint).map_err(|error| error.to_string())
}

#[test]
fn deliveries_go_where_the_endpoint_says_else_where_the_listener_says() {
    let listener = Some("http://listen.test");
    for (keys, listener, expected) in [
        ("forward = 'http://own.test'", listener, vec!["http://own.test"]),
        ("forward_only = 'verified'", listener, vec!["http://listen.test"]),
        ("forward = []", listener, vec![]),
        ("", None, vec![]),
    ] {
        let forwarding = endpoint(keys, listener).unwrap().forwarding;
        let targets = forwarding.targets.iter().map(|target| target.to.to_string());
        assert_eq!(targets.collect::<Vec<_>>(), expected, "{keys}");
        assert_eq!(forwarding.only_verified, keys.contains("verified"));
    }
}

#[test]
fn the_app_answers_within_its_time_and_the_fallback_stands_in_for_it() {
    let app = |keys: &str| {
        let endpoint = endpoint(keys, Some("http://app.test")).unwrap();
        assert_eq!(endpoint.answer.status, 200);
        endpoint.answered_by_app
    };
    assert_eq!(app(""), None);
    assert_eq!(app("answer = 'forward'"), Some(AppAnswers::default()));
    let given =
        app("answer = 'forward'\nanswer_within = '1s'\nfallback = { status = 502 }").unwrap();
    assert_eq!((given.within, given.otherwise.status.as_u16()), (Duration::from_secs(1), 502));
    for (keys, expected) in [
        ("answer = 'forward'", "endpoint a: answer = \"forward\" needs to know the app"),
        ("fallback = { status = 500 }", "endpoint a: answer_within and fallback go with"),
        ("answer_within = '1s'", "endpoint a: answer_within and fallback go with"),
    ] {
        let found = endpoint(keys, None).unwrap_err();
        assert!(found.starts_with(expected), "{found}");
    }
}
