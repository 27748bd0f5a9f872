//! An account: the credentials of one company at one provider, and the hosts they may go to.

use std::collections::BTreeMap;

use super::event::ProviderId;
use super::name::AccountName;
use super::secret::Secret;
use super::url::{Host, Url};

/// One company at one provider, in one environment of it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its name in the config.
    pub name: AccountName,
    /// The provider.
    pub provider: ProviderId,
    /// Where the provider's API begins (`https://sandbox.avinode.com/api`), without a final slash.
    pub base_url: Url,
    /// Where a token is asked for, if not where the provider's documents say.
    pub token_url: Option<Url>,
    /// The only hosts that the credentials are sent to.
    pub hosts: Vec<Host>,
    /// Paths behind `base_url` of resources that the provider's documents name without their path
    /// (`placement` = `placement/{id}`), by what the provider's links call them.
    pub paths: BTreeMap<String, String>,
    /// What proves to the provider who asks.
    pub credentials: Credentials,
    /// How deliveries are told to be this company's.
    pub matching: Matching,
}

impl Account {
    /// Whether its credentials may be sent to this address: to a listed host, and in the clear to
    /// this machine alone.
    ///
    /// # Errors
    /// When they may not, with the reason.
    pub fn permits(&self, url: &Url) -> Result<(), NotPermitted> {
        permitted(&self.hosts, url)
    }
}

/// Whether credentials for these hosts may be sent to this address.
///
/// # Errors
/// When they may not, with the reason.
pub fn permitted(hosts: &[Host], url: &Url) -> Result<(), NotPermitted> {
    if !hosts.iter().any(|host| host.is_of(url)) {
        return Err(NotPermitted::HostNotListed { host: url.authority().to_owned() });
    }
    if !url.is_https() && !url.is_loopback() {
        return Err(NotPermitted::InTheClear { host: url.authority().to_owned() });
    }
    Ok(())
}

/// Why credentials are not sent to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPermitted {
    /// The host is not among those of the account.
    HostNotListed {
        /// The host that is asked for.
        host: String,
    },
    /// The address is http, and not of this machine.
    InTheClear {
        /// The host that is asked for.
        host: String,
    },
}

/// What proves to a provider who asks. Which of them an account has follows from its provider.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// Avinode Marketplace and Schedaero.
    AvinodeGroup {
        /// Names the application (`X-Avinode-ApiToken`).
        api_token: Secret,
        /// Names the company.
        bearer: Bearer,
        /// `X-Avinode-ApiVersion`.
        api_version: String,
        /// `X-Avinode-Product`: name and version of the application.
        product: String,
        /// `X-Avinode-ActAsAccount`: on whose behalf calls are made.
        act_as_account: Option<String>,
    },
    /// Avionté.
    Avionte {
        /// `X-api-key`.
        api_key: Secret,
        /// The client of the token endpoint.
        client_id: String,
        /// Its secret.
        client_secret: Secret,
        /// What the token is asked for.
        scope: String,
        /// Which of the company's tenants is meant; one of the two headers is required.
        tenant: Tenant,
    },
    /// Channex.
    Channex {
        /// `user-api-key`.
        api_key: Secret,
        /// The property that new subscriptions are for.
        property: Option<String>,
    },
}

/// Where a bearer token comes from.
#[derive(Clone, Debug)]
pub enum Bearer {
    /// It is configured.
    Token(Secret),
    /// It is fetched by OAuth 2.0 client credentials and kept in memory until it expires.
    Client {
        /// The client.
        id: String,
        /// Its secret.
        secret: Secret,
    },
}

/// How a tenant of Avionté is named in calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tenant {
    /// By number (`FrontOfficeTenantId`), which is preferred.
    Id(i64),
    /// By a code of 3 to 12 characters (`Tenant`).
    Code(String),
}

/// How a delivery is told to be a company's when the path of the endpoint does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    /// The user name, consumer key or key id of the credential that verified.
    pub client_id: Option<String>,
    /// `FrontOfficeTenantId` or `TenantId` of Avionté.
    pub tenant_id: Option<String>,
    /// `property_id` of Channex.
    pub property_id: Option<String>,
}

#[cfg(test)]
mod tests;
