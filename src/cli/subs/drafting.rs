//! From the options of the command line to what a subscription is to be.

use super::means::Means;
use crate::app::subscribing::address::addresses;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::subs_arguments::{SubsArguments, option_of};
use crate::domain::subscription::{Draft, FieldValue, Subscription};
use crate::providers;
use crate::providers::api::Subscriptions;

/// A new subscription as the options say.
pub(super) fn new(means: &Means, arguments: &SubsArguments) -> anyhow::Result<Draft> {
    Ok(Draft {
        name: arguments.name.clone().unwrap_or_default(),
        target: target(means, arguments)?,
        active: true,
        events: arguments.events().unwrap_or_default(),
        further: further(means, arguments)?,
    })
}

/// An existing one with what the options say; what they do not name stays as it is.
pub(super) fn updated(
    means: &Means,
    of: &Subscription,
    arguments: &SubsArguments,
) -> anyhow::Result<Draft> {
    Ok(Draft {
        name: arguments.name.clone().unwrap_or_else(|| of.name.clone()),
        target: arguments.target.clone().unwrap_or_else(|| of.target.clone()),
        active: of.active,
        events: arguments.events().unwrap_or_else(|| of.events.clone()),
        further: further(means, arguments)?,
    })
}

/// The same for what is to be said whole: nothing is left to how it is at the provider.
pub(super) fn whole(
    means: &Means,
    of: &Subscription,
    arguments: &SubsArguments,
) -> anyhow::Result<Draft> {
    let mut draft = updated(means, of, arguments)?;
    let there = providers::api(means.account.provider).subscriptions();
    for (key, value) in there.map(|there| there.further(of)).unwrap_or_default() {
        if draft.further(key).is_none() {
            draft.further.push((key, value));
        }
    }
    Ok(draft)
}

/// `--target`, else the address of ours for the account.
pub(super) fn target(means: &Means, arguments: &SubsArguments) -> anyhow::Result<String> {
    if let Some(target) = &arguments.target {
        return Ok(target.clone());
    }
    let address = addresses(&means.session, &means.account).into_iter().next();
    let known = address.filter(|address| address.is_public && address.is_fixed);
    known.map(|address| address.url).ok_or_else(|| {
        let message = format!("no address of ours for {} is known", means.account.name);
        let hint = "name one with --target, or set public_url and the account of an [[endpoint]] in \
                    hookscope.toml";
        Failure::new(Exit::Wrong, "usage", message).hint(hint).into()
    })
}

/// The further fields that are given, if the provider has them.
fn further(
    means: &Means,
    arguments: &SubsArguments,
) -> anyhow::Result<Vec<(&'static str, FieldValue)>> {
    let provider = means.account.provider;
    let there = providers::api(provider).subscriptions();
    let fields = there.map(Subscriptions::fields).unwrap_or_default();
    let has_name = there.is_some_and(Subscriptions::has_name);
    let values = arguments.further.values();
    let unknown = values.iter().map(|(key, _)| *key);
    let mut unknown = unknown.filter(|key| fields.iter().all(|field| field.key != *key));
    let label = (!has_name && arguments.name.is_some()).then_some("name");
    match unknown.next().or(label) {
        None => Ok(values),
        Some(key) => {
            let message = format!("{} is none of {provider}'s options", option_of(key));
            Err(Failure::new(Exit::Wrong, "usage", message).into())
        }
    }
}
