//! `[[account]]` as it stands in the file: which keys there are, and which of them the account's
//! provider takes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::mistake::suggestion;
use super::reading;
use super::secrets::SecretSource;
use crate::domain::account::{Matching, NotPermitted, Tenant, permitted};
use crate::domain::event::ProviderId;
use crate::domain::name::AccountName;
use crate::domain::url::{Host, Url};

/// What clients of the API are seen to send; its documents do not name a version.
const API_VERSION: &str = "v1.0";

/// Name and version in the form of the provider's own example.
const PRODUCT: &str = concat!("hookscope-v", env!("CARGO_PKG_VERSION"));

/// What the documents give for Front Office.
const SCOPE: &str = "avionte.aero.compasintegrationservice";

/// One account, with the places of its secrets.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Keys")]
pub struct Account {
    /// Its name.
    pub name: AccountName,
    /// The provider.
    pub provider: ProviderId,
    /// Where the provider's API begins.
    pub base_url: Url,
    /// Where a token is asked for.
    pub token_url: Option<Url>,
    /// The only hosts that the credentials are sent to.
    pub hosts: Vec<Host>,
    /// What proves to the provider who asks.
    pub credentials: Credentials,
    /// Where the provider's follow-ups are read that its documents know by name alone.
    pub paths: BTreeMap<String, String>,
    /// How deliveries are told to be this company's.
    pub matching: Matching,
}

/// The credentials of an account, with the places of their secrets.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the keys are those of the account itself, in domain")]
pub enum Credentials {
    AvinodeGroup {
        api_token: SecretSource,
        bearer: Bearer,
        api_version: String,
        product: String,
        act_as_account: Option<String>,
    },
    Avionte {
        api_key: SecretSource,
        client_id: String,
        client_secret: SecretSource,
        scope: String,
        tenant: Tenant,
    },
    Channex {
        api_key: SecretSource,
        property: Option<String>,
    },
}

/// Where a bearer token comes from.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the keys are those of the account itself, in domain")]
pub enum Bearer {
    Token(SecretSource),
    Client { id: String, secret: SecretSource },
}

impl Account {
    /// Every secret with the key that it is the value of.
    pub fn secret_sources(&self) -> Vec<(&'static str, &SecretSource)> {
        match &self.credentials {
            Credentials::AvinodeGroup { api_token, bearer, .. } => {
                let bearer = match bearer {
                    Bearer::Token(token) => ("bearer", token),
                    Bearer::Client { secret, .. } => ("client_secret", secret),
                };
                vec![("api_token", api_token), bearer]
            }
            Credentials::Avionte { api_key, client_secret, .. } => {
                vec![("api_key", api_key), ("client_secret", client_secret)]
            }
            Credentials::Channex { api_key, .. } => vec![("api_key", api_key)],
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    #[serde(deserialize_with = "reading::account_name")]
    name: AccountName,
    #[serde(deserialize_with = "reading::provider")]
    provider: ProviderId,
    #[serde(default, deserialize_with = "reading::url")]
    base_url: Option<Url>,
    #[serde(default, deserialize_with = "reading::url")]
    token_url: Option<Url>,
    #[serde(default, deserialize_with = "reading::hosts")]
    hosts: Option<Vec<Host>>,
    credentials: CredentialKeys,
    #[serde(default)]
    paths: BTreeMap<String, String>,
    #[serde(default, rename = "match")]
    matching: MatchKeys,
}

/// The keys of every provider; which of them an account takes follows from its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CredentialKeys {
    api_token: Option<SecretSource>,
    bearer: Option<SecretSource>,
    client_id: Option<String>,
    client_secret: Option<SecretSource>,
    api_key: Option<SecretSource>,
    scope: Option<String>,
    tenant_id: Option<i64>,
    tenant: Option<String>,
    product: Option<String>,
    api_version: Option<String>,
    act_as_account: Option<String>,
    property: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MatchKeys {
    #[serde(rename = "client_id")]
    client: Option<String>,
    #[serde(rename = "tenant_id", deserialize_with = "reading::word")]
    tenant: Option<String>,
    #[serde(rename = "property_id")]
    property: Option<String>,
}

/// What may be known of a provider's accounts.
struct Kind {
    /// The keys of `credentials`.
    credentials: &'static [&'static str],
    /// The keys of `match`.
    matching: &'static [&'static str],
    /// What the documents give as `base_url`.
    documented: &'static str,
}

