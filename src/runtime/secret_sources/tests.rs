use std::ffi::OsString;

use super::SecretSources;
use crate::domain::addresses::Addresses;
use crate::domain::endpoint::{Endpoint, PathPattern};
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::secret::Secret;
use crate::domain::subscription::{Change, Draft, FieldValue, Rejection, SecretPlace};
use crate::providers::route::{Route, Routes};
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::scheme::Scheme;

fn variable(name: &str) -> Option<OsString> {
    match name {
        "ACME_SECRET" => Some("from the environment".into()),
        "EMPTY" => Some(OsString::new()),
        _ => None,
    }
}

fn route(name: &str, account: Option<&str>, scheme: Scheme) -> Route {
    let endpoint = Endpoint {
        name: EndpointName::from(name),
        path: PathPattern::parse(&format!("/{name}")).unwrap(),
        account: account.map(AccountName::from),
        ..Endpoint::any_path(Some("https://dev.example.test".to_owned()))
    };
    Route { endpoint, scheme }
}

fn basic(password: &str) -> Scheme {
    let auth = Auth {
        scheme: "basic".to_owned(),
        username: Some("login".to_owned()),
        password: Some(Secret::new(password)),
        ..Auth::default()
    };
    Catalog::builtin().any_scheme(&[auth]).unwrap()
}

fn read(place: SecretPlace, target: &str) -> Result<String, Rejection> {
    let routes = vec![
        route("acme", Some("acme"), basic("acme's")),
        route("nord", Some("nord"), basic("nord's")),
        route("open", Some("open"), Scheme::Open),
    ];
    let addresses = Addresses::of(routes.iter().map(|route| &route.endpoint));
    let sources = SecretSources { routes: Routes::new(routes), variable };
    let further = vec![("clientSecret", FieldValue::Secret(place))];
    let draft = Draft { target: target.to_owned(), further, ..Draft::default() };
    let secrets = sources.read(&Change::Create(draft), &AccountName::from("acme"), &addresses)?;
    Ok(String::from_utf8(secrets["clientSecret"].expose().to_vec()).unwrap())
}

#[test]
fn a_secret_comes_from_the_environment_or_from_the_endpoint_that_is_the_target() {
    let elsewhere = "https://elsewhere.example.test/";
    let env = SecretPlace::Env("ACME_SECRET".to_owned());
    assert_eq!(read(env, elsewhere).unwrap(), "from the environment");
    assert_eq!(read(SecretPlace::Endpoint, elsewhere).unwrap(), "acme's");
    let nord = "https://dev.example.test/nord";
    assert_eq!(read(SecretPlace::Endpoint, nord).unwrap(), "nord's");
}

#[test]
fn a_secret_that_cannot_be_read_is_told_at_its_field() {
    let env = |name: &str| SecretPlace::Env(name.to_owned());
    let open = "https://dev.example.test/open";
    for (place, target, why) in [
        (env("ABSENT"), "", "the environment variable ABSENT is not set"),
        (env("EMPTY"), "", "the environment variable EMPTY is empty"),
        (
            SecretPlace::Endpoint,
            open,
            "the endpoint open checks by no secret that a sender could be given",
        ),
    ] {
        let rejection = read(place, target).unwrap_err();
        assert_eq!(rejection.fields, [("clientSecret".to_owned(), why.to_owned())]);
    }
}
