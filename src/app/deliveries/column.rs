//! The columns of the list, what they are called, and what their rows are sorted by.

use std::cmp::Ordering;

use super::pins::Pins;
use crate::domain::event::ProviderId;
use crate::domain::name::AccountName;
use crate::domain::pin::{Cell, Pin};
use crate::domain::record::Summary;
use crate::domain::verdict::Standing;

/// A column of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// When a delivery arrived.
    Arrival,
    /// Where.
    Endpoint,
    /// Whose it is.
    Account,
    /// Who sent it.
    Provider,
    /// What it reports.
    Event,
    /// What it is about.
    Id,
    /// The verdict.
    Auth,
    /// What was answered.
    Status,
    /// How long its body is.
    Size,
    /// What its body has at a place.
    Pinned(Pin),
}

impl Column {
    /// Every column that there always is, from left to right.
    pub const ALL: [Self; 9] = [
        Self::Arrival,
        Self::Endpoint,
        Self::Account,
        Self::Provider,
        Self::Event,
        Self::Id,
        Self::Auth,
        Self::Status,
        Self::Size,
    ];

    /// Its name: where it is typed, and in a sentence.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Arrival => "arrival",
            Self::Endpoint => "endpoint",
            Self::Account => "account",
            Self::Provider => "provider",
            Self::Event => "event",
            Self::Id => "id",
            Self::Auth => "auth",
            Self::Status => "status",
            Self::Size => "size",
            Self::Pinned(pin) => pin.pointer(),
        }
    }

    /// What stands above it.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Arrival => "time",
            Self::Status => "code",
            Self::Pinned(pin) => pin.title(),
            _ => self.name(),
        }
    }

    /// What a row is sorted by.
    pub(super) fn key(&self, row: &Summary, pins: &Pins) -> Key {
        match self {
            Self::Arrival => Key::Missing,
            Self::Endpoint => Key::text(row.endpoint.as_str()),
            Self::Account => row.account.as_ref().map(AccountName::as_str).into(),
            Self::Provider => row.provider.map(ProviderId::as_str).into(),
            Self::Event => row.event.as_deref().into(),
            Self::Id => row.resource.as_deref().into(),
            Self::Auth => Key::number(rank(row.standing)),
            Self::Status => Key::number(f64::from(row.status.as_u16())),
            #[expect(clippy::cast_precision_loss, reason = "no body has that many bytes")]
            Self::Size => Key::number(row.size as f64),
            Self::Pinned(pin) => pins.cell(row.id, pin).map_or(Key::Missing, Key::of),
        }
    }
}

/// What has to be looked at comes first.
fn rank(standing: Standing) -> f64 {
    match standing {
        Standing::Refuted => 0.0,
        Standing::Stale => 1.0,
        Standing::Unchecked => 2.0,
        Standing::Verified => 3.0,
    }
}

/// What a row is sorted by: numbers come before text, and what is missing comes last.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Key {
    /// A number, and how it is written.
    Number(f64, String),
    /// A text, in lower case.
    Text(String),
    /// Nothing.
    Missing,
}

impl Key {
    fn of(cell: &Cell) -> Self {
        match cell.number {
            Some(number) => Self::Number(number, cell.text.clone()),
            None => Self::Text(cell.text.to_lowercase()),
        }
    }

    fn text(text: &str) -> Self {
        Self::of(&Cell::of_text(text))
    }

    fn number(number: f64) -> Self {
        Self::Number(number, String::new())
    }

    /// Compares two, in the order of one of the directions; what is missing is last in both.
    pub(super) fn compare(&self, other: &Self, is_reversed: bool) -> Ordering {
        let ordering = match (self, other) {
            (Self::Number(one, written), Self::Number(two, other)) => {
                // Long numbers may differ where they count the same.
                one.total_cmp(two).then_with(|| written.cmp(other))
            }
            (Self::Text(one), Self::Text(two)) => one.cmp(two),
            (Self::Number(..), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(..)) => Ordering::Greater,
            (Self::Missing, Self::Missing) => Ordering::Equal,
            (Self::Missing, _) => return Ordering::Greater,
            (_, Self::Missing) => return Ordering::Less,
        };
        if is_reversed { ordering.reverse() } else { ordering }
    }
}

impl From<Option<&str>> for Key {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Missing, Self::text)
    }
}
