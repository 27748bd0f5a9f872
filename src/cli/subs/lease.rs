//! `subs lease`: a subscription points here for as long as the command runs; and `--back`, which ends
//! what another run left open.

use std::io;

use anyhow::Context as _;
use tokio::sync::mpsc;

use super::asking;
use super::drafting;
use super::means::{self, Manner, Means, warn};
use super::trouble::Trouble as _;
use crate::capture::Shutdown;
use crate::cli::arguments::GlobalArguments;
use crate::cli::exit::Exit;
use crate::cli::signals;
use crate::cli::subs_arguments::SubsArguments;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::ledger::Lease;
use crate::domain::subscription::{Change, Rejection, Subscription};
use crate::providers::route::Routes;
use crate::runtime::leasing;
use crate::runtime::subscribing::Subscribing;
use crate::runtime::undertaken::Undertaken;

/// Points the subscription here until a signal, then back.
pub(super) async fn hold(
    means: &Means,
    of: Subscription,
    arguments: &SubsArguments,
) -> anyhow::Result<Exit> {
    let Means { subscribing, account, manner, .. } = means;
    let target = drafting::target(means, arguments)?;
    let id = of.id.clone();
    let change = Change::Retarget { of: Box::new(of.clone()), target: target.clone() };
    if !asking::agreed(means, &change)? {
        return Ok(Exit::No);
    }
    // From here on a signal must not end the program before the target is back.
    let shutdown = Shutdown::default();
    let (outside, mut signal) = mpsc::channel(1);
    signals::watch(outside, shutdown.clone()).context("signals cannot be watched")?;
    let undertaken = Undertaken::default();
    let taken = leasing::take(subscribing, &undertaken, &account.name, of, target).await;
    let told = match taken {
        Ok(told) => told,
        Err(not_done) if not_done.is_certain() => return Err(not_done).trouble(),
        Err(not_done) => {
            manner.say("nobody knows whether it was pointed here, so it is pointed back");
            give_back(means, &undertaken, &shutdown).await;
            return Err(not_done).trouble();
        }
    };
    manner.say_all(&told);
    // Who does not read the result does not want the lease either.
    let printed = print(means, &id).await;
    if printed.is_ok() {
        manner.say("held until Ctrl-C");
        signal.recv().await;
    }
    let exit = give_back(means, &undertaken, &shutdown).await;
    printed?;
    Ok(exit)
}

/// Prints the leased subscription. That it cannot be listed does not end the lease.
async fn print(means: &Means, id: &str) -> io::Result<()> {
    match means.list().await {
        Ok(inventory) => {
            let mut listed = inventory.listed.iter();
            if let Some(listed) = listed.find(|listed| listed.subscription.id == id) {
                means.print_one(listed, false, &[])?;
            }
        }
        Err(error) => means.manner.say(&format!("{id} could not be listed: {error:#}")),
    }
    Ok(())
}

/// Gives back what was taken, unless a second signal says not to wait for it.
async fn give_back(means: &Means, undertaken: &Undertaken, shutdown: &Shutdown) -> Exit {
    let given = leasing::give_back_all(&means.subscribing, undertaken);
    let given = tokio::select! {
        given = given => given,
        () = shutdown.hurry.cancelled() => {
            warn("the lease stays open; `hookscope subs lease --back` gives it back");
            return Exit::Outside;
        }
    };
    let results = match given {
        Ok(given) => given.into_iter().map(|(_, result)| result).collect(),
        Err(error) => vec![Err(error.into())],
    };
    let mut exit = Exit::Done;
    for result in results {
        match result {
            Ok(told) => means.manner.say_all(&told),
            Err(not_done) => {
                let why = Rejection::from(not_done).sentence();
                warn(&format!(
                    "not pointed back: {why}; `hookscope subs lease --back` tries again"
                ));
                exit = Exit::Outside;
            }
        }
    }
    exit
}

/// Gives back what other runs left open, of the account and the subscription that are named, if any.
pub(super) async fn back(
    config: &Config,
    global: &GlobalArguments,
    arguments: &SubsArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let manner = Manner::of(global, arguments, environment);
    let accounts =
        config.accounts(environment)?.iter().map(|account| (**account).clone()).collect();
    let subscribing =
        means::subscribing(config, global, environment, accounts, Routes::default()).await?;
    let given = back_with(&subscribing, &manner, arguments).await;
    subscribing.outward.store.close().await;
    given
}

async fn back_with(
    subscribing: &Subscribing,
    manner: &Manner,
    arguments: &SubsArguments,
) -> anyhow::Result<Exit> {
    let open = leasing::left_open(&subscribing.outward.store, &Undertaken::default()).await?;
    let is_meant = |lease: &Lease| {
        arguments.account.as_ref().is_none_or(|account| *account == lease.account)
            && arguments.id.as_ref().is_none_or(|id| *id == lease.subscription)
    };
    let open = open.into_iter().filter(is_meant).collect::<Vec<_>>();
    if open.is_empty() {
        manner.say("no lease is open");
        return Ok(Exit::Done);
    }
    let lines = open.iter().map(|lease| {
        let Lease { account, subscription, target, previous_target, .. } = lease;
        format!("{account}: {subscription} from {target} back to {previous_target}")
    });
    let shown = lines.collect::<Vec<_>>().join("\n");
    if !asking::ask(manner, "point back what is leased", &shown)? {
        return Ok(Exit::No);
    }
    let mut first_failure = None;
    for Lease { account, subscription, .. } in &open {
        match leasing::give_back(subscribing, account, subscription).await.trouble() {
            Ok(told) => {
                let told = told.iter().map(|told| format!("{account}: {told}"));
                manner.say_all(&told.collect::<Vec<_>>());
            }
            Err(error) => {
                warn(&format!("{account}: {subscription} is not pointed back: {error:#}"));
                first_failure.get_or_insert(error);
            }
        }
    }
    first_failure.map_or(Ok(Exit::Done), Err)
}
