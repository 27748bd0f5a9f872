//! The subscriptions of the accounts at their providers: what is known of them, and where the user
//! is among them.
//!
//! Nothing here asks a provider: that is done by the runtime on [`Command`]s, and what comes of it
//! returns as a message. What is shown of a record was masked before; the record itself stays as it
//! is, because what we do not know of it has to go back unchanged.
//!
//! Reading order: here (what is known), [`address`] (addresses of ours), [`choice`], [`field`] and
//! [`fields`] (parts of a form), [`form`], [`sheet`] (where there is no API), [`confirm`] (what is about to be
//! sent). What the keys do with it stands in `managing` and `sending`.

pub mod address;
pub mod choice;
pub mod recalled;
pub mod field;
pub mod fields;
pub mod form;
pub mod sheet;
pub mod confirm;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::Command;
use super::document::View;
use super::session::Session;
use crate::domain::account::Account;
use crate::domain::ledger::{Lease, Listed};
use crate::domain::name::AccountName;
use crate::domain::subscription::Rejection;
use crate::providers;
use crate::providers::api::Subscriptions;
use confirm::json_view;
use form::Form;
use sheet::Wanted;

/// What to put into the config for an account.
pub const EXAMPLE: &str = r#"[[account]]
name = "acme"
provider = "avinode"
base_url = "https://sandbox.avinode.com/api"
[account.credentials]
api_token = { env = "AVINODE_API_TOKEN" }
bearer = { env = "AVINODE_BEARER" }
"#;

/// The subscriptions view.
#[derive(Clone, Debug, Default)]
pub struct Subscribing {
    /// The number of the account that is shown.
    at: usize,
    /// What is known, by account. An account that was never asked for is missing.
    known: BTreeMap<AccountName, Known>,
    /// What is wanted where there is no API, by account.
    wanted: BTreeMap<AccountName, Wanted>,
    /// The details have the keys, else the list.
    pub reads: bool,
    /// The first row of the request sheet in sight.
    scroll: usize,
    /// Changes that were sent and not answered yet.
    sent: Vec<Sent>,
    /// Forms that came back, until they can be shown.
    pub returned: Vec<Form>,
    /// Leases that a former run left open, until they can be asked about.
    pub left_open: Vec<Lease>,
    /// What is to be done about them, until the next round.
    pub due: Vec<Command>,
}

/// What is known of the subscriptions of one account.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What the provider has, or why that is not known; none before its first answer.
    outcome: Option<Result<Vec<Row>, Rejection>>,
    /// The provider is being asked.
    pub is_asking: bool,
    cursor: usize,
    top: usize,
}

/// A subscription in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The subscription.
    pub listed: Listed,
    /// The provider's record as text, masked.
    pub text: String,
    /// The same, to be read.
    pub record: View,
}

/// A change that was sent and not answered yet.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The account.
    pub account: AccountName,
    /// What was asked for: the word of the command line.
    pub action: &'static str,
    /// The form that it came from, to go back to.
    pub form: Option<Form>,
}

impl Subscribing {
    /// The account that is shown, if there is one.
    #[must_use]
    pub fn account<'a>(&self, session: &'a Session) -> Option<&'a Arc<Account>> {
        session.accounts.iter().nth(self.at)
    }

    /// The number of the account that is shown, from 0.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// Shows the account of that number.
    pub fn show(&mut self, at: usize) {
        self.at = at;
        self.reads = false;
        self.scroll = 0;
    }

    /// The first row of the request sheet in sight.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// Scrolls the request sheet; the last row stays in sight.
    pub fn scroll_by(&mut self, rows: isize, furthest: usize) {
        self.scroll = self.scroll.saturating_add_signed(rows).min(furthest);
    }

    /// What is known of an account.
    #[must_use]
    pub fn known(&self, account: &AccountName) -> Option<&Known> {
        self.known.get(account)
    }

    /// What is known of an account, to move in.
    pub fn known_mut(&mut self, account: &AccountName) -> &mut Known {
        self.known.entry(account.clone()).or_default()
    }

    /// What is wanted of a provider without an API.
    #[must_use]
    pub fn wanted(&self, session: &Session, account: &Account) -> Wanted {
        let wanted = self.wanted.get(&account.name).cloned();
        wanted.unwrap_or_else(|| Wanted::new(session, account))
    }

    /// Keeps what is wanted of a provider without an API.
    pub fn want(&mut self, account: &AccountName, wanted: Wanted) {
        self.wanted.insert(account.clone(), wanted);
    }

    /// The change of an account that is under way.
    #[must_use]
    pub fn sending(&self, account: &AccountName) -> Option<&Sent> {
        self.sent.iter().find(|sent| sent.account == *account)
    }

    /// A change went out.
    pub fn send(&mut self, sent: Sent) {
        self.sent.push(sent);
    }

    /// The change that was answered, if it is one of this view.
    pub fn answered(&mut self, account: &AccountName, action: &str) -> Option<Sent> {
        let is_it = |sent: &Sent| sent.account == *account && sent.action == action;
        let at = self.sent.iter().position(is_it)?;
        Some(self.sent.remove(at))
    }
}

impl Known {
    /// What the provider has, or why that is not known; none before its first answer.
    #[must_use]
    pub fn outcome(&self) -> Option<&Result<Vec<Row>, Rejection>> {
        self.outcome.as_ref()
    }

    /// The subscriptions; none as long as they are not known.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        self.outcome.as_ref().and_then(|outcome| outcome.as_deref().ok()).unwrap_or_default()
    }

    /// The row of the cursor, from 0.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first row in sight.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// The subscription under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&Row> {
        self.rows().get(self.cursor)
    }

    /// The subscription under the cursor, to move in its record.
    pub fn selected_mut(&mut self) -> Option<&mut Row> {
        let rows = self.outcome.as_mut()?.as_mut().ok()?;
        rows.get_mut(self.cursor)
    }

    /// Takes in what the provider has. The cursor stays at its subscription.
    pub fn listed(&mut self, outcome: Result<Vec<Row>, Rejection>) {
        let before = self.selected().map(|row| row.listed.subscription.id.clone());
        self.is_asking = false;
        self.outcome = Some(outcome);
        let is_same = |row: &Row| Some(&row.listed.subscription.id) == before.as_ref();
        let at = self.rows().iter().position(is_same);
        self.select(at.unwrap_or(self.cursor));
    }

    /// Moves the cursor to a row, or to the last one.
    pub fn select(&mut self, at: usize) {
        self.cursor = at.min(self.rows().len().saturating_sub(1));
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        self.select(self.cursor.saturating_add_signed(rows));
    }

    /// Scrolls as little as needed to bring the cursor into so many rows.
    pub fn keep_in_sight(&mut self, height: usize) {
        let last_full = self.rows().len().saturating_sub(height);
        self.top = self.top.min(self.cursor).min(last_full);
        self.top = self.top.max((self.cursor + 1).saturating_sub(height.max(1)));
    }
}

impl Row {
    /// A subscription as it is shown.
    #[must_use]
    pub fn new(api: &dyn Subscriptions, listed: Listed) -> Self {
        let record = serde_json::Value::Object(api.masked(&listed.subscription.raw));
        let text = format!("{record:#}");
        Self { listed, record: json_view(text.clone()), text }
    }
}

/// The subscriptions that the API of an account's provider has, if it has any.
#[must_use]
pub fn api_of(account: &Account) -> Option<&'static dyn Subscriptions> {
    providers::api(account.provider).subscriptions()
}

#[cfg(test)]
mod tests;
