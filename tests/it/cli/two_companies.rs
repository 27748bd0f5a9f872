//! Two companies at one provider, a third at another, and one listener: from subscriptions over
//! deliveries to what they point at. Each company's credentials go to it alone.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::config::paths::Environment;
use hookscope::config::{Config, Flags};
use hookscope::domain::account::Account;
use hookscope::domain::attempt::{Call, Purpose};
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::providers::{self, accounts::Accounts, inspect, route::Routes};
use http::Method;
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::program::Program;
use crate::headless::Headless;
use crate::standins::avinode::{API_TOKEN, BEARER, CLIENT, Standin};
use crate::standins::channex::Channex;

const KEY: &str = "key-of-hotel";

/// The providers with a company each, and the program that knows all three.
struct Stage {
    acme: Standin,
    globex: Standin,
    hotel: Channex,
    folder: TempDir,
}

impl Stage {
    fn new() -> Self {
        let (acme, globex, hotel) = (Standin::start(), Standin::start(), Channex::start());
        let property = hotel.organization("hotel", KEY, "property-1");
        let folder = tempfile::tempdir().unwrap();
        let (id, secret) = CLIENT;
        let secrets = [
            ("api-token", API_TOKEN),
            ("bearer", BEARER),
            ("client", secret),
            ("key", KEY),
            ("acme-hook", "acme's password"),
            ("globex-hook", "globex's password"),
            ("hotel-hook", "hotel's secret"),
        ];
        for (name, secret) in secrets {
            fs::write(folder.path().join(name), secret).unwrap();
        }
        let account = |name: &str, provider: &str, account: &Account, rest: &str| {
            let (base_url, host) = (&account.base_url, account.base_url.authority());
            format!(
                "[[account]]\nname = '{name}'\nprovider = '{provider}'\nbase_url = '{base_url}'\n\
                 hosts = ['{host}']\n{rest}\n"
            )
        };
        let config = [
            "[[endpoint]]\nname = 'all'\npath = '/hooks/*'\nauth = [\n\
             { scheme = 'basic', username = 'acme-hook', password = { file = 'acme-hook' } },\n\
             { scheme = 'basic', username = 'globex-hook', password = { file = 'globex-hook' } },\n\
             { scheme = 'header', header = 'X-Channex-Webhook-Secret', \
             value = { file = 'hotel-hook' } },\n]\n"
                .to_owned(),
            account(
                "acme",
                "avinode",
                &acme.account(),
                "credentials = { api_token = { file = 'api-token' }, bearer = { file = 'bearer' } }\n\
                 match = { client_id = 'acme-hook' }",
            ),
            account(
                "globex",
                "avinode",
                &globex.account(),
                &format!(
                    "credentials = {{ api_token = {{ file = 'api-token' }}, client_id = '{id}', \
                     client_secret = {{ file = 'client' }} }}\nmatch = {{ client_id = 'globex-hook' }}"
                ),
            ),
            account(
                "hotel",
                "channex",
                &property,
                "credentials = { api_key = { file = 'key' }, property = 'property-1' }\n\
                 match = { property_id = 'property-1' }",
            ),
        ];
        fs::write(folder.path().join("hookscope.toml"), config.concat()).unwrap();
        Self { acme, globex, hotel, folder }
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn subscribe(&self, account: &str, options: &str) {
        let program = Program::new();
        let line = format!("subs create --account {account} {options} --yes --store kept.db");
        let mut command = program.command(&line.split(' ').collect::<Vec<_>>());
        for name in ["acme-hook", "globex-hook", "hotel-hook"] {
            let secret = fs::read_to_string(self.file(name)).unwrap();
            command.env(name.replace('-', "_").to_uppercase(), secret);
        }
        let output = command.current_dir(self.folder.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

/// The company's provider tells of a request for quotes, by its own settings.
fn deliver(standin: &Standin, listener: &Headless, id: &str) {
    let href = format!("{}/rfqs/{id}", standin.url());
    let body = json!({"id": id, "href": href, "type": "rfqs"}).to_string();
    for settings in standin.settings() {
        let text = |member: &str| settings[member].as_str().unwrap();
        let pair = format!("{}:{}", text("clientIdentifier"), text("clientSecret"));
        let authorization = format!("Authorization: Basic {}\r\n", STANDARD.encode(pair));
        let base = format!("http://{}", listener.address);
        let path = text("targetURI").strip_prefix(&base).unwrap();
        assert!(listener.send(path, &authorization, &body).starts_with("HTTP/1.1 200"));
    }
}

fn config(folder: &Path) -> Config {
    let file = folder.join("hookscope.toml");
    let flags = Flags { config: Some(file), store: Some(":memory:".into()), ..Flags::default() };
    Config::load(flags, &Environment::of_process()).unwrap()
}

/// Reads what the delivery points at, with the credentials of the account that it was matched to.
async fn fetch(accounts: &Accounts, routes: &Routes, delivery: &Value) -> (u16, Vec<u8>) {
    let request = Request {
        method: Method::POST,
        target: delivery["target"].as_str().unwrap().to_owned(),
        version: Version::Http11,
        headers: Headers::default(),
        body: delivery["body"]["text"].as_str().unwrap().to_owned().into(),
    };
    let name = delivery["account"].as_str().unwrap().into();
    let account = accounts.named(&name).unwrap();
    let route = routes.find("/hooks/x").unwrap();
    let event = inspect(&request, Timestamp::now(), route, accounts).event;
    let links = providers::api(account.provider).links(account, &request, &event);
    let call = Call::new(Method::GET, links[0].url.clone().unwrap(), Headers::default());
    let client = Client::new(Policy::default());
    let attempt = client.send_as(account, Purpose::Fetch, None, call).await;
    let response = attempt.response().unwrap_or_else(|| panic!("{attempt:?}"));
    (response.status.as_u16(), response.body.to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_company_gets_its_own_from_the_subscription_to_the_resource() {
    let stage = Stage::new();
    let listener = Headless::start(&stage.file("kept.db"));
    let here = format!("http://{}/hooks", listener.address);
    for company in ["acme", "globex"] {
        let env = format!("{}_HOOK", company.to_uppercase());
        stage.subscribe(
            company,
            &format!(
                "--name inspector --target {here}/avinode --events TripRequest \
                 --client-id {company}-hook --client-secret-env {env}"
            ),
        );
    }
    let hotel = "--events booking --send-data --secret-env HOTEL_HOOK --target";
    stage.subscribe("hotel", &format!("{hotel} {here}/channex"));

    deliver(&stage.acme, &listener, "arfq-1");
    deliver(&stage.globex, &listener, "arfq-2");
    let payload = json!({"booking_id": "b-1", "property_id": "property-1", "revision_id": "r-1"});
    let revision = json!({"type": "booking_revision", "id": "r-1", "attributes": {"id": "r-1"}});
    stage.hotel.put(KEY, "/booking_revisions/r-1", revision);
    let called =
        stage.hotel.happens("booking", "property-1", &payload, "2026-11-21T10:00:00.0000Z");
    assert_eq!(called.len(), 1, "{called:?}");

    let config = config(stage.folder.path());
    let environment = Environment::of_process();
    let accounts = config.accounts(&environment).unwrap();
    let routes = config.routes(&environment).unwrap();
    for (account, part) in [("acme", "arfq-1"), ("globex", "arfq-2"), ("hotel", "r-1")] {
        let delivery = listener.line("delivery");
        assert_eq!(delivery["auth"]["verdict"], "verified", "{delivery}");
        assert_eq!(delivery["account"], account, "{delivery}");
        let (status, body) = fetch(&accounts, &routes, &delivery).await;
        assert_eq!(status, 200, "{account}");
        assert!(String::from_utf8(body).unwrap().contains(part), "{account}");
    }

    // Somebody with the login of one company and the password of nobody.
    let pair = STANDARD.encode("acme-hook:guessed");
    listener.send("/hooks/avinode", &format!("Authorization: Basic {pair}\r\n"), "{}");
    let forged = listener.line("delivery");
    assert_eq!((&forged["auth"]["verdict"], &forged["account"]), (&json!("refuted"), &Value::Null));
    each_saw_its_own_credentials(&stage);
}

fn each_saw_its_own_credentials(stage: &Stage) {
    for (standin, expected) in [(&stage.acme, BEARER), (&stage.globex, "avinode-fetched-token-")] {
        let requests = standin.requests().into_iter();
        let calls = requests.filter(|request| request.path() != "/api/oauth/token");
        let tokens = calls.map(|request| request.headers.text("authorization").unwrap().to_owned());
        let tokens = tokens.collect::<Vec<_>>();
        let bearer = format!("Bearer {expected}");
        assert!(tokens.len() >= 3, "{tokens:?}");
        assert!(tokens.iter().all(|token| token.starts_with(&bearer)), "{tokens:?}");
    }
    let hotel = stage.hotel.requests();
    assert!(hotel.iter().all(|request| request.headers.text("user-api-key") == Some(KEY)));
}
