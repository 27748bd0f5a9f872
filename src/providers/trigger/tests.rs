use jiff::Timestamp;

use super::{Trigger, TriggerError, route_for};
use crate::domain::edit::Edit;
use crate::domain::endpoint::Endpoint;
use crate::domain::event::ProviderId;
use crate::domain::secret::Secret;
use crate::domain::url::Url;
use crate::domain::verdict::Verdict;
use crate::providers::accounts::Accounts;
use crate::providers::inspect;
use crate::providers::route::{Route, Routes};
use crate::providers::samples::{Content, named};
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::scheme::Scheme;

fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

fn route(name: &str, provider: Option<ProviderId>, auth: Option<Auth>) -> Route {
    let endpoint = Endpoint {
        name: name.into(),
        provider,
        ..Endpoint::any_path(Some("https://dev.example.test".to_owned()))
    };
    let scheme = auth.map(|auth| Catalog::builtin().any_scheme(&[auth]).unwrap());
    Route { endpoint, scheme: scheme.unwrap_or(Scheme::Open) }
}

fn auth(scheme: &str) -> Auth {
    let secret = || Some(Secret::new("s3cret"));
    let mut auth = Auth { scheme: scheme.to_owned(), ..Auth::default() };
    match scheme {
        "basic" => (auth.username, auth.password) = (Some("inspector".to_owned()), secret()),
        "header" => (auth.header, auth.value) = (Some("X-api-key".to_owned()), secret()),
        "oauth1" => {
            (auth.key, auth.secrets) =
                (Some("inspector".to_owned()), secret().into_iter().collect());
        }
        _ => auth.secrets = secret().into_iter().collect(),
    }
    auth
}

#[test]
fn a_sample_verifies_at_the_endpoint_that_it_is_signed_for() {
    let at = now();
    for (scheme, provider, event) in [
        ("basic", ProviderId::Avinode, "TripRequest"),
        ("oauth1", ProviderId::Avinode, "EmptyLegs"),
        ("header", ProviderId::Avionte, "talent_created"),
        ("github", ProviderId::Channex, "booking_new"),
    ] {
        let route = route("acme", Some(provider), Some(auth(scheme)));
        let trigger = Trigger {
            sample: named(provider, event).unwrap(),
            content: Content::Whole,
            edits: &[],
            url: Url::parse("http://127.0.0.1:4000/hooks/acme?x=1").unwrap(),
            route: Some(&route),
            public_url: route.endpoint.public_url.as_deref(),
        };
        let call = trigger.call(at, "n-1").unwrap();
        let found = inspect(&call.request, at, &route, &Accounts::default());
        assert!(matches!(found.verdict, Verdict::Verified { .. }), "{scheme}: {:?}", found.verdict);
        assert!(found.event.candidates.contains(&event.to_owned()));
    }
}

#[test]
fn a_change_is_made_before_it_is_signed_and_a_wrong_one_is_said() {
    let route = route("acme", None, Some(auth("github")));
    let sample = named(ProviderId::Channex, "booking").unwrap();
    let edits = [Edit::parse(r#"/property_id="p-1""#).unwrap()];
    let url = Url::parse("http://127.0.0.1:4000/").unwrap();
    let content = Content::WithoutData;
    let trigger =
        Trigger { sample, content, edits: &edits, url, route: Some(&route), public_url: None };
    let call = trigger.call(now(), "n").unwrap();
    let body = String::from_utf8(call.request.body.to_vec()).unwrap();
    assert!(body.contains(r#""property_id":"p-1""#) && !body.contains("payload"), "{body}");
    let found = inspect(&call.request, now(), &route, &Accounts::default());
    assert!(matches!(found.verdict, Verdict::Verified { .. }));
    let edits = [Edit::parse("/payload/no=1").unwrap()];
    let wrong = Trigger { edits: &edits, ..trigger };
    assert!(matches!(wrong.call(now(), "n"), Err(TriggerError::Edit(_))));
}

#[test]
fn without_a_named_endpoint_that_of_the_provider_is_taken() {
    let names = |routes: Vec<Route>, provider| {
        let routes = Routes::new(routes);
        route_for(&routes, provider).map(|route| route.endpoint.name.to_string())
    };
    let all = || {
        vec![
            route("any", None, None),
            route("hotel", Some(ProviderId::Channex), None),
            route("jets", Some(ProviderId::Avinode), None),
        ]
    };
    assert_eq!(names(all(), ProviderId::Avinode).as_deref(), Some("jets"));
    assert_eq!(names(all(), ProviderId::Avionte).as_deref(), Some("any"));
    assert_eq!(names(all()[1..].to_vec(), ProviderId::Avionte).as_deref(), Some("hotel"));
    assert_eq!(names(Vec::new(), ProviderId::Avionte), None);
}
