//! What becomes of a change: the form, the question with what will be sent, the answer. A form that
//! is not accepted comes back with everything that was typed.

use std::sync::Arc;

use super::action::Action;
use super::command::Command;
use super::overlay::Overlay;
use super::replays;
use super::screen::{question, screen, subscriptions};
use super::state::{App, View};
use super::subscribing::confirm::{Confirm, Preview};
use super::subscribing::form::{Form, Purpose};
use super::subscribing::sheet::Wanted;
use super::subscribing::{Row, Sent, api_of};
use super::toast::Notice;
use crate::domain::account::Account;
use crate::domain::ledger::{Lease, Listed};
use crate::domain::name::AccountName;
use crate::domain::subscription::{Change, Rejection};

/// Leaves the form on top for what it would send. What is wrong with it is said in it.
pub fn go_on(app: &mut App) {
    let Some(Overlay::Form(mut form)) = app.overlays.pop() else { return };
    let account = form.account.as_ref().and_then(|name| app.session.accounts.named(name));
    let Some(account) = account.map(Arc::clone) else { return };
    if form.purpose == Purpose::Sheet {
        return app.subscribing.want(&account.name, Wanted::of(&form));
    }
    let asked = asked(app, &account, &mut form);
    app.overlays.push(Overlay::Form(form));
    app.overlays.extend(asked.map(|asked| Overlay::Confirm(Box::new(asked))));
}

/// What the form would send, as a question.
fn asked(app: &mut App, account: &Account, form: &mut Form) -> Option<Confirm> {
    if let Some(notice) = under_way(app, &account.name) {
        app.notify(notice);
        return None;
    }
    let api = api_of(account)?;
    let draft = form.draft()?;
    let (change, says) = match &form.purpose {
        Purpose::Create => {
            (Change::Create(draft), "a new subscription is made, and kept in the ledger".to_owned())
        }
        Purpose::Edit(of) => {
            let says = format!("{} is changed to this", of.id);
            (Change::Update { of: of.clone(), draft }, says)
        }
        Purpose::Sheet | Purpose::Answer { .. } | Purpose::Hold => return None,
    };
    match Preview::of(api, account, &change) {
        Ok(preview) => {
            let then = change_of(account, change);
            Some(Confirm::new(title(account, &then), says, Some(preview), then))
        }
        Err(rejection) => {
            form.rejected(&rejection);
            None
        }
    }
}

/// Asks whether to make a change, with what will be sent.
pub fn propose(app: &mut App, account: &Account, change: &Change, says: String) {
    let then = change_of(account, change.clone());
    ask(app, account, Some(change), says, then);
}

/// Asks whether to do something at a provider, with the change that will be sent if that is known.
pub fn ask(app: &mut App, account: &Account, change: Option<&Change>, says: String, then: Command) {
    if let Some(notice) = under_way(app, &account.name) {
        return app.notify(notice);
    }
    let api = api_of(account);
    let preview = api.zip(change).map(|(api, change)| Preview::of(api, account, change));
    match preview.transpose() {
        Ok(preview) => {
            let question = Confirm::new(title(account, &then), says, preview, then);
            app.overlays.push(Overlay::Confirm(Box::new(question)));
        }
        Err(rejection) => app.notify(Notice::error(sentence(&rejection))),
    }
}

fn change_of(account: &Account, change: Change) -> Command {
    Command::ChangeSubscription { account: account.name.clone(), change: Box::new(change) }
}

fn title(account: &Account, then: &Command) -> String {
    let what = match then.action() {
        Some("create") => "new subscription",
        Some("update") => "change",
        Some("activate") => "switch on",
        Some("deactivate") => "switch off",
        Some("return") => "give back",
        Some(other) => other,
        None => "",
    };
    format!("{}: {what}", account.name)
}

fn under_way(app: &App, account: &AccountName) -> Option<Notice> {
    let sent = app.subscribing.sending(account)?;
    Some(Notice::warning(format!("{account}: {} is still under way", sent.action)))
}

/// Does what the question on top asks about.
pub fn send(app: &mut App) -> Option<Command> {
    let Some(Overlay::Confirm(question)) = app.overlays.pop() else { return None };
    let form = match app.overlays.pop() {
        Some(Overlay::Form(form)) => Some(*form),
        // It says the same as the sheet that it lay on.
        sheet @ Some(Overlay::Replay(_)) => {
            app.overlays.extend(sheet);
            return replays::submit(app);
        }
        other => {
            app.overlays.extend(other);
            None
        }
    };
    let then = question.then;
    if let (Some(action), Some(account)) = (then.action(), account_of(&then)) {
        app.subscribing.send(Sent { account: account.clone(), action, form });
    }
    Some(then)
}

