//! The form of a subscription: its fields, where the user is in it, and the draft that it makes.

use super::address::Address;
use super::choice::EventChoice;
use super::field::{Field, Input};
use super::fields::Fields;
use crate::app::editor::Editor;
use crate::domain::delivery::DeliveryId;
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::subscription::{Draft, Rejection, Subscription};
use crate::providers::api::Subscriptions;
use crate::providers::provider::EventType;

/// The keys of the fields that every form has. Rejections name the first four.
pub mod keys {
    /// The label.
    pub const NAME: &str = "name";
    /// Where to send to.
    pub const TARGET: &str = "target";
    /// Whether to send.
    pub const ACTIVE: &str = "active";
    /// The documented events.
    pub const EVENTS: &str = "events";
    /// Which of our endpoints the target is.
    pub const ENDPOINT: &str = "endpoint";
    /// Events that are not documented.
    pub const OTHERS: &str = "other events";
    /// The header of a request sheet.
    pub const HEADER: &str = "header";
    /// The environment of a request sheet.
    pub const PRODUCTION: &str = "production";
}

/// What a form is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// A new subscription.
    Create,
    /// An existing one, as it was read last.
    Edit(Box<Subscription>),
    /// What a person at the provider is asked for.
    Sheet,
    /// What an endpoint answers for a while, or what a delivery that is held is answered.
    Answer {
        /// The endpoint.
        endpoint: EndpointName,
        /// The delivery that is held.
        held: Option<DeliveryId>,
    },
    /// Which deliveries are held.
    Hold,
}

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// The account that it is about; none if it is about what we answer.
    pub account: Option<AccountName>,
    /// What it is for.
    pub purpose: Purpose,
    /// The fields, from the top.
    pub fields: Fields,
    addresses: Vec<Address>,
}

