//! Companies with accounts at the providers, and what the providers have for them.

use hookscope::domain::account::{Account, Bearer, Credentials, Matching, Tenant};
use hookscope::domain::event::ProviderId;
use hookscope::domain::ledger::{Drift, Listed};
use hookscope::domain::name::AccountName;
use hookscope::domain::secret::Secret;
use hookscope::domain::subscription::Subscription;
use hookscope::domain::url::{Host, Url};
use hookscope::providers::accounts::Accounts;
use jiff::Timestamp;
use serde_json::{Value, json};

/// What must never be seen: it stands in every secret of an account and of a record.
pub(crate) const SECRET: &str = "hush-hush";

/// An account of each kind: at Avinode, at Channex and at Avionté.
pub(crate) fn accounts() -> Accounts {
    Accounts::new(vec![acme(), hotel(), temps()])
}

fn account(name: &str, provider: ProviderId, base_url: &str, credentials: Credentials) -> Account {
    let base_url = Url::parse(base_url).expect("an address");
    let hosts = vec![Host::parse(base_url.authority()).expect("a host")];
    Account {
        name: AccountName::from(name),
        provider,
        base_url,
        token_url: None,
        paths: std::collections::BTreeMap::new(),
        hosts,
        credentials,
        matching: Matching::default(),
    }
}

fn secret() -> Secret {
    Secret::new(SECRET)
}

fn acme() -> Account {
    let credentials = Credentials::AvinodeGroup {
        api_token: secret(),
        bearer: Bearer::Token(secret()),
        api_version: "v1.0".to_owned(),
        product: "hookscope-test".to_owned(),
        act_as_account: None,
    };
    account("acme", ProviderId::Avinode, "https://sandbox.avinode.com/api", credentials)
}

fn hotel() -> Account {
    let property = Some("716305c4-561a-4561-a187-7f5b8aeb5920".to_owned());
    let credentials = Credentials::Channex { api_key: secret(), property };
    account("hotel-nord", ProviderId::Channex, "https://staging.channex.io/api/v1", credentials)
}

fn temps() -> Account {
    let credentials = Credentials::Avionte {
        api_key: secret(),
        client_id: "client".to_owned(),
        client_secret: secret(),
        scope: "scope".to_owned(),
        tenant: Tenant::Id(6),
    };
    account("temps", ProviderId::Avionte, "https://api.avionte.com", credentials)
}

/// What the provider has for the account; nothing for one that is not known.
pub(crate) fn listed(account: &AccountName) -> Vec<Listed> {
    match account.as_str() {
        "acme" => avinode(),
        "hotel-nord" => channex(),
        _ => Vec::new(),
    }
}

fn record(value: Value) -> serde_json::Map<String, Value> {
    let Value::Object(record) = value else { panic!("a record is an object") };
    record
}

/// A subscription of Avinode.
pub(crate) fn setting(id: &str, name: &str, target: &str, active: bool, events: &[&str]) -> Listed {
    let raw = json!({
        "id": id,
        "version": 3,
        "targetURI": target,
        "displayName": name,
        "active": active,
        "clientIdentifier": "inspector",
        "clientSecret": SECRET,
        "clientAuthenticationType": "BASIC",
        "eventTypes": events,
        "addedByAvinode": {"since": 2026},
    });
    Listed {
        subscription: Subscription {
            id: id.to_owned(),
            name: name.to_owned(),
            target: target.to_owned(),
            active,
            events: events.iter().map(|&event| event.to_owned()).collect(),
            raw: record(raw),
        },
        ours: true,
        drift: None,
        gone_since: None,
        leased: false,
    }
}

fn avinode() -> Vec<Listed> {
    let rfqs = ["TripRequest", "TripChatFromBuyer"];
    let here = "https://dev.example.test/avinode/acme";
    let monday: Timestamp = "2026-11-16T06:12:00Z".parse().expect("a time");
    let elsewhere = "https://staging.example/hooks";
    vec![
        setting("whs-41", "inspector", here, true, &rfqs),
        Listed {
            drift: Some(Drift::Elsewhere),
            ..setting("whs-38", "staging", elsewhere, false, &["EmptyLegs"])
        },
        Listed {
            drift: Some(Drift::Changed),
            ..setting("whs-35", "crew \u{202e}tool", here, true, &["SchedAeroContacts", "Unheard"])
        },
        Listed {
            ours: false,
            ..setting("whs-29", "partner", "https://partner.example/in", true, &rfqs)
        },
        Listed { leased: true, ..setting("whs-22", "borrowed", here, true, &["ClientLeads"]) },
        Listed {
            drift: Some(Drift::Gone),
            gone_since: Some(monday),
            ..setting("whs-17", "inspector-old", "", false, &[])
        },
    ]
}

fn channex() -> Vec<Listed> {
    let id = "a9a8f2d1-0b7c-4a53-9a55-0f4d8c1e2b77";
    let target = "https://dev.example.test/channex";
    let raw = json!({
        "type": "webhook",
        "id": id,
        "attributes": {
            "callback_url": target,
            "event_mask": "booking_new;ari:rate:*:04c6",
            "request_params": {},
            "headers": {"X-Channex-Webhook-Secret": SECRET},
            "is_active": true,
            "send_data": true,
            "protected": false,
            "is_global": false,
        },
        "relationships": {"property": {"data": {
            "type": "property", "id": "716305c4-561a-4561-a187-7f5b8aeb5920"}}},
    });
    let subscription = Subscription {
        id: id.to_owned(),
        name: String::new(),
        target: target.to_owned(),
        active: true,
        events: vec!["booking_new".to_owned(), "ari:rate:*:04c6".to_owned()],
        raw: record(raw),
    };
    vec![Listed { subscription, ours: true, drift: None, gone_since: None, leased: false }]
}
