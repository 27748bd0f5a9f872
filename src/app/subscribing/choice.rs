//! Choices of a form that are more than one of a few: events, and the place of a secret.

use crate::app::editor::Editor;
use crate::app::key::Key;
use crate::domain::subscription::SecretPlace;
use crate::providers::provider::EventType;

/// Some of the events that a provider documents, or all events where it has a word for them.
#[derive(Clone, Debug)]
pub struct EventChoice {
    options: Vec<EventOption>,
    has_all: bool,
    cursor: usize,
}

/// An event to choose or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventOption {
    /// Its name in subscriptions.
    pub name: &'static str,
    /// When it fires.
    pub fires: &'static str,
    /// Whether it is chosen.
    pub is_on: bool,
}

impl EventChoice {
    /// A choice of these events; those that are asked for are chosen. `all` stands for every event.
    #[must_use]
    pub fn new(all: Option<&'static str>, events: &[&'static EventType], asked: &[String]) -> Self {
        let every = all.map(|name| (name, "every event, also those that are not listed here"));
        let named = events.iter().map(|event| (event.name, event.fires));
        let options = every.into_iter().chain(named).map(|(name, fires)| {
            let is_on = asked.iter().any(|event| event == name);
            EventOption { name, fires, is_on }
        });
        Self { options: options.collect(), has_all: all.is_some(), cursor: 0 }
    }

    /// The events to choose from.
    #[must_use]
    pub fn options(&self) -> &[EventOption] {
        &self.options
    }

    /// How many events are documented.
    #[must_use]
    pub fn documented(&self) -> usize {
        self.options.len() - usize::from(self.has_all)
    }

    /// The option of the cursor, from 0.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether the event is among the options.
    #[must_use]
    pub fn knows(&self, event: &str) -> bool {
        self.options.iter().any(|option| option.name == event)
    }

    /// The names of what is chosen, in the order of the options; what stands for every event stands
    /// alone.
    #[must_use]
    pub fn chosen(&self) -> Vec<&'static str> {
        let mut on = self.options.iter().filter(|option| option.is_on).map(|option| option.name);
        if self.wants_all() { on.next().into_iter().collect() } else { on.collect() }
    }

    /// Whether every event is asked for by one word.
    #[must_use]
    pub fn wants_all(&self) -> bool {
        self.has_all && self.options.first().is_some_and(|option| option.is_on)
    }

    /// Chooses the event under the cursor, or not any more.
    pub fn toggle(&mut self) {
        if let Some(option) = self.options.get_mut(self.cursor) {
            option.is_on = !option.is_on;
        }
    }

    /// Moves the cursor; false if it stands at that end.
    pub fn move_by(&mut self, rows: isize) -> bool {
        let moved = self.cursor.checked_add_signed(rows).filter(|at| *at < self.options.len());
        self.cursor = moved.unwrap_or(self.cursor);
        moved.is_some()
    }

    /// Puts the cursor at the first option or the last one.
    pub fn enter(&mut self, from_above: bool) {
        self.cursor = if from_above { 0 } else { self.options.len().saturating_sub(1) };
    }

    /// What is chosen, for people.
    #[must_use]
    pub fn told(&self) -> String {
        let chosen = self.chosen();
        match chosen.len() {
            _ if self.wants_all() => "every event".to_owned(),
            0 => format!("none of {}", self.documented()),
            count => format!("{count} of {}: {}", self.documented(), chosen.join(", ")),
        }
    }
}

/// Where a secret comes from. The secret itself is never typed in.
#[derive(Clone, Debug, Default)]
pub struct SecretChoice {
    from: SecretSource,
    name: Editor,
}

/// The kinds of places that a secret comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecretSource {
    /// None: what the subscription has stays as it is.
    #[default]
    Nowhere,
    /// An environment variable.
    Env,
    /// What the endpoint checks its deliveries by.
    Endpoint,
}

impl SecretChoice {
    /// The choice of this place.
    #[must_use]
    pub fn of(place: &SecretPlace) -> Self {
        match place {
            SecretPlace::Env(name) => Self { from: SecretSource::Env, name: Editor::new(name) },
            SecretPlace::Endpoint => Self { from: SecretSource::Endpoint, name: Editor::default() },
        }
    }

    /// What kind of place is chosen.
    #[must_use]
    pub fn source(&self) -> SecretSource {
        self.from
    }

    /// The name of the environment variable, as it is typed.
    #[must_use]
    pub fn name(&self) -> &Editor {
        &self.name
    }

    /// The place that is chosen; none for what stays as it is.
    ///
    /// # Errors
    /// When what was typed cannot be the name of an environment variable.
    pub fn place(&self) -> Result<Option<SecretPlace>, String> {
        match self.from {
            SecretSource::Nowhere => Ok(None),
            SecretSource::Endpoint => Ok(Some(SecretPlace::Endpoint)),
            SecretSource::Env if is_variable(self.name.text()) => {
                Ok(Some(SecretPlace::Env(self.name.text().to_owned())))
            }
            SecretSource::Env => Err("this is the name of an environment variable (letters, \
                 digits, underscores), not the secret itself"
                .to_owned()),
        }
    }

    /// Types into the name; that chooses the environment.
    pub fn input(&mut self, key: Key) -> bool {
        let changed = self.name.input(key);
        self.typed(changed)
    }

    /// Puts text into the name; that chooses the environment.
    pub fn paste(&mut self, text: &str) -> bool {
        let changed = self.name.paste(text);
        self.typed(changed)
    }

    fn typed(&mut self, changed: bool) -> bool {
        if changed {
            self.from = SecretSource::Env;
        }
        changed
    }

    /// Chooses the next kind of place, or the one before.
    pub fn turn(&mut self, forward: bool) {
        use SecretSource::{Endpoint, Env, Nowhere};
        self.from = match (self.from, forward) {
            (Nowhere, true) | (Endpoint, false) => Env,
            (Env, true) | (Nowhere, false) => Endpoint,
            (Endpoint, true) | (Env, false) => Nowhere,
        };
    }
}

fn is_variable(name: &str) -> bool {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    begins && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests;
