//! What the keys do among the subscriptions. Nothing here sends: whatever would change something at
//! a provider becomes a question first.

use std::sync::Arc;

use super::action::Action;
use super::command::{Command, Copied};
use super::overlay::Overlay;
use super::screen::screen;
use super::sending::propose;
use super::state::{App, View};
use super::subscribing::address::{Address, addresses};
use super::subscribing::form::{Form, Purpose};
use super::subscribing::{Row, api_of};
use super::toast::Notice;
use crate::domain::account::Account;
use crate::domain::ledger::Drift;
use crate::domain::name::AccountName;
use crate::domain::subscription::{Change, Draft, Subscription};
use crate::providers;
use crate::providers::api::Subscriptions;

/// Shows the subscriptions: those of the account that the selected delivery belongs to, else those
/// of the account that was shown last.
pub fn open(app: &mut App) -> Option<Command> {
    let cursor = app.deliveries.cursor();
    let row = cursor.and_then(|cursor| app.deliveries.window().rows_from(cursor).next());
    let name = row.and_then(|row| row.account.clone());
    let at = app.session.accounts.iter().position(|account| Some(&account.name) == name.as_ref());
    if let Some(at) = at {
        app.subscribing.show(at);
    }
    app.view = View::Subscriptions;
    ask(app)
}

/// Shows the subscriptions of that account.
pub fn open_account(app: &mut App, name: &AccountName) -> Option<Command> {
    let at = app.session.accounts.iter().position(|account| account.name == *name)?;
    app.subscribing.show(at);
    app.view = View::Subscriptions;
    ask(app)
}

/// Shows the subscriptions of the next account or of the one before, around the ends.
pub fn turn(app: &mut App, forward: bool) -> Option<Command> {
    let count = app.session.accounts.iter().count();
    let step = if forward { 1 } else { count.saturating_sub(1) };
    app.subscribing.show((app.subscribing.at() + step) % count.max(1));
    ask(app)
}

/// Asks the provider for what was never asked for.
fn ask(app: &mut App) -> Option<Command> {
    let account = app.subscribing.account(&app.session)?;
    api_of(account)?;
    let known = app.subscribing.known(&account.name);
    let is_asked = known.is_some_and(|known| known.is_asking || known.outcome().is_some());
    if is_asked { None } else { refresh(app) }
}

/// Asks the provider again.
pub fn refresh(app: &mut App) -> Option<Command> {
    let account = Arc::clone(app.subscribing.account(&app.session)?);
    api_of(&account)?;
    app.subscribing.known_mut(&account.name).is_asking = true;
    Some(Command::ListSubscriptions(account.name.clone()))
}

/// Whether the action does something where the user is; the footer names no other.
#[must_use]
pub fn offers(app: &App, action: Action) -> bool {
    if app.view != View::Subscriptions || !app.overlays.is_empty() {
        return true;
    }
    let api = app.subscribing.account(&app.session).and_then(|account| api_of(account));
    match action {
        Action::NextAccount => app.session.accounts.iter().nth(1).is_some(),
        Action::Test => api.is_some_and(Subscriptions::can_test),
        Action::Delete => api.is_some_and(Subscriptions::can_delete),
        Action::Edit | Action::SwitchActive | Action::Lease => row(app).is_some() || api.is_none(),
        _ => true,
    }
}

/// Opens the form of a new subscription.
pub fn create(app: &mut App) {
    let Some((account, api)) = account_with_api(app) else { return };
    let target = addresses(&app.session, &account).into_iter().next();
    let draft = Draft {
        name: "hookscope".to_owned(),
        target: target.map(|address| address.url).unwrap_or_default(),
        active: true,
        ..Draft::default()
    };
    open_form(app, &account, api, Purpose::Create, &draft);
}

