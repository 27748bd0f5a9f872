use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use http::StatusCode;

use super::error::ConfigError;
use super::file::File;
use super::paths::Environment;
use super::values::Address;
use super::{Config, DEFAULT_FILE, Flags};
use crate::domain::url::Url;
use crate::storage::{Durability, Location};
use crate::verify::scheme::Scheme;

fn environment(root: &Path) -> Environment {
    fn variable(name: &str) -> Option<OsString> {
        let set =
            ["ACME_OAUTH_SECRET", "STRIPE_WEBHOOK_SECRET", "AVINODE_API_TOKEN", "ACME_BEARER"];
        set.contains(&name).then(|| "s3cret".into())
    }
    Environment {
        working_folder: root.to_owned(),
        config_folder: None,
        data_folder: Some(PathBuf::from("/data")),
        state_folder: None,
        variable,
    }
}

/// The config of this text, loaded as a project's file.
fn load(text: &str, flags: Flags) -> Result<(Config, Environment), ConfigError> {
    let root = tempfile::tempdir().unwrap();
    let environment = environment(root.path());
    fs::write(root.path().join("hookscope.toml"), text).unwrap();
    Config::load(flags, &environment).map(|config| (config, environment))
}

fn message(text: &str) -> String {
    let result = load(text, Flags::default());
    let error = match result {
        Ok((config, environment)) => config.routes(&environment).map(|_| ()).unwrap_err(),
        Err(error) => error,
    };
    error.to_string()
}

/// The example lines of the default file begin with `#` and no space.
fn uncommented() -> String {
    let example = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => rest.to_owned(),
        _ => line.to_owned(),
    };
    DEFAULT_FILE.lines().map(|line| example(line) + "\n").collect()
}

#[test]
fn the_default_file_says_what_the_built_in_defaults_are() {
    let given = File::parse(DEFAULT_FILE).unwrap();
    assert!(given.listen.addr.is_some() && given.listen.max_body.is_some());
    assert!(given.store.durability.is_some());

    let (from_file, _) = load(DEFAULT_FILE, Flags::default()).unwrap();
    let (built_in, _) = load("", Flags::default()).unwrap();
    let Config { source: _, addr, public_url, max_body, store, durability, keep, warnings, .. } =
        built_in;
    assert!(keep.is_everything());
    assert_eq!(from_file.keep, keep);
    assert_eq!(from_file.addr, addr);
    assert_eq!(from_file.public_url, public_url);
    assert_eq!(from_file.max_body, max_body);
    assert_eq!(from_file.store, store);
    assert_eq!(from_file.durability, durability);
    assert_eq!(from_file.warnings, warnings);
    assert!(from_file.file.endpoints.is_empty() && from_file.file.accounts.is_empty());
}

#[test]
fn the_examples_of_the_default_file_work_once_they_are_uncommented() {
    let (config, environment) = load(&uncommented(), Flags::default()).unwrap();
    assert_eq!(config.keep.to_string(), "count 1000000, age 90d, size 5GiB");
    let routes = config.routes(&environment).unwrap();
    assert_eq!(routes.iter().count(), 2);
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
    let route = routes.find("/avinode/acme/more").unwrap();
    assert_eq!(route.endpoint.name.as_str(), "acme");
    assert_eq!(route.endpoint.public_url.as_deref(), Some("https://acme.example.test"));
    assert!(routes.find("/elsewhere").is_none());
    let accounts = config.accounts(&environment).unwrap();
    let account = accounts.named(route.endpoint.account.as_ref().unwrap()).unwrap();
    assert_eq!(account.hosts.len(), 2);
}

#[test]
fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
    let text = "[listen]\naddr = '0.0.0.0:1'\npublic_url = 'https://a.test/'\nforward = 'http://a.test'\n\
                [store]\nfile = ':memory:'\ndurability = 'relaxed'";
    let (config, _) = load(text, Flags::default()).unwrap();
    assert_eq!(config.addr, Address { host: "0.0.0.0".into(), port: 1 });
    assert_eq!(config.public_url.as_deref(), Some("https://a.test"));
    assert_eq!(config.store, Location::Memory);
    assert_eq!(config.durability, Durability::Relaxed);

    let flags = Flags {
        addr: Some(Address { host: "::1".into(), port: 2 }),
        public_url: Some("https://b.test".into()),
        store: Some("b.db".into()),
        durability: Some(Durability::Full),
        forward: Some(Url::parse("http://b.test").unwrap()),
        config: None,
        plain: true,
    };
    let (config, _) = load(text, flags.clone()).unwrap();
    assert_eq!(Some(config.addr), flags.addr);
    assert_eq!(config.forward, flags.forward);
    assert_eq!(config.public_url, flags.public_url);
    assert_eq!(config.store, Location::File("b.db".into()));
    assert_eq!(Some(config.durability), flags.durability);
}

