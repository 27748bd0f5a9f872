use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::{Written, subscription, table};
use crate::domain::account::{Account, Credentials, Matching};
use crate::domain::event::ProviderId;
use crate::domain::ledger::{Drift, Listed};
use crate::domain::secret::Secret;
use crate::domain::subscription::Subscription;
use crate::domain::url::Url;
use crate::runtime::text_lines::Style;

fn account() -> Account {
    Account {
        name: "acme-sandbox".into(),
        provider: ProviderId::Avinode,
        base_url: Url::parse("https://sandbox.avinode.com/api").unwrap(),
        token_url: None,
        hosts: Vec::new(),
        paths: BTreeMap::new(),
        credentials: Credentials::Channex { api_key: Secret::new("not looked at"), property: None },
        matching: Matching::default(),
    }
}

fn listed(id: &str, drift: Option<Drift>) -> Listed {
    let raw = json!({"id": id, "clientSecret": "hush", "eventTypes": ["A", "B"]});
    Listed {
        subscription: Subscription {
            id: id.to_owned(),
            name: "inspector".to_owned(),
            target: "https://dev.example.test/avinode".to_owned(),
            active: true,
            events: vec!["A".to_owned(), "B".to_owned()],
            raw: raw.as_object().unwrap().clone(),
        },
        ours: true,
        drift,
        gone_since: drift
            .filter(|drift| *drift == Drift::Gone)
            .map(|_| "2026-11-23T06:30:00.5Z".parse().unwrap()),
        leased: false,
    }
}

fn written(listed: &Listed, remarks: &[String]) -> Value {
    let account = account();
    let written = Written { account: &account, listed, deleted: false, remarks };
    serde_json::to_value(subscription(&written)).unwrap()
}

#[test]
fn a_line_for_programs_has_the_members_of_the_contract_in_their_order_and_no_secret() {
    let account = account();
    let listed = listed("whs-1", None);
    let written = Written { account: &account, listed: &listed, deleted: false, remarks: &[] };
    assert_eq!(
        serde_json::to_string(&subscription(&written)).unwrap(),
        r#"{"kind":"subscription","account":"acme-sandbox","provider":"avinode","id":"whs-1","name":"inspector","target":"https://dev.example.test/avinode","active":true,"events":["A","B"],"ours":true,"drift":null,"raw":{"id":"whs-1","clientSecret":"***","eventTypes":["A","B"]}}"#
    );
}

#[test]
fn what_is_beside_the_contract_is_there_only_when_there_is_something_to_say() {
    let gone = written(&listed("whs-1", Some(Drift::Gone)), &["a remark".to_owned()]);
    assert_eq!(gone["drift"], "gone");
    assert_eq!(gone["gone_since"], "2026-11-23T06:30:00.500Z");
    assert_eq!(gone["remarks"], json!(["a remark"]));
    assert_eq!(gone.get("leased"), None);
}

#[test]
fn people_get_columns_and_what_is_to_be_noted() {
    let account = account();
    let mut odd = listed("a\u{1b}[31m", Some(Drift::Elsewhere));
    odd.subscription.active = false;
    odd.subscription.name.clear();
    odd.leased = true;
    let all = [listed("whs-1", None), listed("whs-22", Some(Drift::Gone)), odd];
    let rows = all.iter().map(|listed| Written {
        account: &account,
        listed,
        deleted: false,
        remarks: &[],
    });
    let style = Style { colors: false, zone: TimeZone::UTC };
    let lines = [
        "active    whs-1   inspector  https://dev.example.test/avinode  A,B  ours",
        "active    whs-22  inspector  https://dev.example.test/avinode  A,B  ours, gone since \
         2026-11-23 06:30:00.500",
        "inactive  a␛[31m  -          https://dev.example.test/avinode  A,B  ours, leased, sends \
         elsewhere",
    ];
    assert_eq!(table(&style, &rows.collect::<Vec<_>>()), lines.join("\n"));
    assert_eq!(table(&style, &[]), "");
}
