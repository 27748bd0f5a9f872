//! Two companies at one provider, a third at another, and one listener: from subscriptions over
//! deliveries to what they point at. Each company's credentials go to it alone.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookscope::domain::account::Account;
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

    /// What the program prints, run beside the listener.
    fn run(&self, line: &str) -> Vec<Value> {
        let program = Program::new();
        let mut command = program.command(&line.split(' ').collect::<Vec<_>>());
        for name in ["acme-hook", "globex-hook", "hotel-hook"] {
            let secret = fs::read_to_string(self.file(name)).unwrap();
            command.env(name.replace('-', "_").to_uppercase(), secret);
        }
        command.args(["--format", "json", "--store", "kept.db"]);
        let output = command.current_dir(self.folder.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let lines = String::from_utf8(output.stdout).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn subscribe(&self, account: &str, options: &str) {
        let made = self.run(&format!("subs create --account {account} {options} --yes"));
        assert_eq!((&made[0]["account"], &made[0]["ours"]), (&json!(account), &json!(true)));
    }

    /// Reads what the delivery points at, with the credentials of whoever it belongs to.
    fn fetch(&self, delivery: &Value) -> Value {
        self.run(&format!("fetch {delivery}")).remove(0)
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

#[test]
fn each_company_gets_its_own_from_the_subscription_to_the_resource() {
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

    for (account, part) in [("acme", "arfq-1"), ("globex", "arfq-2"), ("hotel", "r-1")] {
        let delivery = listener.line("delivery");
        assert_eq!(delivery["auth"]["verdict"], "verified", "{delivery}");
        assert_eq!(delivery["account"], account, "{delivery}");
        let fetched = stage.fetch(&delivery["id"]);
        assert_eq!((&fetched["status"], &fetched["purpose"]), (&json!(200), &json!("fetch")));
        assert!(fetched["response"]["body"].to_string().contains(part), "{fetched}");
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
