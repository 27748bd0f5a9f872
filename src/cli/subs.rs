//! `subs`: subscriptions at the provider of an account.
//!
//! What changes something there is shown and asked about first, unless `--yes` says that it was.
//! The result of every action is the subscription as it is then, beside what the ledger knows.
//!
//! Reading order: [`run`], `means` (what the actions work with), `trouble` (how they end badly),
//! `drafting` (from options to a draft), `asking`, `lease`, `sheet` (where there is no API).

mod trouble;
mod means;
mod drafting;
mod asking;
mod lease;
mod sheet;

use super::arguments::GlobalArguments;
use super::configured;
use super::exit::Exit;
use super::failure::Failure;
use super::subs_arguments::{Action, SubsArguments};
use crate::config::paths::Environment;
use crate::domain::ledger::{Drift, Listed};
use crate::domain::subscription::{Change, Subscription};
use crate::providers;
use crate::providers::route::Routes;
use crate::runtime::logging;
use crate::runtime::subscribing::Done;
use means::{Manner, Means};
use trouble::Trouble as _;

/// Lists or changes subscriptions.
///
/// # Errors
/// When the command line or the config is wrong, or the provider cannot be asked.
pub fn run(
    global: &GlobalArguments,
    arguments: &SubsArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    if let Some(option) = arguments.meaningless() {
        return Err(usage(format!("{option} means nothing to this action")).into());
    }
    logging::to_stderr(global.verbosity());
    let config = configured::config(global.flags(), environment)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if arguments.action == Action::Lease && arguments.back {
        return runtime.block_on(lease::back(&config, global, arguments, environment));
    }
    let account = means::account(&config, arguments.account.as_ref(), environment)?;
    if providers::api(account.provider).subscriptions().is_none() {
        return sheet::run(&config, &account, arguments);
    }
    runtime.block_on(async {
        // Only a secret that is asked for is read.
        let routes = if arguments.further.asks_endpoint() {
            config.routes(environment)?
        } else {
            Routes::default()
        };
        let accounts = vec![account.clone()];
        let subscribing =
            means::subscribing(&config, global, environment, accounts, routes).await?;
        let store = subscribing.outward.store.clone();
        let manner = Manner::of(global, arguments, environment);
        let acted = act(&Means::new(&config, account, subscribing, manner)?, arguments).await;
        store.close().await;
        acted
    })
}

async fn act(means: &Means, arguments: &SubsArguments) -> anyhow::Result<Exit> {
    match arguments.action {
        Action::List => {
            let inventory = means.list().await?;
            means.print(&inventory.listed)?;
            means.manner.say_all(&inventory.remarks);
            Ok(Exit::Done)
        }
        Action::Lease => lease::hold(means, existing(means, arguments).await?, arguments).await,
        Action::Create => change(means, Change::Create(drafting::new(means, arguments)?)).await,
        Action::Update => {
            let of = existing(means, arguments).await?;
            let draft = drafting::updated(means, &of, arguments)?;
            change(means, Change::Update { of: Box::new(of), draft }).await
        }
        Action::Activate | Action::Deactivate => {
            let of = Box::new(existing(means, arguments).await?);
            let active = arguments.action == Action::Activate;
            change(means, Change::SetActive { of, active }).await
        }
        Action::Delete => delete(means, listed(means, arguments).await?).await,
        Action::Test => {
            let draft = match &arguments.id {
                Some(_) => drafting::whole(means, &existing(means, arguments).await?, arguments)?,
                None => drafting::new(means, arguments)?,
            };
            test(means, Change::Test(draft), arguments.id.as_deref()).await
        }
    }
}

/// Makes a change and prints the subscription as it is then.
async fn change(means: &Means, change: Change) -> anyhow::Result<Exit> {
    if !asking::agreed(means, &change)? {
        return Ok(Exit::No);
    }
    let done = means.subscribing.change(&means.account.name, change).await.trouble()?;
    let id = match &done {
        Done { id: Some(id), .. } => Some(id.clone()),
        Done { entry, .. } => means.id_of(*entry).await?,
    };
    print_as_is(means, id.as_deref(), &done.remarks).await
}

