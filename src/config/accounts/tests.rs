use std::ffi::OsString;
use std::path::Path;

use super::account;
use crate::config::endpoints::Reader;
use crate::config::error::ConfigError;
use crate::config::file::File;
use crate::domain::account::{Account, Bearer, Credentials, Matching, Tenant};

fn variable(name: &str) -> Option<OsString> {
    name.starts_with("SET").then(|| format!("the value of {name}").into())
}

/// The accounts of this text; a mistake in it as its message.
fn accounts(text: &str) -> Result<Vec<Account>, String> {
    let file = File::parse(text).map_err(|mistake| mistake.to_string())?;
    let reader = Reader { base: Path::new("."), variable };
    let accounts = file.accounts.iter().map(|given| account(given, reader));
    accounts.collect::<Result<_, ConfigError>>().map_err(|error| error.to_string())
}

/// The one account with these credentials and further keys.
fn of(provider: &str, credentials: &str, more: &str) -> Result<Account, String> {
    let base_url =
        if more.contains("base_url") { "" } else { "base_url = 'https://api.test/v1/'\n" };
    let text = format!(
        "[[account]]\nname = 'acme'\nprovider = '{provider}'\n{base_url}{more}\n\
         credentials = {{ {credentials} }}"
    );
    accounts(&text).map(|mut accounts| accounts.remove(0))
}

const BEARER: &str = "api_token = { env = 'SET_1' }, bearer = { env = 'SET_2' }";
const AVIONTE: &str =
    "api_key = { env = 'SET_1' }, client_id = 'me', client_secret = { env = 'SET_2' }";
const CHANNEX: &str = "api_key = { env = 'SET_1' }";

#[test]
fn an_account_has_what_its_provider_takes() {
    let avinode = of("avinode", BEARER, "").unwrap();
    assert_eq!(avinode.name.as_str(), "acme");
    assert_eq!(avinode.base_url.to_string(), "https://api.test/v1");
    assert_eq!(avinode.hosts.iter().map(ToString::to_string).collect::<Vec<_>>(), ["api.test"]);
    assert_eq!(avinode.matching, Matching::default());
    let Credentials::AvinodeGroup { api_token, bearer, api_version, product, act_as_account } =
        avinode.credentials
    else {
        panic!("of another provider")
    };
    assert_eq!(api_token.expose(), b"the value of SET_1");
    assert!(matches!(bearer, Bearer::Token(token) if token.expose() == b"the value of SET_2"));
    assert_eq!((api_version.as_str(), act_as_account), ("v1.0", None));
    assert_eq!(product, concat!("hookscope-v", env!("CARGO_PKG_VERSION")));

    let more = "token_url = 'https://auth.test:8443/token'\nhosts = ['API.test', 'auth.test:8443']\n\
                match = { client_id = 'hook' }";
    let client = "api_token = 'a', client_id = 'me', client_secret = { env = 'SET_3' }, \
                  product = 'p', api_version = 'v2', act_as_account = 'somebody'";
    let schedaero = of("schedaero", client, more).unwrap();
    assert_eq!(schedaero.token_url.unwrap().to_string(), "https://auth.test:8443/token");
    assert_eq!(schedaero.hosts.len(), 2);
    assert_eq!(schedaero.matching.client_id.as_deref(), Some("hook"));
    let Credentials::AvinodeGroup { bearer, api_version, product, act_as_account, .. } =
        schedaero.credentials
    else {
        panic!("of another provider")
    };
    let Bearer::Client { id, secret } = bearer else { panic!("a token") };
    assert_eq!((id.as_str(), secret.expose()), ("me", &b"the value of SET_3"[..]));
    assert_eq!((product.as_str(), api_version.as_str()), ("p", "v2"));
    assert_eq!(act_as_account.as_deref(), Some("somebody"));

    for (more, scope_given, tenant_given, scope, tenant) in [
        (
            "match = { tenant_id = 6 }",
            "",
            "tenant_id = 6",
            "avionte.aero.compasintegrationservice",
            Tenant::Id(6),
        ),
        (
            "match = { tenant_id = '6' }",
            "scope = 's', ",
            "tenant = 'acme'",
            "s",
            Tenant::Code("acme".to_owned()),
        ),
    ] {
        let credentials = format!("{AVIONTE}, {scope_given}{tenant_given}");
        let avionte = of("avionte", &credentials, more).unwrap();
        assert_eq!(avionte.matching.tenant_id.as_deref(), Some("6"));
        let Credentials::Avionte { scope: found, tenant: of, .. } = avionte.credentials else {
            panic!("of another provider")
        };
        assert_eq!((found.as_str(), of), (scope, tenant));
    }

    let channex = format!("{CHANNEX}, property = 'p-1'");
    let channex = of("channex", &channex, "match = { property_id = 'p-1' }").unwrap();
    assert_eq!(channex.matching.property_id.as_deref(), Some("p-1"));
    let Credentials::Channex { api_key, property } = channex.credentials else {
        panic!("of another provider")
    };
    assert_eq!((api_key.expose(), property.as_deref()), (&b"the value of SET_1"[..], Some("p-1")));
}

