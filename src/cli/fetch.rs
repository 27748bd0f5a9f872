//! `fetch`: what a delivery's event points at is read from its provider.

use std::sync::Arc;

use anyhow::Context as _;

use super::arguments::{FetchArguments, GlobalArguments};
use super::attempt_text;
use super::configured;
use super::exit::Exit;
use super::failure::Failure;
use super::outward;
use super::show_text::ShowText;
use crate::app::links::documented;
use crate::config::paths::Environment;
use crate::domain::account::Account;
use crate::domain::name::AccountName;
use crate::domain::record::Record;
use crate::domain::url::Url;
use crate::runtime::logging;
use crate::runtime::outward::Outward;

/// Reads and prints what came back. An answer other than success is a no.
pub fn run(
    global: &GlobalArguments,
    arguments: &FetchArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    logging::to_stderr(global.verbosity());
    let config = configured::config(global.flags(), environment)?;
    let store = outward::store(&config, format!("fetching for delivery {}", arguments.id))?;
    let outward = outward::outward(global, store.clone(), config.accounts(environment)?);
    let show = ShowText { style: global.style(environment), reveal: false };
    let runtime = tokio::runtime::Runtime::new().context("threads cannot be started")?;
    runtime.block_on(async {
        let fetched = fetch(&outward, arguments, &show).await;
        store.close().await;
        fetched
    })
}

async fn fetch(
    outward: &Outward,
    arguments: &FetchArguments,
    show: &ShowText,
) -> anyhow::Result<Exit> {
    let id = arguments.id;
    let record = outward.store.load(id).await?.ok_or_else(|| Failure::no_delivery(id))?;
    let account = account(outward, arguments, &record)?;
    let url = match &arguments.url {
        Some(url) => url.clone(),
        None => pointed_at(&record, &account)?,
    };
    let (stored, attempt) = outward.fetch(id, &account.name, &url).await;
    attempt_text::print(outward, stored, &attempt, arguments.output.format, show).await?;
    Ok(Exit::of_attempt(&attempt))
}

/// The account that is named, else that of the delivery.
fn account(
    outward: &Outward,
    arguments: &FetchArguments,
    record: &Record,
) -> Result<Arc<Account>, Failure> {
    let given = arguments.account.as_deref().map(AccountName::from);
    let name = given.or_else(|| record.inspection.account.clone()).ok_or_else(|| {
        let message = format!("delivery {} matches no account", record.id);
        Failure::new(Exit::Wrong, "no_account", message).hint(
            "name one with --account, or set account for its endpoint, or match for an [[account]], in the config",
        )
    })?;
    outward.accounts.named(&name).cloned().ok_or_else(|| {
        let message = format!("there is no account {name} in the config");
        Failure::new(Exit::Wrong, "no_account", message).hint("add an [[account]] of that name")
    })
}

/// What the event points at first.
fn pointed_at(record: &Record, account: &Account) -> Result<Url, Failure> {
    let nothing = || "this event points at nothing that can be read".to_owned();
    let link = documented(record, account).into_iter().next();
    link.map_or_else(|| Err(nothing()), |link| link.url).map_err(|reason| {
        Failure::new(Exit::No, "nothing_to_fetch", reason).hint("name an address with --url")
    })
}
