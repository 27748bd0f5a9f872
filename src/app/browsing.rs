//! Opening in the browser: what an event points at, what is under the cursor, what is in the list of
//! links. An address is opened as it stands; no credentials go with it.

use super::command::{Command, Copied};
use super::links::Links;
use super::message::NotBrowsed;
use super::overlay::Overlay;
use super::state::App;
use super::toast::Notice;
use crate::domain::links::WebPage;
use crate::domain::record::Record;

/// Opens what the delivery that is shown points at; if that is more than one page, lists it.
pub fn what_it_points_at(app: &mut App, record: &Record) -> Option<Command> {
    let document = app.detail.document().cloned()?;
    let name = record.inspection.account.as_ref();
    let account = name.and_then(|name| app.session.accounts.named(name));
    let links = Links::of(record, &document, account.map(|account| &**account));
    match links.list.entries() {
        [] => {
            app.notify(Notice::warning("neither the event nor the body names an address"));
            None
        }
        [only] => {
            let page = only.page();
            open(app, page)
        }
        _ => {
            app.overlays.push(Overlay::Links(links));
            None
        }
    }
}

/// Opens the link under the cursor of the list. One that leads nowhere says why.
pub fn link(app: &mut App) -> Option<Command> {
    let Some(Overlay::Links(links)) = app.overlays.last() else { return None };
    let page = links.list.current()?.page();
    let command = open(app, page)?;
    app.overlays.pop();
    Some(command)
}

/// The page of an address, or why it is none.
pub fn at(address: &str) -> Result<WebPage, String> {
    WebPage::at(address).map_err(|error| format!("the address {error}"))
}

/// Opens a page, or says why there is none.
pub fn open(app: &mut App, page: Result<WebPage, String>) -> Option<Command> {
    match page {
        Ok(page) => Some(Command::Browse(page)),
        Err(reason) => {
            app.notify(Notice::warning(reason));
            None
        }
    }
}

/// A page was opened, or not. Where there is no browser, its address is copied to take it elsewhere.
pub fn browsed(app: &mut App, page: &WebPage, outcome: Result<(), NotBrowsed>) -> Option<Command> {
    match outcome {
        Ok(()) => app.notify(Notice::done(format!("given to the browser: {page}"))),
        Err(NotBrowsed::Refused(reason)) => {
            app.notify(Notice::error(format!("not opened: {reason}")));
        }
        Err(NotBrowsed::NoBrowser(reason)) => {
            let text = format!("there is no browser here: {reason}; the link is copied instead");
            app.notify(Notice::warning(text));
            return Some(Command::Copy { what: Copied::Link, text: page.to_string() });
        }
    }
    None
}