fn kind(provider: ProviderId) -> Kind {
    const AVINODE_GROUP: &[&str] = &[
        "api_token",
        "bearer",
        "client_id",
        "client_secret",
        "product",
        "api_version",
        "act_as_account",
    ];
    match provider {
        ProviderId::Avinode => Kind {
            credentials: AVINODE_GROUP,
            matching: &["client_id"],
            documented: "https://sandbox.avinode.com/api for the sandbox",
        },
        ProviderId::Schedaero => Kind {
            credentials: AVINODE_GROUP,
            matching: &["client_id"],
            documented: "https://sandbox.avinode.com/api for the sandbox, with \
                         sandbox-schedaero.avinode.com among the hosts",
        },
        ProviderId::Avionte => Kind {
            credentials: &["api_key", "client_id", "client_secret", "scope", "tenant_id", "tenant"],
            matching: &["client_id", "tenant_id"],
            documented: "https://api.avionte.com/front-office/v1",
        },
        ProviderId::Channex => Kind {
            credentials: &["api_key", "property"],
            matching: &["client_id", "property_id"],
            documented: "https://staging.channex.io/api/v1 and https://app.channex.io/api/v1",
        },
    }
}

impl TryFrom<Keys> for Account {
    type Error = String;

    fn try_from(keys: Keys) -> Result<Self, String> {
        let Keys { name, provider, base_url, token_url, hosts, credentials, paths, matching } =
            keys;
        let wrong = |what: String| format!("account {name}: {what}");
        let kind = kind(provider);
        let base_url = base_url.ok_or_else(|| {
            wrong(format!("the key base_url is missing; documented is {}", kind.documented))
        })?;
        credentials.only(&kind, provider).map_err(wrong)?;
        let matching = matching.only(&kind, provider).map_err(wrong)?;
        let hosts = hosts.map_or_else(|| host_of(&base_url).map(|host| vec![host]), Ok);
        let hosts = hosts.map_err(wrong)?;
        let urls = [("base_url", Some(&base_url)), ("token_url", token_url.as_ref())];
        for (key, url) in urls.into_iter().filter_map(|(key, url)| Some((key, url?))) {
            within(&hosts, url).map_err(|what| wrong(format!("{key} {what}")))?;
        }
        if !paths.is_empty() && provider != ProviderId::Avionte {
            return Err(wrong(format!("{provider} takes no paths; only avionte does")));
        }
        let credentials = credentials.of(provider).map_err(wrong)?;
        Ok(Self { name, provider, base_url, token_url, hosts, credentials, paths, matching })
    }
}

fn host_of(url: &Url) -> Result<Host, String> {
    Host::parse(url.authority()).map_err(|error| format!("the host of base_url {error}"))
}

/// Continues the name of a key: a URL that credentials could never be sent to is a mistake.
fn within(hosts: &[Host], url: &Url) -> Result<(), String> {
    permitted(hosts, url).map_err(|refusal| match refusal {
        NotPermitted::HostNotListed { host } => {
            format!("is on {host}, which is not among the hosts of this account; add it to hosts")
        }
        NotPermitted::InTheClear { .. } => {
            "is http, and credentials are sent in the clear to this machine alone; use https"
                .to_owned()
        }
    })
}

