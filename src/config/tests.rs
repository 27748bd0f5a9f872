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
use crate::storage::{Durability, Location};

fn environment(root: &Path) -> Environment {
    fn variable(name: &str) -> Option<OsString> {
        matches!(name, "ACME_OAUTH_SECRET" | "STRIPE_WEBHOOK_SECRET").then(|| "s3cret".into())
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
    let Config { source: _, addr, public_url, max_body, store, durability, warnings, .. } =
        built_in;
    assert_eq!(from_file.addr, addr);
    assert_eq!(from_file.public_url, public_url);
    assert_eq!(from_file.max_body, max_body);
    assert_eq!(from_file.store, store);
    assert_eq!(from_file.durability, durability);
    assert_eq!(from_file.warnings, warnings);
    assert!(from_file.file.endpoints.is_empty());
}

#[test]
fn the_examples_of_the_default_file_work_once_they_are_uncommented() {
    let (config, environment) = load(&uncommented(), Flags::default()).unwrap();
    let routes = config.routes(&environment).unwrap();
    assert_eq!(routes.iter().count(), 2);
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
    let route = routes.find("/avinode/acme/more").unwrap();
    assert_eq!(route.endpoint.name.as_str(), "acme");
    assert_eq!(route.endpoint.public_url.as_deref(), Some("https://acme.example.test"));
    assert!(routes.find("/elsewhere").is_none());
}

#[test]
fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
    let text = "[listen]\naddr = '0.0.0.0:1'\npublic_url = 'https://a.test/'\n\
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
        config: None,
    };
    let (config, _) = load(text, flags.clone()).unwrap();
    assert_eq!(Some(config.addr), flags.addr);
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
        (endpoint("answer = { headers = { 'a b' = '3' } }"), "\"a b\" is not the name of a header"),
        (
            endpoint("answer = { headers = { a = \"\\n\" } }"),
            "the header a has a control character",
        ),
        (endpoint("auth = { scheme = 'x', tolerance = -1 }"), "4:36: a duration is not negative"),
    ];
    for (text, part) in cases {
        let message = message(&text);
        assert!(message.contains(part), "{text}: {message}");
    }
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