impl Form {
    /// The form of a subscription that begins with this draft.
    #[must_use]
    pub fn of_subscription(
        account: AccountName,
        purpose: Purpose,
        api: &dyn Subscriptions,
        events: &[&'static EventType],
        addresses: Vec<Address>,
        draft: &Draft,
    ) -> Self {
        let mut fields = Vec::new();
        if api.has_name() {
            let name = Input::Line(Editor::new(&draft.name));
            fields.push(Field::new(keys::NAME, "name", "a label, to tell it from others", name));
        }
        fields.extend(target_fields(&addresses, &draft.target));
        let active = "whether the provider sends events";
        fields.push(Field::new(keys::ACTIVE, "active", active, Input::Flag(draft.active)));
        fields.extend(event_fields(api.all_events(), events, &draft.events));
        fields.extend(
            api.fields().iter().map(|field| Field::further(field, draft.further(field.key))),
        );
        let account = Some(account);
        Self { account, purpose, fields: Fields::new(fields), addresses }
    }

    /// A form of these fields, for a request sheet.
    #[must_use]
    pub fn of_sheet(account: AccountName, addresses: Vec<Address>, fields: Vec<Field>) -> Self {
        let (account, fields) = (Some(account), Fields::new(fields));
        Self { account, purpose: Purpose::Sheet, fields, addresses }
    }

    /// A form of these fields that is about what we answer.
    #[must_use]
    pub fn of_desk(purpose: Purpose, fields: Vec<Field>) -> Self {
        Self { account: None, purpose, fields: Fields::new(fields), addresses: Vec::new() }
    }

    /// What it is about.
    #[must_use]
    pub fn title(&self) -> String {
        let account = self.account.as_ref().map_or("", AccountName::as_str);
        match &self.purpose {
            Purpose::Create => format!("New subscription of {account}"),
            Purpose::Edit(of) => format!("{} of {account}", of.id),
            Purpose::Sheet => format!("Request for {account}"),
            Purpose::Answer { held: Some(id), .. } => format!("Answer #{id}, which is held"),
            Purpose::Answer { endpoint, held: None } => format!("What {endpoint} answers"),
            Purpose::Hold => "Hold deliveries".to_owned(),
        }
    }

    /// Whether it is about what we answer.
    #[must_use]
    pub fn is_of_desk(&self) -> bool {
        matches!(self.purpose, Purpose::Answer { .. } | Purpose::Hold)
    }

    /// Sets the field that has the keys to another of its values.
    pub fn turn(&mut self, forward: bool) {
        let Some(field) = self.fields.field_mut() else { return };
        field.turn(forward);
        let chosen = match (field.key, &field.input) {
            (keys::ENDPOINT, Input::Choice { chosen, .. }) => self.addresses.get(*chosen),
            _ => None,
        };
        let target = self.fields.field_of_mut(keys::TARGET);
        if let (Some(address), Some(target)) = (chosen, target) {
            target.input = Input::Line(Editor::new(&address.url));
            target.mistake = None;
        }
    }

    /// The events that are chosen, and those that are typed in beside them.
    #[must_use]
    pub fn events(&self) -> Vec<String> {
        let choice = self.fields.field_of(keys::EVENTS).map(|field| &field.input);
        let chosen = match choice {
            Some(Input::Events(events)) => events.chosen(),
            _ => Vec::new(),
        };
        let mut events = Vec::<String>::new();
        for name in chosen.into_iter().chain(names(self.fields.line(keys::OTHERS))) {
            if events.iter().all(|event| event != name) {
                events.push(name.to_owned());
            }
        }
        events
    }

    /// The draft that it makes; none if a field has something that is no value of it, which is then
    /// said there.
    pub fn draft(&mut self) -> Option<Draft> {
        let mut draft = Draft {
            name: self.fields.line(keys::NAME).to_owned(),
            target: self.fields.line(keys::TARGET).to_owned(),
            active: self.fields.field_of(keys::ACTIVE).is_some_and(Field::is_on),
            events: self.events(),
            further: Vec::new(),
        };
        let mut mistakes = Vec::new();
        for field in self.fields.iter().filter(|field| !is_common(field.key)) {
            match field.value() {
                Ok(value) => draft.further.extend(value.map(|value| (field.key, value))),
                Err(mistake) => mistakes.push((field.key.to_owned(), mistake)),
            }
        }
        if mistakes.is_empty() {
            return Some(draft);
        }
        self.rejected(&Rejection { message: String::new(), fields: mistakes });
        None
    }

    /// Takes in why it was not accepted: what is about a field is said there, all else at the top.
    pub fn rejected(&mut self, rejection: &Rejection) {
        let mut message = rejection.message.clone();
        for field in self.fields.iter_mut() {
            field.mistake = None;
        }
        for (key, what) in &rejection.fields {
            match self.fields.iter_mut().find(|field| field.key == key) {
                Some(Field { mistake: Some(mistake), .. }) => {
                    mistake.push_str("; ");
                    mistake.push_str(what);
                }
                Some(field) => field.mistake = Some(what.clone()),
                None if message.is_empty() => message = format!("{key}: {what}"),
                None => message = format!("{message}; {key}: {what}"),
            }
        }
        self.fields.message = (!message.is_empty()).then_some(message);
        self.fields.to_mistake();
    }
}

/// Whether the field is one that every form has, and no further one of a provider.
fn is_common(key: &str) -> bool {
    use keys::{ACTIVE, ENDPOINT, EVENTS, HEADER, NAME, OTHERS, PRODUCTION, TARGET};
    [NAME, TARGET, ACTIVE, EVENTS, ENDPOINT, OTHERS, HEADER, PRODUCTION].contains(&key)
}

/// Where to send to; before it which endpoint that is, where there are several.
#[must_use]
pub fn target_fields(addresses: &[Address], target: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    if addresses.len() > 1 {
        let options = addresses.iter().map(|address| address.endpoint.clone()).collect();
        let chosen = addresses.iter().position(|address| address.url == target).unwrap_or(0);
        let help =
            "which endpoint of ours the target is; left and right choose, and set the target";
        let input = Input::Choice { options, chosen };
        fields.push(Field::new(keys::ENDPOINT, "endpoint", help, input));
    }
    let help = if addresses.iter().any(|address| address.is_public) {
        "where the provider sends to, as it sees us"
    } else {
        "where the provider sends to; no public_url is configured, so this may be reachable from \
         this machine alone"
    };
    fields.push(Field::new(keys::TARGET, "target", help, Input::Line(Editor::new(target))));
    fields
}

/// The events to choose from, and a line for those that are not documented.
#[must_use]
pub fn event_fields(
    all: Option<&'static str>,
    events: &[&'static EventType],
    asked: &[String],
) -> [Field; 2] {
    let choice = EventChoice::new(all, events, asked);
    let others = asked.iter().filter(|event| !choice.knows(event)).cloned();
    let others = Editor::new(&others.collect::<Vec<_>>().join(", "));
    [
        Field::new(keys::EVENTS, "events", "the documented events", Input::Events(choice)),
        Field::new(
            keys::OTHERS,
            "other events",
            "events that are not listed, with commas between them: the published lists are not \
             complete",
            Input::Line(others),
        ),
    ]
}

/// The names in a line, with spaces, semicolons or commas between them. A name with a colon has
/// parameters, and commas among them.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| c.is_whitespace() || c == ';');
    let names = words.flat_map(|word| {
        let within = if word.contains(':') { None } else { Some(',') };
        word.trim_matches(',').split(move |c| Some(c) == within)
    });
    names.filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests;
