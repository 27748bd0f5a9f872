use std::collections::BTreeMap;

use jiff::Timestamp;

use super::remark;
use crate::domain::account::{Account, Bearer, Credentials, Matching};
use crate::domain::event::ProviderId;
use crate::domain::name::AccountName;
use crate::domain::secret::Secret;
use crate::domain::url::Url;

fn account(base_url: &str) -> Account {
    Account {
        name: AccountName::from("acme"),
        provider: ProviderId::Avinode,
        base_url: Url::parse(base_url).unwrap(),
        token_url: None,
        hosts: Vec::new(),
        paths: BTreeMap::new(),
        credentials: Credentials::AvinodeGroup {
            api_token: Secret::new("token"),
            bearer: Bearer::Token(Secret::new("bearer")),
            api_version: "v1.0".to_owned(),
            product: "hookscope".to_owned(),
            act_as_account: None,
        },
        matching: Matching::default(),
    }
}

fn span(from: &str, until: &str) -> (Timestamp, Timestamp) {
    (from.parse().unwrap(), until.parse().unwrap())
}

#[test]
fn a_rebuild_is_named_only_if_a_monday_morning_lies_between() {
    let sandbox = account("https://sandbox.avinode.com/api");
    // The 23rd of November 2026 is a Monday.
    for (from, until, probable) in [
        ("2026-11-20T12:00:00Z", "2026-11-24T09:00:00Z", true),
        ("2026-11-20T12:00:00Z", "2026-11-23T06:00:00Z", true),
        ("2026-11-23T07:30:00Z", "2026-11-23T07:45:00Z", true),
        ("2026-11-23T08:01:00Z", "2026-12-08T07:45:00Z", true),
        ("2026-11-20T12:00:00Z", "2026-11-23T05:59:59Z", false),
        ("2026-11-23T08:00:01Z", "2026-11-29T12:00:00Z", false),
    ] {
        let remark = remark(&sandbox, &[span(from, until)]);
        assert_eq!(remark.is_some(), probable, "{from} to {until}");
    }
}

#[test]
fn several_are_told_at_once() {
    let sandbox = account("https://sandbox.avinode.com/api");
    let over = span("2026-11-20T12:00:00Z", "2026-11-24T09:00:00Z");
    let within = span("2026-11-24T12:00:00Z", "2026-11-25T09:00:00Z");
    let told = remark(&sandbox, &[over, within, over]).unwrap();
    assert!(told.starts_with("2 subscriptions are gone: probably"), "{told}");
    assert_eq!(remark(&sandbox, &[within]), None);
    assert_eq!(remark(&sandbox, &[]), None);
}

#[test]
fn other_hosts_are_not_said_to_be_rebuilt() {
    for base_url in [
        "https://services.avinode.com/api",
        "https://sandbox.avinode.com.evil.test/api",
        "http://127.0.0.1:4000/api",
    ] {
        let gone = span("2026-11-01T00:00:00Z", "2026-11-24T00:00:00Z");
        assert_eq!(remark(&account(base_url), &[gone]), None, "{base_url}");
    }
}