#[test]
fn without_endpoints_every_path_is_captured_at_the_listeners_public_url() {
    let (config, environment) =
        load("listen.public_url = 'https://a.test'", Flags::default()).unwrap();
    let routes = config.routes(&environment).unwrap();
    let route = routes.find("/any/path").unwrap();
    assert_eq!(route.endpoint.name.as_str(), "default");
    assert_eq!(route.endpoint.public_url.as_deref(), Some("https://a.test"));
}

#[test]
fn an_endpoint_without_a_public_url_has_the_listeners() {
    let text = "listen.public_url = 'https://a.test'\n\
                [[endpoint]]\nname = 'one'\npath = '/one'\n\
                [[endpoint]]\nname = 'two'\npath = '/two'\npublic_url = 'https://b.test'";
    let (config, environment) = load(text, Flags::default()).unwrap();
    let routes = config.routes(&environment).unwrap();
    let urls = routes.iter().map(|route| route.endpoint.public_url.as_deref()).collect::<Vec<_>>();
    assert_eq!(urls, [Some("https://a.test"), Some("https://b.test")]);
}

#[test]
fn an_answer_keeps_the_default_for_what_it_does_not_say() {
    let text = "[[endpoint]]\nname = 'a'\npath = '/'\n\
                answer = { status = 202, delay = '250ms', headers = { X-A = 'é' } }";
    let (config, environment) = load(text, Flags::default()).unwrap();
    let routes = config.routes(&environment).unwrap();
    let answer = &routes.find("/").unwrap().endpoint.answer;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert_eq!(answer.delay, Duration::from_millis(250));
    assert_eq!(answer.body, "");
    assert_eq!(answer.headers[0].0, "x-a");
    assert_eq!(answer.headers[0].1.as_bytes(), "é".as_bytes());
}

#[test]
fn mistakes_say_where_they_are_and_what_to_do() {
    let endpoint = |more: &str| format!("[[endpoint]]\nname = 'acme'\npath = '/'\n{more}");
    let account = |name: &str| {
        format!(
            "[[account]]\nname = '{name}'\nprovider = 'channex'\n\
             base_url = 'https://a.test'\ncredentials = {{ api_key = 'k' }}\n"
        )
    };
    let cases = [
        (
            "[listen]\nadr = ''".to_owned(),
            "hookscope.toml:2:1: unknown key `adr`; did you mean `addr`?",
        ),
        (endpoint("") + &endpoint(""), "two endpoints are named acme"),
        (
            endpoint("auth = { scheme = 'bearer', token = { env = 'ACME_TOKEN' } }"),
            "endpoint acme: token: the environment variable ACME_TOKEN is not set",
        ),
        (
            endpoint(
                "auth = [{ scheme = 'none' }, { scheme = 'github', secrets = [{ file = 'no' }] }]",
            ),
            "endpoint acme: secrets: cannot read",
        ),
        (
            endpoint("answer = { headers = { Content-Length = '3' } }"),
            "4:22: the header content-length follows from the answer",
        ),
        (account("acme") + &account("acme"), "two accounts are named acme"),
        (
            endpoint("account = 'acme-sandbx'\n") + &account("acme-sandbox"),
            "endpoint acme names the account acme-sandbx, which is not configured; \
             did you mean `acme-sandbox`?",
        ),
        (endpoint("answer = { headers = { 'a b' = '3' } }"), "\"a b\" is not the name of a header"),
        (
            endpoint("answer = { headers = { a = \"\\n\" } }"),
            "the header a has a control character",
        ),
        ("[store]\nkeep = { count = 0 }".to_owned(), "2:18: a store keeps at least 1 delivery"),
        ("store.keep = { age = '90x' }".to_owned(), "1:22: \"90x\" is not a duration"),
        ("store.keep = { age = '0d' }".to_owned(), "1:22: a store keeps what is not older"),
        ("store.keep = { size = '0GiB' }".to_owned(), "1:23: a store takes at least 1MiB"),
        ("store.keep = { cont = 1 }".to_owned(), "unknown key `cont`; did you mean `count`?"),
        ("store.keep = {}".to_owned(), "keep names count, age or size"),
        (endpoint("auth = { scheme = 'x', tolerance = -1 }"), "4:36: a duration is not negative"),
    ];
    for (text, part) in cases {
        let message = message(&text);
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn public_keys_and_certificates_come_from_the_same_places_as_secrets() {
    let key = include_str!("../../tests/data/keys/rfc9421-ed25519.pub.pem").replace('\n', "\\n");
    let text = format!(
        "[[endpoint]]\nname = 'a'\npath = '/'\n\
         [endpoint.auth]\nscheme = 'http_message_signatures'\nrequired = ['@method']\n\
         max_age = '2m'\ntag = 'app'\n[endpoint.auth.keys.k1]\nalgorithm = 'hmac-sha256'\n\
         secret = {{ env = 'ACME_OAUTH_SECRET' }}\n[endpoint.auth.keys.k2]\nalgorithm = 'ed25519'\n\
         public_key = \"{key}\""
    );
    let (config, environment) = load(&text, Flags::default()).unwrap();
    let routes = config.routes(&environment).unwrap();
    assert!(matches!(routes.find("/").unwrap().scheme, Scheme::HttpSignatures(_)));
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);

    let unset = text.replace("ACME_OAUTH_SECRET", "UNSET");
    let problem = "endpoint a: keys: secret: the environment variable UNSET is not set";
    assert!(message(&unset).contains(problem), "{}", message(&unset));
    let mistyped = text.replace("algorithm = 'hmac", "algoritm = 'hmac");
    assert!(message(&mistyped).contains("did you mean `algorithm`?"), "{}", message(&mistyped));
    let literal = text.replace("{ env = 'ACME_OAUTH_SECRET' }", "'s'");
    let (config, _) = load(&literal, Flags::default()).unwrap();
    assert!(config.warnings[0].starts_with("endpoint a: keys: secret stands in the config"));
}

#[test]
fn a_certificate_is_what_its_address_is_taken_to_hold() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/keys/rsa.cert.pem");
    let text = format!(
        "[[endpoint]]\nname = 'a'\npath = '/'\n[endpoint.auth]\nscheme = 'aws_sns'\n\
         topic_arn = 'arn:aws:sns:us-west-2:123456789012:MyTopic'\n[endpoint.auth.certificates]\n\
         'https://sns.us-west-2.amazonaws.com/a.pem' = {{ file = '{file}' }}"
    );
    let (config, environment) = load(&text, Flags::default()).unwrap();
    let routes = config.routes(&environment).unwrap();
    assert!(matches!(routes.find("/").unwrap().scheme, Scheme::Custom(_)));
    let elsewhere = text.replace("amazonaws.com/", "amazonaws.com.evil.test/");
    let message = message(&elsewhere);
    assert!(message.contains("which is not an address of Amazon SNS"), "{message}");
}

