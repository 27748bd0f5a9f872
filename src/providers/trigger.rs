//! A sample as a call: at a URL, with changes, signed as an endpoint's deliveries are checked.

use jiff::Timestamp;

use crate::domain::attempt::Call;
use crate::domain::edit::{Edit, EditError, edited};
use crate::domain::endpoint::Endpoint;
use crate::domain::event::ProviderId;
use crate::domain::http::Request;
use crate::domain::url::Url;
use crate::verify;
use crate::verify::signing::{CannotSign, Signing};

use super::route::{Route, Routes};
use super::samples::{Content, Sample};

/// What is to be sent.
#[derive(Clone, Debug)]
pub struct Trigger<'a> {
    /// The sample.
    pub sample: &'a Sample,
    /// With its data or without.
    pub content: Content,
    /// Changes to its body.
    pub edits: &'a [Edit],
    /// Where to.
    pub url: Url,
    /// The endpoint whose scheme signs it; without one it goes unsigned.
    pub route: Option<&'a Route>,
    /// What stands before the target as the receiver knows it, for signatures over the URL; without
    /// it, the address that it goes to.
    pub public_url: Option<&'a str>,
}

/// Why a sample cannot be sent so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TriggerError {
    /// A change cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The endpoint's scheme cannot sign it.
    #[error("the sample cannot be signed: {0}")]
    Signing(#[from] CannotSign),
}

impl Trigger<'_> {
    /// The call, signed at that time. `fresh` is a text that was not used before.
    ///
    /// # Errors
    /// When a change cannot be made, or the scheme cannot sign.
    pub fn call(&self, at: Timestamp, fresh: &str) -> Result<Call, TriggerError> {
        let whole = self.sample.request(self.content, self.url.target(), self.url.authority());
        let body = edited(&whole.body, self.edits)?.into();
        let request = Request { body, ..whole };
        let origin = self.url.origin();
        let public_url = Some(self.public_url.unwrap_or(&origin));
        let signing = Signing { at, nonce: fresh, id: Some(fresh), public_url };
        let signed = self.route.map(|route| verify::signed(&request, &signing, &route.scheme));
        let request = signed.transpose()?.unwrap_or(request);
        // Schemes that sign within the query change the target.
        let url = self.url.with_target(&request.target).unwrap_or_else(|_| self.url.clone());
        Ok(Call::of(url, request))
    }
}

/// The endpoint that a provider's samples are for, if none is named: one of that provider, else one
/// that recognizes who sent, else the first.
#[must_use]
pub fn endpoint_for<'a>(
    mut endpoints: impl Iterator<Item = &'a Endpoint> + Clone,
    provider: ProviderId,
) -> Option<&'a Endpoint> {
    let of = |wanted| endpoints.clone().find(|endpoint| endpoint.provider == wanted);
    of(Some(provider)).or_else(|| of(None)).or_else(|| endpoints.next())
}

/// The same with how it checks.
#[must_use]
pub fn route_for(routes: &Routes, provider: ProviderId) -> Option<&Route> {
    let endpoints = routes.iter().map(|route| &route.endpoint);
    routes.named(&endpoint_for(endpoints, provider)?.name)
}

#[cfg(test)]
mod tests;
