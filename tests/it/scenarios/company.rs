//! A company whose account is known, with what it receives and fetches.

use std::time::Duration;

use bytes::Bytes;
use hookscope::domain::account::{Account, Bearer, Credentials, Matching};
use hookscope::domain::attempt::{Attempt, Call, Outcome, Purpose, Response, Timing};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::event::{ProviderId, Resource};
use hookscope::domain::headers::Headers;
use hookscope::domain::name::AccountName;
use hookscope::domain::record::Record;
use hookscope::domain::secret::Secret;
use hookscope::domain::url::{Host, Url};
use http::StatusCode;

use super::stage::at;

/// The delivery as one of that company; its body mentions two addresses.
pub(crate) fn linked(mut record: Record) -> Record {
    let id = record.id;
    let href = format!("https://sandbox.avinode.com/api/rfqs/arfq-{id}");
    let body = format!(
        r#"{{"type":"rfqs","href":"{href}","note":"https://other.test/{id}","legs":2,"pax":4}}"#
    );
    record.delivery.request.body = Bytes::from(body);
    record.inspection.account = Some(AccountName::from("acme"));
    record.inspection.provider = Some(ProviderId::Avinode);
    record.inspection.event.resource = Some(Resource {
        kind: Some("rfqs".to_owned()),
        id: Some(format!("arfq-{id}")),
        href: Some(href),
    });
    record
}

/// The account of that company.
pub(crate) fn account() -> Account {
    Account {
        name: AccountName::from("acme"),
        provider: ProviderId::Avinode,
        base_url: Url::parse("https://sandbox.avinode.com/api").expect("an address"),
        token_url: None,
        hosts: vec![Host::parse("sandbox.avinode.com").expect("a host")],
        credentials: Credentials::AvinodeGroup {
            api_token: Secret::new(""),
            bearer: Bearer::Token(Secret::new("")),
            api_version: "v1.0".to_owned(),
            product: "hookscope".to_owned(),
            act_as_account: None,
        },
        matching: Matching::default(),
        paths: std::collections::BTreeMap::new(),
    }
}

/// A fetch of that address that was answered, as the attempt of that number.
pub(crate) fn fetched(id: i64, delivery: DeliveryId, url: &Url) -> Attempt {
    Attempt {
        delivery: Some(delivery),
        account: Some(AccountName::from("acme")),
        purpose: Purpose::Fetch,
        call: Call::new(http::Method::GET, url.clone(), Headers::default()),
        started_at: at(id),
        timing: Timing { total: Duration::from_millis(120), ..Timing::default() },
        outcome: Outcome::Answered(Response {
            status: StatusCode::OK,
            headers: Headers::from_pairs([("Content-Type", "application/json")]),
            body: Bytes::from(format!(r#"{{"attempt":{id},"next":"https://other.test/next"}}"#)),
        }),
    }
}
