//! What is doubtful about how endpoints and accounts fit together.

use crate::domain::account::{Account, Credentials, Matching, Tenant};
use crate::domain::endpoint::{Endpoint, PathPattern, Segment};
use crate::providers::accounts::Accounts;

/// What cannot work as it is configured, in sentences.
#[must_use]
pub fn doubts(endpoints: &[&Endpoint], accounts: &Accounts) -> Vec<String> {
    let of_endpoints = endpoints.iter().filter_map(|endpoint| of_endpoint(endpoint, accounts));
    let cannot_match = |account: &&Account| !is_matched(account, endpoints);
    let unmatched = accounts.iter().map(|account| &**account).filter(cannot_match).map(|account| {
        let name = &account.name;
        format!(
            "no delivery can be matched to the account {name}; give it match = {{ … }}, or an endpoint account = \"{name}\""
        )
    });
    of_endpoints.chain(unmatched).collect()
}

/// An endpoint of one provider that is for another provider's account.
fn of_endpoint(endpoint: &Endpoint, accounts: &Accounts) -> Option<String> {
    let (name, provider) = (&endpoint.name, endpoint.provider?);
    let account = accounts.named(endpoint.account.as_ref()?)?;
    let fits = accounts.of(Some(provider)).any(|fitting| fitting.name == account.name);
    (!fits).then(|| {
        let (account, other) = (&account.name, account.provider);
        format!("the endpoint {name} is for {provider}, its account {account} is of {other}")
    })
}

/// Whether there is anything that could tell that a delivery is the account's.
fn is_matched(account: &Account, endpoints: &[&Endpoint]) -> bool {
    let by_path = |endpoint: &&Endpoint| match (&endpoint.account, &endpoint.path) {
        (Some(name), _) => *name == account.name,
        (None, PathPattern::Any) => false,
        (None, PathPattern::Segments { segments, .. }) => {
            segments.iter().any(|segment| matches!(segment, Segment::Named(_)))
        }
    };
    let by_calls = match &account.credentials {
        Credentials::Avionte { tenant, .. } => matches!(tenant, Tenant::Id(_)),
        Credentials::Channex { property, .. } => property.is_some(),
        Credentials::AvinodeGroup { .. } => false,
    };
    account.matching != Matching::default() || by_calls || endpoints.iter().any(by_path)
}