/// Opens the form of the selected subscription; of one that is gone, the form that makes it anew.
/// Where there is no API, the form of the request sheet.
pub fn edit(app: &mut App) {
    let Some(account) = app.subscribing.account(&app.session).map(Arc::clone) else { return };
    let Some(api) = api_of(&account) else {
        let wanted = app.subscribing.wanted(&app.session, &account);
        let form = wanted.form(&account, addresses(&app.session, &account));
        return app.overlays.push(Overlay::Form(Box::new(form)));
    };
    let Some(Row { listed, .. }) = row(app) else { return app.notify(nothing_selected()) };
    let subscription = &listed.subscription;
    let masked = api.masked(&subscription.raw);
    let draft = draft_of(api, &Subscription { raw: masked, ..subscription.clone() });
    let purpose = match listed.drift {
        Some(Drift::Gone) => Purpose::Create,
        _ => Purpose::Edit(Box::new(subscription.clone())),
    };
    open_form(app, &account, api, purpose, &draft);
}

/// The draft that leaves a subscription as it is. It is as secret as its record: of a masked one it
/// has the masks, which leave the values at the provider.
fn draft_of(api: &dyn Subscriptions, of: &Subscription) -> Draft {
    Draft {
        name: of.name.clone(),
        target: of.target.clone(),
        active: of.active,
        events: of.events.clone(),
        further: api.further(of),
    }
}

fn open_form(
    app: &mut App,
    account: &Account,
    api: &dyn Subscriptions,
    purpose: Purpose,
    draft: &Draft,
) {
    let events = providers::catalogue(account.provider);
    let places = addresses(&app.session, account);
    let name = account.name.clone();
    let form = Form::of_subscription(name, purpose, api, &events, places, draft);
    app.overlays.push(Overlay::Form(Box::new(form)));
}

/// Asks whether to switch the selected subscription on or off.
pub fn switch(app: &mut App) {
    let Some((account, _, of)) = selected(app) else { return };
    let active = !of.active;
    let says = if active {
        format!("{} sends events to {} from now on", of.id, of.target)
    } else {
        format!("{} sends no events any more, until it is switched on again", of.id)
    };
    propose(app, &account, &Change::SetActive { of: Box::new(of), active }, says);
}

/// Asks whether to remove the selected subscription.
pub fn delete(app: &mut App) {
    let Some((account, api, of)) = selected(app) else { return };
    if !api.can_delete() {
        let text = format!("{} documents no deletion", account.provider);
        let off = app.hint(Action::SwitchActive, "switches it off");
        return app.notify(Notice::warning(text).hinting(off));
    }
    let says = format!("{} is removed at the provider, which cannot be undone", of.id);
    propose(app, &account, &Change::Delete { id: of.id }, says);
}

/// Asks whether to have the provider send something to the target of the selected subscription.
pub fn test(app: &mut App) {
    let Some((account, api, of)) = selected(app) else { return };
    if !api.can_test() {
        let text = format!("{} documents no test of a subscription", account.provider);
        return app.notify(Notice::warning(text));
    }
    let says = format!("the provider calls {} now and tells what it answers", of.target);
    propose(app, &account, &Change::Test(draft_of(api, &of)), says);
}

/// Asks whether to point the selected subscription here for a while, or to give it back.
pub fn lease(app: &mut App) {
    let Some((account, _, of)) = selected(app) else { return };
    if row(app).is_some_and(|row| row.listed.leased) {
        return give_back(app, &account, &of);
    }
    let places = addresses(&app.session, &account);
    let is_reached = |place: &Address| place.is_public && place.is_fixed;
    let Some(place) = places.into_iter().find(is_reached) else {
        let text = "there is no address that the provider can reach: give the account an endpoint \
                    of its own, and set public_url";
        return app.notify(Notice::warning(text));
    };
    if place.url == of.target {
        return app.notify(Notice::warning(format!("{} points here already", of.id)));
    }
    let mut says = format!(
        "subscription {} of {} will send to {} while hookscope runs; its target {} is put back when \
         hookscope ends, and after a crash at the next start",
        of.id, account.name, place.url, of.target
    );
    if !of.active {
        says.push_str("; it is switched off, so nothing is sent before it is switched on");
    }
    let then = Command::TakeLease {
        account: account.name.clone(),
        subscription: Box::new(of.clone()),
        target: place.url.clone(),
    };
    let change = Change::Retarget { of: Box::new(of), target: place.url };
    super::sending::ask(app, &account, Some(&change), says, then);
}

