use bytes::Bytes;
use http::Method;
use jiff::Timestamp;

use super::super::fixture;
use super::links;
use crate::domain::account::Account;
use crate::domain::endpoint::Endpoint;
use crate::domain::event::ProviderId;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::providers::accounts::Accounts;
use crate::providers::inspect;
use crate::providers::route::Route;
use crate::verify::scheme::Scheme;

/// The labels and addresses of a notification with this body.
fn links_of(account: &Account, body: &str) -> Vec<(String, Result<String, String>)> {
    let request = Request {
        method: Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::default(),
        body: Bytes::copy_from_slice(body.as_bytes()),
    };
    let endpoint = Endpoint { provider: Some(account.provider), ..Endpoint::any_path(None) };
    let route = Route { endpoint, scheme: Scheme::Open };
    let event = inspect(&request, Timestamp::UNIX_EPOCH, &route, &Accounts::default()).event;
    let links = links(account, &request, &event);
    links.into_iter().map(|link| (link.label, link.url.map(|url| url.to_string()))).collect()
}

fn expected<const N: usize>(links: [(&str, &str); N]) -> Vec<(String, Result<String, String>)> {
    links.map(|(label, url)| (label.to_owned(), Ok(url.to_owned()))).into()
}

#[test]
fn the_address_is_used_as_it_was_sent_and_never_built_from_the_id() {
    let body = r#"{"id":"asellermsg-1","href":"https://services.avinode.com/api/tripmsgs/asellermsg-2?a=%2f","type":"tripmsgs"}"#;
    let sent = "https://services.avinode.com/api/tripmsgs/asellermsg-2?a=%2f";
    assert_eq!(links_of(&fixture::account(), body), expected([("tripmsgs", sent)]));
}

#[test]
fn a_request_for_quotes_leads_to_all_those_of_its_trip() {
    let href = "https://sandbox.avinode.com/api/rfqs/arfq-1";
    let all = |id| format!("https://sandbox.avinode.com/api/rfqs/{id}");
    for (trip, id) in [
        (r#""A1B2C3""#, Some("A1B2C3")),
        ("12", Some("12")),
        (r#""../a?b#ü""#, Some("..%2Fa%3Fb%23%C3%BC")),
        (r#""..""#, None),
        (r#""""#, None),
        ("null", None),
        (r#"{"id":"A"}"#, None),
    ] {
        let body = format!(r#"{{"id":"arfq-1","href":"{href}","type":"rfqs","tripId":{trip}}}"#);
        let mut links = expected([("rfqs", href)]);
        links.extend(id.map(|id| ("all rfqs of the trip".to_owned(), Ok(all(id)))));
        assert_eq!(links_of(&fixture::account(), &body), links, "{trip}");
    }
    let message =
        format!(r#"{{"id":"abuyermsg-1","href":"{href}","type":"tripmsgs","tripId":"A"}}"#);
    assert_eq!(links_of(&fixture::account(), &message), expected([("tripmsgs", href)]));
}

#[test]
fn an_address_of_schedaero_is_on_its_own_host_beside_the_one_of_the_settings() {
    let account = Account { provider: ProviderId::Schedaero, ..fixture::account() };
    let body = r#"{"type":"SchedAeroContacts","id":"contact-1","href":"https://sandbox-schedaero.avinode.com/api/contacts/people/contact-1","platformTripId":null}"#;
    let href = "https://sandbox-schedaero.avinode.com/api/contacts/people/contact-1";
    assert_eq!(links_of(&account, body), expected([("contacts", href)]));
}

#[test]
fn without_an_address_that_can_be_called_the_reason_is_told() {
    let missing = "the notification carries no address: href is empty or missing; Avinode demands \
                   that href be used, so nothing is guessed";
    for (href, reason) in [
        (r#""""#, missing),
        ("null", missing),
        ("7", missing),
        (r#""/api/rfqs/1""#, "the address in href is relative: it names no host"),
        (
            r#""https://user:pw@sandbox.avinode.com/api""#,
            "the address in href carries a user name, which an address of a provider never does",
        ),
        (r#""ftp://sandbox.avinode.com/x""#, "the address in href is neither http nor https"),
        (r#""https://a b/""#, "the address in href cannot be read"),
    ] {
        let body = format!(r#"{{"id":"el-1","href":{href},"type":"emptylegs"}}"#);
        let found = links_of(&fixture::account(), &body);
        assert_eq!(found, [("emptylegs".to_owned(), Err(reason.to_owned()))], "{href}");
    }
    for body in ["", "[1]", "{}", "{\"id\":"] {
        let found = links_of(&fixture::account(), body);
        assert_eq!(found, [("resource".to_owned(), Err(missing.to_owned()))], "{body}");
    }
}