impl CredentialKeys {
    /// Refuses keys that the provider has no use for.
    fn only(&self, kind: &Kind, provider: ProviderId) -> Result<(), String> {
        let given = [
            ("api_token", self.api_token.is_some()),
            ("bearer", self.bearer.is_some()),
            ("client_id", self.client_id.is_some()),
            ("client_secret", self.client_secret.is_some()),
            ("api_key", self.api_key.is_some()),
            ("scope", self.scope.is_some()),
            ("tenant_id", self.tenant_id.is_some()),
            ("tenant", self.tenant.is_some()),
            ("product", self.product.is_some()),
            ("api_version", self.api_version.is_some()),
            ("act_as_account", self.act_as_account.is_some()),
            ("property", self.property.is_some()),
        ];
        only("credentials", &given, kind.credentials, provider)
    }

    fn of(self, provider: ProviderId) -> Result<Credentials, String> {
        match provider {
            ProviderId::Avinode | ProviderId::Schedaero => {
                let bearer = match (self.bearer, self.client_id, self.client_secret) {
                    (Some(token), None, None) => Bearer::Token(token),
                    (None, Some(id), Some(secret)) => Bearer::Client { id, secret },
                    (None, Some(_), None) => return Err(missing("client_secret", provider)),
                    (None, None, Some(_)) => return Err(missing("client_id", provider)),
                    (Some(_), ..) => {
                        let what = "either bearer, or client_id and client_secret, and not both";
                        return Err(format!("credentials take {what}"));
                    }
                    (None, None, None) => {
                        return Err(missing("bearer, or client_id and client_secret", provider));
                    }
                };
                Ok(Credentials::AvinodeGroup {
                    api_token: self.api_token.ok_or_else(|| missing("api_token", provider))?,
                    bearer,
                    api_version: self.api_version.unwrap_or_else(|| API_VERSION.to_owned()),
                    product: self.product.unwrap_or_else(|| PRODUCT.to_owned()),
                    act_as_account: self.act_as_account,
                })
            }
            ProviderId::Avionte => Ok(Credentials::Avionte {
                api_key: self.api_key.ok_or_else(|| missing("api_key", provider))?,
                client_id: self.client_id.ok_or_else(|| missing("client_id", provider))?,
                client_secret: self
                    .client_secret
                    .ok_or_else(|| missing("client_secret", provider))?,
                scope: self.scope.unwrap_or_else(|| SCOPE.to_owned()),
                tenant: match (self.tenant_id, self.tenant) {
                    (Some(id), None) => Tenant::Id(id),
                    (None, Some(code)) => Tenant::Code(code),
                    (None, None) => return Err(missing("tenant_id or tenant", provider)),
                    (Some(_), Some(_)) => {
                        return Err("credentials take tenant_id or tenant, and not both".to_owned());
                    }
                },
            }),
            ProviderId::Channex => Ok(Credentials::Channex {
                api_key: self.api_key.ok_or_else(|| missing("api_key", provider))?,
                property: self.property,
            }),
        }
    }
}

impl MatchKeys {
    fn only(self, kind: &Kind, provider: ProviderId) -> Result<Matching, String> {
        let Self { client, tenant, property } = self;
        let given = [
            ("client_id", client.is_some()),
            ("tenant_id", tenant.is_some()),
            ("property_id", property.is_some()),
        ];
        only("match", &given, kind.matching, provider)?;
        Ok(Matching { client_id: client, tenant_id: tenant, property_id: property })
    }
}

fn only(
    table: &str,
    given: &[(&str, bool)],
    known: &[&str],
    provider: ProviderId,
) -> Result<(), String> {
    let mut given = given.iter().filter(|(_, is_given)| *is_given).map(|(key, _)| *key);
    match given.find(|key| !known.contains(key)) {
        None => Ok(()),
        Some(key) => {
            let instead = suggestion(key, known);
            Err(format!("{table} of {provider} have no use for the key {key}; {instead}"))
        }
    }
}

fn missing(key: &str, provider: ProviderId) -> String {
    format!("credentials of {provider} need the key {key}")
}
