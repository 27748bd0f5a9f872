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
fn an_account_is_reached_at_its_endpoint_or_at_the_only_one() {
    let acme = AccountName::from("acme");
    let of = |endpoints: &[Endpoint]| Addresses::of(endpoints).of_account(&acme);
    let own = endpoint("acme", "/avinode/acme", HERE, Some("acme"));
    let other = endpoint("nord", "/nord", HERE, Some("nord"));
    let shared = endpoint("all", "/all", HERE, None);
    let expected = Some("https://dev.example.test/avinode/acme".to_owned());
    assert_eq!(of(&[other.clone(), own.clone()]), expected);
    assert_eq!(of(std::slice::from_ref(&shared)).as_deref(), Some("https://dev.example.test/all"));
    assert_eq!(of(&[shared, other.clone()]), None);
    assert_eq!(of(&[other]), None);
    assert_eq!(of(&[endpoint("acme", "/acme", None, Some("acme"))]), None);
    assert_eq!(of(&[endpoint("acme", "/{company}", HERE, Some("acme"))]), None);
}
