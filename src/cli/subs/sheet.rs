//! The request sheet, for the provider that makes subscriptions by hand.

use std::io::{self, Write as _};

use super::means::session;
use crate::app::subscribing::sheet::Wanted;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::format::Format;
use crate::cli::subs_arguments::{Action, SubsArguments};
use crate::config::Config;
use crate::domain::account::Account;
use crate::runtime::ndjson;
use crate::runtime::subscription_lines::SheetLine;

/// Prints what to send to the provider, if a subscription is to be made.
pub(super) fn run(
    config: &Config,
    account: &Account,
    arguments: &SubsArguments,
) -> anyhow::Result<Exit> {
    let provider = account.provider;
    if arguments.action != Action::Create {
        let message = format!("{provider} has no API for subscriptions");
        let hint = "`hookscope subs create` prints what to send to its people";
        return Err(Failure::new(Exit::Wrong, "no_api", message).hint(hint).into());
    }
    if let Some((key, _)) = arguments.further.values().first() {
        let option = crate::cli::subs_arguments::option_of(key);
        let message = format!("{option} is none of {provider}'s options");
        return Err(Failure::new(Exit::Wrong, "usage", message).into());
    }
    let mut wanted = Wanted::new(&session(config, account)?, account);
    if let Some(target) = &arguments.target {
        wanted.url.clone_from(target);
    }
    wanted.events = arguments.events().unwrap_or_default();
    let text = wanted.text(account);
    let mut out = io::stdout().lock();
    match arguments.output.format {
        Format::Text => out.write_all(text.as_bytes())?,
        Format::Json => {
            let (account, provider) = (account.name.as_str(), provider.as_str());
            ndjson::write_line(&mut out, &SheetLine { account, provider, text: &text })?;
        }
    }
    Ok(Exit::Done)
}
