use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeMap;

use super::doubts::doubts;
use super::{Subject, Unmatched, account, unmatched};
use crate::domain::account::{Account, Bearer, Credentials, Matching, Tenant};
use crate::domain::endpoint::{Endpoint, PathPattern};
use crate::domain::event::ProviderId::{self, Avinode, Avionte, Channex, Schedaero};
use crate::domain::http::Request;
use crate::domain::secret::Secret;
use crate::domain::url::Url;
use crate::domain::verdict::{Unchecked, Verdict};
use crate::providers::accounts::Accounts;
use crate::providers::envelope::Envelope;
use crate::providers::fixture::request;
use crate::providers::route::Route;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::scheme::Scheme;

/// `key=value` as the table `match` of an account has it.
fn matching(text: &str) -> Matching {
    let mut matching = Matching::default();
    let Some((key, value)) = text.split_once('=') else { return matching };
    let place = match key {
        "client" => &mut matching.client_id,
        "tenant" => &mut matching.tenant_id,
        "property" => &mut matching.property_id,
        other => panic!("{other}"),
    };
    *place = Some(value.to_owned());
    matching
}

fn accounts(given: &[(&str, ProviderId, &str)]) -> Accounts {
    let secret = || Secret::new("s");
    let accounts = given.iter().map(|&(name, provider, text)| Account {
        name: name.into(),
        provider,
        base_url: Url::parse("https://api.example.test").unwrap(),
        token_url: None,
        hosts: Vec::new(),
        credentials: match provider {
            Avinode | Schedaero => Credentials::AvinodeGroup {
                api_token: secret(),
                bearer: Bearer::Token(secret()),
                api_version: "v1.0".to_owned(),
                product: "p".to_owned(),
                act_as_account: None,
            },
            Avionte => Credentials::Avionte {
                api_key: secret(),
                client_id: "not a mark".to_owned(),
                client_secret: secret(),
                scope: String::new(),
                tenant: Tenant::Id(77),
            },
            Channex => {
                Credentials::Channex { api_key: secret(), property: Some("p-of-calls".to_owned()) }
            }
        },
        matching: matching(text),
        paths: BTreeMap::new(),
    });
    Accounts::new(accounts.collect())
}

fn basic(username: &str) -> Scheme {
    let auth = Auth {
        scheme: "basic".to_owned(),
        username: Some(username.to_owned()),
        password: Some(Secret::new("p")),
        ..Auth::default()
    };
    Catalog::builtin().scheme(&auth).unwrap()
}

fn route(pattern: &str, provider: Option<ProviderId>, client: Option<&str>) -> Route {
    let path = PathPattern::parse(pattern).unwrap();
    let endpoint = Endpoint { path, provider, ..Endpoint::any_path(None) };
    Route { endpoint, scheme: client.map_or(Scheme::Open, basic) }
}

/// What comes out for a delivery; its verdict is that of a check that holds where there is one.
fn found(
    route: &Route,
    request: &Request,
    provider: Option<ProviderId>,
    accounts: &Accounts,
) -> (Option<String>, Option<Unmatched>) {
    let envelope = Envelope::of(&request.body);
    let verdict = match &route.scheme {
        Scheme::Open => Verdict::Unchecked { why: Unchecked::NoScheme },
        _ => Verdict::Verified { scheme: "basic".into(), notes: Vec::new() },
    };
    let subject = Subject {
        route,
        request,
        at: Timestamp::UNIX_EPOCH,
        envelope: &envelope,
        provider,
        verdict: &verdict,
    };
    let account = account(&subject, accounts).map(|name| name.to_string());
    (account, unmatched(&subject, accounts))
}

const FRONT: &str = r#"{"EventName":"job_created","FrontOfficeTenantId":6,"TenantId":9}"#;

