use super::circle;
use crate::domain::endpoint::Endpoint;
use crate::domain::forwarding::Forwarding;
use crate::domain::url::Url;
use crate::providers::route::{Route, Routes};
use crate::verify::scheme::Scheme;

#[test]
fn a_target_that_is_the_listener_is_found_by_whatever_address() {
    let on_loopback = "127.0.0.1:4000";
    for (listener, target, is_circle) in [
        (on_loopback, "http://127.0.0.1:4000", true),
        (on_loopback, "http://localhost:4000/hooks", true),
        (on_loopback, "http://0.0.0.0:4000", true),
        (on_loopback, "http://127.0.0.1:3000", false),
        (on_loopback, "http://192.0.2.1:4000", false),
        ("0.0.0.0:4000", "http://127.0.0.1:4000", true),
        ("0.0.0.0:80", "http://localhost/x", true),
        ("192.0.2.1:4000", "http://192.0.2.1:4000", true),
        ("192.0.2.1:4000", "http://localhost:4000", false),
        ("[::1]:4000", "http://[::1]:4000/", true),
        (on_loopback, "https://hooks.example.test/more", true),
        (on_loopback, "https://hooks.example.test:8443", false),
    ] {
        let endpoint = Endpoint {
            forwarding: Forwarding::to(Url::parse(target).unwrap()),
            ..Endpoint::any_path(Some("https://hooks.example.test/base".to_owned()))
        };
        let routes = Routes::new(vec![Route { endpoint, scheme: Scheme::Open }]);
        let found = circle(&routes, listener.parse().unwrap());
        assert_eq!(found.is_some(), is_circle, "{target} at {listener}");
    }
}
