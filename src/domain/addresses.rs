//! The addresses at which senders reach our endpoints, as far as they are configured.

use super::endpoint::{Endpoint, PathPattern};
use super::name::{AccountName, EndpointName};
use super::url::Url;

/// The addresses of all endpoints, in the order in which the endpoints are tried.
#[derive(Clone, Debug, Default)]
pub struct Addresses(Vec<Address>);

#[derive(Clone, Debug)]
struct Address {
    endpoint: EndpointName,
    account: Option<AccountName>,
    path: PathPattern,
    /// What stands before the path; none if nobody said.
    base: Option<Url>,
}

impl Addresses {
    /// The addresses of these endpoints. Each has the public URL that holds for it.
    pub fn of<'a>(endpoints: impl IntoIterator<Item = &'a Endpoint>) -> Self {
        let address = |endpoint: &Endpoint| Address {
            endpoint: endpoint.name.clone(),
            account: endpoint.account.clone(),
            path: endpoint.path.clone(),
            base: endpoint.public_url.as_deref().and_then(|url| Url::parse(url).ok()),
        };
        Self(endpoints.into_iter().map(address).collect())
    }

    /// The endpoint that what is sent to this address arrives at, if it is known to arrive at one.
    #[must_use]
    pub fn endpoint_at(&self, target: &str) -> Option<&EndpointName> {
        let target = Url::parse(target).ok()?;
        self.0.iter().find(|address| address.takes(&target)).map(|address| &address.endpoint)
    }

    /// Whether what is sent to this address surely does not come here. As long as the address of one
    /// endpoint is unknown, nobody can tell.
    #[must_use]
    pub fn are_all_other_than(&self, target: &str) -> bool {
        let all_known = self.0.iter().all(|address| address.base.is_some());
        all_known && !self.0.is_empty() && self.endpoint_at(target).is_none()
    }

    /// The endpoint for this account's deliveries.
    #[must_use]
    pub fn endpoint_of(&self, account: &AccountName) -> Option<&EndpointName> {
        self.address_of(account).map(|address| &address.endpoint)
    }

    /// That of the endpoint which names the account, else that of the one which names none.
    fn address_of(&self, account: &AccountName) -> Option<&Address> {
        let named = self.0.iter().find(|address| address.account.as_ref() == Some(account));
        named.or_else(|| match &self.0[..] {
            [only] if only.account.is_none() => Some(only),
            _ => None,
        })
    }
}

impl Address {
    fn takes(&self, target: &Url) -> bool {
        let Some(base) = &self.base else { return false };
        let (prefix, path) = (path_of(base).trim_end_matches('/'), path_of(target));
        let is_same_host = base.is_https() == target.is_https()
            && base.host() == target.host()
            && base.port() == target.port();
        let behind = path.strip_prefix(prefix).filter(|path| path.starts_with('/'));
        is_same_host && behind.is_some_and(|path| self.path.matches(path))
    }
}

fn path_of(url: &Url) -> &str {
    url.target().split('?').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
