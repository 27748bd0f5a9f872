//! The request sheet: what a person at a provider without an API for subscriptions is asked for.

use super::address::{Address, addresses};
use super::field::{Field, Input};
use super::form::{Form, event_fields, keys, target_fields};
use crate::app::lines::rows_of;
use crate::app::session::Session;
use crate::domain::account::{Account, Credentials, Tenant};
use crate::providers::{self, Sheet, request_sheet};

/// The headers that can carry the proof, as the documents of Avionté name them.
const HEADERS: [&str; 2] = ["X-Payload-Signature", "X-api-key"];

/// The columns of the labels of the sheet.
const LABEL: usize = 16;

/// Columns beside the sheet.
const MARGIN: usize = 2;

/// What stands for no header.
const NO_HEADER: &str = "none";

/// What webhooks are asked for at a provider without an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The address of ours.
    pub url: String,
    /// The events.
    pub events: Vec<String>,
    /// The header that is to carry the secret or key.
    pub header: Option<&'static str>,
    /// For Production, else for Non-Production.
    pub production: bool,
}

impl Wanted {
    /// What is wanted before anybody chose: the account's address, no event yet.
    #[must_use]
    pub fn new(session: &Session, account: &Account) -> Self {
        let address = addresses(session, account).into_iter().next();
        Self {
            url: address.map(|address| address.url).unwrap_or_default(),
            events: Vec::new(),
            header: HEADERS.first().copied(),
            production: false,
        }
    }

    /// The text to send.
    #[must_use]
    pub fn text(&self, account: &Account) -> String {
        let events = self.events.iter().map(String::as_str).collect::<Vec<_>>();
        request_sheet(&Sheet {
            company: &account.name,
            tenant: tenant(account),
            url: &self.url,
            events: &events,
            header: self.header,
            production: self.production,
        })
    }

    /// The text in rows of that width. What is continued stands under its value.
    #[must_use]
    pub fn rows(&self, account: &Account, width: u16) -> Vec<String> {
        let width = usize::from(width).saturating_sub(2 * MARGIN).max(1);
        let mut rows = Vec::new();
        for line in self.text(account).lines() {
            let indent = if is_row(line) { LABEL.min(width / 2) } else { 0 };
            let (label, value) = line.split_at_checked(indent).unwrap_or(("", line));
            for (number, part) in rows_of(value, width - label.len()).into_iter().enumerate() {
                let label = if number == 0 { label } else { "" };
                rows.push(format!("{:MARGIN$}{label:indent$}{part}", ""));
            }
        }
        rows
    }

    /// The form to change it in.
    #[must_use]
    pub fn form(&self, account: &Account, addresses: Vec<Address>) -> Form {
        let events = providers::catalogue(account.provider);
        let mut fields = target_fields(&addresses, &self.url);
        fields.extend(event_fields(None, &events, &self.events));
        let options = HEADERS.iter().copied().chain([NO_HEADER]).map(str::to_owned).collect();
        let chosen = HEADERS.iter().position(|header| Some(*header) == self.header);
        let header = Input::Choice { options, chosen: chosen.unwrap_or(HEADERS.len()) };
        fields.push(Field::new(
            keys::HEADER,
            "header",
            "what carries the secret or key; whether X-Payload-Signature is the secret itself or a \
             digest is not documented",
            header,
        ));
        fields.push(Field::new(
            keys::PRODUCTION,
            "production",
            "for Production, else for Non-Production: one callback URL for each",
            Input::Flag(self.production),
        ));
        Form::of_sheet(account.name.clone(), addresses, fields)
    }

    /// What a form of it asks for.
    #[must_use]
    pub fn of(form: &Form) -> Self {
        let header = match form.fields.field_of(keys::HEADER).map(|field| &field.input) {
            Some(Input::Choice { chosen, .. }) => HEADERS.get(*chosen).copied(),
            _ => None,
        };
        Self {
            url: form.fields.line(keys::TARGET).to_owned(),
            events: form.events(),
            header,
            production: form.fields.field_of(keys::PRODUCTION).is_some_and(Field::is_on),
        }
    }
}

/// Whether the line has a label and a value.
fn is_row(line: &str) -> bool {
    line.get(LABEL - 1..).is_some_and(|rest| rest.starts_with(' ') && rest.trim() != "")
}

fn tenant(account: &Account) -> Option<String> {
    match &account.credentials {
        Credentials::Avionte { tenant: Tenant::Id(id), .. } => Some(id.to_string()),
        Credentials::Avionte { tenant: Tenant::Code(code), .. } => Some(code.clone()),
        Credentials::AvinodeGroup { .. } | Credentials::Channex { .. } => None,
    }
}

#[cfg(test)]
mod tests;