#[test]
fn a_config_that_is_named_has_to_be_there() {
    let flags = Flags { config: Some("/nowhere/hookscope.toml".into()), ..Flags::default() };
    let error = Config::load(flags, &environment("/".as_ref())).unwrap_err();
    assert!(error.to_string().starts_with("cannot read the config /nowhere/hookscope.toml: "));
}

#[test]
fn looking_into_a_store_needs_no_secret() {
    let text = "[[endpoint]]\nname = 'a'\npath = '/'\n\
                auth = { scheme = 'bearer', token = { env = 'UNSET' } }";
    assert!(load(text, Flags::default()).is_ok());
}

#[cfg(unix)]
#[test]
fn a_literal_secret_is_warned_about_and_so_is_a_file_that_others_read() {
    use std::os::unix::fs::PermissionsExt;

    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("hookscope.toml");
    fs::write(
        &file,
        "[[endpoint]]\nname = 'acme'\npath = '/'\nauth = { scheme = 'bearer', token = 'abc' }",
    )
    .unwrap();
    let warnings = |mode| {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        Config::load(Flags::default(), &environment(root.path())).unwrap().warnings
    };

    let [literal] = &warnings(0o600)[..] else { panic!("one warning") };
    assert!(literal.starts_with("endpoint acme: token stands in the config itself"), "{literal}");
    assert!(!literal.contains("abc"), "{literal}");
    let [_, readable] = &warnings(0o644)[..] else { panic!("two warnings") };
    assert!(readable.contains("(mode 644); chmod 600"), "{readable}");
}

