//! The commands that take arguments: one table that reading, completion, palette, help and README are
//! made of. A command has the name of its counterpart outside of the dashboard where there is one; what
//! has the name of an action does that without arguments.

use std::time::Duration;

use super::line::{Again, Errand, Known, Reading};
use super::place::{Place, place};
use super::values;
use crate::app::context::Context;
use crate::app::deliveries::column::Column;
use crate::app::samples::Choice;
use crate::app::tab::Tab;
use crate::domain::duration::duration;
use crate::domain::event::ProviderId;
use crate::domain::export::Form;
use crate::domain::filter::Filter;
use crate::domain::name::AccountName;
use crate::domain::nearest::suggestion;
use crate::domain::pin::Pin;
use crate::domain::url::Url;
use crate::providers::samples::{self, Content};

/// A command that takes arguments.
#[derive(Clone, Copy, Debug)]
pub struct Verb {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub arguments: &'static str,
    /// What it does, in a few words.
    pub help: &'static str,
    /// Where it works.
    pub context: Context,
    /// Reads what stands behind the name, which is something unless no action has the name.
    pub read: fn(&str, &Reading<'_>) -> Result<Errand, String>,
    /// What may stand behind these arguments.
    pub values: fn(&[&str], &str, &Known) -> Vec<String>,
}

/// Every command that takes arguments.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "goto",
        arguments: "NUMBER|TIME|DAY",
        help: "show the stream from there on",
        context: Context::Panes,
        read: goto,
        values: values::none,
    },
    Verb {
        name: "filter",
        arguments: "[FILTER]",
        help: "show only what matches",
        context: Context::Panes,
        read: |text, reading| checked(text, reading).map(Errand::Filter),
        values: values::filter,
    },
    Verb {
        name: "sort",
        arguments: "[[-]COLUMN]",
        help: "show the newest in the order of a column; arrival is the usual one",
        context: Context::Panes,
        read: sort,
        values: values::column,
    },
    Verb {
        name: "column",
        arguments: "[POINTER]",
        help: "pin what bodies have there as a column",
        context: Context::Panes,
        read: |text, _| match text {
            "" => Ok(Errand::Columns),
            _ => pin(text).map(Errand::Pin),
        },
        values: values::pointer,
    },
    Verb {
        name: "uncolumn",
        arguments: "POINTER",
        help: "take a column off",
        context: Context::Panes,
        read: |text, _| pin(text).map(Errand::Unpin),
        values: values::pinned,
    },
    Verb {
        name: "list",
        arguments: "[FILTER]",
        help: "show only what matches, as filter does",
        context: Context::Panes,
        read: |text, reading| checked(text, reading).map(Errand::Filter),
        values: values::filter,
    },
    Verb {
        name: "show",
        arguments: "NUMBER",
        help: "open the delivery of that number",
        context: Context::Panes,
        read: |text, reading| numbered("show", text, reading, Tab::Overview),
        values: values::none,
    },
    Verb {
        name: "verify",
        arguments: "[NUMBER]",
        help: "show the auth check of this delivery, or of that number",
        context: Context::Panes,
        read: |text, reading| match text {
            "" => Ok(Errand::Show { id: None, tab: Tab::Auth }),
            _ => numbered("verify", text, reading, Tab::Auth),
        },
        values: values::none,
    },
    Verb {
        name: "replay",
        arguments: "[--to URL] [--resign] [--times N] [--parallel N] [--gap DURATION]",
        help: "send it again: what is marked, else this one",
        context: Context::Panes,
        read: replay,
        values: values::replay,
    },
    Verb {
        name: "export",
        arguments: "[--as ndjson|har|curl|http] [--redact]",
        help: "write it to a file: what is marked, else this one",
        context: Context::Panes,
        read: export,
        values: values::export,
    },
    Verb {
        name: "pipe",
        arguments: "[[!]COMMAND]",
        help: "pipe the body to a command, ! gives it the terminal",
        context: Context::Panes,
        read: |text, _| Ok(Errand::Pipe(text.to_owned())),
        values: values::pipe,
    },
    Verb {
        name: "delete",
        arguments: "[FILTER]",
        help: "delete what matches, after a question",
        context: Context::Panes,
        read: |text, reading| checked(text, reading).map(Errand::Delete),
        values: values::filter,
    },
    Verb {
        name: "note",
        arguments: "[TEXT]",
        help: "write a note about this delivery",
        context: Context::Panes,
        read: |text, _| Ok(Errand::Note(text.to_owned())),
        values: values::none,
    },
    Verb {
        name: "tag",
        arguments: "[[-]NAME...]",
        help: "put tags on this delivery, take those with a minus off",
        context: Context::Panes,
        read: |text, _| Ok(Errand::Tag(text.to_owned())),
        values: values::tag,
    },
    Verb {
        name: "hold",
        arguments: "[FILTER]",
        help: "hold deliveries that match until they are answered",
        context: Context::Panes,
        read: |text, reading| checked(text, reading).map(Errand::Hold),
        values: values::filter,
    },
    Verb {
        name: "trigger",
        arguments: "[PROVIDER EVENT [--without-data]]",
        help: "send a sample",
        context: Context::Panes,
        read: trigger,
        values: values::sample,
    },
    Verb {
        name: "mouse",
        arguments: "on|off",
        help: "take the mouse, or leave it to the terminal",
        context: Context::Everywhere,
        read: |text, _| switch("mouse", text).map(Errand::Mouse),
        values: values::switch,
    },
    Verb {
        name: "plain",
        arguments: "on|off",
        help: "plain lines that a screen reader can follow",
        context: Context::Everywhere,
        read: |text, _| switch("plain", text).map(Errand::Plain),
        values: values::switch,
    },
    Verb {
        name: "subs",
        arguments: "[ACCOUNT]",
        help: "the subscriptions of an account",
        context: Context::Views,
        read: subs,
        values: values::account,
    },
];

