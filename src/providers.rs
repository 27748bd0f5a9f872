//! Who sent a delivery and what it means, from what the providers document.
//!
//! [`inspect`] is on the capture path: it is pure, it cannot fail, it reads the body once, and it
//! builds nothing of it but the few members that some provider is known by. What the documents do
//! not tell stays unknown. Checking the authentication itself is left to [`crate::verify`]; how
//! often an event came is for the store to say.
//!
//! Reading order: [`accounts`] and [`route`] (where a delivery arrived), [`members`] and [`envelope`]
//! (what is read of its body), [`provider`] (what each provider has to tell), then one file per
//! provider, each a table of its documented events and the rules to tell them; `generic` is anyone
//! else. [`matching`] tells whose a delivery is; [`mod@about`] and [`asked`] are for whoever opens
//! one.

pub mod accounts;
pub mod route;
pub mod answer;
pub mod members;
pub mod envelope;
pub mod matching;
pub mod about;
pub mod asked;
pub mod provider;
pub mod api;
mod reply;
mod segment;
mod oauth2;
pub mod rules;
pub mod samples;
pub mod trigger;
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
use crate::domain::name::AccountName;
use crate::domain::record::Record;
use crate::domain::verdict::Verdict;
use crate::verify;

use about::About;
use accounts::Accounts;
use api::Api;
use avinode::Avinode;
use avionte::Avionte;
pub use avionte::request_sheet::{Sheet, request_sheet};
use channex::Channex;
use envelope::Envelope;
use matching::Subject;
use provider::{Confidence, EventType, Provider};
use route::Route;
use schedaero::Schedaero;

/// Every provider, in the order of lists and help.
pub const PROVIDERS: &[&dyn Provider] = &[&Avinode, &Schedaero, &Avionte, &Channex];

/// What a request is: who sent it, what it reports, whether its authentication holds, whose it is.
///
/// `at` is when it arrived; staleness is judged by it. The provider that the endpoint is configured
/// for wins over what the request looks like.
#[must_use]
pub fn inspect(request: &Request, at: Timestamp, route: &Route, accounts: &Accounts) -> Inspection {
    let envelope = Envelope::of(&request.body);
    let provider = match route.endpoint.provider {
        Some(id) => by_id(id),
        None => recognize(&envelope),
    };
    let event = match provider {
        Some(provider) => provider.event(&envelope),
        None => generic::event(&envelope, request),
    };
    let provider = provider.map(Provider::id);
    let verdict = verify::verify(request, &route.received(at), &route.scheme);
    let subject = Subject { route, request, at, envelope: &envelope, provider, verdict: &verdict };
    let account = matching::account(&subject, accounts);
    Inspection { provider, account, event, verdict }
}

/// The account that a delivery from before belongs to by the accounts of today, with this verdict.
#[must_use]
pub fn account(
    record: &Record,
    verdict: &Verdict,
    route: &Route,
    accounts: &Accounts,
) -> Option<AccountName> {
    let envelope = Envelope::of(&record.delivery.request.body);
    matching::account(&subject(record, verdict, route, &envelope), accounts)
}

/// What is told of a delivery to whoever opens it, beside its inspection. Where it arrived is told
/// by `route`, if that still is configured.
#[must_use]
pub fn about(record: &Record, route: Option<&Route>, accounts: &Accounts) -> About {
    let Inspection { provider, account, verdict, .. } = &record.inspection;
    let about = provider.and_then(by_id).map(|provider| provider.about(&record.delivery));
    let unmatched = route.filter(|_| account.is_none()).and_then(|route| {
        let envelope = Envelope::of(&record.delivery.request.body);
        matching::unmatched(&subject(record, verdict, route, &envelope), accounts)
    });
    let route = route.filter(|route| route.endpoint.answered_by_app.is_none());
    let answer = route.map(|route| answer::answer(&record.delivery.request, verdict, route).0);
    About { answer, unmatched, ..about.unwrap_or_default() }
}

/// Whether the same body again means that the same event came again. Without an id or a time in it,
/// it may as well be about another change of the same thing.
#[must_use]
pub fn repeats_are_certain(provider: Option<ProviderId>) -> bool {
    !matches!(provider, Some(ProviderId::Avinode | ProviderId::Schedaero))
}

fn subject<'a>(
    record: &'a Record,
    verdict: &'a Verdict,
    route: &'a Route,
    envelope: &'a Envelope<'a>,
) -> Subject<'a> {
    let (request, at) = (&record.delivery.request, record.delivery.received_at);
    Subject { route, request, at, envelope, provider: record.inspection.provider, verdict }
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
mod fixture;
#[cfg(test)]
mod tests;
