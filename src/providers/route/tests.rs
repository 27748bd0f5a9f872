use super::{Route, Routes};
use crate::domain::endpoint::{Endpoint, PathPattern};
use crate::domain::name::EndpointName;
use crate::verify::scheme::Scheme;

fn route(name: &str, path: &str) -> Route {
    Route {
        endpoint: Endpoint {
            name: EndpointName::from(name),
            path: PathPattern::parse(path).unwrap(),
            ..Endpoint::any_path(None)
        },
        scheme: Scheme::Open,
    }
}

#[test]
fn the_first_route_that_takes_a_path_wins() {
    let routes = Routes::new(vec![
        route("exact", "/hooks/acme"),
        route("named", "/hooks/{company}"),
        route("rest", "/hooks/*"),
        route("late", "/hooks/acme"),
    ]);
    for (path, expected) in [
        ("/hooks/acme", Some("exact")),
        ("/hooks/other", Some("named")),
        ("/hooks/other/deeper", Some("rest")),
        ("/elsewhere", None),
    ] {
        let found = routes.find(path).map(|route| route.endpoint.name.as_str());
        assert_eq!(found, expected, "{path}");
    }
    assert_eq!(routes.iter().count(), 4);
}

#[test]
fn without_routes_no_path_is_taken() {
    assert!(Routes::default().find("/").is_none());
}
