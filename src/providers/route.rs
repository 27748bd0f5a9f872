//! An endpoint with the scheme that its deliveries are checked by, and the table of them.
//!
//! They stand here and not in `domain` because a scheme belongs to `verify`.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::endpoint::Endpoint;
use crate::domain::name::EndpointName;
use crate::verify::scheme::{Received, Scheme};

use super::accounts::Accounts;

/// An endpoint and how its deliveries are authenticated.
#[derive(Clone, Debug)]
pub struct Route {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// How its deliveries are authenticated.
    pub scheme: Scheme,
}

impl Route {
    /// What a check of a request that arrived here then has to know beside it.
    #[must_use]
    pub fn received(&self, at: Timestamp) -> Received<'_> {
        Received { at, public_url: self.endpoint.public_url.as_deref() }
    }
}

/// All routes, in the order of the config. Without any, no path is taken; a listener that is to
/// take every path has the one route of [`Endpoint::any_path`]. With them stand the accounts that
/// their deliveries are matched to.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    routes: Vec<Arc<Route>>,
    accounts: Accounts,
}

impl Routes {
    /// Routes in the order in which they are tried.
    #[must_use]
    pub fn new(routes: Vec<Route>) -> Self {
        let routes = routes.into_iter().map(Arc::new).collect();
        Self { routes, accounts: Accounts::default() }
    }

    /// The same routes, with deliveries matched to these accounts.
    #[must_use]
    pub fn with_accounts(self, accounts: Accounts) -> Self {
        Self { accounts, ..self }
    }

    /// The accounts that deliveries are matched to.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The first route that takes this path. Shared, so that a request can hold on to its route.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&Arc<Route>> {
        self.routes.iter().find(|route| route.endpoint.path.matches(path))
    }

    /// The route of the endpoint with this name.
    #[must_use]
    pub fn named(&self, name: &EndpointName) -> Option<&Route> {
        self.iter().find(|route| route.endpoint.name == *name)
    }

    /// All routes in order.
    pub fn iter(&self) -> impl Iterator<Item = &Route> + Clone {
        self.routes.iter().map(|route| &**route)
    }
}

#[cfg(test)]
mod tests;
