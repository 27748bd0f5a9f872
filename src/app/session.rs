//! What is fixed for as long as the program runs.

use jiff::tz::TimeZone;

use crate::domain::endpoint::{Endpoint, PathPattern};
use crate::domain::http::Request;
use crate::domain::keep::Keep;
use crate::domain::name::EndpointName;
use crate::domain::record::Summary;
use crate::domain::url::Url;
use crate::providers::accounts::Accounts;

/// What the program was started with.
#[derive(Clone, Debug)]
pub struct Session {
    /// Where the listener answers (`http://127.0.0.1:4000`); none when a store is only opened.
    pub listening: Option<String>,
    /// What stands before a target as senders see it, where the endpoint does not say otherwise.
    pub public_url: Option<String>,
    /// The endpoints in the order of the config; empty when a store is only opened.
    pub endpoints: Vec<Endpoint>,
    /// The accounts in the order of the config.
    pub accounts: Accounts,
    /// Where the store lives, for people.
    pub store: String,
    /// How much the store keeps.
    pub keep: Keep,
    /// The zone of local times.
    pub zone: TimeZone,
    /// What may be set up; none where there is a config already, or nothing to set up.
    pub first_run: Option<FirstRun>,
}

/// What is found at a start without a config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstRun {
    /// The config that may be written.
    pub file: String,
    /// The names of the `.env` files beside it.
    pub env_files: Vec<String>,
}

impl Session {
    /// The URL that senders use for this request at that endpoint.
    #[must_use]
    pub fn url_of(&self, request: &Request, endpoint: &EndpointName) -> String {
        let configured = self.endpoints.iter().find(|known| known.name == *endpoint);
        let base = configured
            .and_then(|endpoint| endpoint.public_url.as_deref())
            .or(self.public_url.as_deref());
        with_target(base.or(self.listening.as_deref()), request)
    }

    /// Whether the delivery belongs to no account though there are accounts of its provider.
    #[must_use]
    pub fn misses_account(&self, row: &Summary) -> bool {
        let is_known = row.provider.is_some();
        row.account.is_none() && is_known && self.accounts.of(row.provider).next().is_some()
    }

    /// The URL that reaches the listener from this machine.
    #[must_use]
    pub fn local_url_of(&self, request: &Request) -> String {
        with_target(self.listening.as_deref(), request)
    }

    /// Whether others than this machine can reach the listener.
    #[must_use]
    pub fn is_open_to_network(&self) -> bool {
        let address = self.listening.as_deref().and_then(|address| Url::parse(address).ok());
        address.is_some_and(|address| !address.is_loopback())
    }

    /// The command of the first screen: what to type to send something here.
    #[must_use]
    pub fn example(&self) -> Option<String> {
        let base = self.listening.as_deref()?;
        let path = self.endpoints.first().map_or(&PathPattern::Any, |endpoint| &endpoint.path);
        let path = path.example();
        Some(format!("curl {base}{path} -d '{{\"hello\":\"world\"}}'"))
    }
}

/// Without a base, the request itself has to tell where it went.
fn with_target(base: Option<&str>, request: &Request) -> String {
    let target = request.target.as_str();
    if !target.starts_with('/') {
        return target.to_owned();
    }
    let base = base.map(|base| base.trim_end_matches('/').to_owned());
    let base = base.or_else(|| request.headers.text("host").map(|host| format!("http://{host}")));
    format!("{}{target}", base.unwrap_or_default())
}

#[cfg(test)]
mod tests;
