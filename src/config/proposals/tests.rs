use super::*;
use crate::config::beginning::entry;
use crate::config::file::File;

fn of(names: &[&str]) -> String {
    let proposals = proposals(names.iter().copied(), &Catalog::builtin());
    proposals.iter().map(entry).collect()
}

fn endpoint_of(name: &str, auth: &str) -> String {
    format!("[[endpoint]]\nname = \"{name}\"\npath = \"/{name}\"\nauth = {auth}\n")
}

#[test]
fn a_name_tells_whose_secret_it_is() {
    let cases = [
        ("STRIPE_WEBHOOK_SECRET", "stripe", "stripe", "secret"),
        ("GITHUB_WEBHOOK_SECRET", "github", "github", "secret"),
        ("GITHUB_SECRET", "github", "github", "secret"),
        ("SLACK_SIGNING_SECRET", "slack", "slack", "secret"),
        ("SHOPIFY_API_SECRET", "shopify", "shopify", "secret"),
        ("TWILIO_AUTH_TOKEN", "twilio", "twilio", "secret"),
        ("HUBSPOT_CLIENT_SECRET", "hubspot", "hubspot_v3", "secret"),
        ("LEMON_SQUEEZY_WEBHOOK_SECRET", "lemon-squeezy", "lemonsqueezy", "secret"),
        ("DROPBOX_SIGN_WEBHOOK_KEY", "dropbox-sign", "dropbox_sign", "secret"),
        ("GITLAB_WEBHOOK_TOKEN", "gitlab", "gitlab", "secret"),
        ("DISCORD_PUBLIC_KEY", "discord", "discord", "public_key"),
        ("ACME_STRIPE_WEBHOOK_SECRET", "acme-stripe", "stripe", "secret"),
        ("STRIPE_WEBHOOK_SECRET_TEST", "stripe-test", "stripe", "secret"),
        ("WEBHOOK_SECRET_GITHUB", "github", "github", "secret"),
    ];
    for (variable, name, scheme, key) in cases {
        let auth = format!("{{ scheme = \"{scheme}\", {key} = {{ env = \"{variable}\" }} }}");
        assert_eq!(of(&[variable]), endpoint_of(name, &auth), "{variable}");
    }
}

#[test]
fn a_name_of_anything_else_proposes_nothing() {
    let names = [
        "",
        "_",
        "SECRET",
        "API_KEY",
        "SHARED_SECRET",
        "BEARER_SECRET",
        "WEBHOOK_SECRET",
        "DATABASE_URL",
        "STRIPE",
        "STRIPE_SECRET_KEY",
        "STRIPE_WEBHOOK_SECRET_FILE",
        "STRIPE_WEBHOOK_PUBLIC_KEY",
        "STRIPES_WEBHOOK_SECRET",
        "GITHUB_TOKEN",
        "GITHUB_CLIENT_SECRET",
        "DISCORD_TOKEN",
        "AVINODE_SOMETHING",
    ];
    for name in names {
        assert_eq!(of(&[name]), "", "{name}");
    }
}

#[test]
fn names_of_one_endpoint_come_together_and_each_once() {
    let names =
        ["GITHUB_WEBHOOK_SECRET", "SLACK_SIGNING_SECRET", "GITHUB_SECRET", "GITHUB_WEBHOOK_SECRET"];
    let auth = |scheme, variable| {
        format!("{{ scheme = \"{scheme}\", secret = {{ env = \"{variable}\" }} }}")
    };
    let both =
        [auth("github", "GITHUB_WEBHOOK_SECRET"), auth("github", "GITHUB_SECRET")].join(", ");
    let slack = endpoint_of("slack", &auth("slack", "SLACK_SIGNING_SECRET"));
    assert_eq!(of(&names), endpoint_of("github", &format!("[{both}]")) + &slack);
}

#[test]
fn credentials_of_an_account_are_known_by_the_keys_of_the_config() {
    let names = ["ACME_AVINODE_API_TOKEN", "ACME_AVINODE_BEARER", "CHANNEX_API_KEY"];
    let expected = "[[account]]\nname = \"acme-avinode\"\nprovider = \"avinode\"\n\
         base_url = \"https://sandbox.avinode.com/api\"\n\
         credentials = { api_token = { env = \"ACME_AVINODE_API_TOKEN\" }, \
         bearer = { env = \"ACME_AVINODE_BEARER\" } }\n\
         [[account]]\nname = \"channex\"\nprovider = \"channex\"\n\
         base_url = \"https://staging.channex.io/api/v1\"\n\
         credentials = { api_key = { env = \"CHANNEX_API_KEY\" } }\n";
    assert_eq!(of(&names), expected);
}

#[test]
fn whatever_is_proposed_can_be_put_in_force() {
    let catalog = Catalog::builtin();
    let senders = catalog.names().map(str::to_ascii_uppercase);
    let names = senders.flat_map(|sender| {
        [format!("{sender}_WEBHOOK_SECRET"), format!("{sender}_WEBHOOK_PUBLIC_KEY")]
    });
    let mut names = names.collect::<Vec<_>>();
    names.extend(["AVINODE_API_TOKEN", "AVINODE_BEARER", "CHANNEX_API_KEY"].map(str::to_owned));
    let proposals = proposals(names.iter().map(String::as_str), &catalog);
    assert!(proposals.len() > 70, "{}", proposals.len());
    for proposal in proposals {
        let text = entry(&proposal);
        let file = File::parse(&text).unwrap_or_else(|mistake| panic!("{mistake}\n{text}"));
        assert_eq!(file.endpoints.len() + file.accounts.len(), 1);
        for auth in file.endpoints.iter().flat_map(|endpoint| &endpoint.auth) {
            assert!(catalog.names().any(|name| name == auth.scheme), "{text}");
        }
    }
}
