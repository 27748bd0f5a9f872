//! What may stand where an argument is being typed: those that begin with it.

use super::line::Known;
use crate::app::deliveries::column::Column;
use crate::domain::event::ProviderId;
use crate::domain::export::Form;
use crate::domain::filter;
use crate::domain::filter::proof::Proof;
use crate::providers::samples;

/// The options of `replay`.
pub const REPLAY: &[&str] = &["--to", "--resign", "--times", "--parallel", "--gap"];

/// The options of `export`.
pub const EXPORT: &[&str] = &["--as", "--redact"];

/// The options of `trigger`.
pub const TRIGGER: &[&str] = &["--without-data"];

/// Nothing is known.
#[must_use]
pub fn none(_: &[&str], _: &str, _: &Known) -> Vec<String> {
    Vec::new()
}

/// A word of a filter: a qualifier, or its value. What is not the case may stand before it.
#[must_use]
pub fn filter(_: &[&str], typed: &str, known: &Known) -> Vec<String> {
    let word = typed.trim_start_matches(['-', '!']);
    let Some((name, values)) = word.split_once(':') else {
        let sign = typed.split_at(typed.len() - word.len()).0;
        let names = beginning(word, filter::qualifiers());
        return names.map(|name| format!("{sign}{name}:")).collect();
    };
    let last = values.rsplit(',').next().unwrap_or_default();
    let before = typed.split_at(typed.len() - last.len()).0;
    let found: Vec<&str> = match name.to_ascii_lowercase().as_str() {
        "endpoint" => beginning(last, strings(&known.endpoints)).collect(),
        "account" => beginning(last, strings(&known.accounts).chain(["none"])).collect(),
        "event" => beginning(last, strings(&known.events)).collect(),
        "provider" => beginning(last, ProviderId::ALL.map(ProviderId::as_str)).collect(),
        "auth" => beginning(last, Proof::all().map(Proof::as_str)).collect(),
        "is" => beginning(last, filter::states()).collect(),
        "tag" => beginning(last, strings(&known.tags)).collect(),
        _ => Vec::new(),
    };
    found.into_iter().map(|value| format!("{before}{}", filter::quoted(value))).collect()
}

/// A tag, to be put on or, behind a minus, to be taken off.
#[must_use]
pub fn tag(before: &[&str], typed: &str, known: &Known) -> Vec<String> {
    let word = typed.trim_start_matches('-');
    let sign = typed.split_at(typed.len() - word.len()).0;
    let left = strings(&known.tags).filter(|tag| !before.contains(tag));
    beginning(word, left).map(|tag| format!("{sign}{tag}")).collect()
}

/// A column to sort by, also one that is not pinned yet; behind a minus, the other way.
#[must_use]
pub fn column(before: &[&str], typed: &str, known: &Known) -> Vec<String> {
    let word = typed.trim_start_matches('-');
    let sign = typed.split_at(typed.len() - word.len()).0;
    let others =
        strings(&known.pointers).filter(|pointer| strings(&known.pins).all(|pin| pin != *pointer));
    let names = Column::ALL.iter().map(Column::name).chain(strings(&known.pins)).chain(others);
    let names = names.filter(|_| before.is_empty());
    beginning(word, names).map(|name| format!("{sign}{name}")).collect()
}

/// A pointer to a value in the open body.
#[must_use]
pub fn pointer(before: &[&str], typed: &str, known: &Known) -> Vec<String> {
    let pointers = strings(&known.pointers).filter(|_| before.is_empty());
    beginning(typed, pointers).map(str::to_owned).collect()
}

/// The pointer of a pinned column.
#[must_use]
pub fn pinned(before: &[&str], typed: &str, known: &Known) -> Vec<String> {
    let pins = strings(&known.pins).filter(|_| before.is_empty());
    beginning(typed, pins).map(str::to_owned).collect()
}

/// A command of before, as long as nothing but its beginning is typed.
#[must_use]
pub fn pipe(before: &[&str], typed: &str, known: &Known) -> Vec<String> {
    match before {
        [] => beginning(typed, strings(&known.pipes)).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// The options of a replay.
#[must_use]
pub fn replay(before: &[&str], typed: &str, _: &Known) -> Vec<String> {
    options(before, typed, REPLAY)
}

/// The options of an export, and its forms.
#[must_use]
pub fn export(before: &[&str], typed: &str, _: &Known) -> Vec<String> {
    if before.last() == Some(&"--as") {
        return beginning(typed, Form::ALL.map(Form::as_str)).map(str::to_owned).collect();
    }
    options(before, typed, EXPORT)
}

/// A provider, then one of its events.
#[must_use]
pub fn sample(before: &[&str], typed: &str, _: &Known) -> Vec<String> {
    match before {
        [] => {
            beginning(typed, ProviderId::ALL.map(ProviderId::as_str)).map(str::to_owned).collect()
        }
        [name] => {
            let provider = ProviderId::from_name(name).into_iter();
            let events = provider.flat_map(samples::of).map(|sample| sample.event);
            beginning(typed, events).map(str::to_owned).collect()
        }
        [name, event] => {
            let sample = ProviderId::from_name(name).and_then(|id| samples::named(id, event));
            let can_leave = sample.is_some_and(samples::Sample::can_leave_data);
            if can_leave { options(&[], typed, TRIGGER) } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// On or off.
#[must_use]
pub fn switch(before: &[&str], typed: &str, _: &Known) -> Vec<String> {
    match before {
        [] => beginning(typed, ["on", "off"]).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// An account.
#[must_use]
pub fn account(before: &[&str], typed: &str, known: &Known) -> Vec<String> {
    match before {
        [] => beginning(typed, strings(&known.accounts)).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Options that were not given yet; none where the value of one is typed.
fn options(before: &[&str], typed: &str, known: &[&'static str]) -> Vec<String> {
    let takes_value = ["--to", "--times", "--parallel", "--gap"];
    if before.last().is_some_and(|last| takes_value.contains(last)) {
        return Vec::new();
    }
    let left = known.iter().copied().filter(|option| !before.contains(option));
    beginning(typed, left).map(str::to_owned).collect()
}

/// Those that begin with what is typed, whatever the letter case.
fn beginning<'a>(
    typed: &str,
    all: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = &'a str> {
    let typed = typed.to_lowercase();
    all.into_iter().filter(move |value| value.to_lowercase().starts_with(&typed))
}

fn strings(all: &[String]) -> impl Iterator<Item = &str> {
    all.iter().map(String::as_str)
}