#[test]
fn the_rules_are_tried_in_their_order() {
    let accounts = accounts(&[
        ("acme", Avinode, "client=hook-acme"),
        ("globex", Avinode, "client=hook-globex"),
        ("aero", Schedaero, "client=hook-globex"),
        ("temps", Avionte, "tenant=6"),
        ("staff", Avionte, "client=hook-staff"),
        ("nord", Channex, "property=p-1"),
        ("sued", Channex, ""),
    ]);
    let booking = r#"{"event":"booking","property_id":"p-1","payload":{"property_id":"p-2"}}"#;
    let inner = r#"{"event":"booking","property_id":"p-0","payload":{"property_id":"p-1"}}"#;
    let of_calls = r#"{"event":"ari","payload":[1],"property_id":"p-of-calls"}"#;
    for (pattern, target, client, provider, body, expected) in [
        ("/hooks/{company}", "/hooks/globex", Some("hook-acme"), Some(Avinode), "", Some("globex")),
        ("/hooks/{company}", "/hooks/ACME", Some("hook-acme"), Some(Avinode), "", Some("acme")),
        ("/{a}/{b}/*", "/x/temps/y", None, Some(Channex), booking, Some("temps")),
        ("/*", "/acme", None, Some(Avinode), "", None),
        ("/*", "/", Some("hook-globex"), Some(Avinode), "", Some("globex")),
        ("/*", "/", Some("hook-globex"), Some(Schedaero), "", Some("aero")),
        ("/*", "/", Some("hook-acme"), Some(Schedaero), "", Some("acme")),
        ("/*", "/", Some("hook-acme"), None, "", Some("acme")),
        ("/*", "/", Some("hook-acme"), Some(Channex), "", None),
        ("/*", "/", None, Some(Avionte), FRONT, Some("temps")),
        ("/*", "/", Some("hook-staff"), Some(Avionte), FRONT, Some("staff")),
        ("/*", "/", None, Some(Avionte), r#"{"TenantId":77}"#, Some("staff")),
        ("/*", "/", None, Some(Avionte), r#"{"TenantId":6}"#, Some("temps")),
        ("/*", "/", None, Some(Avionte), r#"{"TenantId":"6"}"#, Some("temps")),
        ("/*", "/", None, Some(Avionte), r#"{"TenantId":7}"#, None),
        ("/*", "/", None, Some(Channex), booking, Some("nord")),
        ("/*", "/", None, Some(Channex), inner, Some("nord")),
        ("/*", "/", None, Some(Channex), of_calls, Some("sued")),
        ("/*", "/", None, None, booking, None),
    ] {
        let (account, _) =
            found(&route(pattern, None, client), &request(target, body), provider, &accounts);
        assert_eq!(account.as_deref(), expected, "{target} {client:?} {provider:?} {body}");
    }
}

#[test]
fn the_endpoints_own_account_wins_and_its_provider_narrows_the_names_in_the_path() {
    let accounts = accounts(&[("acme", Avinode, ""), ("temps", Avionte, "tenant=6")]);
    let request = request("/temps", FRONT);
    let mut route = route("/{company}", Some(Avinode), None);
    assert_eq!(found(&route, &request, Some(Avinode), &accounts).0, None);
    route.endpoint.provider = Some(Avionte);
    assert_eq!(found(&route, &request, Some(Avionte), &accounts).0.as_deref(), Some("temps"));
    route.endpoint.account = Some("not-configured".into());
    let (account, _) = found(&route, &request, Some(Avionte), &accounts);
    assert_eq!(account.as_deref(), Some("not-configured"));
}

#[test]
fn an_only_account_is_not_taken_for_being_the_only_one_and_what_would_match_is_told() {
    let one = accounts(&[("acme", Avinode, ""), ("temps", Avionte, ""), ("nord", Channex, "")]);
    let two = accounts(&[("acme", Avinode, "client=x"), ("glo\"bex", Schedaero, "")]);
    let property = r#"{"event":"ari","property_id":"a\"b"}"#;
    for (accounts, client, provider, body, expected) in [
        (&one, None, Avinode, "", "path /in, no verified client id; endpoint: account = \"acme\""),
        (
            &two,
            None,
            Schedaero,
            "",
            "path /in, no verified client id; endpoint: account = \"glo\\\"bex\" # or acme",
        ),
        (
            &two,
            Some("hook"),
            Avinode,
            "",
            "path /in, client id hook; account: match = { client_id = \"hook\" }",
        ),
        (
            &one,
            None,
            Avionte,
            FRONT,
            "path /in, no verified client id, tenant id 6, tenant id 9; account: match = { tenant_id = 6 }",
        ),
        (
            &one,
            None,
            Avionte,
            "{}",
            "path /in, no verified client id; endpoint: account = \"temps\"",
        ),
        (
            &one,
            Some("u"),
            Channex,
            property,
            "path /in, client id u, property id a\"b; account: match = { property_id = \"a\\\"b\" }",
        ),
    ] {
        let route = route("/in", None, client);
        let (account, unmatched) =
            found(&route, &request("/in?x=1", body), Some(provider), accounts);
        assert_eq!(account, None, "{provider} {body}");
        let Unmatched { tried, table, line } = unmatched.unwrap();
        assert_eq!(format!("{}; {table}: {line}", tried.join(", ")), expected);
        let read = toml::from_str::<toml::Table>(&line);
        assert!(read.is_ok(), "{line}");
    }
    let nobody = found(&route("/in", None, None), &request("/in", ""), Some(Channex), &two);
    assert_eq!(nobody, (None, None), "there is no account of that provider");
    assert_eq!(found(&route("/in", None, None), &request("/in", ""), None, &one), (None, None));
}

#[test]
fn what_cannot_match_or_is_not_there_is_doubtful() {
    let accounts =
        accounts(&[("acme", Avinode, ""), ("globex", Avinode, "client=x"), ("temps", Avionte, "")]);
    let route = |pattern: &str, account: Option<&str>| {
        let mut route = route(pattern, Some(Schedaero), None);
        route.endpoint.account = account.map(Into::into);
        route.endpoint
    };
    for (pattern, account, expected) in [
        ("/in", None, &["no delivery can be matched to the account acme; give it match"][..]),
        ("/{company}", None, &[]),
        ("/*", Some("acme"), &[]),
        ("/*", Some("temps"), &["its account temps is of avionte", "account acme; give"]),
        ("/*", Some("initech"), &["account acme; give"]),
    ] {
        let found = doubts(&[&route(pattern, account)], &accounts);
        assert_eq!(found.len(), expected.len(), "{pattern} {account:?} {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{expected} in {found}");
        }
    }
    let nothing = doubts(&[&route("/*", Some("a-name"))], &Accounts::default());
    assert_eq!(nothing, [""; 0], "it is a name to filter by");
}

fn providers() -> impl Strategy<Value = Option<ProviderId>> {
    prop::option::of(prop::sample::select(&ProviderId::ALL[..]))
}

/// Bodies of the members that the rules look at, put together in any way.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let words = r#"{ } [ ] , "property_id":"p-1" "payload":{"property_id":"p-1"} "payload":
        "TenantId":6 "FrontOfficeTenantId":"6" "TenantId":null "event":"ari" "timestamp":"t""#;
    let pieces = prop::sample::select(words.split_whitespace().collect::<Vec<_>>());
    prop_oneof![
        any::<Vec<u8>>(),
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat().into_bytes()),
    ]
}

proptest! {
    #[test]
    fn nothing_of_the_body_matters_when_the_path_tells(
        body in bodies(),
        provider in providers(),
        client in prop::option::of(Just("hook-temps")),
    ) {
        let accounts = accounts(&[
            ("temps", Avionte, "tenant=6"),
            ("nord", Channex, "property=p-1"),
            ("acme", Avinode, "client=hook-temps"),
        ]);
        let route = route("/{company}", None, client);
        let (account, _) = found(&route, &request("/acme", body), provider, &accounts);
        prop_assert_eq!(account.as_deref(), Some("acme"));
    }

    #[test]
    fn every_delivery_has_an_account_that_fits_it_or_is_told_to_have_none(
        body in bodies(),
        provider in providers(),
    ) {
        let accounts = accounts(&[("temps", Avionte, "tenant=6"), ("nord", Channex, "property=p-1")]);
        let (account, unmatched) = found(&route("/*", None, None), &request("/", body), provider, &accounts);
        let fitting = accounts.of(provider).any(|fit| Some(fit.name.as_str()) == account.as_deref());
        prop_assert!(account.is_none() || fitting);
        let known = provider.is_some_and(|it| accounts.of(Some(it)).next().is_some());
        prop_assert_eq!(unmatched.is_some(), known);
    }
}
