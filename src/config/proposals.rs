//! Entries of the config that the names of environment variables suggest.
//!
//! A name is taken for the secret of a sender if it holds the name of a recipe, and words that tell
//! what it is for. What proves hookscope to a provider's API is known by the names of the config.

use crate::domain::event::ProviderId;
use crate::domain::proposal::{Proposal, Table};
use crate::verify::catalog::{Catalog, Listing};

/// Recipes that are named after no sender.
const WAYS: &[&str] = &[
    "none",
    "header",
    "basic",
    "bearer",
    "oauth1",
    "http_message_signatures",
    "shared_secret",
    "api_key",
    "jwt_bearer",
];

/// Words that tell that a secret is for webhooks, and not for calling the sender.
const OF_WEBHOOKS: &[&str] =
    &["WEBHOOK", "WEBHOOKS", "HOOK", "HOOKS", "SIGNING", "SIGNATURE", "HMAC"];

/// Words for a secret.
const SECRETS: &[&str] = &["SECRET", "KEY", "TOKEN"];

/// Words that are neither, but tell what a secret is for and not whose it is.
const OTHERS: &[&str] = &["PUBLIC", "VERIFICATION", "API", "APP", "AUTH", "CHANNEL", "CLIENT"];

/// What a variable does not hold the secret itself for, if it ends so.
const ELSEWHERE: &[&str] = &["FILE", "PATH", "URL", "ID", "ARN"];

/// Senders that sign with a secret which has other uses too, and what they call it.
const NAMED: &[(&str, &[&str])] = &[
    ("hubspot", &["CLIENT", "SECRET"]),
    ("line", &["CHANNEL", "SECRET"]),
    ("meta", &["APP", "SECRET"]),
    ("sentry", &["CLIENT", "SECRET"]),
    ("shopify", &["API", "SECRET"]),
    ("shopify", &["CLIENT", "SECRET"]),
    ("twilio", &["AUTH", "TOKEN"]),
];

/// The secrets of an account, by the keys of the config.
const CREDENTIALS: &[(ProviderId, &[&str])] = &[
    (ProviderId::Avinode, &["api_token", "bearer", "client_secret"]),
    (ProviderId::Schedaero, &["api_token", "bearer", "client_secret"]),
    (ProviderId::Avionte, &["api_key", "client_secret"]),
    (ProviderId::Channex, &["api_key"]),
];

/// What these names suggest, in their order. Names of the same endpoint or account come together.
#[must_use]
pub fn proposals<'a>(names: impl IntoIterator<Item = &'a str>, catalog: &Catalog) -> Vec<Proposal> {
    let mut proposals = Vec::<Proposal>::new();
    for guess in
        names.into_iter().filter_map(|name| account(name).or_else(|| endpoint(name, catalog)))
    {
        let same = |known: &&mut Proposal| known.table == guess.table && known.name == guess.name;
        match proposals.iter_mut().find(same) {
            Some(known) => known.add(guess.values),
            None => proposals.push(guess),
        }
    }
    proposals
}

/// The account whose credential a variable of this name holds.
fn account(variable: &str) -> Option<Proposal> {
    let words = variable.to_ascii_lowercase();
    let of_provider = |(provider, _): &&(ProviderId, &[&str])| {
        words.split('_').any(|word| word == provider.as_str())
    };
    let (provider, keys) = CREDENTIALS.iter().find(of_provider)?;
    let (key, owner) =
        keys.iter().find_map(|key| Some((key, words.strip_suffix(key)?.strip_suffix('_')?)))?;
    Some(Proposal {
        name: owner.replace('_', "-"),
        table: Table::Account(*provider),
        values: vec![format!("{key} = {{ env = \"{variable}\" }}")],
    })
}

/// The endpoint whose secret a variable of this name holds; the longest name of a recipe wins.
fn endpoint(variable: &str, catalog: &Catalog) -> Option<Proposal> {
    let words = variable.split('_').filter(|word| !word.is_empty()).collect::<Vec<_>>();
    if ELSEWHERE.contains(words.last()?) {
        return None;
    }
    let listings = catalog.listings().filter(|listing| !WAYS.contains(&listing.name));
    let found = listings.filter_map(|listing| {
        let sender = sender(listing.name);
        let (from, to) = place(&words, &sender)?;
        let others = [&words[..from], &words[to..]].concat();
        let key = key(&listing, &others)?;
        Some((sender.len(), listing.name, key, from..to))
    });
    // Of several versions the newest comes last, and the last of the longest is taken.
    let (_, scheme, key, sender) = found.max_by_key(|(length, ..)| *length)?;
    let tells_whose = |(at, word): &(usize, &&str)| {
        sender.contains(at)
            || ![OF_WEBHOOKS, SECRETS, OTHERS].iter().any(|words| words.contains(*word))
    };
    let name = words.iter().enumerate().filter(tells_whose).map(|(_, word)| *word);
    Some(Proposal {
        name: name.collect::<Vec<_>>().join("-").to_ascii_lowercase(),
        table: Table::Endpoint,
        values: vec![format!("{{ scheme = \"{scheme}\", {key} = {{ env = \"{variable}\" }} }}")],
    })
}

/// The name of a recipe in capitals, as one word, without a version.
fn sender(recipe: &str) -> String {
    let is_version = |last: &str| last.len() == 2 && last.starts_with('v');
    let sender = recipe.rsplit_once('_').filter(|(_, last)| is_version(last));
    sender.map_or(recipe, |(sender, _)| sender).replace('_', "").to_ascii_uppercase()
}

/// The words that make this one: people write one name as two words or more.
fn place(words: &[&str], sender: &str) -> Option<(usize, usize)> {
    let mut pairs =
        (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)));
    pairs.find(|(from, to)| words[*from..*to].concat() == sender)
}

/// The key of an `auth` table that takes what the other words of a name tell of.
fn key(listing: &Listing<'_>, others: &[&str]) -> Option<&'static str> {
    let has = |words: &[&str]| others.iter().any(|other| words.contains(other));
    if has(&["PUBLIC", "VERIFICATION"]) && has(&["KEY"]) {
        return listing.keys.contains(&"public_key").then_some("public_key");
    }
    let is_named = |(of, words): &(&str, &[&str])| {
        sender(listing.name) == of.to_ascii_uppercase() && others.ends_with(words)
    };
    let is_secret =
        others == ["SECRET"] || (has(OF_WEBHOOKS) && has(SECRETS)) || NAMED.iter().any(is_named);
    (listing.keys.contains(&"secret") && is_secret).then_some("secret")
}

#[cfg(test)]
mod tests;
