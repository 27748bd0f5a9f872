//! What can be read about a notification.

use crate::domain::account::Account;
use crate::domain::event::{Event, Resource};
use crate::domain::http::Request;
use crate::domain::url::Url;
use crate::providers::api::Link;
use crate::providers::members::members;
use crate::providers::segment::segment;

/// The resource of the notification, and for a request for quotes all those of its trip.
pub(super) fn links(account: &Account, request: &Request, event: &Event) -> Vec<Link> {
    let none = Resource::default();
    let resource = event.resource.as_ref().unwrap_or(&none);
    let label = resource.kind.clone().unwrap_or_else(|| "resource".to_owned());
    let of_trip = (label == "rfqs").then(|| rfqs_of_trip(account, request)).flatten();
    let first = Link { label, url: address(resource) };
    [Some(first), of_trip].into_iter().flatten().collect()
}

/// The address as it was sent. It is never built: the documents forbid it, and in one of their
/// samples the id and the end of the address differ.
fn address(resource: &Resource) -> Result<Url, String> {
    let Some(href) = &resource.href else {
        return Err(
            "the notification carries no address: href is empty or missing; Avinode demands \
                    that href be used, so nothing is guessed"
                .to_owned(),
        );
    };
    Url::parse(href).map_err(|error| format!("the address in href {error}"))
}

/// `GET /rfqs/{tripId}`, which the documents have beside the notification's own address. Older
/// notifications have no `tripId`.
fn rfqs_of_trip(account: &Account, request: &Request) -> Option<Link> {
    let [trip] = members(&request.body, ["tripId"]);
    let url = account.base_url.join(&format!("/rfqs/{}", segment(&trip.id()?).ok()?)).ok()?;
    Some(Link { label: "all rfqs of the trip".to_owned(), url: Ok(url) })
}

#[cfg(test)]
mod tests;