fn give_back(app: &mut App, account: &Arc<Account>, of: &Subscription) {
    let says = format!("{} gets back the target that it had before the lease", of.id);
    let (name, subscription) = (account.name.clone(), of.id.clone());
    let then = Command::ReturnLease { account: name, subscription };
    super::sending::ask(app, account, None, says, then);
}

/// The request sheet in rows of that width, where the provider of the account that is shown has no
/// API for subscriptions.
#[must_use]
pub fn sheet_rows(app: &App, width: u16) -> Option<Vec<String>> {
    let account = app.subscribing.account(&app.session)?;
    let has_api = api_of(account).is_some();
    (!has_api).then(|| app.subscribing.wanted(&app.session, account).rows(account, width))
}

/// Brings the request sheet into its range.
fn scroll(app: &mut App, rows: isize) {
    let Some(screen) = screen(app.size, app) else { return };
    let count = sheet_rows(app, screen.middle.width).map_or(0, |rows| rows.len());
    let furthest = count.saturating_sub(usize::from(screen.middle.height));
    app.subscribing.scroll_by(rows, furthest);
}

/// Moves the cursor in the list, or in the record that is read; scrolls the request sheet.
pub fn move_by(app: &mut App, rows: isize) {
    scroll(app, rows);
    let Some(name) = app.subscribing.account(&app.session).map(|account| account.name.clone())
    else {
        return;
    };
    let reads = app.subscribing.reads;
    let known = app.subscribing.known_mut(&name);
    match known.selected_mut() {
        Some(row) if reads => row.record.move_by(rows),
        _ => known.move_by(rows),
    }
}

/// Selects the subscription in that row of what is in sight.
pub fn select(app: &mut App, row: usize) {
    let account = app.subscribing.account(&app.session).map(|account| account.name.clone());
    let Some(name) = account else { return };
    app.subscribing.reads = false;
    let known = app.subscribing.known_mut(&name);
    if known.top() + row < known.rows().len() {
        known.select(known.top() + row);
    }
}

/// Reads the record of the selected subscription.
pub fn read(app: &mut App) {
    app.subscribing.reads = row(app).is_some();
}

/// One step back: from the record to the list, from there to the deliveries.
pub fn back(app: &mut App) {
    if !std::mem::take(&mut app.subscribing.reads) {
        app.view = View::Deliveries;
    }
}

/// The text to copy of the selected subscription or of the request sheet, or why there is none.
pub fn text_of(app: &App, what: Copied) -> Result<String, Notice> {
    let account = app.subscribing.account(&app.session).ok_or_else(nothing_selected)?;
    if what == Copied::Sheet {
        return Ok(app.subscribing.wanted(&app.session, account).text(account));
    }
    let row = row(app).ok_or_else(nothing_selected)?;
    let subscription = &row.listed.subscription;
    Ok(match what {
        Copied::SubscriptionId => subscription.id.clone(),
        Copied::Target => subscription.target.clone(),
        _ => row.text.clone(),
    })
}

fn nothing_selected() -> Notice {
    Notice::warning("no subscription is selected")
}

/// The subscription under the cursor.
#[must_use]
pub fn row(app: &App) -> Option<&Row> {
    let account = app.subscribing.account(&app.session)?;
    app.subscribing.known(&account.name)?.selected()
}

fn account_with_api(app: &App) -> Option<(Arc<Account>, &'static dyn Subscriptions)> {
    let account = app.subscribing.account(&app.session)?;
    Some((Arc::clone(account), api_of(account)?))
}

/// The selected subscription, if the provider has it; else a notice says why nothing is done.
fn selected(app: &mut App) -> Option<(Arc<Account>, &'static dyn Subscriptions, Subscription)> {
    let (account, api) = account_with_api(app)?;
    let notice = match row(app) {
        None => nothing_selected(),
        Some(row) if row.listed.drift == Some(Drift::Gone) => {
            let id = &row.listed.subscription.id;
            let anew = app.hint(Action::Edit, "makes it anew");
            Notice::warning(format!("the provider does not have {id} any more")).hinting(anew)
        }
        Some(row) => return Some((account, api, row.listed.subscription.clone())),
    };
    app.notify(notice);
    None
}
