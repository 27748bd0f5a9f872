use super::addresses;
use crate::app::fixtures::{account, session};
use crate::app::session::Session;
use crate::domain::endpoint::{Endpoint, PathPattern};
use crate::domain::event::ProviderId;
use crate::domain::name::{AccountName, EndpointName};

fn endpoint(name: &str, path: &str, provider: Option<ProviderId>, of: Option<&str>) -> Endpoint {
    Endpoint {
        name: EndpointName::from(name),
        path: PathPattern::parse(path).unwrap(),
        provider,
        account: of.map(AccountName::from),
        ..Endpoint::any_path(None)
    }
}

fn urls(session: &Session) -> Vec<String> {
    let account = account("hotel", ProviderId::Channex);
    addresses(session, &account).into_iter().map(|address| address.url).collect()
}

#[test]
fn the_endpoints_of_the_account_win_over_those_of_its_provider_and_those_over_nobodys() {
    let channex = Some(ProviderId::Channex);
    let mut endpoints = vec![
        endpoint("any", "/in/*", None, None),
        endpoint("all", "/channex", channex, None),
        endpoint("other", "/other", channex, Some("inn")),
        endpoint("own", "/hotel", channex, Some("hotel")),
        endpoint("second", "/hotel/2", None, Some("hotel")),
    ];
    for expected in [&["/hotel", "/hotel/2"][..], &["/channex"], &["/in"], &[]] {
        let public_url = Some("https://dev.example.test/".to_owned());
        let session = Session { endpoints: endpoints.clone(), public_url, ..session() };
        let expected = expected.iter().map(|path| format!("https://dev.example.test{path}"));
        assert_eq!(urls(&session), expected.collect::<Vec<_>>());
        let Some(nearest) = expected_name(&endpoints) else { break };
        endpoints.retain(|endpoint| !nearest.contains(&endpoint.name.as_str()));
    }
}

/// The endpoints that are taken away to see what is taken then.
fn expected_name(endpoints: &[Endpoint]) -> Option<&'static [&'static str]> {
    let has = |name: &str| endpoints.iter().any(|endpoint| endpoint.name.as_str() == name);
    match () {
        () if has("own") => Some(&["own", "second"]),
        () if has("all") => Some(&["all"]),
        () if has("any") => Some(&["any"]),
        () => None,
    }
}

#[test]
fn an_address_tells_whether_others_reach_it_and_whether_it_is_one() {
    let account = account("hotel", ProviderId::Channex);
    let endpoints = vec![Endpoint {
        public_url: Some("https://hooks.example.test".to_owned()),
        ..endpoint("named", "/in/{company}", None, None)
    }];
    let named = addresses(&Session { endpoints, ..session() }, &account).remove(0);
    assert_eq!(named.url, "https://hooks.example.test/in/hotel");
    assert!(named.is_public && named.is_fixed);
    let endpoints = vec![endpoint("two", "/{company}/{kind}", None, None)];
    let unknown = addresses(&Session { endpoints, ..session() }, &account).remove(0);
    assert_eq!(unknown.url, "http://127.0.0.1:4000/company/kind");
    assert!(!unknown.is_fixed);
    let local = addresses(&session(), &account).remove(0);
    assert_eq!(local.url, "http://127.0.0.1:4000/");
    assert!(!local.is_public && local.is_fixed);
    let none = Session { listening: None, ..session() };
    assert_eq!(addresses(&none, &account), []);
}