fn account_of(command: &Command) -> Option<&AccountName> {
    match command {
        Command::ChangeSubscription { account, .. }
        | Command::TakeLease { account, .. }
        | Command::ReturnLease { account, .. } => Some(account),
        _ => None,
    }
}

/// Takes in what the provider has.
pub fn listed(app: &mut App, name: &AccountName, listed: Result<Vec<Listed>, Rejection>) {
    let account = app.session.accounts.named(name);
    let Some(api) = account.and_then(|account| api_of(account)) else { return };
    let rows = listed.map(|all| all.into_iter().map(|listed| Row::new(api, listed)).collect());
    app.subscribing.known_mut(name).listed(rows);
}

/// Takes in what came of a change. What the provider has now is asked for, if it was looked at.
pub fn answered(
    app: &mut App,
    account: &AccountName,
    action: &str,
    result: Result<Vec<String>, Rejection>,
) -> Option<Command> {
    let form = app.subscribing.answered(account, action).and_then(|sent| sent.form);
    match (result, form) {
        (Ok(remarks), _) => {
            app.notify(Notice::done(format!("{account}: {}", done(action))));
            for remark in remarks {
                app.notify(Notice::warning(format!("{account}: {remark}")));
            }
        }
        (Err(rejection), Some(mut form)) => {
            form.rejected(&rejection);
            app.subscribing.returned.push(form);
            // Else the form itself says it at once.
            if app.view != View::Subscriptions || !app.overlays.is_empty() {
                let text = format!("{account}: {action} was not accepted");
                let back = app.hint(Action::Subscriptions, "leads back to it");
                app.notify(Notice::error(text).hinting(back));
            }
        }
        (Err(rejection), None) => {
            let text = format!("{account}: {action} was not done: {}", sentence(&rejection));
            app.notify(Notice::error(text));
        }
    }
    app.subscribing.known(account)?;
    app.subscribing.known_mut(account).is_asking = true;
    Some(Command::ListSubscriptions(account.clone()))
}

fn done(action: &str) -> String {
    match action {
        "create" => "the subscription is made".to_owned(),
        "update" => "the subscription is changed".to_owned(),
        "activate" => "the subscription is switched on".to_owned(),
        "deactivate" => "the subscription is switched off".to_owned(),
        "delete" => "the subscription is removed".to_owned(),
        "test" => "the test was sent".to_owned(),
        "lease" => "the subscription points here until hookscope ends".to_owned(),
        "return" => "the subscription has its own target again".to_owned(),
        other => format!("{other} is done"),
    }
}

/// All that a rejection says, on one line.
#[must_use]
pub fn sentence(rejection: &Rejection) -> String {
    let fields = rejection.fields.iter().map(|(field, what)| format!("{field}: {what}"));
    let whole = Some(rejection.message.clone()).filter(|message| !message.is_empty());
    whole.into_iter().chain(fields).collect::<Vec<_>>().join("; ")
}

/// Does with the leases that were left open what the user wants.
pub fn settle_leases(app: &mut App, give_back: bool) {
    let Some(Overlay::Leases(leases)) = app.overlays.pop() else { return };
    let commands = leases.into_iter().map(|Lease { account, subscription, .. }| {
        if give_back {
            Command::ReturnLease { account, subscription }
        } else {
            Command::ForgetLease { account, subscription }
        }
    });
    app.subscribing.due.extend(commands);
}

/// Shows what waited for the screen to be free, and brings the list into sight.
pub fn settle(app: &mut App, commands: &mut Vec<Command>) {
    commands.append(&mut app.subscribing.due);
    if app.overlays.is_empty() && !app.subscribing.left_open.is_empty() {
        app.keys.clear();
        app.overlays.push(Overlay::Leases(std::mem::take(&mut app.subscribing.left_open)));
    }
    if app.overlays.is_empty() && app.view == View::Subscriptions {
        let form = app.subscribing.returned.pop();
        app.overlays.extend(form.map(|form| Overlay::Form(Box::new(form))));
    }
    let Some(screen) = screen(app.size, app) else { return };
    if let Some(Overlay::Confirm(asked)) = app.overlays.last_mut() {
        let body = question(screen, asked).body;
        if let Some(preview) = &mut asked.preview {
            preview.body.keep_in_sight(body.width, body.height, true);
        }
    }
    let places = subscriptions(screen.middle, app);
    let account = app.subscribing.account(&app.session).map(|account| account.name.clone());
    let Some(name) = account.filter(|name| app.subscribing.known(name).is_some()) else { return };
    let known = app.subscribing.known_mut(&name);
    known.keep_in_sight(usize::from(places.rows.height));
    let record = places.record.zip(known.selected_mut());
    if let Some((area, row)) = record {
        row.record.keep_in_sight(area.width, area.height, true);
    }
    app.subscribing.reads &=
        !app.subscribing.known(&name).is_none_or(|known| known.rows().is_empty());
}
