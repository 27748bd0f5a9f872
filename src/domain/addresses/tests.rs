use super::Addresses;
use crate::domain::endpoint::{Endpoint, PathPattern};
use crate::domain::name::{AccountName, EndpointName};

fn endpoint(name: &str, path: &str, public_url: Option<&str>, account: Option<&str>) -> Endpoint {
    Endpoint {
        name: EndpointName::from(name),
        path: PathPattern::parse(path).unwrap(),
        account: account.map(AccountName::from),
        ..Endpoint::any_path(public_url.map(str::to_owned))
    }
}

const HERE: Option<&str> = Some("https://dev.example.test");

#[test]
fn a_target_is_ours_when_host_port_and_path_lead_to_an_endpoint() {
    let addresses = Addresses::of(&[
        endpoint("acme", "/avinode/acme", HERE, Some("acme")),
        endpoint("nord", "/hooks/*", Some("https://nord.example.test:8443/in"), None),
    ]);
    for (target, expected) in [
        ("https://dev.example.test/avinode/acme", Some("acme")),
        ("https://DEV.example.test:443/avinode/acme?x=1", Some("acme")),
        ("https://nord.example.test:8443/in/hooks/a", Some("nord")),
        ("http://dev.example.test/avinode/acme", None),
        ("https://dev.example.test:8443/avinode/acme", None),
        ("https://dev.example.test/avinode/acme/more", None),
        ("https://dev.example.test.evil.test/avinode/acme", None),
        ("https://nord.example.test:8443/hooks/a", None),
        ("https://nord.example.test:8443/inhooks/a", None),
        ("", None),
        ("not an address", None),
    ] {
        let found = addresses.endpoint_at(target).map(EndpointName::as_str);
        assert_eq!(found, expected, "{target}");
        assert_eq!(addresses.are_all_other_than(target), expected.is_none(), "{target}");
    }
}

#[test]
fn nothing_is_said_to_be_elsewhere_while_an_address_is_unknown() {
    let known = endpoint("acme", "/acme", HERE, None);
    let unknown = endpoint("nord", "/nord", None, None);
    let elsewhere = "https://other.example.test/acme";
    assert!(Addresses::of([&known]).are_all_other_than(elsewhere));
    assert!(!Addresses::of([&known, &unknown]).are_all_other_than(elsewhere));
    assert!(!Addresses::default().are_all_other_than(elsewhere));
}

#[test]
fn an_account_has_the_endpoint_that_names_it_or_the_only_one() {
    let acme = AccountName::from("acme");
    let of = |endpoints: &[Endpoint]| {
        let addresses = Addresses::of(endpoints);
        addresses.endpoint_of(&acme).map(|name| name.as_str().to_owned())
    };
    let own = endpoint("own", "/avinode/acme", HERE, Some("acme"));
    let other = endpoint("other", "/nord", HERE, Some("nord"));
    let shared = endpoint("shared", "/all", HERE, None);
    assert_eq!(of(&[other.clone(), own.clone()]).as_deref(), Some("own"));
    assert_eq!(of(std::slice::from_ref(&shared)).as_deref(), Some("shared"));
    assert_eq!(of(&[shared, other.clone()]), None);
    assert_eq!(of(&[other]), None);
}
