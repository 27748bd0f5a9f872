//! The addresses of ours that an account's events can be sent to.

use crate::app::session::Session;
use crate::domain::account::Account;
use crate::domain::endpoint::{Endpoint, PathPattern, Segment};
use crate::domain::name::AccountName;

/// An address of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The endpoint that receives there.
    pub endpoint: String,
    /// The address as senders see it.
    pub url: String,
    /// Whether others than this machine can reach it, as far as the config tells.
    pub is_public: bool,
    /// Whether it is the address itself; else parts of its path only show how one looks.
    pub is_fixed: bool,
}

/// The addresses for an account, the most fitting first: those of its own endpoints, else those of
/// its provider's, else those that are nobody's.
#[must_use]
pub fn addresses(session: &Session, account: &Account) -> Vec<Address> {
    let of = |fits: &dyn Fn(&Endpoint) -> bool| {
        let endpoints = session.endpoints.iter().filter(|endpoint| fits(endpoint));
        endpoints.filter_map(|endpoint| address(session, endpoint, account)).collect::<Vec<_>>()
    };
    let nobodys = |endpoint: &Endpoint| endpoint.account.is_none();
    let own = of(&|endpoint| endpoint.account.as_ref() == Some(&account.name));
    if !own.is_empty() {
        return own;
    }
    let of_provider =
        of(&|endpoint| nobodys(endpoint) && endpoint.provider == Some(account.provider));
    if !of_provider.is_empty() {
        return of_provider;
    }
    of(&|endpoint| nobodys(endpoint) && endpoint.provider.is_none())
}

fn address(session: &Session, endpoint: &Endpoint, account: &Account) -> Option<Address> {
    let public = endpoint.public_url.as_deref().or(session.public_url.as_deref());
    let base = public.or(session.listening.as_deref())?.trim_end_matches('/');
    let path = endpoint.path.fixed().or_else(|| naming(&endpoint.path, &account.name));
    let is_fixed = path.is_some();
    let path = path.unwrap_or_else(|| endpoint.path.example());
    Some(Address {
        endpoint: endpoint.name.to_string(),
        url: format!("{base}{path}"),
        is_public: public.is_some(),
        is_fixed,
    })
}

/// The path with the account in its only named segment, by which its deliveries are told.
fn naming(path: &PathPattern, account: &AccountName) -> Option<String> {
    let PathPattern::Segments { segments, .. } = path else { return None };
    let is_named = |segment: &&Segment| matches!(segment, Segment::Named(_));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    if segments.iter().filter(is_named).count() != 1 || !account.as_str().chars().all(is_plain) {
        return None;
    }
    let words = segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text,
        Segment::Named(_) => account.as_str(),
    });
    Some(words.fold(String::new(), |path, word| path + "/" + word))
}

#[cfg(test)]
mod tests;
