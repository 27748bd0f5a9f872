use super::{DEFAULT_FILE, text};
use crate::config::file::File;
use crate::domain::event::ProviderId;
use crate::domain::proposal::{Beginning, Proposal, Table};
use crate::domain::url::Url;

fn proposal(name: &str, table: Table, values: &[&str]) -> Proposal {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Proposal { name: name.to_owned(), table, values }
}

const STRIPE: &str = r#"{ scheme = "stripe", secret = { env = "STRIPE_WEBHOOK_SECRET" } }"#;

#[test]
fn with_nothing_chosen_it_is_the_template() {
    assert_eq!(text(&Beginning::default()), DEFAULT_FILE);
}

#[test]
fn what_is_chosen_is_in_force_before_an_endpoint_for_all_else_and_the_rest_is_a_comment() {
    let account = Table::Account(ProviderId::Channex);
    let beginning = Beginning {
        env_files: vec![".env".to_owned()],
        chosen: vec![proposal("stripe", Table::Endpoint, &[STRIPE])],
        proposed: vec![proposal("channex", account, &["api_key = { env = \"CHANNEX_API_KEY\" }"])],
        forward: Url::parse("http://127.0.0.1:3000/a?b=%22c").ok(),
    };
    let text = text(&beginning);
    let file = File::parse(&text).unwrap();
    let told = file.endpoints.iter().map(|endpoint| {
        let to = endpoint.forward.iter().flatten().map(|target| target.to.to_string());
        let schemes = endpoint.auth.iter().map(|auth| auth.scheme.as_str());
        (endpoint.name.as_str(), to.collect::<Vec<_>>().join(","), schemes.collect::<String>())
    });
    let to = || "http://127.0.0.1:3000/a?b=%22c".to_owned();
    assert_eq!(
        told.collect::<Vec<_>>(),
        [("stripe", to(), "stripe".to_owned()), ("default", to(), String::new())]
    );
    assert!(file.accounts.is_empty());
    assert!(text.contains("\n#[[account]]\n#name = \"channex\"\n"), "{text}");
    assert!(text.contains("#   set -a; . ./.env; set +a; hookscope\n"), "{text}");
}

#[test]
fn an_app_alone_gets_what_is_sent_to_any_path() {
    let forward = Url::parse("http://127.0.0.1:3000").ok();
    let text = text(&Beginning { forward, ..Beginning::default() });
    let added = text.strip_prefix(DEFAULT_FILE).unwrap();
    assert_eq!(
        added,
        "\n# Chosen at the first start.\n\n# Everything else.\n[[endpoint]]\nname = \"default\"\n\
         path = \"/*\"\nforward = \"http://127.0.0.1:3000\"\n"
    );
}
