//! Reading at the provider: what an event points at, what is under the cursor, what is in the list
//! of links.

use std::sync::Arc;

use super::action::Action;
use super::attempted;
use super::browsing;
use super::command::Command;
use super::detail::fetching::Fetching;
use super::links::{Links, documented};
use super::moving;
use super::overlay::Overlay;
use super::replays;
use super::sampling;
use super::state::{App, Asked, Focus};
use super::tab::Tab;
use super::toast::Notice;
use crate::domain::account::Account;
use crate::domain::attempt::{Attempt, AttemptId, Purpose};
use crate::domain::delivery::DeliveryId;
use crate::domain::links::{addresses_in, callable, is_address};
use crate::domain::record::Record;
use crate::domain::url::Url;

/// Fetches, lists or opens what can be read about the delivery at hand, now or as soon as it is loaded.
pub fn ask(app: &mut App, asked: Asked) -> Option<Command> {
    let id = match app.focus {
        Focus::Stream => app.deliveries.selected(),
        Focus::Detail => app.detail.id(),
    };
    let Some(id) = id else {
        app.notify(Notice::warning("there is no delivery to read about"));
        return None;
    };
    let Some(record) = app.detail.record().filter(|record| record.id == id).cloned() else {
        app.asked = Some((id, asked));
        return None;
    };
    match (asked, under_cursor(app)) {
        (Asked::Fetch, Some(address)) => fetch(app, &record, at_cursor(&address)),
        (Asked::Browse, Some(address)) => browsing::open(app, browsing::at(&address)),
        _ => answer(app, asked, &record),
    }
}

/// Fetches what the event of a delivery points at, or does what else is asked for about it. It is the
/// one that is shown.
pub fn answer(app: &mut App, asked: Asked, record: &Arc<Record>) -> Option<Command> {
    match asked {
        Asked::Fetch => {
            let wanted = first_link(app, record);
            fetch(app, record, wanted)
        }
        Asked::Links => {
            list(app, record);
            None
        }
        Asked::Browse => browsing::what_it_points_at(app, record),
        Asked::Replay | Asked::EditBody => replays::answer(app, asked, record),
    }
}

/// The address under the cursor of the body or of an answer.
fn under_cursor(app: &App) -> Option<String> {
    let is_in_text = match app.detail.tab() {
        Tab::Body | Tab::Attempts => app.focus == Focus::Detail,
        Tab::Overview | Tab::Headers | Tab::Auth | Tab::Answer => false,
    };
    let value = app.detail.value().filter(|value| is_in_text && is_address(value))?;
    addresses_in(&value).next().map(str::to_owned)
}

fn at_cursor(address: &str) -> Result<Url, Notice> {
    callable(address).map_err(|error| Notice::warning(format!("the address {error}")))
}

/// What the event points at first.
fn first_link(app: &App, record: &Record) -> Result<Url, Notice> {
    let account = account_of(app, record)?;
    match documented(record, &account).into_iter().next().map(|link| link.url) {
        Some(Ok(url)) => Ok(url),
        Some(Err(reason)) => Err(Notice::warning(reason)),
        None => {
            let links = app.hint(Action::Links, "lists the links of the body");
            Err(Notice::warning("this event points at nothing that can be read").hinting(links))
        }
    }
}

/// The account that a delivery belongs to, or what to configure.
fn account_of(app: &App, record: &Record) -> Result<Arc<Account>, Notice> {
    let config = || app.hint(Action::EditConfig, "opens it");
    let Some(name) = &record.inspection.account else {
        let endpoint = &record.delivery.endpoint;
        let text = format!(
            "this delivery matches no account; set account for the endpoint {endpoint}, or match for \
             an [[account]], in the config"
        );
        return Err(Notice::warning(text).hinting(config()));
    };
    app.session.accounts.named(name).cloned().ok_or_else(|| {
        let text = format!(
            "the account {name} is not configured; add an [[account]] of that name to the config"
        );
        Notice::warning(text).hinting(config())
    })
}

/// Sends for an address on behalf of the delivery's account, and shows that at once.
fn fetch(app: &mut App, record: &Record, wanted: Result<Url, Notice>) -> Option<Command> {
    let found = wanted.and_then(|url| Ok((url, account_of(app, record)?)));
    let (url, account) = match found {
        Ok(found) => found,
        Err(notice) => {
            app.notify(notice);
            return None;
        }
    };
    let (delivery, since) = (record.id, app.now);
    app.detail.sent(Fetching { delivery, url: url.clone(), since, stored: None });
    app.deliveries.set_follow(false);
    moving::show(app, Tab::Attempts);
    Some(Command::Fetch { delivery, account: account.name.clone(), url })
}

fn list(app: &mut App, record: &Record) {
    let Some(document) = app.detail.document().cloned() else { return };
    let account = account_of(app, record);
    let links = Links::of(record, &document, account.as_deref().ok());
    if links.list.entries().is_empty() {
        let nothing = Notice::warning("neither the event nor the body names anything to read");
        return app.notify(account.err().unwrap_or(nothing));
    }
    app.overlays.push(Overlay::Links(links));
}

/// Fetches the link under the cursor of the list. One that leads nowhere says why.
pub fn fetch_link(app: &mut App) -> Option<Command> {
    let Some(Overlay::Links(links)) = app.overlays.last() else { return None };
    let wanted = links.list.current()?.url.clone().map_err(Notice::warning);
    let record = app.detail.record().filter(|record| record.id == links.delivery).cloned()?;
    let command = fetch(app, &record, wanted);
    if command.is_some() {
        app.overlays.pop();
    }
    command
}

/// The address of the link under the cursor of the list.
pub fn link(app: &App) -> Result<String, Notice> {
    let current = match app.overlays.last() {
        Some(Overlay::Links(links)) => links.list.current(),
        _ => None,
    };
    let nothing = || Notice::warning("there is no link here");
    let url = current.ok_or_else(nothing)?.url.as_ref();
    url.map(ToString::to_string).map_err(Notice::warning)
}

/// Something was sent outward and has come back. Who does not see the tab where it shows up is told.
pub fn attempted(app: &mut App, id: Option<AttemptId>, attempt: Arc<Attempt>) {
    let Some(delivery) = attempt.delivery else { return sampling::sent(app, &attempt) };
    let account = attempt.account.as_ref().and_then(|name| app.session.accounts.named(name));
    let provider = account.map(|account| account.provider);
    let is_seen = app.detail.id() == Some(delivery)
        && app.detail.tab() == Tab::Attempts
        && moving::is_detail_in_sight(app);
    if attempt.purpose == Purpose::Fetch && !is_seen {
        let text = format!("fetched for #{delivery}: {}", attempt.sentence());
        let is_success = attempt.is_success();
        app.notify(if is_success { Notice::done(text) } else { Notice::warning(text) });
    }
    if id.is_none() {
        let text =
            "the attempt could not be stored: it is shown until the end, details are in the log";
        app.notify(Notice::error(text));
    }
    app.detail.attempted(delivery, id, attempt, provider);
}

/// The attempts about a delivery were read, or not. The tab says why there is nothing in it; beside
/// what was read before a notice does.
pub fn attempts_loaded(
    app: &mut App,
    delivery: DeliveryId,
    attempts: Result<attempted::Opened, String>,
) {
    let is_beside = app.detail.id() == Some(delivery)
        && app.detail.attempts().is_some_and(|attempts| attempts.listed().next().is_some());
    if let (Err(reason), true) = (&attempts, is_beside) {
        app.notify(Notice::error(format!("the attempts cannot be read: {reason}")));
    }
    app.detail.attempts_loaded(delivery, attempts);
}