#[test]
fn every_key_of_an_authentication_is_read_or_refused_by_its_scheme() {
    let certificate = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/keys/rsa.cert.pem");
    let rsa = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/keys/rsa.pub.pem");
    let whpk = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
    for (auth, problem) in [
        (format!(r#"scheme = "paypal", webhook_id = "1", certificates = {{ "https://api.paypal.com/c" = {{ file = "{certificate}" }} }}, tolerance = "5m""#), None),
        (format!(r#"scheme = "paypal", certificates = {{ "https://api.paypal.com/c" = {{ file = "{certificate}" }} }}"#), Some("scheme paypal needs the key webhook_id")),
        (r#"scheme = "paypal", webhook_id = "1", certificates = { "https://api.paypal.com/c" = { file = "none.pem" } }"#.to_owned(), Some("certificates: cannot read")),
        (format!(r#"scheme = "standard_webhooks_v1a", public_key = "{whpk}", future = 10"#), None),
        (format!(r#"scheme = "jwt_bearer", public_key = {{ file = "{rsa}" }}, algorithms = ["RS256"], issuer = "i", audience = "a", leeway = "5s""#), None),
        (r#"scheme = "pusher", secret = { env = "ACME_OAUTH_SECRET" }, app_key = "k""#.to_owned(), None),
        (r#"scheme = "meta", secret = { env = "ACME_OAUTH_SECRET" }, verify_token = { env = "STRIPE_WEBHOOK_SECRET" }"#.to_owned(), None),
        (r#"scheme = "meta", verify_token = { env = "NOT_SET" }"#.to_owned(), Some("verify_token: the environment variable NOT_SET is not set")),
        (r#"scheme = "square", secret = "s", url = "https://a.test/x", trust_forwarded = true"#.to_owned(), None),
        (r#"scheme = "github", trust_forwarded = true"#.to_owned(), Some("scheme github has no use for the key trust_forwarded")),
        (r#"scheme = "github", app_key = "k""#.to_owned(), Some("scheme github has no use for the key app_key")),
        (r#"scheme = "github", issuer = "k""#.to_owned(), Some("scheme github has no use for the key issuer")),
        (r#"scheme = "github", max_age = "5m""#.to_owned(), Some("scheme github has no use for the key max_age")),
        (r#"scheme = "github", leeway = 5"#.to_owned(), Some("scheme github has no use for the key leeway")),
        (r#"scheme = "github", topic_arn = "a""#.to_owned(), Some("scheme github has no use for the key topic_arn")),
        (r#"scheme = "github", required = ["@method"]"#.to_owned(), Some("scheme github has no use for the key required")),
        (r#"scheme = "github", keys = { k = { algorithm = "ed25519", public_key = "x" } }"#.to_owned(), Some("scheme github has no use for the key keys")),
        (r#"scheme = "oauth1", key = "k", secret = "s", require_body_hash = true"#.to_owned(), None),
        (r#"scheme = "github", leeway = -5"#.to_owned(), Some("a duration is not negative")),
        (r#"scheme = "github", public_kye = "x""#.to_owned(), Some("unknown key `public_kye`; did you mean `public_key`?")),
    ] {
        let text = format!("[[endpoint]]\nname = \"a\"\npath = \"/a\"\nauth = {{ {auth} }}");
        let result = load(&text, Flags::default())
            .and_then(|(config, environment)| config.routes(&environment).map(|_| ()));
        match (result, problem) {
            (Ok(()), None) => {}
            (Err(error), Some(problem)) => {
                assert!(error.to_string().contains(problem), "{error}");
            }
            (result, problem) => panic!("{auth}: {result:?} {problem:?}"),
        }
    }
}

#[test]
fn only_what_is_secret_is_warned_about() {
    let text = r#"
        [[endpoint]]
        name = "a"
        path = "/a"
        auth = { scheme = "meta", secret = { env = "ACME_OAUTH_SECRET" }, verify_token = "t" }
        [[endpoint]]
        name = "b"
        path = "/b"
        auth = { scheme = "standard_webhooks_v1a", public_key = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=" }
        [[account]]
        name = "c"
        provider = "avinode"
        base_url = "https://a.test"
        credentials = { api_token = { env = "AVINODE_API_TOKEN" }, client_id = "c", client_secret = "s" }
    "#;
    let (config, environment) = load(text, Flags::default()).unwrap();
    assert!(config.accounts(&environment).is_ok());
    let about_literals = |warning: &&String| warning.contains("stands in the config itself");
    let warnings = config.warnings.iter().filter(about_literals).collect::<Vec<_>>();
    assert!(
        matches!(
            &warnings[..],
            [one, other] if one.starts_with("endpoint a: verify_token ")
                && other.starts_with("account c: client_secret stands in the config itself")
        ),
        "{warnings:?}"
    );
}

#[test]
fn without_accounts_the_account_of_an_endpoint_is_a_name_to_filter_by() {
    let text = "[[endpoint]]\nname = 'a'\npath = '/'\naccount = 'acme'";
    let (config, environment) = load(text, Flags::default()).unwrap();
    assert!(config.accounts(&environment).unwrap().is_empty());
    let routes = config.routes(&environment).unwrap();
    assert_eq!(routes.find("/").unwrap().endpoint.account.as_ref().unwrap().as_str(), "acme");
}
