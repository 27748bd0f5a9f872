//! Who sent a delivery and what it means, from what the providers document.
//!
//! [`inspect`] is on the capture path: it is pure, it cannot fail, it reads the body once, and it
//! builds nothing of it but the few members that some provider is known by. What the documents do
//! not tell stays unknown. Checking the authentication itself is left to [`crate::verify`]; how
//! often an event came is for the store to say.
//!
//! Reading order: [`route`] (where a delivery arrived), [`members`] and [`envelope`] (what is read
//! of its body), [`provider`] (what each provider has to tell), then one file per provider, each a
//! table of its documented events and the rules to tell them; `generic` is anyone else.

pub mod route;
pub mod answer;
pub mod members;
pub mod envelope;
pub mod provider;
pub mod accounts;
pub mod api;
mod reply;
mod segment;
mod oauth2;
mod avinode_group;
mod schedaero;
mod avinode;
mod avionte;
mod channex;
mod generic;
pub mod sandbox;

use jiff::Timestamp;

use crate::domain::event::ProviderId;
use crate::domain::http::Request;
use crate::domain::inspection::Inspection;
use crate::domain::verdict::Verdict;
use crate::verify;

use api::Api;
use avinode::Avinode;
use avionte::Avionte;
pub use avionte::request_sheet::{Sheet, request_sheet};
use channex::Channex;
use envelope::Envelope;
use provider::{Confidence, EventType, Provider};
use route::Route;
use schedaero::Schedaero;

/// Every provider, in the order of lists and help.
pub const PROVIDERS: &[&dyn Provider] = &[&Avinode, &Schedaero, &Avionte, &Channex];

/// What a request is: who sent it, what it reports, whether its authentication holds.
///
/// `at` is when it arrived; staleness is judged by it. The provider that the endpoint is configured
/// for wins over what the request looks like.
#[must_use]
pub fn inspect(request: &Request, at: Timestamp, route: &Route) -> Inspection {
    let envelope = Envelope::of(&request.body);
    let provider = match route.endpoint.provider {
        Some(id) => by_id(id),
        None => recognize(&envelope),
    };
    let event = match provider {
        Some(provider) => provider.event(&envelope),
        None => generic::event(&envelope, request),
    };
    let received = route.received(at);
    Inspection {
        provider: provider.map(Provider::id),
        account: route.endpoint.account.clone(),
        event,
        verdict: verify::verify(request, &received, &route.scheme),
    }
}

/// What must never come again in a genuine delivery, if this one verified and its scheme has such a
/// thing. Whether it came before is for the store to say.
#[must_use]
pub fn nonce(
    request: &Request,
    at: Timestamp,
    verdict: &Verdict,
    route: &Route,
) -> Option<Vec<u8>> {
    let received = route.received(at);
    let is_verified = matches!(verdict, Verdict::Verified { .. });
    is_verified.then(|| verify::nonce(request, &received, &route.scheme))?
}

/// The provider of that id.
fn by_id(id: ProviderId) -> Option<&'static dyn Provider> {
    PROVIDERS.iter().copied().find(|provider| provider.id() == id)
}

/// The events that a subscription at that provider can ask for, as far as they are documented.
/// Marketplace and Schedaero have one API, and so the same subscriptions.
#[must_use]
pub fn catalogue(id: ProviderId) -> Vec<&'static EventType> {
    let group = match id {
        ProviderId::Avinode | ProviderId::Schedaero => {
            &[ProviderId::Avinode, ProviderId::Schedaero][..]
        }
        ProviderId::Avionte => &[ProviderId::Avionte],
        ProviderId::Channex => &[ProviderId::Channex],
    };
    group.iter().filter_map(|id| by_id(*id)).flat_map(Provider::events).collect()
}

/// How the API of a provider is spoken.
#[must_use]
pub fn api(id: ProviderId) -> &'static dyn Api {
    match id {
        ProviderId::Avinode => Avinode.api(),
        ProviderId::Schedaero => Schedaero.api(),
        ProviderId::Avionte => Avionte.api(),
        ProviderId::Channex => Channex.api(),
    }
}

/// The provider whose notification this most surely is.
fn recognize(envelope: &Envelope<'_>) -> Option<&'static dyn Provider> {
    let (_, provider) = PROVIDERS
        .iter()
        .map(|provider| (provider.recognizes(envelope), *provider))
        .filter(|(confidence, _)| *confidence > Confidence::No)
        .max_by_key(|(confidence, _)| *confidence)?;
    Some(provider)
}

#[cfg(test)]
mod tests;
