//! What else is told of a delivery of Avionté: its tenant, whether its resource can be read, and
//! whether it came from the documented address.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde::de::IgnoredAny;

use crate::domain::delivery::Delivery;
use crate::domain::headers::{Field, Headers};
use crate::providers::about::{About, known};
use crate::providers::members::{Member, members};

/// Where deliveries come from, by the newer of the two pages on webhooks.
const SOURCE: IpAddr = IpAddr::V4(Ipv4Addr::new(52, 200, 5, 50));

/// What is told beside the inspection.
pub(super) fn about(delivery: &Delivery) -> About {
    let body = &delivery.request.body;
    let names = ["FrontOfficeTenantId", "TenantId", "DeduplicationId", "Resource"];
    let [front_office, tenant, deduplication, resource] = members(body, names);
    let fields = [("tenant", front_office), ("tenant", tenant), ("deduplication", deduplication)];
    let remarks = unreadable(resource).map(str::to_owned).into_iter();
    let remarks = remarks.chain(elsewhere(delivery.peer, &delivery.request.headers)).collect();
    About { fields: known(fields), remarks, ..About::default() }
}

/// What is wrong with the string that should hold JSON.
fn unreadable(resource: Member<'_>) -> Option<&'static str> {
    let is_string = resource.json().starts_with(b"\"");
    let text = resource.text().unwrap_or_default();
    if !is_string || serde_json::from_str::<IgnoredAny>(&text).is_ok() {
        None
    } else if text.is_empty() {
        Some("Resource is empty")
    } else {
        Some("Resource is not valid JSON, so it is shown as it was sent")
    }
}

/// What there is to say where the delivery did not come from the documented address. A proxy or a
/// tunnel on this machine hides it; then only what that has written down can be told.
fn elsewhere(peer: SocketAddr, headers: &Headers) -> Option<String> {
    let address = peer.ip().to_canonical();
    if !address.is_loopback() {
        return (address != SOURCE).then(|| {
            format!(
                "it came from {address}, not from Avionté's documented address {SOURCE} (a tunnel or a proxy changes this)"
            )
        });
    }
    let forwarded = forwarded_for(headers).filter(|address| *address != SOURCE)?;
    Some(format!(
        "X-Forwarded-For ends in {forwarded}, not in Avionté's documented address {SOURCE} (anyone can write that header)"
    ))
}

/// The last address that a proxy has written down.
fn forwarded_for(headers: &Headers) -> Option<IpAddr> {
    let is_one = |field: &&Field| field.name.eq_ignore_ascii_case(b"X-Forwarded-For");
    let last = headers.iter().rfind(is_one)?;
    let last = std::str::from_utf8(&last.value).ok()?.rsplit(',').next()?.trim();
    Some(last.parse::<IpAddr>().ok()?.to_canonical())
}

#[cfg(test)]
mod tests;
