//! Whose a delivery is: the rules that match it to an account, in the order in which they are tried.
//!
//! First the path, which nobody but us decides; then who the credential names that verified; then
//! the tenant or the property that the body names. An account is never taken because it is the only
//! one. Where no rule matches, an [`Unmatched`] tells what was tried and what would match.

pub mod doubts;

use std::borrow::Cow;

use jiff::Timestamp;

use crate::domain::account::{Account, Credentials, Tenant};
use crate::domain::event::ProviderId;
use crate::domain::http::Request;
use crate::domain::name::AccountName;
use crate::domain::verdict::Verdict;
use crate::verify;

use super::accounts::Accounts;
use super::envelope::Envelope;
use super::members::{Member, members};
use super::route::Route;

/// A delivery, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) route: &'a Route,
    pub(super) request: &'a Request,
    /// When it arrived.
    pub(super) at: Timestamp,
    pub(super) envelope: &'a Envelope<'a>,
    pub(super) provider: Option<ProviderId>,
    pub(super) verdict: &'a Verdict,
}

/// A delivery that belongs to no account, though there are accounts of its provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// What was tried, in its order.
    pub tried: Vec<String>,
    /// The table of the config that lacks a line.
    pub table: &'static str,
    /// The line of TOML.
    pub line: String,
}

/// By what accounts are told apart beside the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Client,
    Tenant,
    Property,
}

impl Mark {
    /// Its key in the config.
    fn key(self) -> &'static str {
        match self {
            Self::Client => "client_id",
            Self::Tenant => "tenant_id",
            Self::Property => "property_id",
        }
    }

    /// What to call it.
    fn word(self) -> &'static str {
        match self {
            Self::Client => "client id",
            Self::Tenant => "tenant id",
            Self::Property => "property id",
        }
    }

    /// Whether the account has it with this value. The tenant or property that its own calls name
    /// holds where the config says nothing else.
    fn is_of(self, account: &Account, value: &str) -> bool {
        let matching = &account.matching;
        let (configured, of_calls) = match (self, &account.credentials) {
            (Self::Client, _) => (&matching.client_id, false),
            (Self::Tenant, Credentials::Avionte { tenant: Tenant::Id(id), .. }) => {
                (&matching.tenant_id, value.parse() == Ok(*id))
            }
            (Self::Tenant, _) => (&matching.tenant_id, false),
            (Self::Property, Credentials::Channex { property, .. }) => {
                (&matching.property_id, property.as_deref() == Some(value))
            }
            (Self::Property, _) => (&matching.property_id, false),
        };
        configured.as_deref().map_or(of_calls, |configured| configured == value)
    }
}

/// The account that the delivery belongs to.
pub(super) fn account(subject: &Subject<'_>, accounts: &Accounts) -> Option<AccountName> {
    let by_path = by_path(subject, accounts);
    if by_path.is_some() || accounts.of(subject.provider).next().is_none() {
        return by_path;
    }
    let having = |(mark, value): (Mark, Cow<'_, str>)| {
        let mut accounts = accounts.of(subject.provider);
        accounts.find(|account| mark.is_of(account, &value)).map(|account| account.name.clone())
    };
    // Finding out the client may mean to check a signature once more.
    let asks_client = |account: &Account| account.matching.client_id.is_some();
    if accounts.iter().any(|account| asks_client(account))
        && let Some(account) = client(subject).and_then(having)
    {
        return Some(account);
    }
    in_body(subject).find_map(having)
}

/// What was tried for a delivery that belongs to no account, if there are accounts that it could
/// belong to.
pub(super) fn unmatched(subject: &Subject<'_>, accounts: &Accounts) -> Option<Unmatched> {
    let names = accounts.of(Some(subject.provider?)).map(|account| account.name.as_str());
    let names = names.collect::<Vec<_>>();
    let (first, others) = names.split_first()?;
    let (client, in_body) = (client(subject), in_body(subject).collect::<Vec<_>>());
    let told = |(mark, value): &(Mark, Cow<'_, str>)| format!("{} {value}", mark.word());
    let mut tried = vec![format!("path {}", subject.request.path())];
    tried.push(client.as_ref().map_or_else(|| "no verified client id".to_owned(), told));
    tried.extend(in_body.iter().map(told));
    let (table, line) = match in_body.into_iter().next().or(client) {
        Some((mark, value)) => {
            ("account", format!("match = {{ {} = {} }}", mark.key(), written(mark, &value)))
        }
        None if others.is_empty() => ("endpoint", format!("account = {}", quoted(first))),
        None => ("endpoint", format!("account = {} # or {}", quoted(first), others.join(", "))),
    };
    Some(Unmatched { tried, table, line })
}

/// The account that the endpoint is for, or whose name stands in a named segment of the path. What
/// the body looks like plays no part.
fn by_path(subject: &Subject<'_>, accounts: &Accounts) -> Option<AccountName> {
    let endpoint = &subject.route.endpoint;
    let named_in_path = || {
        endpoint.path.named(subject.request.path()).find_map(|(_, text)| {
            let mut accounts = accounts.of(endpoint.provider);
            Some(accounts.find(|account| account.name.as_str() == text)?.name.clone())
        })
    };
    endpoint.account.clone().or_else(named_in_path)
}

/// Who the credential names that verified.
fn client<'a>(subject: &Subject<'a>) -> Option<(Mark, Cow<'a, str>)> {
    let Subject { route, request, at, verdict, .. } = *subject;
    let id = verify::client_id(request, &route.received(at), &route.scheme, verdict)?;
    Some((Mark::Client, Cow::Borrowed(id)))
}

/// What the body of a known provider names. The property in a payload may be another one than that
/// of the notification, which counts first.
fn in_body<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (Mark, Cow<'a, str>)> + use<'a> {
    let (envelope, provider) = (subject.envelope, subject.provider);
    let outer = match provider {
        Some(ProviderId::Avionte) => Some((Mark::Tenant, envelope.front_office_tenant_id)),
        Some(ProviderId::Channex) => Some((Mark::Property, envelope.property_id)),
        Some(ProviderId::Avinode | ProviderId::Schedaero) | None => None,
    };
    // A payload is read only where what stands beside it has not settled it.
    let inner = move |(mark, outer): (Mark, Member<'a>)| {
        let inner = match mark {
            Mark::Property => members(envelope.payload.json(), ["property_id"])[0],
            Mark::Tenant | Mark::Client => envelope.tenant_id,
        };
        (mark, if inner == outer { Member::default() } else { inner })
    };
    let each = outer.into_iter().chain(outer.into_iter().map(inner));
    each.filter_map(|(mark, member)| Some((mark, member.id()?)))
}

/// A value of the config: tenants are numbers where they can be.
fn written(mark: Mark, value: &str) -> String {
    let is_number = mark == Mark::Tenant && value.parse::<i64>().is_ok();
    if is_number { value.to_owned() } else { quoted(value) }
}

/// A string of TOML, whose escapes are those of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