fn goto(text: &str, reading: &Reading<'_>) -> Result<Errand, String> {
    place(text, reading.zone, reading.now).map(Errand::GoTo).ok_or_else(|| {
        "goto takes a number, a time such as 10:42, or a day such as 2026-11-21".to_owned()
    })
}

fn sort(text: &str, _: &Reading<'_>) -> Result<Errand, String> {
    let name = text.strip_prefix('-').unwrap_or(text);
    let is_reversed = name.len() < text.len();
    let column = match name {
        "" if !is_reversed => return Ok(Errand::Columns),
        pointer if pointer.starts_with('/') => pin(pointer).map(Column::Pinned)?,
        name => Column::ALL.into_iter().find(|column| column.name() == name).ok_or_else(|| {
            let known = Column::ALL.each_ref().map(Column::name);
            format!("there is no column {name}{}", suggestion(name, known))
        })?,
    };
    Ok(Errand::Sort { column, is_reversed })
}

fn pin(text: &str) -> Result<Pin, String> {
    Pin::new(text).ok_or_else(|| "a column takes a JSON pointer such as /trip/id".to_owned())
}

/// A tab of the delivery of a number.
fn numbered(command: &str, text: &str, reading: &Reading<'_>, tab: Tab) -> Result<Errand, String> {
    match place(text, reading.zone, reading.now) {
        Some(Place::Delivery(id)) => Ok(Errand::Show { id: Some(id), tab }),
        _ => Err(format!("{command} takes the number of a delivery")),
    }
}

/// The text of a filter, if it is one.
fn checked(text: &str, reading: &Reading<'_>) -> Result<String, String> {
    let read = Filter::parse(text, reading.now);
    read.map(|_| text.to_owned()).map_err(|error| error.message)
}

fn replay(text: &str, _: &Reading<'_>) -> Result<Errand, String> {
    let mut again = Again { to: None, resign: false, times: 1, parallel: 1, gap: Duration::ZERO };
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let mut value =
            || words.next().ok_or_else(|| format!("replay: a value is missing behind {word}"));
        match word {
            "--to" => {
                let url = Url::parse(value()?);
                again.to = Some(url.map_err(|error| format!("the address {error}"))?);
            }
            "--resign" => again.resign = true,
            "--times" => again.times = number(value()?)?,
            "--parallel" => again.parallel = number(value()?)?,
            "--gap" => again.gap = duration(value()?)?,
            _ => return Err(unknown("replay", word, values::REPLAY)),
        }
    }
    Ok(Errand::Replay(again))
}

fn number(text: &str) -> Result<u32, String> {
    let number = text.parse::<u32>().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("{text} is no whole number, 1 or more"))
}

fn export(text: &str, _: &Reading<'_>) -> Result<Errand, String> {
    let (mut form, mut is_redacted) = (None, false);
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "--as" => {
                let name = words.next().unwrap_or_default();
                let known = Form::ALL.map(Form::as_str).join(", ");
                form = Some(Form::from_name(name).ok_or_else(|| format!("--as takes {known}"))?);
            }
            "--redact" => is_redacted = true,
            _ => return Err(unknown("export", word, values::EXPORT)),
        }
    }
    Ok(Errand::Export { form, is_redacted })
}

fn trigger(text: &str, _: &Reading<'_>) -> Result<Errand, String> {
    let mut words = text.split_whitespace();
    let name = words.next().unwrap_or_default();
    let provider = ProviderId::from_name(name).ok_or_else(|| {
        let known = ProviderId::ALL.map(ProviderId::as_str).join(", ");
        format!("there is no provider {name}; known are {known}")
    })?;
    let event = words.next().ok_or_else(|| format!("trigger takes an event of {provider}"))?;
    let sample = samples::named(provider, event).ok_or_else(|| {
        let known = samples::of(provider).map(|sample| sample.event);
        format!("{provider} has no event {event}{}", suggestion(event, known))
    })?;
    let content = match words.next() {
        None => Content::Whole,
        Some("--without-data") if sample.can_leave_data() => Content::WithoutData,
        Some("--without-data") => return Err(format!("{provider} always sends the data")),
        Some(word) => return Err(unknown("trigger", word, values::TRIGGER)),
    };
    Ok(Errand::Trigger(Choice { sample, content }))
}

fn switch(command: &str, text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("{command} takes on or off")),
    }
}

fn subs(text: &str, reading: &Reading<'_>) -> Result<Errand, String> {
    let accounts = &reading.known.accounts;
    if accounts.iter().any(|account| account == text) {
        return Ok(Errand::Subscriptions(AccountName::from(text)));
    }
    let near = suggestion(text, accounts.iter().map(String::as_str));
    Err(format!("there is no account {text}{near}"))
}

fn unknown(command: &str, word: &str, known: &[&'static str]) -> String {
    let near = suggestion(word, known.iter().copied());
    format!("{command} does not take {word}{near}")
}