#[test]
fn a_stand_in_on_this_machine_may_be_http_and_has_a_port() {
    let account = of("channex", CHANNEX, "base_url = 'http://127.0.0.1:4010/api/v1'").unwrap();
    assert_eq!(account.permits(&account.base_url), Ok(()));
    assert_eq!(account.hosts[0].to_string(), "127.0.0.1:4010");
}

#[test]
fn credentials_that_do_not_fit_the_provider_are_told_with_what_to_do() {
    let tenant = |keys: &str| format!("{AVIONTE}, {keys}");
    let with_id = tenant("tenant_id = 6");
    for (provider, credentials, more, part) in [
        (
            "avinode",
            "bearer = 'b'",
            "",
            "1:1: account acme: credentials of avinode need the key api_token",
        ),
        ("avinode", "api_token = 'a'", "", "need the key bearer, or client_id and client_secret"),
        ("avinode", "api_token = 'a', client_id = 'c'", "", "need the key client_secret"),
        ("avinode", "api_token = 'a', client_secret = 'c'", "", "need the key client_id"),
        (
            "avinode",
            "api_token = 'a', bearer = 'b', client_id = 'c'",
            "",
            "either bearer, or client_id and client_secret, and not both",
        ),
        ("avinode", "api_key = 'a'", "", "credentials of avinode have no use for the key api_key"),
        (
            "channex",
            "api_key = 'a', bearer = 'b'",
            "",
            "no use for the key bearer; known here: api_key, property",
        ),
        ("channex", "", "", "credentials of channex need the key api_key"),
        ("avionte", AVIONTE, "", "need the key tenant_id or tenant"),
        (
            "avionte",
            &tenant("tenant_id = 6, tenant = 'a'"),
            "",
            "tenant_id or tenant, and not both",
        ),
        ("avionte", &tenant("tenant_id = 'six'"), "", "expected i64"),
        ("avionte", "client_id = 'c'", "", "need the key api_key"),
        (
            "avionte",
            &with_id,
            "match = { property_id = 'p' }",
            "match of avionte have no use for the key property_id",
        ),
        (
            "channex",
            CHANNEX,
            "match = { tenant_id = 6 }",
            "match of channex have no use for the key tenant_id",
        ),
        (
            "channex",
            CHANNEX,
            "match = { propertyid = 'p' }",
            "5:11: unknown key `propertyid`; did you mean `property_id`?",
        ),
        ("channex", "apikey = 'a'", "", "6:17: unknown key `apikey`; did you mean `api_key`?"),
        (
            "channex",
            CHANNEX,
            "bas_url = 'x'",
            "5:1: unknown key `bas_url`; did you mean `base_url`?",
        ),
        ("chanex", CHANNEX, "", "unknown provider `chanex`; did you mean `channex`?"),
        (
            "channex",
            "api_key = { env = 'UNSET' }",
            "",
            "account acme: api_key: the environment variable UNSET is not set",
        ),
        (
            "avionte",
            &with_id.replace("SET_2", "UN"),
            "",
            "account acme: client_secret: the environment variable UN is",
        ),
    ] {
        let message = of(provider, credentials, more).unwrap_err();
        assert!(message.contains(part), "{provider} {credentials} {more}: {message}");
    }
}

#[test]
fn an_address_that_credentials_cannot_go_to_is_a_mistake() {
    for (more, part) in [
        ("base_url = '/api'", "the address \"/api\" is relative"),
        ("base_url = 'https://a.test/?x'", "has a query"),
        ("base_url = 'http://a.test/'", "base_url is http, and credentials are sent in the clear"),
        ("hosts = ['https://a.test']", "\"https://a.test\" is neither a host nor host:port"),
        ("hosts = []", "base_url is on api.test, which is not among the hosts"),
        ("hosts = ['a.test']", "base_url is on api.test, which is not among the hosts"),
        (
            "token_url = 'https://auth.test/token'",
            "token_url is on auth.test, which is not among the hosts of this account; add it to hosts",
        ),
    ] {
        let message = of("channex", CHANNEX, more).unwrap_err();
        assert!(message.contains(part), "{more}: {message}");
    }
}

#[test]
fn without_base_url_the_documented_ones_are_offered() {
    for (provider, part) in [
        ("avinode", "documented is https://sandbox.avinode.com/api for the sandbox"),
        ("schedaero", "sandbox-schedaero.avinode.com among the hosts"),
        ("avionte", "documented is https://api.avionte.com/front-office/v1"),
        ("channex", "documented is https://staging.channex.io/api/v1 and https://app."),
    ] {
        let text =
            format!("[[account]]\nname = 'acme'\nprovider = '{provider}'\ncredentials = {{ }}");
        let message = accounts(&text).unwrap_err();
        assert!(message.starts_with("1:1: account acme: the key base_url is missing"), "{message}");
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn paths_are_taken_by_avionte_alone() {
    let paths = "paths = { placement = 'placement/{id}' }";
    let tenant = format!("{AVIONTE}, tenant_id = 6");
    let account = of("avionte", &tenant, paths).unwrap();
    assert_eq!(account.paths["placement"], "placement/{id}");
    assert!(of("channex", CHANNEX, paths).unwrap_err().contains("takes no paths"));
}

#[test]
fn the_example_that_the_dashboard_shows_is_an_account() {
    let file = File::parse(crate::app::subscribing::EXAMPLE).unwrap();
    assert_eq!(file.accounts.len(), 1);
}