/// Removes a subscription. One that the provider has lost is missed no longer: nothing is sent for
/// that, so there is nothing to ask.
async fn delete(means: &Means, listed: Listed) -> anyhow::Result<Exit> {
    let change = Change::Delete { id: listed.subscription.id.clone() };
    if listed.drift != Some(Drift::Gone) && !asking::agreed(means, &change)? {
        return Ok(Exit::No);
    }
    let done = means.subscribing.change(&means.account.name, change).await.trouble()?;
    let listed = Listed { drift: None, gone_since: None, leased: false, ..listed };
    means.print_one(&listed, true, &done.remarks)?;
    Ok(Exit::Done)
}

/// Has the provider send something; prints the subscription that it is about, if it is about one.
async fn test(means: &Means, test: Change, id: Option<&str>) -> anyhow::Result<Exit> {
    if !asking::agreed(means, &test)? {
        return Ok(Exit::No);
    }
    let drafted = test.draft().cloned().unwrap_or_default();
    let done = means.subscribing.change(&means.account.name, test).await.trouble()?;
    if id.is_some() {
        return print_as_is(means, id, &done.remarks).await;
    }
    let subscription = Subscription {
        id: String::new(),
        name: drafted.name,
        target: drafted.target,
        active: drafted.active,
        events: drafted.events,
        raw: serde_json::Map::new(),
    };
    let listed = Listed { subscription, ours: false, drift: None, gone_since: None, leased: false };
    means.print_one(&listed, false, &done.remarks)?;
    Ok(Exit::Done)
}

/// Prints the subscription as the provider has it after a change. The change is made: that it
/// cannot be listed is told, and no failure of it.
async fn print_as_is(means: &Means, id: Option<&str>, remarks: &[String]) -> anyhow::Result<Exit> {
    let called = id.unwrap_or("the subscription");
    let (remarks_of_list, doubt) = match means.list().await {
        Ok(inventory) => {
            let is_it = |listed: &&Listed| id == Some(listed.subscription.id.as_str());
            if let Some(listed) = inventory.listed.iter().find(is_it) {
                means.print_one(listed, false, remarks)?;
                means.manner.say_all(&inventory.remarks);
                return Ok(Exit::Done);
            }
            (inventory.remarks, format!("the provider does not list {called} yet"))
        }
        Err(error) => (Vec::new(), format!("{called} could not be listed: {error:#}")),
    };
    means.manner.say_all(remarks);
    means.manner.say_all(&remarks_of_list);
    means.manner.say(&format!("done, but {doubt}"));
    Ok(Exit::Done)
}

/// The subscription that `--id` names, as the provider has it now.
async fn existing(means: &Means, arguments: &SubsArguments) -> anyhow::Result<Subscription> {
    let listed = listed(means, arguments).await?;
    if listed.drift == Some(Drift::Gone) {
        let message = format!("{} is gone at the provider", listed.subscription.id);
        let hint = "make it anew with create, or let it go with delete";
        return Err(Failure::new(Exit::No, "gone", message).hint(hint).into());
    }
    Ok(listed.subscription)
}

/// The same beside the ledger, also if the provider has lost it.
async fn listed(means: &Means, arguments: &SubsArguments) -> anyhow::Result<Listed> {
    let Some(id) = &arguments.id else {
        let hint = "`hookscope subs list` shows the ids";
        return Err(usage("which one is meant? name it with --id").hint(hint).into());
    };
    let mut listed = means.list().await?.listed.into_iter();
    let found = listed.find(|listed| listed.subscription.id == *id);
    found.ok_or_else(|| {
        let message = format!("{} has no subscription {id}", means.account.name);
        Failure::new(Exit::No, "not_found", message)
            .hint("`hookscope subs list` shows which there are")
            .into()
    })
}

fn usage(message: impl Into<String>) -> Failure {
    Failure::new(Exit::Wrong, "usage", message)
}
